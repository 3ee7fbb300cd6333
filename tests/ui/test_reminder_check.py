"""The reminder check: what is said, one click to install and to remove, days that are kept when readable."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from b12desk import paths
from b12desk.reminders.book import Book
from b12desk.ui.page import Surroundings
from b12desk.ui.reminder_check import ReminderCheckPart
from tests.helpers.window import ann


@pytest.fixture
def part(qtbot: QtBot, around: Surroundings) -> ReminderCheckPart:
    made = ReminderCheckPart(around)
    qtbot.addWidget(made)
    made.show()
    made.read()
    return made


def test_it_says_what_there_is_and_what_to_do(part: ReminderCheckPart) -> None:
    told = part.told.text()
    assert "reminds only while its window is open" in told
    assert "No notification service answers" in told
    assert "switched off cannot remind you" in told
    assert ".ics" in told
    assert not part.remove.isVisible()


def test_a_click_installs_and_another_removes(part: ReminderCheckPart) -> None:
    folder = paths.places().autostart
    assert not folder.exists()
    part.install.click()
    assert list(folder.iterdir())
    assert part.remove.isVisible()
    part.remove.click()
    assert not folder.exists()
    assert not part.remove.isVisible()


def test_without_a_service_the_test_says_where_reminders_are(part: ReminderCheckPart) -> None:
    part.test.click()
    assert "The Today page has every reminder" in part.answer.text()


def test_chosen_days_are_kept_and_in_the_book(part: ReminderCheckPart, around: Surroundings) -> None:
    ann(around.desk, last="2026-11-02")
    part.before.line.setText("10, 2")
    part.scores_at.line.setText("20:30")
    part.before.line.editingFinished.emit()
    assert around.settings.reminder_days_before == "10,2"
    assert around.settings.score_prompt == "20:30"
    with Book.open(paths.beside(around.desk.path).reminders, around.desk.now()) as book:
        found = {item.kind: item for item in book.items()}
    assert found["take"].ladder.before == (10, 2)
    assert f"{found['score'].clock_time:%H:%M}" == "20:30"


@pytest.mark.parametrize("typed", ["soon", "3;1", "0"])
def test_days_that_cannot_be_read_change_nothing(
    part: ReminderCheckPart, around: Surroundings, typed: str
) -> None:
    part.before.line.setText(typed)
    part.before.line.editingFinished.emit()
    assert around.settings.reminder_days_before == "3,1"
    assert part.before.problem() == "Days with commas between them, as in 3,1."
