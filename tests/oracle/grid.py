"""A revision with anchor fixed_dates: every date is worked out afresh from the first one and the facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from b12desk.domain.records import Injection, NotGiven, Plan
from tests.oracle.calendar_steps import ONE_DAY, first_grid_day, first_of_next_grid, kth
from tests.oracle.places import Notes, Place

Key = tuple[int, int]
Cut = tuple[date, datetime]  # the day of a step away from a phase, and when it was recorded


@dataclass(eq=False)
class Grid:
    """The facts about one revision's dates; `places()` tells what they make of the calendar."""

    plan: Plan
    notes: Notes
    horizon: date
    given: dict[Key, Injection] = field(default_factory=dict)
    steps: list[tuple[date, int, datetime]] = field(default_factory=list)  # the day, the phase, when recorded
    superseded_from: date | None = None
    confirmed: set[int] = field(default_factory=lambda: {0})
    _facts: object = None
    _laid_out: list[Place] = field(default_factory=list)

    def places(self) -> list[Place]:
        """Every place of every phase up to the horizon, with its status; laid out again after each fact."""
        facts = (len(self.given), len(self.steps), self.superseded_from)
        if facts != self._facts:
            self._facts, self._laid_out = facts, self._lay_out()
        return self._laid_out

    def _lay_out(self) -> list[Place]:
        found: list[Place] = []
        last: date | None = None
        for phase, rule in enumerate(self.plan.phases):
            floor = next((d for d, to, _ in self.steps if to == phase), None)
            first = self._first(phase, last, floor)
            cut = next(((d, at) for d, to, at in self.steps if to == phase + 1), None)
            here = self._phase(phase, first, cut)
            found += here
            live = [p.planned for p in here if p.status != "cut"]
            last = max(live) if live else last
            if cut is None and rule.until.open_end:
                break
        return found

    def _first(self, phase: int, last: date | None, floor: date | None) -> date:
        """P2 for the plan; P9 for the next phase: last planned + its interval, not before D."""
        every = self.plan.phases[phase].every
        if phase == 0 and self.plan.first_on is not None:
            return self.plan.first_on
        if last is None:
            return first_grid_day(every, floor or self.plan.started_on)
        return first_of_next_grid(every, last, floor)

    def _phase(self, phase: int, first: date, cut: Cut | None) -> list[Place]:
        rule = self.plan.phases[phase]
        here: list[Place] = []
        k = 0
        while True:
            on = self._date(phase, first, k, here)
            if on is None or on > self.horizon or self._ended(phase, k, on, here):
                return here
            place = Place(self.plan, phase, k + 1, on, on)
            self._look_up(place, cut)
            here.append(place)
            k += 1
            if rule.every.offsets and k == len(rule.every.offsets):
                return here

    def _date(self, phase: int, first: date, k: int, here: list[Place]) -> date | None:
        """P3: first + k x interval; P7: offsets from day 1."""
        rule = self.plan.phases[phase]
        if rule.every.offsets is None:
            return kth(rule.every, first, k)
        if k == 0:
            return first
        return self.day_one(here) + (rule.every.offsets[k] - 1) * ONE_DAY

    @staticmethod
    def day_one(here: list[Place]) -> date:
        """P7: the actual date of place 1; before it, or where it was missed, its due date."""
        return here[0].given_on or here[0].day

    def _ended(self, phase: int, used: int, on: date, here: list[Place]) -> bool:
        """P8."""
        until = self.plan.phases[phase].until
        if until.doses is not None:
            return used >= until.doses
        if until.days is not None:
            return bool(here) and on >= self.day_one(here) + until.days * ONE_DAY
        return until.date is not None and on > until.date

    def _look_up(self, place: Place, cut: Cut | None) -> None:
        injection = self.given.get((place.phase, place.number))
        notes = [n for n in self.notes.not_given if n.planned == place.planned]
        if cut is not None and place.day >= cut[0]:
            notes = [n for n in notes if n.recorded_at < cut[1]]  # later ones speak of the next phase
        for note in notes:
            if note.moved_to is not None:
                place.set_one_day(note.moved_to)
        if injection is not None:
            place.status, place.given_on = "given", injection.on
        elif any(note.reason != "postponed" for note in notes):
            place.status = "closed"
        elif cut is not None and place.day >= cut[0]:
            place.status = "cut"  # superseded by a step: the next phase is not planned from it
        elif self.superseded_from is not None and place.day >= self.superseded_from:
            place.status = "superseded"

    # -- what happens ---------------------------------------------------------------------------------

    def open_places(self) -> list[Place]:
        return [p for p in self.places() if p.status == "open"]

    def candidates(self) -> list[Place]:
        """Forecasts answer nothing: with offsets, until place 1 is given, only place 1 is no forecast."""
        stepped = max(self.confirmed)
        found = sorted(
            (p for p in self.open_places() if p.phase >= stepped), key=lambda p: (p.day, p.planned)
        )
        return [p for p in found if not self.forecast(p)]

    def forecast(self, place: Place) -> bool:
        """ "on fixed dates it is false, but for offsets before day 1 and what follows them"."""
        if not self.plan.phases[0].every.offsets or (place.phase, place.number) == (0, 1):
            return False
        first = self.places()[0]
        return first.status == "open" and not any(to >= 1 for _, to, _ in self.steps)

    def give(self, place: Place, injection: Injection) -> None:
        self.given[(place.phase, place.number)] = injection

    def miss(self, place: Place, note: NotGiven) -> None:
        """P12 fixed: the next grid date stands; `places` reads the record itself."""

    def heard_of(self, injection_on: date) -> None:
        """Fixed dates count from no injection."""

    def begin(self, newest: date | None) -> None:
        """Fixed dates count from no injection."""

    def step(self, day: date, recorded_at: datetime) -> None:
        """P9: leads to the phase that is to_confirm once the former is through, else to the next one."""
        present = self._present(day)
        if present > max(self.confirmed):
            self.confirmed |= set(range(present + 1))
        elif present + 1 < len(self.plan.phases):
            self.steps.append((day, present + 1, recorded_at))
            self.confirmed.add(present + 1)

    def _present(self, day: date) -> int:
        """The phase that is not through: one with an open place from the day on, or without an end."""
        phase = max(self.confirmed)
        while phase + 1 < len(self.plan.phases):
            here = [p for p in self.places() if p.phase == phase]
            if self.plan.phases[phase].until.open_end or any(
                p.status == "open" and p.day >= day for p in here
            ):
                return phase
            phase += 1
        return phase

    def supersede(self, start: date) -> None:
        self.superseded_from = start
