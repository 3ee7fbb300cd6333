"""A window for tests: a diary of its own, work that runs at once, and one person with a plan."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRunnable
from PySide6.QtWidgets import QApplication

from b12desk.desk import Clock, Desk, InjectionDraft
from b12desk.domain.records import Person
from b12desk.ui.page import Surroundings
from b12desk.ui.tasks import Tasks
from b12desk.ui.theme import Theme


class TasksAtOnce(Tasks):
    """Runs work where it is asked for, before `run` returns."""

    def _start(self, run: QRunnable) -> None:
        run.run()


def surroundings(path: Path, clock: Clock, theme: Theme) -> Surroundings:
    """An open desk on a new diary, with all that pages need."""
    desk = Desk.open(path, clock=clock, create=True)
    return Surroundings(desk, TasksAtOnce(lambda: Desk.open(path, clock=clock)), theme)


def theme_of(app: QApplication) -> Theme:
    """The light look, whatever the desktop prefers."""
    return Theme(app, "light")


def every_weeks(weeks: int, started_on: str, **phase: Any) -> dict[str, Any]:
    """A plan file with one phase that goes on without end."""
    one = {
        "name": "Maintenance",
        "dose": "1000 ug",
        "route": "IM",
        "every": {"weeks": weeks},
        "until": "no_end",
    }
    return {"started_on": started_on, "anchor": "last_injection", "phases": [one | phase]}


def ann(desk: Desk, *, last: str | None = None, weeks: int = 8, started_on: str = "2026-01-05") -> Person:
    """Ann with a plan, and with an injection on the day `last`."""
    desk.people.add("Ann")
    person = desk.people.find("Ann")
    desk.plans.set(person.id, every_weeks(weeks, started_on))
    if last is not None:
        draft = InjectionDraft(
            on=date.fromisoformat(last),
            product_id=desk.products.unknown(person.id).id,
            dose="1000 ug",
            route="IM",
            site="thigh",
            side="left",
        )
        desk.injections.log_injection(person.id, draft)
    return person
