"""Work for a page that is gone calls nobody: another person's page may stand in its place."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from b12desk.desk import Desk
from b12desk.domain.records import Person
from b12desk.ui.main_window import MainWindow
from b12desk.ui.page import Surroundings
from b12desk.ui.registry import page_specs
from b12desk.ui.tasks import Tasks
from tests.helpers.clock import FixedClock


@pytest.fixture
def tasks(qtbot: QtBot, around: Surroundings, clock: FixedClock) -> Tasks:
    made = Tasks(lambda: Desk.open(around.desk.path, clock=clock))
    yield made
    made.finish()
    made.deleteLater()


@pytest.mark.parametrize("fails", [False, True])
def test_nobody_is_called_once_the_owner_is_gone(qtbot: QtBot, tasks: Tasks, fails: bool) -> None:
    called: list[object] = []
    go_on = Event()

    def work(_desk: Desk, _ticket: object) -> str:
        assert go_on.wait(5)
        if fails:
            raise ValueError
        return "done"

    owner = QObject()
    ticket = tasks.run(work, called.append, called.append, owner=owner)
    owner.deleteLater()
    qtbot.waitUntil(ticket.cancelled)
    with qtbot.waitSignal(tasks.busy):
        go_on.set()
    assert called == []


def test_people_can_be_changed_while_charts_and_pages_are_made(
    qtbot: QtBot, around: Surroundings, desk: Desk, person: Person, tasks: Tasks
) -> None:
    desk.people.add("Bo")
    around.tasks.deleteLater()
    around.tasks = tasks
    window = MainWindow(around, page_specs(), person)
    qtbot.addWidget(window)
    window.show()
    for page in ("trends", "report", "labs", "settings"):
        window.show_page(page)
        window.show_person(desk.people.find("Bo"))
        window.show_person(person)
    with qtbot.waitSignal(tasks.busy, timeout=60_000, check_params_cb=lambda busy: not busy):
        window.show_page("trends")
    assert window.page("trends").data is not None  # type: ignore[attr-defined]
