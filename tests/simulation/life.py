"""One simulated patient: a random plan, a computer off, asleep, abroad or killed, and what is counted."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from b12desk.desk.context import Context, Stamp
from b12desk.desk.people import People
from b12desk.desk.plans import Plans
from b12desk.desk.products import Products
from b12desk.desk.reminders import ReminderChoices, Reminders
from b12desk.domain.errors import WorldError
from b12desk.domain.records import Injection, NotGiven, Record
from b12desk.domain.schedule import Occurrence
from b12desk.reminders.agent import run_pass
from b12desk.reminders.book import Book, Wish
from b12desk.reminders.planner import OpenItem
from b12desk.store.diary import Change, Diary
from tests.oracle.plans import random_plan
from tests.reminders.fakes import FakeChannel, Killed
from tests.simulation import rungs
from tests.simulation.diary import MemoryDiary

ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "America/St_Johns")
UTC = ZoneInfo("UTC")
Rung = tuple[str, str, str]


@dataclass
class Figures:
    """What is counted over all patients."""

    years: float = 0
    passes: int = 0
    reminders: int = 0
    lost: int = 0
    repeated: int = 0
    kills: int = 0
    repeated_after_kills: int = 0
    moved: int = 0
    stale_passes: int = 0
    failed_sends: int = 0
    wrong_clocks: int = 0
    first_wrong: str = ""

    def add(self, other: Figures) -> None:
        for name, value in vars(other).items():
            mine = getattr(self, name)
            setattr(self, name, mine or value if name == "first_wrong" else mine + value)

    @property
    def kept(self) -> bool:
        """Whether every promise was kept."""
        return self.lost == self.repeated == self.moved == 0


@dataclass
class Patient:
    """A person with a plan, and the computer that reminds.

    Attributes:
        hourly: a pass at each hour awake; else at each waking, around each moment and once in between.
        attempts: the steps that a pass with the right clock tried. told: how often a pop-up showed each.
        cut: how often the process died after a pop-up of a step, before it could note that.
    """

    seed: int
    folder: Path
    hourly: bool = False
    figures: Figures = field(default_factory=Figures)
    attempts: set[Rung] = field(default_factory=set)
    told: Counter[Rung] = field(default_factory=Counter)
    cut: Counter[Rung] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.zone = ZoneInfo(ZONES[0])
        self.now = datetime(2026, 1, 5, 8, tzinfo=UTC)
        self.locked = False
        self.known: dict[object, date | None] = {}
        self.book = self.folder / f"{self.seed}-reminders.db"
        numbers = iter(range(10**9))
        diary = cast("Diary", MemoryDiary())
        self.context = Context(diary, self.clock, lambda: f"id-{next(numbers)}", "self", ZONES[0])
        people, products = People(self.context), Products(self.context)
        self.plans = Plans(self.context, products, lambda: ())
        quiet = self.chance.choice((None, (time(22), time(7)), (time(8), time(10, 30))))
        at = self.chance.choice((time(9), time(9), time(6, 30), time(2, 30), time(22, 30)))
        choices = ReminderChoices(clock_time=at, quiet=quiet)
        self.desk = Reminders(self.context, people, self.plans, self.book, choices)
        self._hooks()
        people.add("Anna")
        self.person = people.find("Anna").id
        self._plan()

    def clock(self) -> datetime:
        return self.now.astimezone(self.zone)

    def live(self, years: float) -> Figures:
        """Live so many years; what came of it."""
        end = self.now + timedelta(days=365.25 * years)
        while self.now < end:
            self._day()
        extra = {rung: count - 1 for rung, count in self.told.items() if count > 1}
        self.figures.repeated = sum(max(0, count - self.cut[rung]) for rung, count in extra.items())
        self.figures.repeated_after_kills = sum(extra.values()) - self.figures.repeated
        self.figures.kills = sum(self.cut.values())
        self.figures.reminders = len(self.attempts)
        self.figures.years = years
        return self.figures

    # One day

    def _day(self) -> None:
        """The computer is on for some hours; things happen; it is off until the next day, or for weeks."""
        self.now += timedelta(minutes=self.chance.randint(0, 240))
        end = self.now + timedelta(hours=self.chance.randint(1, 14))
        for at in self._awake(self.now, end):
            self.now = at
            self._pass()
        self._check_dates()
        self._event()
        off = self.chance.choices((0, self.chance.randint(1, 9), self.chance.randint(10, 70)), (92, 7, 1))[0]
        next_morning = (self.clock() + timedelta(days=1 + off)).replace(hour=6, minute=0)
        self.now = next_morning.astimezone(UTC)

    def _awake(self, start: datetime, end: datetime) -> list[datetime]:
        asleep = start + (end - start) * self.chance.random()
        slept = timedelta(hours=self.chance.choice((0, 0, 2, 5)))
        near = [at for item in self._items() for at in rungs.moments(item, start, end, self.zone)]
        times = {start, *near, *(at - timedelta(minutes=1) for at in near)}
        hours = int((end - start).total_seconds() // 3600)
        every = range(hours) if self.hourly else self.chance.sample(range(hours), 1)
        times |= {start + timedelta(hours=hour) for hour in every}
        awake = {at for at in times if not asleep < at < asleep + slept}
        return sorted(at for at in awake | {min(end, asleep + slept)} if at >= start)

    # One pass

    def _pass(self) -> None:
        """A pass of the right clock, as the scheduler starts it; then the promises are checked."""
        self.figures.passes += 1
        if not self.locked:
            self.desk.take_wishes()
            if not self.desk.in_step():
                self.desk.rebuild()
        items = self._items()
        expected = {} if self._silent(items) else self._expected(items)
        channel = FakeChannel(
            result=self.chance.choices(("accepted", "unknown", "failed"), (80, 10, 10))[0],  # type: ignore[arg-type]
            there=self.chance.random() > 0.1,
        )
        channel.kill = self.chance.choices((None, "before", "after"), (90, 4, 6))[0]
        try:
            result = run_pass(self.book, self.clock(), [channel])
        except Killed:
            self._note_kill(expected, shown=bool(channel.shown))
        else:
            self.figures.stale_passes += result.stale
            popped = set()
            for sent in result.sent:
                rung = (*sent.alert.item.named[1:], sent.alert.step.day.isoformat())
                self.attempts.add(rung)
                self.figures.failed_sends += sent.result == "failed"
                if sent.channel != "list" and sent.result != "failed":
                    popped.add(rung)
            self.told.update(popped)
        for rung in expected.values():
            if rung not in self.attempts:
                self.figures.lost += 1
                self._wrong(f"lost {rung}")

    def _expected(self, items: list[OpenItem]) -> dict[tuple[str, str], Rung]:
        found = {}
        for item in items:
            day = rungs.newest(item, self.now, self.zone)
            if day is not None:
                track, on = item.named[1:]
                found[track, on] = (track, on, day.isoformat())
        return found

    def _silent(self, items: list[OpenItem]) -> bool:
        return bool(items) and rungs.in_quiet_hours(items[0], self.now, self.zone)

    def _note_kill(self, expected: dict[tuple[str, str], Rung], shown: bool) -> None:
        with Book.open(self.book, self.now) as book:
            # all of it: a clock that stood years ahead leaves thousands of rows that look newer
            ledger = book.ledger(1_000_000)
            intents = [one for one in ledger if one.state == "intent" and one.at == self._second()]
        for entry in intents:
            rung = expected[entry.kind, entry.on_day]
            self.attempts.add(rung)
            self.told[rung] += shown
            self.cut[rung] += shown

    def _second(self) -> datetime:
        return self.now.replace(microsecond=0)

    def _items(self) -> list[OpenItem]:
        with Book.open(self.book, self.now) as book:
            return book.items()

    # What people and computers do

    def _event(self) -> None:
        self.locked = self.chance.random() < 0.7  # an encrypted diary mostly is; the book has to do
        match self.chance.choices(
            ("log", "travel", "wrong clock", "snooze", "button", "undo", "revise", "book lags"),
            (80, 3, 2, 2, 2, 3, 0.3, 2),
        )[0]:
            case "log":
                self._log()
            case "travel":
                self.zone = ZoneInfo(self.chance.choice(ZONES))
                self.known = {}
            case "wrong clock":
                self._wrong_clock()
            case "snooze":
                for one in self._open()[:1]:
                    self.desk.snooze(self.person, one, self.clock().date() + self._days(1, 20))
            case "button":
                self._press_snooze()
            case "undo":
                self._undo()
            case "revise":
                self._plan()
            case "book lags":
                self.context.after_write = lambda: None  # the process died between diary and book
                self.locked = True
                self._log()
                self._hooks()

    def _log(self) -> None:
        """What is open today is logged, not given, agreed or confirmed, or left open."""
        today = self.clock().date()
        for one in self._open():
            if (one.on or one.planned) > today + timedelta(days=1):
                continue
            self.known = {}
            what = self.chance.random()
            try:
                if what < 0.55:
                    self._write(Injection(**self._stamp(), on=today, zone=ZONES[0], product_id="unknown"))
                elif what < 0.6:
                    self._write(NotGiven(**self._stamp(), planned=one.on or one.planned, reason="missed"))
                elif one.state == "to_confirm":
                    self.plans.step(self.person, today, "clinic")
                elif one.state == "ask_clinic":
                    self.plans.agree(self.person, today + self._days(1, 30), "clinic")
            except WorldError:  # the contract refuses it there
                continue
            return

    def _plan(self) -> None:
        self.known = {}
        plan, _ = random_plan(self.chance, self.clock().date(), self.now, f"plan-{self.now:%Y%m%d%H%M}")
        weeks = self.chance.choice((None, 2, 4))
        self._write(replace(plan, person_id=self.person, book_weeks_before=weeks))

    def _undo(self) -> None:
        """The newest injection is taken back; steps already sent stay sent."""
        given = self.context.diary.records(Injection, person_id=self.person)
        if given:
            self.known = {}
            self.context.write("undo", "", self.person, [Change(given[-1], None)])

    def _press_snooze(self) -> None:
        items = [item for item in self._items() if item.on and item.on <= self.clock().date()]
        until = (self.clock().date() + timedelta(days=1)).isoformat()
        with Book.open(self.book, self.now) as book:
            book.wish(Wish(*item.named, "snooze", until, self.now) for item in items)

    def _wrong_clock(self) -> None:
        """The clock stands wrong for a pass; what it says then has no bearing on the promises."""
        self.figures.wrong_clocks += 1
        wrong = self.clock().replace(year=self.chance.choice((2020, 2031)), day=1)
        run_pass(self.book, wrong, [FakeChannel()])

    # Dates

    def _check_dates(self) -> None:
        """A planned date that hangs on nothing still to come stays where it is, until somebody writes."""
        if self.chance.random() > 0.2:
            return
        now = {(one.plan_id, one.phase, one.number): one.on for one in self._open() if not one.forecast}
        for place, on in self.known.items():
            if place in now and now[place] != on:
                self.figures.moved += 1
                self._wrong(f"moved {place} from {on} to {now[place]}")
        self.known = dict(now)

    def _open(self) -> list[Occurrence]:
        return list(self.plans.due(self.person).due)

    # Small things

    def _hooks(self) -> None:
        self.context.before_write = self.desk.before_write
        self.context.after_write = self.desk.after_write

    def _write(self, record: Record) -> None:
        self.context.add("simulated", "", [record])

    def _stamp(self) -> Stamp:
        return self.context.stamp(self.person)

    def _days(self, least: int, most: int) -> timedelta:
        return timedelta(days=self.chance.randint(least, most))

    def _wrong(self, what: str) -> None:
        self.figures.first_wrong = self.figures.first_wrong or f"seed {self.seed}, {self.clock()}: {what}"
