"""The reminder book kept in step with the diary, and one pass over it (RULES section 2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path

from b12desk.desk.context import Context
from b12desk.desk.outcome import Outcome
from b12desk.desk.people import People
from b12desk.desk.plans import Plans
from b12desk.domain.errors import WorldError
from b12desk.domain.records import Injection, Person, Snooze
from b12desk.domain.schedule import Occurrence, Schedule
from b12desk.domain.wording import long_day
from b12desk.reminders.agent import PassResult, run_pass
from b12desk.reminders.book import Book, Pending
from b12desk.reminders.channels import Channel, channels_named
from b12desk.reminders.planner import NINE, OpenItem
from b12desk.store.diary import Change

AHEAD = timedelta(days=400)
"""How far fixed dates are projected, so that a diary locked for a year still reminds (RULES R9)."""
MOST_AHEAD = 420


@dataclass(frozen=True, slots=True)
class ReminderChoices:
    """What the person chose about reminders on this computer (settings)."""

    clock_time: time = NINE
    quiet: tuple[time, time] | None = None
    neutral: bool = False


class Reminders:
    """Operations on the book beside the diary.

    The book is marked stale before a write that may move the schedule and written anew after it (RULES R8);
    other writes leave it behind by a counter, which the next look mends. Where the book cannot be written
    the diary still is: the entry matters more.
    """

    def __init__(
        self, context: Context, people: People, plans: Plans, path: Path, choices: ReminderChoices
    ) -> None:
        self._context = context
        self._people = people
        self._plans = plans
        self._path = path
        self._choices = choices

    def in_step(self) -> bool:
        """Whether the book reflects the diary as it is now, seen from today."""
        book = Book.existing(self._path)
        if book is None:
            return False
        with book:
            in_step = book.counter() == self._context.diary.counter()
            return in_step and book.is_of_today(self._context.clock())

    def before_write(self) -> None:
        """Note that the diary is about to change, so that a pass in between says so."""
        now = self._context.clock()
        with suppress(WorldError), Book.open(self._path, now) as book:
            book.mark_stale(now)

    def after_write(self) -> None:
        """Bring the book up to date; one that cannot be written stays marked until the next look."""
        with suppress(WorldError):
            self.rebuild()

    def rebuild(self) -> None:
        """Write the projection of every person's open and coming injections.

        Raises:
            WorldError: the book cannot be written.
        """
        people = enumerate(self._people.list(), start=1)
        items = [item for number, person in people for item in self._items(person, number)]
        with Book.open(self._path, self._context.clock()) as book:
            book.rewrite(items, self._context.diary.counter(), self._context.clock())

    def choose(self, choices: ReminderChoices) -> None:
        """Use other preferences from now on."""
        self._choices = choices
        self.rebuild()

    def pending(self, person_id: str | None = None) -> list[Pending]:
        """What the list in the window shows: every open reminder whose moment has come."""
        self._catch_up()
        now = self._context.clock()
        with Book.open(self._path, now) as book:
            found = book.pending(now)
        return [one for one in found if person_id is None or one.person_id == person_id]

    def run(
        self,
        channel: str | None = None,
        *,
        dry_run: bool = False,
        tray: Sequence[Channel] = (),
        person_id: str | None = None,
    ) -> PassResult:
        """One pass: say what is due and has not been said; doing it twice says nothing twice.

        Args:
            channel: "list", "dbus" or "plyer"; None tries them in the order of RULES R6.
            tray: the window's own channel, tried last.
            person_id: only this person; None is everyone.
        """
        self._catch_up()
        channels = (*channels_named(channel), *tray)
        return run_pass(self._path, self._context.clock(), channels, dry_run, person_id)

    def _catch_up(self) -> None:
        if not self.in_step():
            self.rebuild()

    def snooze(self, person_id: str, occurrence: Occurrence, until: date) -> Outcome:
        """Silence one open injection until a date; it stays open and in the list (RULES R7)."""
        entry = Snooze(
            **self._context.stamp(person_id), occurrence_on=occurrence.on or occurrence.planned, until=until
        )
        text = f"Reminder silent until {long_day(until)}"
        return self._context.write("snooze", text, person_id, [Change(None, entry)])

    def _items(self, person: Person, number: int) -> Iterator[OpenItem]:
        plan = self._plans.current(person.id)
        schedule = self._open(person.id, plan is not None and plan.anchor == "fixed_dates")
        silent = {
            snooze.occurrence_on: snooze.until
            for snooze in self._context.diary.records(Snooze, person_id=person.id)
        }
        given = self._context.diary.records(Injection, person_id=person.id)
        not_given = [one.on or one.planned for one in schedule.closed]
        former = max((*not_given, *(one.on for one in given[-1:])), default=None)
        for occurrence in schedule.due:
            day = occurrence.on or occurrence.planned
            interval = (day - former).days if former else None
            yield OpenItem(
                person_id=person.id,
                # a neutral book is readable by others: it has no names in it at all (RULES R10)
                person_name=f"Person {number} ({person.colour})" if self._choices.neutral else person.name,
                occurrence_id=occurrence.id,
                planned=occurrence.planned,
                on=occurrence.on,
                window_end=occurrence.window[1] if occurrence.window else None,
                interval_days=interval if interval and interval > 0 else None,
                state=occurrence.state,
                grace_days=plan.grace_days if plan else 0,
                snoozed_until=silent.get(day),
                clock_time=self._choices.clock_time,
                quiet=self._choices.quiet,
                neutral=self._choices.neutral,
            )
            former = day

    def _open(self, person_id: str, fixed: bool) -> Schedule:
        """What is open, with 400 days of fixed dates; only what does not hang on a dose still to come."""
        count = MOST_AHEAD if fixed else 1
        schedule = self._plans.due(person_id, count=count)
        last = self._context.today() + AHEAD
        kept = (
            tuple(one for one in schedule.due if not one.forecast and (one.on or one.planned) <= last)
            or schedule.due[:1]
        )
        return replace(schedule, due=kept)
