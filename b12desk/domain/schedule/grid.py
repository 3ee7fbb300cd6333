"""A revision on fixed dates: every place is counted from the phase's first date, never from an injection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from b12desk.domain.intervals import first_from, held_back, nth, span_after
from b12desk.domain.records import Injection, NotGiven, Phase, PhaseStep, Plan
from b12desk.domain.schedule.model import Answer, Place, Reason
from b12desk.domain.schedule.run import Notes, Run, first_dose_reason

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a grid without end is laid: every date up to `until`, and `beyond` more."""

    until: date
    beyond: int


class Grid(Run):
    """`anchor: fixed_dates` (RULES P3, P7, P9).

    Attributes:
        forecasts: places that wait for day 1 of an offsets phase, counted from `provisional`.
    """

    def __init__(
        self, plan: Plan, notes: Notes, reserved: frozenset[date], reach: Reach, today: date
    ) -> None:
        super().__init__(plan, notes)
        self.forecasts: list[Place] = []
        self._reserved = reserved
        self._reach = reach
        self._today = today
        self._held: dict[date, Place] = {}
        self._taken: dict[Key, date] = {}
        self._replaced: set[Key] = set()
        self._day_one: dict[int, date] = {}
        self._first: dict[int, date] = {}
        self._cut: dict[int, PhaseStep] = {}
        self._lay()

    def named(self, planned: date) -> Place | None:
        """The open place that a planned date names, those kept for a named injection first."""
        return self._held.get(planned) or super().named(planned)

    def fallback(self) -> Place | None:
        """None: on fixed dates a dose that loses its place is asked about."""
        return None

    def places(self) -> Iterator[Place]:
        """Every open place."""
        yield from super().places()
        yield from self._held.values()

    def answer(self, place: Place, injection: Injection, former: date | None) -> None:
        """Take the place; the grid stays, but for a phase whose day 1 this is.

        Once the next phase has been entered an older day 1 moves nothing: what is answered keeps its date.
        """
        self.answers[injection.id] = Answer(place, injection, former)
        if self._held.pop(place.planned, None) is None:
            self._drop(place)
        self._taken[place.phase, place.number] = place.planned
        if place.number == 1:
            entered = any(phase > place.phase for phase in self._first)
            self._first[place.phase] = place.planned
            phase = self.plan.phases[place.phase]
            if not entered and (phase.every.offsets is not None or phase.until.days is not None):
                self._day_one[place.phase] = injection.on
                self._lay()
        elif place.phase > 0:
            self._freeze(place.phase)

    def count_extra(self, on: date) -> None:
        """Fixed dates do not move."""

    def step(self, step: PhaseStep) -> None:
        """Confirm the phase reached, or leave the present one before it is through."""
        on = step.on
        present = self._present(on)
        if present > self.confirmed:
            self._freeze(present)
            self.confirm(present)
        elif present + 1 < len(self.plan.phases):
            left = [place for place in self.open if place.phase == present and place.day >= on]
            self.superseded += left
            self._replaced |= {(place.phase, place.number) for place in left}
            self._cut[present] = step
            self.confirmed = self.allowed = present + 1
            self._lay()
            self._freeze(present + 1)

    def _present(self, on: date) -> int:
        """The first phase that is not through on that day."""
        last = len(self.plan.phases) - 1
        waiting = {place.phase for place in self.places() if place.day >= on}
        waiting |= {place.phase for place in self.forecasts}
        return min((phase for phase in waiting if phase >= self.confirmed), default=last)

    def _freeze(self, phase: int) -> None:
        """The phase is entered: its first date stays."""
        if phase in self._laid_first:
            self._first.setdefault(phase, self._laid_first[phase])

    def _lay(self) -> None:
        """Lay all dates anew from what is known of each phase's first date, day 1 and end."""
        self.open, self._held, self.closed, self.forecasts = [], {}, {}, []
        self._laid_first: dict[int, date] = {}
        self._beyond = 0
        last_planned: date | None = None
        forecast = False
        for index, phase in enumerate(self.plan.phases):
            first = self._first.get(index) or self._phase_first(index, phase, last_planned)
            if phase.until.date is not None and first > phase.until.date:
                continue
            self._laid_first[index] = first
            ended = True
            for place in self._phase_places(index, phase, first):
                if place is None:
                    ended = False
                    break
                kept = self._settle(replace(place, forecast=True) if forecast else place)
                if kept:
                    forecast = forecast or place.forecast
                    last_planned = max(last_planned or place.planned, place.planned)
            if not ended:
                break
        self.open.sort(key=lambda place: (place.day, place.planned, place.phase, place.number))

    def _settle(self, place: Place) -> bool:
        """Sort one place into answered, closed, kept for a name, forecast or open; False: superseded."""
        key = (place.phase, place.number)
        if key in self._taken:
            return True
        moved = self.notes.apply(place)
        record = self.notes.closing(place.planned, self.closed)
        if key in self._replaced or self._cut_off(place.phase, moved, record):
            return False
        if place.forecast:
            self.forecasts.append(place)
        elif record is not None:
            self.closed[record.id] = moved
            return True
        elif place.planned in self._reserved:
            self._held[place.planned] = moved
            return True
        else:
            self.open.append(moved)
        if moved.day > self._reach.until:
            self._beyond += 1  # closed ones and those kept for a name are none of those to come
        return True

    def _cut_off(self, phase: int, place: Place, record: NotGiven | None) -> bool:
        """Whether a step has replaced the place; one reported not given before that step stays closed."""
        step = self._cut.get(phase)
        if step is None or place.day < step.on:
            return False
        return record is None or record.recorded_at > step.recorded_at

    def _phase_first(self, index: int, phase: Phase, last_planned: date | None) -> date:
        """The first date of a phase: the plan's first dose, else the last planned date + the interval."""
        plan = self.plan
        if index == 0:
            return plan.first_on or first_from(phase.every, plan.started_on)
        step = self._cut.get(index - 1)
        floor = step.on if step else None
        if last_planned is None:
            return first_from(phase.every, floor or plan.started_on)
        span = span_after(phase.every, last_planned)
        return held_back(phase.every, span, floor)[0] if floor else span[0]

    def _phase_places(self, index: int, phase: Phase, first: date) -> Iterator[Place | None]:
        """The phase's places in order; a last None says that the phase goes on beyond what is laid."""
        number = 0
        while True:
            number += 1
            planned, forecast = self._planned(index, phase, first, number)
            if self._over(index, phase, first, number, planned):
                return
            step = self._cut.get(index)
            if step is not None and planned >= step.on and not self._any_from(index, number, planned):
                return
            if planned > self._reach.until and self._beyond >= self._reach.beyond:
                yield None
                return
            reason = self._reason(index, phase, first, number)
            yield Place(
                phase=index,
                number=number,
                planned=planned,
                on=planned,
                last=planned,
                reason=Reason("forecast", reason.base) if forecast else reason,
                forecast=forecast,
                unconfirmed=number == 1 and index > self.confirmed,
            )

    def _any_from(self, phase: int, number: int, planned: date) -> bool:
        """Whether this place or a later one was answered or closed before a step cut the phase."""
        cut_at = self._cut[phase].recorded_at
        closed = any(one.planned >= planned and one.recorded_at < cut_at for one in self.notes.closed)
        return closed or any(key[0] == phase and key[1] >= number for key in self._taken)

    def _planned(self, index: int, phase: Phase, first: date, number: int) -> tuple[date, bool]:
        """The date of a place, and whether it waits for day 1."""
        offsets = phase.every.offsets
        if offsets is None or number == 1:
            return nth(phase.every, first, number - 1) if offsets is None else first, False
        day_one = self._day_one.get(index)
        place = self.notes.apply(Place(index, 1, first, first, first, Reason("grid")))
        forecast = day_one is None and self.notes.closing(first) is None
        if number > len(offsets):
            return date.max, forecast
        if forecast:
            due = place.day + timedelta(days=self.plan.grace_days)
            second = place.day + timedelta(days=offsets[1] - 1)
            day_one = self._today if due < self._today or second <= self._today else place.day
        return (day_one or place.day) + timedelta(days=offsets[number - 1] - 1), forecast

    def _over(self, index: int, phase: Phase, first: date, number: int, planned: date) -> bool:
        size, until = self.size(phase), phase.until
        if size is not None:
            return number > size
        if until.date is not None:
            return planned > until.date
        if until.days is None or number == 1:
            return False
        place_one = self.notes.apply(Place(index, 1, first, first, first, Reason("grid")))
        day_one = self._day_one.get(index, place_one.day)
        return planned >= day_one + timedelta(days=until.days)

    def _reason(self, index: int, phase: Phase, first: date, number: int) -> Reason:
        if number == 1:
            return first_dose_reason(self.plan) if index == 0 else Reason("grid", first)
        if phase.every.offsets is not None:
            return Reason("day_one", self._day_one.get(index, first))
        return Reason("grid", first)
