"""The process that stands in for a scheduler, and what a scheduled pass does after a gap."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from b12desk.reminders import command, scheduled
from b12desk.reminders.book import Book
from b12desk.reminders.pass_lock import pass_lock
from b12desk.reminders.watch import watch
from tests.helpers.clock import FixedClock
from tests.reminders.fakes import item


def test_it_starts_a_pass_every_five_minutes_and_after_sleep(tmp_path: Path, clock: FixedClock) -> None:
    passes: list[str] = []
    naps = iter((60, 60, 60, 60, 60, 8 * 3600, -3600, 60))

    def pause(_seconds: float) -> None:
        clock.advance(seconds=next(naps, 0))

    alive = iter([True] * 8 + [False])
    code = watch(
        str(tmp_path / "book"), clock, pause, lambda: passes.append(f"{clock():%H:%M}"), lambda: next(alive)
    )
    assert code == 0
    assert passes == ["10:00", "10:05", "18:05", "17:05"]


def test_a_second_one_ends_at_once(tmp_path: Path, clock: FixedClock) -> None:
    book = str(tmp_path / "book")
    with pass_lock(f"{book}.watch"):
        assert watch(book, clock, _never, _never, lambda: True) == 0


def _never(*_: object) -> None:
    raise AssertionError("there is another one")


def test_a_scheduled_pass_waits_after_a_gap_only(tmp_path: Path, clock: FixedClock) -> None:
    book, waits = str(tmp_path / "book"), []
    for minutes in (0, 5, 5, 8 * 60, 5):
        clock.advance(minutes=minutes)
        scheduled.begin(book, clock(), lambda _seconds: waits.append(f"{clock():%H:%M}"))
    assert waits == ["10:00", "18:10"]
    assert scheduled.last_run(book) == clock()


def test_a_clock_set_back_is_a_gap_too(tmp_path: Path, clock: FixedClock) -> None:
    book, waits = str(tmp_path / "book"), []
    scheduled.begin(book, clock() + timedelta(days=1500), waits.append)
    scheduled.begin(book, clock(), waits.append)
    assert len(waits) == 2
    assert scheduled.last_run(book) == clock()


def test_only_the_scheduler_is_noted(
    tmp_path: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    diary = tmp_path / "diary.db"
    diary.touch()
    book = f"{diary}{command.BOOK_SUFFIX}"
    with Book.open(book, clock()) as opened:
        opened.rewrite([item("2027-06-05")], 1, clock())
    waits: list[float] = []
    assert command.main(["remind", f"--diary={diary}"], clock, waits.append) == 0
    assert (scheduled.last_run(book), waits) == (None, [])
    assert command.main(["remind", f"--diary={diary}", "--scheduled"], clock, waits.append) == 0
    assert (scheduled.last_run(book), len(waits)) == (clock(), 1)
    scheduled.forget(book)
    assert scheduled.last_run(book) is None
    assert "Nothing to say." in capsys.readouterr().out
