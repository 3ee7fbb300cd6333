"""Patient-years of passes, kills, wrong clocks, travel and undo: nothing lost, nothing repeated (RULES R4).

What should be said is worked out anew from dates here, without the planner.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from b12desk.reminders.book import Book
from b12desk.reminders.planner import OpenItem
from tests.helpers.clock import FixedClock
from tests.reminders.fakes import Desk, FakeChannel, Killed, item

ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata")
YEARS = 4
RUNGS = (-3, -1, 0, 1, 3, 7, 14, 21, 28, 35, 42, 49, 56, *range(84, 1000, 28))
Rung = tuple[str, str]


@dataclass
class Patient:
    """One simulated diary and computer.

    Attributes:
        attempts: the (day, step) pairs that a pass of the right clock tried to send.
        told: how often a message for each of them appeared.
        kills: how often the process died after it had appeared.
    """

    desk: Desk
    chance: random.Random
    channel: FakeChannel = field(default_factory=FakeChannel)
    open_on: date = date(2026, 1, 5)
    interval: int = 28
    zone: str = ZONES[0]
    attempts: set[Rung] = field(default_factory=set)
    told: Counter[Rung] = field(default_factory=Counter)
    kills: Counter[Rung] = field(default_factory=Counter)

    def project(self) -> None:
        self.desk.project(self.item())

    def item(self) -> OpenItem:
        return item(self.open_on.isoformat(), interval_days=self.interval)

    def newest(self) -> Rung | None:
        """The rung whose moment, 09:00 here, has passed last."""
        now = self.desk.clock()
        passed = None
        for rung in RUNGS:
            if rung < 0 and -2 * rung >= self.interval:
                continue
            at = datetime.combine(self.open_on + timedelta(days=rung), time(9), ZoneInfo(self.zone))
            if at > now:
                break
            passed = f"before-{-rung}" if rung < 0 else f"after-{rung}" if rung else "day"
        return (self.open_on.isoformat(), passed) if passed else None

    def run(self) -> None:
        """A pass, which one time in six dies if it has something to say; then the promises are checked."""
        before = len(self.channel.shown)
        self.channel.kill = self.chance.choice(("before", "after")) if self.chance.random() < 1 / 6 else None
        newest = self.newest()
        try:
            self.desk.run(self.channel)
        except Killed:
            assert newest is not None
            self.attempts.add(newest)
            self.kills[newest] += len(self.channel.shown) - before
        if len(self.channel.shown) > before:
            assert newest is not None
            self.attempts.add(newest)
            self.told[newest] += 1
        if newest is not None:
            assert newest in self.attempts, f"lost: {newest} at {self.desk.clock()}"
            assert self.listed(), f"not in the list: {newest} at {self.desk.clock()}"

    def listed(self) -> bool:
        """Whether the list in the window shows the open injection."""
        now = self.desk.clock()
        with Book.open(self.desk.path, now) as book:
            return [line.on for line in book.pending(now)] == [self.open_on]

    def live(self) -> None:
        """Something happens between two passes."""
        day = self.desk.clock().date()
        match self.chance.choices(
            ("nothing", "off", "travel", "log", "unrelated", "undo", "wrong clock"),
            (80, 2, 2, 5, 4, 3, 2),
        )[0]:
            case "off":
                self.desk.clock.advance(days=self.chance.randint(1, 40))
            case "travel":
                self.zone = self.chance.choice(ZONES)
                self.desk.clock = _moved(self.desk.clock, self.zone)
            case "log" if day >= self.open_on - timedelta(days=2):
                self.interval = self.chance.choice((2, 7, 28, 84))
                self.open_on = day + timedelta(days=self.interval)
                self.project()
            case "unrelated":
                self.project()
            case "undo":
                self.desk.project()
                self.desk.run(self.channel)
                self.project()
            case "wrong clock":
                self.wrong_clock()

    def wrong_clock(self) -> None:
        """The clock stands in 2030 for a pass; what is said then has no bearing on the promises."""
        right = self.desk.clock
        self.desk.clock = FixedClock("2030-01-01T12:00", self.zone)
        shown = FakeChannel()
        self.desk.run(shown)
        self.desk.clock = right


def _moved(clock: FixedClock, zone: str) -> FixedClock:
    there = clock().astimezone(ZoneInfo(zone))
    return FixedClock(there.replace(tzinfo=None).isoformat(), zone)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost_and_nothing_repeated_but_after_kills(seed: int, tmp_path: Path) -> None:
    patient = Patient(
        Desk(tmp_path / "book.db", FixedClock("2026-01-01T08:00")), random.Random(seed), interval=28
    )
    patient.project()
    end = patient.desk.clock() + timedelta(days=365 * YEARS)
    while patient.desk.clock() < end:
        patient.run()
        patient.live()
        patient.desk.clock.advance(hours=patient.chance.randint(1, 16))
    repeated = {rung: count for rung, count in patient.told.items() if count > 1 + patient.kills[rung]}
    assert repeated == {}
    assert len(patient.told) > 30
    assert sum(patient.kills.values()) > 0
