"""Without a command the window opens, on the diary and the person of the global options."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from b12desk import paths
from b12desk.cli import main
from b12desk.clock import Clock
from tests.cli.conftest import Run
from tests.helpers.clock import FixedClock

SEVEN = 7


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """How the window was opened; a stand-in that is closed at once with exit code 7."""
    calls: list[dict[str, Any]] = []

    def run(diary: Path, *, clock: Clock, person: str | None = None, planned: date | None = None) -> int:
        calls.append({"diary": diary, "now": clock(), "person": person, "planned": planned})
        return SEVEN

    monkeypatch.setattr("b12desk.app.run", run)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return calls


def test_without_a_command_the_window_opens_on_the_usual_diary(
    opened: list[dict[str, Any]], clock: FixedClock
) -> None:
    assert main([], clock=clock) == SEVEN
    assert opened == [{"diary": paths.places().diary, "now": clock.now, "person": None, "planned": None}]


def test_the_global_options_hold_for_the_window(opened: list[dict[str, Any]], tmp_path: Path) -> None:
    words = ["--diary", str(tmp_path / "d.db"), "--person", "Ada", "--now", "2026-01-05T09:00Z"]
    words += ["--planned", "2026-01-06"]
    assert main(words) == SEVEN
    (call,) = opened
    assert (call["diary"], call["person"]) == (tmp_path / "d.db", "Ada")
    assert call["planned"] == date(2026, 1, 6)
    assert call["now"] == datetime.fromisoformat("2026-01-05T09:00Z")


def test_a_sample_is_made_and_shown(opened: list[dict[str, Any]], run: Run, diary: Path) -> None:
    assert run("demo", "--years", 1, as_json=False).code == SEVEN
    assert [call["diary"] for call in opened] == [diary]
    assert run("person", "list").data["people"][0]["sample"] is True
