"""The reminder book kept in step with the diary, and one pass over it (RULES section 2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from b12desk.desk.context import Context
from b12desk.desk.outcome import Outcome
from b12desk.desk.people import People
from b12desk.desk.plans import Plans
from b12desk.domain.errors import Invalid, WorldError
from b12desk.domain.records import Injection, Person, Score, Snooze, Track
from b12desk.domain.schedule import Occurrence, Schedule
from b12desk.domain.wording import long_day
from b12desk.reminders.book import Book, Pending, Wish
from b12desk.reminders.planner import NINE, Ladder, OpenItem
from b12desk.settings import Settings
from b12desk.store.diary import Change

if TYPE_CHECKING:
    from b12desk.reminders.agent import PassResult
    from b12desk.reminders.channels import Channel

AHEAD = timedelta(days=400)
"""How far fixed dates are projected, so that a diary locked for a year still reminds (RULES R9)."""
MOST_AHEAD = 420


@dataclass(frozen=True, slots=True)
class ReminderChoices:
    """What the person chose about reminders on this computer (settings)."""

    clock_time: time = NINE
    quiet: tuple[time, time] | None = None
    neutral: bool = False
    ladder: Ladder = Ladder()  # noqa: RUF009 - a NamedTuple is frozen
    score_at: time | None = None

    @classmethod
    def of(cls, chosen: Settings) -> Self:
        """As the preferences have them."""
        return cls(
            clock_time=time.fromisoformat(chosen.reminder_time),
            quiet=(time.fromisoformat(chosen.quiet_from), time.fromisoformat(chosen.quiet_to)),
            neutral=chosen.neutral_notifications,
            ladder=Ladder(
                tuple(sorted(chosen.days_before(), reverse=True)),
                tuple(sorted(chosen.days_after())),
                chosen.reminder_weekly_until,
                chosen.reminder_then_every,
            ),
            score_at=time.fromisoformat(chosen.score_prompt) if chosen.score_prompt else None,
        )


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

    def take_wishes(self) -> None:
        """Write what was chosen on pop-ups into the diary, as entries with history; once (RULES R9).

        A wish leaves the inbox after it is written: between the two a crash repeats it, and never loses it.

        Raises:
            WorldError: book or diary cannot be written; the wishes stay.
        """
        book = Book.existing(self._path)
        if book is None:
            return
        with book:
            wishes = book.wishes()
            if not wishes:
                return
            for wish in dict.fromkeys(wishes.values()):
                self._carry_out(wish)
            book.forget_wishes(wishes)

    def _carry_out(self, wish: Wish) -> None:
        known = {person.id for person in self._people.list()}
        if wish.wish != "snooze" or wish.value is None or wish.person_id not in known:
            return
        track, until = _track(wish.kind), date.fromisoformat(wish.value)
        if track == "score":  # a day's prompt; the next day has its own
            return
        day = date.fromisoformat(wish.on_day.removeprefix("ask-"))
        if self._silent(wish.person_id).get((track, day)) != until:
            self._write_snooze(wish.person_id, track, day, until)

    def heard(self, outcome: Outcome) -> None:
        """Scores do not move the schedule, but they answer the daily prompt."""
        if self._choices.score_at is not None and "score" in outcome.changed:
            self.after_write()

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
        from b12desk.reminders.agent import run_pass
        from b12desk.reminders.channels import channels_named

        self._catch_up()
        channels = (*channels_named(channel), *tray)
        return run_pass(self._path, self._context.clock(), channels, dry_run, person_id)

    def _catch_up(self) -> None:
        self.take_wishes()
        if not self.in_step():
            self.rebuild()

    def snooze(self, person_id: str, occurrence: Occurrence, until: date, track: Track = "take") -> Outcome:
        """Silence one open injection until a date; it stays open and in the list (RULES R7).

        Raises:
            Invalid: the date is not ahead.
        """
        if until <= self._context.today():
            raise Invalid("choose a day that lies ahead.", "until")
        return self._write_snooze(person_id, track, occurrence.on or occurrence.planned, until)

    def snooze_line(self, line: Pending, until: date) -> Outcome:
        """The same for a line of the list, of whatever track.

        Raises:
            Invalid: the date is not ahead.
        """
        if until <= self._context.today():
            raise Invalid("choose a day that lies ahead.", "until")
        return self._write_snooze(line.person_id, _track(line.kind), line.on or line.planned, until)

    def _write_snooze(self, person_id: str, track: Track, day: date, until: date) -> Outcome:
        entry = Snooze(**self._context.stamp(person_id), occurrence_on=day, until=until, track=track)
        text = f"Reminder silent until {long_day(until)}"
        return self._context.write("snooze", text, person_id, [Change(None, entry)])

    def _items(self, person: Person, number: int) -> Iterator[OpenItem]:
        # a neutral book is readable by others: it has no names in it at all (RULES R10)
        name = f"Person {number} ({person.colour})" if self._choices.neutral else person.name
        plan = self._plans.current(person.id)
        schedule = self._open(person.id, plan is not None and plan.anchor == "fixed_dates")
        silent = self._silent(person.id)
        given = self._context.diary.records(Injection, person_id=person.id)
        not_given = [one.on or one.planned for one in schedule.closed]
        former = max((*not_given, *(one.on for one in given[-1:])), default=None)
        for occurrence in schedule.due:
            day = occurrence.on or occurrence.planned
            interval = (day - former).days if former else None
            item = OpenItem(
                person_id=person.id,
                person_name=name,
                occurrence_id=occurrence.id,
                planned=occurrence.planned,
                on=occurrence.on,
                window_end=occurrence.window[1] if occurrence.window else None,
                interval_days=interval if interval and interval > 0 else None,
                state=occurrence.state,
                grace_days=plan.grace_days if plan else 0,
                snoozed_until=silent.get(("take", day)),
                clock_time=self._choices.clock_time,
                quiet=self._choices.quiet,
                neutral=self._choices.neutral,
                ladder=self._choices.ladder,
            )
            yield item
            weeks = plan.book_weeks_before if plan else None
            if weeks and item.on and 7 * weeks <= (interval or 7 * weeks):
                yield item._replace(kind="book", lead_weeks=weeks, snoozed_until=silent.get(("book", day)))
            former = day
        if self._choices.score_at is not None:
            yield self._score_prompt(person, name, self._choices.score_at)

    def _score_prompt(self, person: Person, name: str, at: time) -> OpenItem:
        """The daily prompt from the first day that has no scores: today, or tomorrow once there are some."""
        today = self._context.today()
        noted = self._context.diary.records(Score, person_id=person.id, since=today, until=today)
        day = today + timedelta(days=1) if noted else today
        return OpenItem(
            person_id=person.id,
            person_name=name,
            occurrence_id="scores",
            planned=day,
            on=day,
            clock_time=at,
            quiet=self._choices.quiet,
            neutral=self._choices.neutral,
            kind="score",
        )

    def _silent(self, person_id: str) -> dict[tuple[str, date], date]:
        """The newest snooze of each track and day."""
        snoozes = self._context.diary.records(Snooze, person_id=person_id)
        newest_last = sorted(snoozes, key=lambda one: one.recorded_at)
        return {(one.track, one.occurrence_on): one.until for one in newest_last}

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


def _track(kind: str) -> Track:
    return "book" if kind == "book" else "score" if kind == "score" else "take"
