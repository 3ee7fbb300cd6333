"""A revision counted from the last injection: one open place at a time, each from the injection before it.

An offsets phase is a chain until its day 1 is known, and a grid from then on (RULES P7).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from b12desk.domain.intervals import first_from, held_back, span_after
from b12desk.domain.records import AgreedDate, Injection, NotGiven, Phase, PhaseStep, Plan
from b12desk.domain.schedule.model import Answer, Place, Reason
from b12desk.domain.schedule.run import Notes, Run, first_dose_reason


class Chain(Run):
    """`anchor: last_injection` (RULES P3, P9, P12)."""

    def __init__(
        self,
        plan: Plan,
        notes: Notes,
        agreed: Iterable[AgreedDate],
        base: date | None,
        steps: Iterable[PhaseStep] = (),
        named: Iterable[Injection] = (),
    ) -> None:
        super().__init__(plan, notes)
        self.base = base
        self._steps_ahead = list(steps)
        self._named = [one for one in named if one.answers is not None]
        self.phase = 0
        self.used = 0
        self.day_one: date | None = None
        self.current: Place | None = None
        self._agreed = sorted(agreed, key=lambda one: (one.recorded_at, one.id))
        self._first_due: date | None = None
        self._missed: Place | None = None
        self._missed_by: NotGiven | None = None
        self._by_rule = plan.started_on
        self._floor: date | None = plan.started_on
        self._renew()

    @property
    def finished(self) -> bool:
        """No phase is left."""
        return self.phase >= len(self.plan.phases)

    def choose(self, on: date, former: date | None, early_until: date | None) -> Place | None:
        """After a missed dose the next injection answers; one dated on or before it answers nothing."""
        current = self.current
        if current is not None and current.after_missed is not None:
            return current if on > current.after_missed else None
        return super().choose(on, former, early_until)

    def fallback(self) -> Place | None:
        """The current place: what used a place goes on using one, a backfill only shifts numbers."""
        return self.current or next((place for place in self.open if place.phase >= self.allowed), None)

    def answer(self, place: Place, injection: Injection, former: date | None) -> None:
        """Count on from this injection; a place left behind by a step is only closed."""
        self.answers[injection.id] = Answer(place, injection, former)
        self._drop(place)
        if place is self.current:
            self.base, self._missed, self.current = injection.on, None, None
            self.used = place.number
            first_here = self.day_one is None
            self.day_one = self.day_one or injection.on
            if first_here and self._offsets():
                self._lay_offsets(injection.on)
            else:
                self._renew()
        else:
            self.count_extra(injection.on)
            self._end_offsets(place)

    def count_extra(self, on: date) -> None:
        """An injection counts as base although it uses no place; the clinic's dates do not move."""
        self.base = on if self.base is None else max(self.base, on)
        if self.current is None or self.current.moved:
            return
        if self._missed is not None:
            if on <= self._missed.day:
                return
            self._missed = None
        self._renew()

    def step(self, step: PhaseStep) -> None:
        """Confirm the phase reached, or leave the present one before it is through."""
        on, last = step.on, len(self.plan.phases) - 1
        self._steps_ahead = [one for one in self._steps_ahead if one.id != step.id]
        if min(self.phase, last) > self.confirmed:
            self.confirm(min(self.phase, last))
            if self.current is not None and self._closing(self.current) is not None:
                self._renew()
        elif self.phase < last:
            self.superseded += [place for place in self.places() if place.day >= on]
            self.open = [place for place in self.open if place.day < on]
            if self.asking is not None and (self.asking.day >= on or self.asks_after(step.recorded_at)):
                self.asking = None
            self._enter(self.phase + 1)
            self._missed, self._floor, self.current = None, on, None
            self.confirm(self.phase)
            self._renew()

    def confirm(self, phase: int) -> None:
        """The clinic's word covers this phase; its dates stay."""
        super().confirm(phase)
        if self.current is not None:
            key = (self.current.phase, self.current.number)
            self.current = next(place for place in self.places() if (place.phase, place.number) == key)

    def _offsets(self) -> tuple[int, ...] | None:
        return None if self.finished else self.plan.phases[self.phase].every.offsets

    def _enter(self, phase: int) -> None:
        self.phase, self.used, self.day_one, self._floor = phase, 0, None, None

    def _renew(self) -> None:
        """Find the current place: close what was recorded as not given, go on where a phase has ended."""
        if self.current is not None:
            self._drop(self.current)
            self.current = None
        while not self.finished:
            size = self.size(self.plan.phases[self.phase])
            place = None if size is not None and self.used >= size else self._next_place()
            if place is None or self._ended(place):
                self._enter(self.phase + 1)
                if self.base is not None:
                    self._missed = None
                continue
            if (record := self._closing(place)) is not None:
                self.closed[record.id] = self._missed = place
                self._missed_by = record
                self.asked_at = record.recorded_at
                self.used = place.number
                continue
            self.current = place
            self._keep(place)
            return

    def _closing(self, place: Place) -> NotGiven | None:
        """The record that the place was not given.

        A date may name two places, one after the other. A record made after a step to come is about what
        follows that step; one made after an injection that names the date is about the next of that name.
        """
        record = self.notes.closing(place.planned, self.closed)
        if record is None:
            return None
        before: list[Injection | PhaseStep] = [step for step in self._steps_ahead if step.on <= place.day]
        before += [one for one in self._named if one.answers == place.planned and one.id not in self.answers]
        return None if any(one.recorded_at < record.recorded_at for one in before) else record

    def _next_place(self) -> Place:
        number = self.used + 1
        place = Place(
            phase=self.phase,
            number=number,
            planned=self.plan.started_on,
            on=None,
            last=None,
            reason=Reason("missed"),
            unconfirmed=number == 1 and self.phase > self.confirmed,
        )
        if self._missed is not None:
            place = self._after_missed(place, self._missed)
        else:
            span, reason = self._span(self.plan.phases[self.phase], number)
            place = replace(place, planned=span[0], on=span[0], last=span[1], reason=reason)
            self._by_rule = span[0]
        place = self.notes.apply(place)
        if number == 1:
            self._first_due = place.day
        return place

    def _span(self, phase: Phase, number: int) -> tuple[tuple[date, date], Reason]:
        """The window of the next place where there is something to count from, and why."""
        plan = self.plan
        if number == 1 and self.phase == 0 and (plan.first_on or self.base is None or phase.every.offsets):
            on = plan.first_on or first_from(phase.every, plan.started_on)
            return (on, on), first_dose_reason(plan)
        if self.base is None:
            on = first_from(phase.every, self._floor or plan.started_on)
            return (on, on), Reason("start", on)
        span = span_after(phase.every, self.base)
        if number == 1 and self._floor is not None and span[0] < self._floor:
            return held_back(phase.every, span, self._floor), Reason("injection", self.base, held=True)
        return span, Reason("injection", self.base, self._would_have_been(phase))

    def _would_have_been(self, phase: Phase) -> date | None:
        """The date from the former place's last planned day, where the injection before came after it."""
        newest = next(reversed(self.answers.values()), None)
        if newest is None or newest.injection.on != self.base or newest.place.last is None:
            return None
        if newest.injection.on <= newest.place.last or newest.place.on is None:
            return None
        return span_after(phase.every, newest.place.on)[0]

    def _after_missed(self, place: Place, missed: Place) -> Place:
        """The place after a missed one: no date until an injection is logged or the clinic has agreed one."""
        every = self.plan.phases[self.phase].every
        if every.offsets is not None and place.number > 1:
            gap = every.offsets[place.number - 1] - every.offsets[place.number - 2]
            planned = missed.day + timedelta(days=gap)
        else:
            planned = span_after(every, missed.day)[0]
        reason = Reason("missed", missed.day)
        agreed = self._agreed_date()
        self._by_rule = planned
        if agreed is None:
            return replace(place, planned=planned, reason=reason, after_missed=missed.day)
        return replace(
            place,
            planned=agreed,
            on=agreed,
            last=agreed,
            reason=Reason("agreed", missed.day),
            after_missed=missed.day,
            moved=True,
        )

    def _agreed_date(self) -> date | None:
        """The newest date that the clinic agreed for what follows the missed place."""
        agreed = [one.on for one in self._agreed if self._missed_before(one) is self._missed_by]
        return agreed[-1] if agreed else None

    def _missed_before(self, agreed: AgreedDate) -> NotGiven | None:
        """Which missed place an agreed date followed: the one recorded last before it.

        Not the last planned: a dose may be reported missed ahead, and the clinic's date be sooner.
        """
        start = self.plan.started_on
        known = [note for note in self.notes.closed if note.recorded_at <= agreed.recorded_at]
        ours = [note for note in known if note.planned >= start]
        return max(ours or known, key=lambda note: (note.recorded_at, note.id), default=None)

    def _ended(self, place: Place) -> bool:
        """Whether the phase is over before this place, by its rule's own date (RULES P8)."""
        until = self.plan.phases[self.phase].until
        if until.date is not None:
            return self._by_rule > until.date
        if until.days is None or place.number == 1:
            return False
        day_one = self.day_one or self._first_due
        return day_one is not None and self._by_rule >= day_one + timedelta(days=until.days)

    def _lay_offsets(self, day_one: date) -> None:
        """Day 1 is known: the later offsets are a grid from it (RULES P7)."""
        offsets = self._offsets() or ()
        for number in range(self.used + 1, len(offsets) + 1):
            planned = day_one + timedelta(days=offsets[number - 1] - 1)
            place = self.notes.apply(
                Place(self.phase, number, planned, planned, planned, Reason("day_one", day_one))
            )
            if (record := self.notes.closing(planned, self.closed)) is not None:
                self.closed[record.id] = place
            else:
                self._keep(place)
        self._leave_offsets(len(offsets))

    def _end_offsets(self, place: Place) -> None:
        """The last offset answered: what comes next counts from the last injection."""
        if place.phase == self.phase and (offsets := self._offsets()) is not None:
            self.used = max(self.used, place.number)
            self._leave_offsets(len(offsets))

    def _leave_offsets(self, size: int) -> None:
        """On to what comes next once the last offset is used, or none is left open."""
        if self.used >= size or not any(place.phase == self.phase for place in self.open):
            self.used = size
            self._renew()
