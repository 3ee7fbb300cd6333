"""Which reminder steps an open injection has, at what moment, and which is due now (RULES R1, R3, R7).

Pure: items and the ledger go in, decisions come out; nothing here reads a clock, a file or a score. It
imports little on purpose: it is loaded by every background pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from itertools import count
from typing import NamedTuple

SCORE_DAYS = 14
"""A prompt that is not answered so long falls silent: a diary must not nag (at most one is open)."""
NINE = time(9)
DAY = timedelta(days=1)

Key = tuple[str, str, str, str]


class Ladder(NamedTuple):
    """The days of the steps, counted from the planned day (before) and from the window's end (after).

    Attributes:
        before, after: single steps. weekly_until: weekly from the last of `after` up to this day.
        then_every: days between the steps that follow without end.
    """

    before: tuple[int, ...] = (3, 1)
    after: tuple[int, ...] = (1, 3, 7)
    weekly_until: int = 56
    then_every: int = 28


class OpenItem(NamedTuple):
    """One open planned injection as the desk projects it from the diary.

    Attributes:
        person_id, person_name: whose it is; the name as a message may show it ("Person 2" if neutral).
        occurrence_id: the schedule's id, for the window to open it; it is no part of the ledger's key.
        planned: the date that the rule gave, which names the occurrence.
        on, window_end: first and last day of the window; `on` None means that the clinic has to be asked.
        interval_days: days to the one before, for dropping early steps; None where there is none before.
        state: the schedule's state when projected; only `to_confirm` changes the wording.
        grace_days: days after the window in which the wording stays soft.
        snoozed_until: silent before this day (RULES R7).
        clock_time: local time of every step. quiet: (from, to) local times, may pass midnight; None for none.
        neutral: show no name of a medicine (RULES R10).
        kind: the track: `take` is the injection itself, `book` to book or order it (`lead_weeks` before it),
            `score` a day's scores, from `on` until they are noted.
        ladder: the days of the steps of `take`.
    """

    person_id: str
    person_name: str
    occurrence_id: str
    planned: date
    on: date | None
    window_end: date | None = None
    interval_days: int | None = None
    state: str = "upcoming"
    grace_days: int = 0
    snoozed_until: date | None = None
    clock_time: time = NINE
    quiet: tuple[time, time] | None = None
    neutral: bool = False
    kind: str = "take"
    lead_weeks: int = 0
    ladder: Ladder = Ladder()

    @property
    def last_day(self) -> date:
        """The last day on which it is planned; `planned` while there is no date."""
        return self.window_end or self.on or self.planned

    @property
    def named(self) -> tuple[str, str, str]:
        """Person, track and day: what ledger and inbox call it, whatever its id."""
        if self.kind == "score":  # one endless item: its days are its steps
            return (self.person_id, self.kind, "daily")
        return (self.person_id, self.kind, self.on.isoformat() if self.on else f"ask-{self.planned}")

    def key(self, step: str) -> Key:
        """The ledger's key (RULES R2): a revision or undo that leaves the date alone keeps it."""
        return (*self.named, step)


class Step(NamedTuple):
    """One rung of the ladder: its name in the ledger and its local day."""

    name: str
    day: date


class Alert(NamedTuple):
    """A step of an item together with the moment (UTC) from which it is due."""

    item: OpenItem
    step: Step
    moment: datetime

    @property
    def key(self) -> Key:
        return self.item.key(self.step.name)


class Decision(NamedTuple):
    """What one look at one item says.

    Attributes:
        newest: the last step whose moment has passed, sent or not; None while there is none.
        older: the steps before it that the ladder had.
        coming: the next step, always in the future; None for an item without any.
        held_until: end of the quiet hours that now is in, else None.
    """

    newest: Alert | None
    older: tuple[Step, ...]
    coming: Alert | None
    held_until: datetime | None


def steps(item: OpenItem) -> Iterator[Step]:
    """The ladder in order of days, without end (RULES R1), after a snooze is taken into account (R7)."""
    ladder = _ladder(item)
    until = item.snoozed_until
    if until is None:
        yield from ladder
        return
    for step in ladder:
        if step.day < until:
            continue
        if step.day > until:
            yield Step(f"snoozed-{until}", until)
        yield step
        break
    yield from ladder


