"""Fixtures of the reminder tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.clock import FixedClock
from tests.reminders.fakes import Desk


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Desk:
    """A book that is not written yet, and a clock in Berlin."""
    return Desk(tmp_path / "diary.db-reminders.db", clock)
