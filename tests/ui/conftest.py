"""What every test of the window gets: an application with the look, a desk, and a person with a plan."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from b12desk.desk import Desk
from b12desk.domain.records import Person
from b12desk.ui.page import Surroundings
from tests.helpers.clock import FixedClock
from tests.helpers.window import ann, surroundings, theme_of


@pytest.fixture
def around(tmp_path: Path, clock: FixedClock, qapp: QApplication) -> Iterator[Surroundings]:
    """Desk, tasks and theme on an empty diary."""
    theme = theme_of(qapp)
    made = surroundings(tmp_path / "d.db", clock, theme)
    yield made
    made.desk.close()
    made.tasks.deleteLater()
    theme.choose("light", 100)
    theme.deleteLater()


@pytest.fixture
def desk(around: Surroundings) -> Desk:
    """The open desk."""
    return around.desk


@pytest.fixture
def person(desk: Desk) -> Person:
    """Ann: every 8 weeks, the last one on 6 October 2026, so the next is planned for 1 December."""
    return ann(desk, last="2026-10-06")
