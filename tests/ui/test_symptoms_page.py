"""Symptoms: numbers typed into any day, blank is not zero, lists of what was noted, fixed safety texts."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from b12desk.desk import Desk
from b12desk.domain.records import Person
from b12desk.ui.page import Surroundings
from b12desk.ui.pages.symptoms import SymptomsPage
from b12desk.ui.symptoms.event_edit import EventEditForm
from b12desk.ui.symptoms.trend_form import TrendForm

TODAY = date(2026, 11, 21)
DISPLAY = Qt.ItemDataRole.DisplayRole


@pytest.fixture
def page(qtbot: QtBot, around: Surroundings, person: Person) -> SymptomsPage:
    made = SymptomsPage(around, person)
    around.desk.subscribe(lambda outcome: made.refresh(outcome.changed))
    qtbot.addWidget(made)
    made.show()
    return made


def scores(desk: Desk, person: Person) -> dict[date, dict[str, int]]:
    return desk.entries.scores(person.id, date(2000, 1, 1), TODAY)


def type_into_front(qtbot: QtBot, page: SymptomsPage, keys: str) -> None:
    """Type as a person does: the first key opens the editor, Enter keeps it."""
    grid = page.scores.grid
    qtbot.keyClicks(grid, keys[0])
    editor = grid.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, keys[1:])
    row = grid.currentIndex().row()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: grid.currentIndex().row() == row + 1 and not grid.findChildren(QLineEdit))


def test_the_model_keeps_qts_rules(
    page: SymptomsPage, desk: Desk, person: Person, qtmodeltester: ModelTester
) -> None:
    desk.entries.log_scores(person.id, {"tingling": 3})
    qtmodeltester.check(page.scores.model)
    qtmodeltester.check(page.trends.table.model)
    qtmodeltester.check(page.notes.table.model)


def test_a_day_a_row_with_the_newest_on_top_and_blank_left_blank(
    page: SymptomsPage, desk: Desk, person: Person
) -> None:
    desk.entries.log_scores(person.id, {"tingling": 0}, on=date(2026, 11, 20))
    model = page.scores.model
    assert model.index(0, 0).data(DISPLAY) == "Sat 21 Nov 2026"
    assert [model.index(row, 1).data(DISPLAY) for row in range(3)] == ["", "0", ""]
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 1).data(spoken).endswith("no score")
    assert model.index(1, 1).data(spoken).endswith("0 of 10")


def test_a_typed_number_is_kept_and_enter_goes_to_the_day_before(
    qtbot: QtBot, page: SymptomsPage, desk: Desk, person: Person
) -> None:
    page.scores.take_focus()
    type_into_front(qtbot, page, "10")
    type_into_front(qtbot, page, "4")
    assert scores(desk, person) == {TODAY: {"tingling": 10}, date(2026, 11, 20): {"tingling": 4}}


def test_nothing_but_0_to_10_can_be_typed(
    qtbot: QtBot, page: SymptomsPage, desk: Desk, person: Person
) -> None:
    model = page.scores.model
    place = model.index(0, 1)
    assert not model.setData(place, "11")
    assert not model.setData(place, "-1")
    assert not model.setData(place, "٣")
    assert scores(desk, person) == {}


def test_delete_makes_a_score_blank(qtbot: QtBot, page: SymptomsPage, desk: Desk, person: Person) -> None:
    desk.entries.log_scores(person.id, {"tingling": 5})
    page.scores.take_focus()
    qtbot.keyClick(page.scores.grid, Qt.Key.Key_Delete)
    assert scores(desk, person) == {}


def test_a_day_years_ago_can_be_backfilled(
    qtbot: QtBot, page: SymptomsPage, desk: Desk, person: Person
) -> None:
    page.scores.grid.go_to(date(2023, 2, 1))
    type_into_front(qtbot, page, "7")
    assert scores(desk, person) == {date(2023, 2, 1): {"tingling": 7}}
    row = page.scores.model.row_of(date(2023, 2, 1))
    assert page.scores.model.index(row, 1).data(DISPLAY) == "7"


def test_symptoms_are_shown_and_hidden_and_keep_their_scores(
    page: SymptomsPage, desk: Desk, person: Person
) -> None:
    desk.entries.log_scores(person.id, {"tingling": 5})
    page.scores.shown_symptoms.tick("tingling", on=False)
    assert "tingling" not in [one.id for one in page.scores.model.symptoms]
    assert scores(desk, person)[TODAY] == {"tingling": 5}


def test_s9_better_or_worse_is_noted_with_since_when(
    page: SymptomsPage, qtbot: QtBot, desk: Desk, person: Person
) -> None:
    form = TrendForm(desk, person)
    qtbot.addWidget(form)
    form.direction.set_value("worse")
    form.symptom.set_value("tingling")
    form.since.set_value(date(2026, 11, 1))
    form.save()
    row = page.trends.table.model.rows[0]
    assert (row.symptom, row.direction, row.since) == ("tingling", "worse", date(2026, 11, 1))
    assert page.trends.table.model.index(0, 1).data(DISPLAY) == "Tingling or pins and needles"


def test_notes_can_be_narrowed_to_one_tag(page: SymptomsPage, desk: Desk, person: Person) -> None:
    desk.entries.log_event(person.id, "note", text="slept badly", tags=["sleep"])
    desk.entries.log_event(person.id, "travel", text="by the sea", tags=["travel"])
    notes = page.notes
    notes.tag.setCurrentIndex(notes.tag.findData("sleep"))
    notes.read()
    assert [row.text for row in notes.table.model.rows] == ["slept badly"]


def test_a_note_is_deleted_and_undo_brings_it_back(page: SymptomsPage, desk: Desk, person: Person) -> None:
    desk.entries.log_event(person.id, "note", text="slept badly")
    page.notes.table.view.selectRow(0)
    page.notes.delete.click()
    assert page.notes.table.model.rows == []
    desk.history.undo()
    assert [row.text for row in page.notes.table.model.rows] == ["slept badly"]


def test_a_note_is_edited_in_the_form_it_was_written_in(
    page: SymptomsPage, qtbot: QtBot, desk: Desk, person: Person
) -> None:
    desk.entries.log_event(person.id, "travel", text="by the sea", tags=["travel"])
    form = EventEditForm(desk, person, page.notes.table.model.rows[0])
    qtbot.addWidget(form)
    form.text.set_text("in the hills")
    form.save()
    after = page.notes.table.model.rows[0]
    assert (after.what, after.text, after.tags) == ("travel", "in the hills", ("travel",))


def test_the_safety_texts_do_not_depend_on_what_was_scored(
    page: SymptomsPage, desk: Desk, person: Person
) -> None:
    def said() -> list[str]:
        return [label.text() for label in page.help.findChildren(QLabel)]

    before = said()
    desk.entries.log_scores(person.id, dict.fromkeys(("tingling", "numbness", "balance"), 10))
    assert said() == before
    assert "Call your emergency number now." in before
    desk.editing.edit(person.id, {"emergency_number": "112"})
    assert "Your emergency number: 112" in said()


def test_an_empty_list_says_what_to_do_next(page: SymptomsPage) -> None:
    page.show_part("notes")
    assert page.notes.empty.button.isVisible()
    assert not page.notes.table.isVisible()
