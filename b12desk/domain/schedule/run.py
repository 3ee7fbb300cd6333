"""One plan revision being lived through: its open places, and which of them an injection answers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from b12desk.domain.records import Injection, NotGiven, Phase, PhaseStep, Plan
from b12desk.domain.schedule.model import Answer, Place, Reason


class Notes:
    """What was recorded of places not given in one revision, by the planned date that names the place."""

    def __init__(self, records: Iterable[NotGiven]) -> None:
        self.closed: list[NotGiven] = []
        self._by_day: dict[date, list[NotGiven]] = {}
        self._moved: dict[date, NotGiven] = {}
        for record in sorted(records, key=lambda one: (one.recorded_at, one.id)):
            if record.reason == "postponed":
                self._moved[record.planned] = record
            else:
                self.closed.append(record)
                self._by_day.setdefault(record.planned, []).append(record)

    def closing(self, planned: date, used: Container[str] = ()) -> NotGiven | None:
        """The record that closes the place of that name, leaving out those that have closed one already.

        The clinic may agree the very date that was missed: then two places bear one name.
        """
        return next((record for record in self._by_day.get(planned, ()) if record.id not in used), None)

    def apply(self, place: Place) -> Place:
        """The place on the clinic's date where it was postponed: one day, `planned` stays its name."""
        record = self._moved.get(place.planned)
        if record is None or record.moved_to is None:
            return place
        reason = replace(place.reason, was=place.on or place.planned)
        return replace(place, on=record.moved_to, last=record.moved_to, moved=True, reason=reason)


class Run:
    """The places of one revision, open, answered, closed and superseded, as of the event last told.

    Attributes:
        open: dated open places, sorted by their day; a place that waits for the clinic is `asking`.
        confirmed: the last phase that the clinic's word covers.
        allowed: the first phase whose places an injection without a name may answer (after a step).
        asked_at: when the missed place before `asking` was recorded.
    """

    def __init__(self, plan: Plan, notes: Notes) -> None:
        self.plan = plan
        self.notes = notes
        self.open: list[Place] = []
        self.asking: Place | None = None
        self.asked_at: datetime | None = None
        self.answers: dict[str, Answer] = {}
        self.closed: dict[str, Place] = {}
        self.superseded: list[Place] = []
        self.confirmed = 0
        self.allowed = 0

    def places(self) -> Iterator[Place]:
        """Every open place."""
        yield from self.open
        if self.asking is not None:
            yield self.asking

    def size(self, phase: Phase) -> int | None:
        """How many places a phase has: its doses or offsets, None where the plan does not say."""
        return len(phase.every.offsets) if phase.every.offsets is not None else phase.until.doses

    def given_in(self, phase: int) -> int:
        """How many places of the phase were answered."""
        return sum(1 for answer in self.answers.values() if answer.place.phase == phase)

    def named(self, planned: date) -> Place | None:
        """The open place that a planned date names."""
        return next((place for place in self.places() if place.planned == planned), None)

    def choose(self, on: date, former: date | None, early_until: date | None) -> Place | None:
        """The place that an injection of that date answers, named by nobody; None: it is extra (RULES P10).

        `former` is the date of the injection before it. A place still to come is taken only where it is
        planned on or before `early_until` (None: without limit).
        """
        until = bisect_right(self.open, on, key=lambda place: place.day)
        holding: Place | None = None
        for index in range(until - 1, -1, -1):
            place = self.open[index]
            if place.phase < self.allowed:
                continue
            if place.last is None or place.last < on:
                return holding or place
            if holding is None or place.planned <= holding.planned:
                holding = place
        return holding or self._early(until, on, former, early_until)

    def _early(self, index: int, on: date, former: date | None, early_until: date | None) -> Place | None:
        """The next place, where the date is past the middle between the former injection and its `on`."""
        place = next((one for one in self.open[index:] if one.phase >= self.allowed), None)
        if place is None or former is None or (early_until is not None and place.planned > early_until):
            return None
        return place if (on - former) > (place.day - on) else None

    def fallback(self) -> Place | None:
        """The place for an injection that used one when it was logged, whatever was logged since."""
        raise NotImplementedError

    def answer(self, place: Place, injection: Injection, former: date | None) -> None:
        """Record that the injection answers the place."""
        raise NotImplementedError

    def count_extra(self, on: date) -> None:
        """Record an injection that uses no place here."""
        raise NotImplementedError

    def step(self, step: PhaseStep) -> None:
        """The clinic's word of a day: on to the next phase, or confirming one entered (RULES P9)."""
        raise NotImplementedError

    def asks_after(self, recorded_at: datetime) -> bool:
        """Whether `asking` only came up once a step or a revision, recorded then, had answered it."""
        return self.asking is not None and self.asked_at is not None and self.asked_at > recorded_at

    def confirm(self, phase: int) -> None:
        """The clinic's word covers this phase; its dates stay."""
        self.confirmed = self.allowed = phase
        self.open = [self._confirmed(place) for place in self.open]
        if self.asking is not None:
            self.asking = self._confirmed(self.asking)

    def _confirmed(self, place: Place) -> Place:
        return replace(place, unconfirmed=False) if place.phase <= self.confirmed else place

    def _keep(self, place: Place) -> None:
        """Add an open place in its order."""
        if place.on is None:
            self.asking = place
        else:
            self.open.insert(bisect_right(self.open, _order(place), key=_order), place)

    def _drop(self, place: Place) -> None:
        if self.asking is place:
            self.asking = None
        else:
            del self.open[bisect_left(self.open, _order(place), key=_order)]


def _order(place: Place) -> tuple[date, date, int, int]:
    return place.day, place.planned, place.phase, place.number


def first_dose_reason(plan: Plan) -> Reason:
    """Why a plan's first dose stands where no injection decides: its `first_on`, else its start."""
    return Reason("first", plan.first_on) if plan.first_on else Reason("start", plan.started_on)
