"""The window around the pages: navigation, people, undo, look, and what runs beside it."""

from __future__ import annotations

from pathlib import Path
from threading import get_ident

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from b12desk.desk import Desk
from b12desk.domain.errors import WorldError
from b12desk.domain.records import Person
from b12desk.ui.main_window import MainWindow
from b12desk.ui.page import Page, PageSpec, Surroundings
from b12desk.ui.pages.today import TodayPage
from b12desk.ui.single import SingleWindow
from b12desk.ui.tasks import Tasks
from b12desk.ui.ticker import Ticker
from b12desk.ui.tokens import DARK, LIGHT, Tokens
from b12desk.ui.widgets.score_row import ScoreRow
from tests.helpers.clock import FixedClock
from tests.helpers.window import TasksAtOnce

SMALLEST_TARGET = 32


class OtherPage(Page):
    """A second page, to go to and fro."""

    def refresh(self, changed: frozenset[str]) -> None:
        self.setObjectName(" ".join(sorted(changed)))


SPECS = (PageSpec("today", "today", "Today", TodayPage), PageSpec("other", "labs", "Other", OtherPage))


@pytest.fixture
def window(qtbot: QtBot, around: Surroundings, person: Person) -> MainWindow:
    made = MainWindow(around, SPECS, person)
    qtbot.addWidget(made)
    made.show()
    return made


def test_only_the_first_page_is_made_at_the_start(window: MainWindow) -> None:
    assert window.page_id == "today"
    assert window.findChild(OtherPage) is None
    window.show_page("other")
    assert window.findChild(OtherPage) is not None


def test_an_entry_refreshes_the_pages_and_can_be_taken_back_from_the_toast(
    qtbot: QtBot, window: MainWindow, desk: Desk, person: Person
) -> None:
    window.show_page("other")
    desk.entries.log_event(person.id, "note", text="slept badly")
    assert window.page("other").objectName() == "event"
    assert "Noted: note" in window._toast.text
    qtbot.mouseClick(window._toast.undo_button, Qt.MouseButton.LeftButton)
    assert desk.views.today(person.id).events == ()
    assert window._toast.text == "Undone: Noted: note"


def test_undo_and_redo_by_key(qtbot: QtBot, window: MainWindow, desk: Desk, person: Person) -> None:
    desk.entries.log_event(person.id, "note", text="slept badly")
    window.undo()
    assert desk.views.today(person.id).events == ()
    window.redo()
    assert len(desk.views.today(person.id).events) == 1


def test_nothing_left_to_undo_is_said_and_not_raised(window: MainWindow, desk: Desk) -> None:
    for _action in range(10):
        window.undo()
    assert window._toast.text


def test_another_person_gets_pages_of_their_own(window: MainWindow, desk: Desk) -> None:
    desk.people.add("Bo", sample=True)
    window._rail.person_chosen.emit(desk.people.find("Bo").id)
    assert window.page("today").person.name == "Bo"
    assert window.windowTitle().startswith("Bo (sample)")
    assert any("made up" in label.text() and label.isVisible() for label in window.findChildren(QLabel))


def test_a_half_filled_form_keeps_the_person(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    desk.people.add("Bo")
    today = window.page("today")
    assert isinstance(today, TodayPage)
    today.log_next()
    form = window._slots["today"].form
    assert form is not None
    form.mark_edited()
    window._rail.person_chosen.emit(desk.people.find("Bo").id)
    assert window.person.name == "Ann"
    assert form._leaving.isVisible()


def test_a_half_filled_form_waits_while_another_page_is_visited(window: MainWindow) -> None:
    today = window.page("today")
    assert isinstance(today, TodayPage)
    today.log_next()
    form = window._slots["today"].form
    window.show_page("other")
    window.show_page("today")
    assert window._slots["today"].form is form


def test_the_standing_line_is_always_there(window: MainWindow) -> None:
    texts = [label.text() for label in window.findChildren(QLabel)]
    assert (
        "A personal diary. It does not give medical advice or doses. Follow your clinician's prescription."
        in texts
    )


def test_the_look_changes_while_the_window_is_open(window: MainWindow, around: Surroundings) -> None:
    assert around.theme.tokens is LIGHT
    around.theme.choose("dark")
    assert around.theme.tokens is DARK
    assert window.palette().window().color().name() == DARK.window
    around.theme.choose("light", text_size=150)
    assert QApplication.font().pixelSize() >= 22


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dim = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_can_be_read_on_their_grounds(tokens: Tokens) -> None:
    for ground in (tokens.window, tokens.surface, tokens.sunken):
        assert contrast(tokens.text, ground) >= 7
        assert contrast(tokens.muted, ground) >= 4.5
        assert contrast(tokens.outline, ground) >= 2.7
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.accent_strong, tokens.accent_soft) >= 4.5
    assert contrast(tokens.notice, tokens.notice_soft) >= 4.5


