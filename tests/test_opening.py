"""The short way into the window takes only what it understands wholly."""

from __future__ import annotations

from pathlib import Path

import pytest

from b12desk import app, opening, plain_options


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str | None, str]]:
    """What would have been opened: diary, person and clock."""
    calls: list[tuple[Path, str | None, str]] = []

    def run(diary: Path, *, clock: object, person: str | None) -> int:
        assert callable(clock)
        calls.append((diary, person, clock().isoformat()))
        return 0

    monkeypatch.setattr(app, "run", run)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return calls


def test_a_diary_a_person_and_a_clock_open_the_window(opened: list[tuple[Path, str | None, str]]) -> None:
    line = ["--diary", "d.db", "--person=Ann", "--now", "2026-11-21T10:00+00:00"]
    assert opening.open_window(line) == 0
    diary, person, now = opened[0]
    assert (diary, person, now[:16]) == (Path("d.db"), "Ann", "2026-11-21T10:00")


@pytest.mark.parametrize(
    "line",
    [
        ["due"],
        ["--diary"],
        ["--help"],
        ["--diary", "d.db", "check"],
        ["--now", "2026-11-21"],
        ["--now", "yesterday"],
        ["--planned", "2026-11-21"],
    ],
)
def test_anything_else_is_left_to_the_command_line(
    line: list[str], opened: list[tuple[Path, str | None, str]]
) -> None:
    assert opening.open_window(line) is None
    assert opened == []


def test_without_a_screen_the_command_line_says_so(
    monkeypatch: pytest.MonkeyPatch, opened: list[tuple[Path, str | None, str]]
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in opening.SCREENS:
        monkeypatch.delenv(name, raising=False)
    assert opening.open_window([]) is None
    assert opened == []


def test_options_and_words_are_told_apart() -> None:
    assert plain_options.read(["--a-b=1", "word", "--on"], ["a_b"], ["on"]) == (
        {"a_b": "1", "on": True},
        ["word"],
    )
    assert plain_options.read(["--a-b"], ["a_b"]) is None
