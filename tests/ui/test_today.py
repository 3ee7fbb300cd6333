"""Today: two clicks to a logged injection, a key to a score, and plain words for what is past."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from b12desk.desk import Desk
from b12desk.domain.records import Injection, Person, Score
from b12desk.ui.dialogs.injection_form import InjectionForm
from b12desk.ui.dialogs.snooze_form import SnoozeForm
from b12desk.ui.main_window import MainWindow
from b12desk.ui.page import Surroundings
from b12desk.ui.pages.today import TodayPage
from b12desk.ui.registry import page_specs
from tests.helpers.clock import FixedClock

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, around: Surroundings, person: Person) -> MainWindow:
    made = MainWindow(around, page_specs(), person)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def today(window: MainWindow) -> TodayPage:
    page = window.page("today")
    assert isinstance(page, TodayPage)
    return page


def scores(desk: Desk, person: Person) -> dict[str, int]:
    return {score.symptom: score.score for score in desk._context.diary.records(Score, person_id=person.id)}


def injections(desk: Desk, person: Person) -> list[Injection]:
    return desk._context.diary.records(Injection, person_id=person.id)


def words_of(page: TodayPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def test_the_next_injection_stands_there_with_its_why(today: TodayPage) -> None:
    assert today.next.when.text() == "Tuesday 1 December 2026"
    assert "1000 micrograms (1 mg)" in today.next.what.text()
    assert "56 days after the injection of 6 October 2026" in today.next.why.text()
    assert today.next.ring.words == "10 days to go"


def test_two_clicks_log_the_next_injection_with_the_last_choices(
    qtbot: QtBot, clock: FixedClock, desk: Desk, person: Person, window: MainWindow, today: TodayPage
) -> None:
    clock.set("2026-12-01T09:30")
    window.refresh(frozenset({"day", "due"}))
    qtbot.mouseClick(today.next.log, LEFT)
    form = window.findChild(InjectionForm)
    assert form is not None
    qtbot.mouseClick(form.save_button, LEFT)
    newest = injections(desk, person)[-1]
    assert (newest.on.isoformat(), newest.site, newest.route) == ("2026-12-01", "thigh", "IM")
    assert str(newest.dose) == "1000 ug"
    assert today.next.when.text() == "Tuesday 26 January 2027"


def test_enter_alone_saves_what_is_prefilled(
    qtbot: QtBot, clock: FixedClock, desk: Desk, person: Person, window: MainWindow, today: TodayPage
) -> None:
    clock.set("2026-12-01T09:30")
    today.log_next()
    form = window.findChild(InjectionForm)
    assert form is not None
    qtbot.keyClick(form.save_button, Qt.Key.Key_Return)
    assert len(injections(desk, person)) == 2


@pytest.mark.parametrize(
    ("keys", "score"),
    [([Qt.Key.Key_0], 0), ([Qt.Key.Key_7], 7), ([Qt.Key.Key_1, Qt.Key.Key_0], 10), ([Qt.Key.Key_T], 10)],
)
def test_a_number_key_scores_the_symptom_in_front(
    qtbot: QtBot, desk: Desk, person: Person, today: TodayPage, keys: list[Qt.Key], score: int
) -> None:
    symptom, row = next(iter(today.scores.rows.items()))
    for key in keys:
        qtbot.keyClick(row, key)
    assert scores(desk, person) == {symptom: score}


def test_a_one_is_kept_when_no_zero_follows(
    qtbot: QtBot, desk: Desk, person: Person, today: TodayPage
) -> None:
    symptom, row = next(iter(today.scores.rows.items()))
    with qtbot.waitSignal(row.scored):
        qtbot.keyClick(row, Qt.Key.Key_1)
    assert scores(desk, person) == {symptom: 1}


def test_blank_is_not_zero_and_a_score_can_be_taken_away(
    qtbot: QtBot, desk: Desk, person: Person, today: TodayPage
) -> None:
    symptom, row = next(iter(today.scores.rows.items()))
    assert row.score is None
    assert "no score yet" in row.accessibleDescription()
    qtbot.keyClick(row, Qt.Key.Key_0)
    assert scores(desk, person) == {symptom: 0}
    qtbot.keyClick(row, Qt.Key.Key_Delete)
    assert scores(desk, person) == {}
    assert row.score is None


def test_a_click_scores_and_a_second_click_on_it_clears(
    qtbot: QtBot, desk: Desk, person: Person, today: TodayPage
) -> None:
    symptom, row = next(iter(today.scores.rows.items()))
    qtbot.mouseClick(row, LEFT, pos=row.cell(6).center().toPoint())
    assert scores(desk, person) == {symptom: 6}
    qtbot.mouseClick(row, LEFT, pos=row.cell(6).center().toPoint())
    assert scores(desk, person) == {}


def test_tab_goes_from_row_to_row(qtbot: QtBot, window: MainWindow, today: TodayPage) -> None:
    first, second = list(today.scores.rows.values())[:2]
    window.activateWindow()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()


def test_better_same_worse_is_noted_for_the_whole_day(
    qtbot: QtBot, desk: Desk, person: Person, today: TodayPage
) -> None:
    qtbot.mouseClick(today.scores.trend.chip("worse"), LEFT)
    assert [trend.direction for trend in desk.views.today(person.id).trends] == ["worse"]
    assert "On the whole: worse" in words_of(today)


def test_what_is_past_is_said_plainly(
    qtbot: QtBot, clock: FixedClock, desk: Desk, window: MainWindow, today: TodayPage
) -> None:
    clock.set("2026-12-20T10:00")
    window.refresh(frozenset({"day", "due"}))
    words = words_of(today)
    assert "Planned for 1 December, not logged" in words
    assert "overdue" not in words.casefold()


def test_s34_a_message_to_the_clinic_can_be_copied(
    qtbot: QtBot, clock: FixedClock, window: MainWindow, today: TodayPage
) -> None:
    clock.set("2026-12-20T10:00")
    window.refresh(frozenset({"day", "due"}))
    buttons = today.past._inside.findChildren(QPushButton)
    (copy,) = [one for one in buttons if "Copy a message" in one.text()]
    qtbot.mouseClick(copy, LEFT)
    text = QApplication.clipboard().text()
    assert "My vitamin B12 injection planned for 1 December 2026 was not given, as of 20 December" in text
    assert "The last one was given on 6 October 2026" in text


def test_a_reminder_can_be_put_off_to_a_chosen_day(
    qtbot: QtBot, clock: FixedClock, desk: Desk, person: Person, window: MainWindow, today: TodayPage
) -> None:
    clock.set("2026-12-01T10:00")
    window.refresh(frozenset({"day", "due"}))
    (later,) = today.reminders.later
    qtbot.mouseClick(later, LEFT)
    form = window.findChild(SnoozeForm)
    assert form is not None
    assert form.until.value == date(2026, 12, 2)
    form.until.set_text("5 December 2026")
    qtbot.mouseClick(form.save_button, LEFT)
    (line,) = desk.reminders.pending(person.id)
    assert line.snoozed_until == date(2026, 12, 5)
    assert desk.reminders.run("list").sent == ()


def test_a_person_without_a_plan_is_led_to_one(qtbot: QtBot, around: Surroundings, desk: Desk) -> None:
    desk.people.add("Bo")
    page = TodayPage(around, desk.people.find("Bo"))
    qtbot.addWidget(page)
    page.show()
    assert page.next.plan.isVisible()
    assert page.next.when.text() == "No plan yet"


def test_another_process_that_writes_is_seen(
    qtbot: QtBot, clock: FixedClock, desk: Desk, person: Person, today: TodayPage
) -> None:
    symptom, row = next(iter(today.scores.rows.items()))
    with Desk.open(desk.path, clock=clock) as other:
        other.entries.log_scores(person.id, {symptom: 4})
    assert desk.refresh_if_changed()
    assert row.score == 4


def test_two_people_are_never_mixed(qtbot: QtBot, around: Surroundings, desk: Desk, person: Person) -> None:
    desk.people.add("Bo")
    bo = desk.people.find("Bo")
    page = TodayPage(around, bo)
    qtbot.addWidget(page)
    symptom, row = next(iter(page.scores.rows.items()))
    desk.entries.log_scores(person.id, {symptom: 9})
    page.refresh(frozenset({"score"}))
    assert row.score is None