def test_every_control_has_a_name_and_is_large_enough(window: MainWindow) -> None:
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QLineEdit | ScoreRow) and widget.isVisible():
            named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
            assert named, widget
            assert widget.height() >= SMALLEST_TARGET, (named, widget.height())
            assert widget.width() >= SMALLEST_TARGET, (named, widget.width())


def test_no_label_is_cut_off(window: MainWindow) -> None:
    window.resize(window.minimumSize())
    QApplication.sendPostedEvents()
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.text():
            needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            assert label.height() >= needed - 1, label.text()
            if not label.wordWrap():
                assert label.width() >= label.sizeHint().width() - 1, label.text()


def test_a_score_is_read_out_as_a_value(qtbot: QtBot) -> None:
    row = ScoreRow("Tingling")
    qtbot.addWidget(row)
    row.show_score(4)
    spoken = QAccessible.queryAccessibleInterface(row)
    assert spoken.text(QAccessible.Text.Name) == "Tingling"
    assert spoken.text(QAccessible.Text.Description) == "4 of 10"


def test_the_ticker_sees_a_night_of_sleep_and_a_new_day(
    qtbot: QtBot, clock: FixedClock, around: Surroundings
) -> None:
    ticker = Ticker(clock)
    seen: list[str] = []
    ticker.woke.connect(lambda: seen.append("woke"))
    ticker.day_changed.connect(lambda: seen.append("day"))
    ticker.ticked.connect(lambda: seen.append("tick"))
    clock.advance(minutes=1)
    ticker.tick()
    clock.advance(hours=20)
    ticker.tick()
    assert seen == ["tick", "woke", "day", "tick"]


def test_work_runs_in_another_thread_with_a_desk_of_its_own(
    qtbot: QtBot, clock: FixedClock, desk: Desk, person: Person
) -> None:
    tasks = Tasks(lambda: Desk.open(desk.path, clock=clock))
    told: list[object] = []
    parts: list[float] = []

    def work(own: Desk, ticket: object) -> tuple[int, str]:
        ticket.progressed.emit(0.5, "half")
        return get_ident(), own.people.list()[0].name

    tasks.run(work, told.append, progressed=lambda part, _what: parts.append(part))
    qtbot.waitUntil(lambda: bool(told))
    assert told[0][1] == "Ann"
    assert told[0][0] != get_ident()
    assert parts == [0.5]
    tasks.finish()


def test_work_that_fails_tells_how(around: Surroundings) -> None:
    told: list[BaseException] = []

    def work(own: Desk, ticket: object) -> None:
        raise WorldError("disk_full", "The disk is full.")

    around.tasks.run(work, failed=told.append)
    assert [error.message for error in told if isinstance(error, WorldError)] == ["The disk is full."]
    assert isinstance(around.tasks, TasksAtOnce)


def test_a_second_window_raises_the_first(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> None:
    raised: list[str] = []
    first = SingleWindow(tmp_path / "d.db", raised.append)
    assert first.take()
    first.listen()
    second = SingleWindow(tmp_path / "d.db", lambda _wish: None)
    assert not second.take()
    assert second.raise_first("2026-06-05 anna")
    qtbot.waitUntil(lambda: raised == ["2026-06-05 anna"])
    first.release()
    assert second.take()
    second.release()


def test_a_killed_window_does_not_lock_the_diary(tmp_path: Path, qapp: QApplication) -> None:
    (tmp_path / "d.db-window.lock").write_text("999999\nb12desk\nelsewhere\n")
    window = SingleWindow(tmp_path / "d.db", lambda _wish: None)
    assert window.take() or not window.raise_first()
    window.release()