def look(item: OpenItem, now: datetime, zone: tzinfo | None) -> Decision:
    """Where an item stands at `now` in the computer's present zone (None: as the system has it)."""
    today = now.astimezone(zone).date()
    if item.kind == "book" and today >= item.last_day:
        return Decision(None, (), None, None)  # the steps of the injection itself have taken over
    passed: list[Step] = []
    coming = None
    for step in steps(item):
        # quiet hours move a moment by less than a day, so most steps need no look at the clock
        if step.day >= today - DAY:
            alert = alert_of(item, step, zone)
            if alert.moment > now:
                coming = alert
                break
        passed.append(step)
    newest = alert_of(item, passed[-1], zone) if passed else None
    return Decision(newest, tuple(passed[:-1]), coming, _quiet_end(item, now, zone))


def alert_of(item: OpenItem, step: Step, zone: tzinfo | None) -> Alert:
    """A step with its moment: its item's clock time, moved out of the quiet hours."""
    return Alert(item, step, _moment(item, step.day, zone))


def zone_of(now: datetime) -> tzinfo | None:
    """The zone that reminders follow at `now`: its own, or None for the system's.

    A clock reading has a bare offset, which knows nothing of the next clock change; where it is the
    system's own offset the system is asked for each moment (RULES P17).
    """
    if isinstance(now.tzinfo, timezone) and now.astimezone().utcoffset() == now.utcoffset():
        return None
    return now.tzinfo


def moment_of(day: date, clock_time: time, zone: tzinfo | None) -> datetime:
    """The moment (UTC) of a local clock time; what a clock change skips becomes the first minute after it."""
    local = datetime.combine(day, clock_time)
    if _exists(local, zone):
        return _instant(local, zone)
    while not _exists(local, zone):
        local += timedelta(minutes=1)
    return _instant(local, zone)


def _ladder(item: OpenItem) -> Iterator[Step]:
    match item.kind:
        case "book":
            return iter((Step(f"book-{item.lead_weeks}-weeks", item.planned - 7 * item.lead_weeks * DAY),))
        case "score":
            return _score_ladder(item)
    return _take_ladder(item) if item.on else _ask_ladder(item)


def _score_ladder(item: OpenItem) -> Iterator[Step]:
    for later in range(SCORE_DAYS):
        day = item.planned + later * DAY
        yield Step(day.isoformat(), day)


def _take_ladder(item: OpenItem) -> Iterator[Step]:
    first, last = item.on or item.planned, item.last_day
    for lead in item.ladder.before:
        if item.interval_days is None or 2 * lead < item.interval_days:
            yield Step(f"before-{lead}", first - lead * DAY)
    yield Step("day", first)
    if last > first:
        yield Step("last-day", last)
    for after in _days_after(item.ladder):
        yield Step(f"after-{after}", last + after * DAY)


def _ask_ladder(item: OpenItem) -> Iterator[Step]:
    """Weekly, then every four weeks, from the date that was not given: there is no new date to count from."""
    missed = item.planned - (item.interval_days or 0) * DAY
    for after in _days_after(Ladder()):
        if after % 7 == 0:
            yield Step(f"ask-{after}", missed + after * DAY)


def _days_after(ladder: Ladder) -> Iterator[int]:
    last = max(ladder.after, default=0)
    yield from ladder.after
    weekly = range(last + 7, ladder.weekly_until + 1, 7)
    yield from weekly
    last = weekly[-1] if weekly else last
    yield from count(last + ladder.then_every, ladder.then_every)


def _moment(item: OpenItem, day: date, zone: tzinfo | None) -> datetime:
    if item.quiet is None or not _within(item.clock_time, item.quiet):
        return moment_of(day, item.clock_time, zone)
    start, end = item.quiet
    over_midnight = end <= start and item.clock_time >= start
    return moment_of(day + DAY if over_midnight else day, end, zone)


def _quiet_end(item: OpenItem, now: datetime, zone: tzinfo | None) -> datetime | None:
    """When the quiet hours that `now` falls into are over."""
    if item.quiet is None:
        return None
    local = now.astimezone(zone)
    start, end = item.quiet
    if not _within(local.time(), item.quiet):
        return None
    over_midnight = end <= start and local.time() >= start
    return moment_of(local.date() + DAY if over_midnight else local.date(), end, zone)


def _within(clock_time: time, quiet: tuple[time, time]) -> bool:
    start, end = quiet
    if start <= end:  # equal times are no quiet hours at all
        return start <= clock_time < end
    return clock_time >= start or clock_time < end


def _instant(local: datetime, zone: tzinfo | None) -> datetime:
    # astimezone takes a naive time as the system's local time
    return (local.replace(tzinfo=zone) if zone else local).astimezone(UTC)


def _exists(local: datetime, zone: tzinfo | None) -> bool:
    return _instant(local, zone).astimezone(zone).replace(tzinfo=None) == local
