"""A revision with anchor last_injection: one open place at a time, counted from the newest injection.

Only an `offsets` phase has all its places at once (P7): they are dated again whenever day 1 changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from b12desk.domain.records import Injection, NotGiven, Plan
from tests.oracle.calendar_steps import ONE_DAY, after, first_listed, window_end
from tests.oracle.places import Notes, Place


@dataclass(eq=False)
class Chain:
    """The places of one revision, told in the order of local dates."""

    plan: Plan
    notes: Notes
    phase: int = 0
    places: list[Place] = field(default_factory=list)
    confirmed: set[int] = field(default_factory=lambda: {0})
    floor: dict[int, date] = field(default_factory=dict)  # "not before D" of the phases stepped into early
    newest: date | None = None  # P3: base, extras and given-elsewhere too
    former: date | None = None  # the former `on`, where a missed dose leaves nothing to count from
    frozen: bool = False  # another revision is in force

    # -- where it stands ------------------------------------------------------------------------------

    def of_phase(self, phase: int) -> list[Place]:
        return [p for p in self.places if p.phase == phase and p.status != "superseded"]

    def open_places(self) -> list[Place]:
        return [p for p in self.places if p.status == "open"]

    def head(self) -> Place | None:
        """The open place of the present phase; of offsets the first open one."""
        here = [p for p in self.open_places() if p.phase == self.phase]
        return here[0] if here else None

    def candidates(self) -> list[Place]:
        """What an unnamed injection may answer: "after a step of the phase in force"; no forecasts."""
        stepped = max(self.confirmed)
        found = [p for p in self.open_places() if p.phase >= stepped]
        if self.offsets and self.day_one(0) is None:
            return found[:1]  # P7: until place 1 is given the others are forecasts
        return found

    @property
    def offsets(self) -> tuple[int, ...] | None:
        return self.plan.phases[self.phase].every.offsets

    def day_one(self, phase: int) -> date | None:
        """P7: the date of place 1's injection; no. 1 missed: that of the next injection of the phase."""
        given = [p.given_on for p in self.of_phase(phase) if p.status == "given" and p.given_on]
        first = next((p for p in self.of_phase(phase) if p.number == 1), None)
        if first is not None and first.status == "open":
            return None
        return min(given) if given else None

    # -- what happens ---------------------------------------------------------------------------------

    def begin(self, newest: date | None) -> None:
        """P2: the first dose."""
        self.newest = newest
        if self.offsets:
            for number, _ in enumerate(self.offsets, 1):
                start = self.plan.first_on or self.plan.started_on
                self.places.append(Place(self.plan, 0, number, start, start))
            self._date_offsets()
        else:
            self._open_next()

    def heard_of(self, injection_on: date) -> None:
        """P3: a newer injection, answered or extra, is the base of what is still open."""
        if self.frozen:
            return
        if self.newest is None or injection_on > self.newest:
            self.newest = injection_on
        head = self.head()
        if head is None or self.offsets:
            return
        answered = head.asks and head.missed_on is not None and injection_on > head.missed_on
        if answered or not head.pinned:  # P12: "until an injection is logged"
            self.places.remove(head)
            self._open_next()

    def give(self, place: Place, injection: Injection) -> None:
        place.status, place.given_on = "given", injection.on
        self.former = place.day
        if self.newest is None or injection.on > self.newest:
            self.newest = injection.on
        if not self.frozen:
            self._go_on(place)

    def miss(self, place: Place, note: NotGiven) -> None:
        """P12: it uses its place; there is nothing to count the next one from."""
        place.status = "closed"
        self.former = place.day
        if place.phase == self.phase and not self.frozen:
            self._go_on(place, note)

    def step(self, day: date, recorded_at: datetime) -> None:
        """P9: the clinic's word; after the end of a phase it only confirms, before it a new first is set."""
        if self.phase > max(self.confirmed):
            self.confirmed |= set(range(self.phase + 1))
            return
        if self.phase + 1 == len(self.plan.phases):
            return
        for place in self.open_places():
            if place.phase == self.phase and place.day >= day:
                place.status = "superseded"
        self.phase += 1
        self.confirmed.add(self.phase)
        self.floor[self.phase] = day
        self._open_next()

    def supersede(self, start: date) -> None:
        """P15: another revision is in force from `start`."""
        for place in self.open_places():
            if place.day >= start or (self.offsets and self.day_one(0) is None and place.number > 1):
                place.status = "superseded"
        self.frozen = True

    # -- how the next place is found -------------------------------------------------------------------

    def _go_on(self, place: Place, missed: NotGiven | None = None) -> None:
        offsets = self.plan.phases[0].every.offsets
        if offsets and place.phase == 0:
            self._date_offsets()
            if missed is not None and place.number == 1 and len(self.of_phase(0)) > 1:
                self._ask(self.of_phase(0)[1], missed)
            if self.phase == 0 and (not self.head() or place.number == len(offsets)):
                self._open_next(missed)
        elif self.head() is None:
            self._open_next(missed)

    def _open_next(self, missed: NotGiven | None = None) -> None:
        """The next place of the phase, or, after its end (P8), the first one of the next (P9)."""
        while True:
            place = self._next_here(missed)
            if place is not None:
                self.places.append(place)
                return
            if self.newest is not None:
                missed = None  # "The last place of a phase missed: P9, not P12"
            if self.plan.phases[self.phase].until.open_end or self.phase + 1 == len(self.plan.phases):
                return
            self.phase += 1

    def _next_here(self, missed: NotGiven | None) -> Place | None:
        rule = self.plan.phases[self.phase]
        used = len(self.of_phase(self.phase))
        if rule.every.offsets is not None:
            return None
        place = self._counted(used + 1, from_former=missed is not None)
        if self.ended(self.phase, used, place.day, self.day_one(self.phase)):
            return None
        if missed is not None:
            self._ask(place, missed)
        self.settle(place)
        return place

    def ended(self, phase: int, used: int, on: date, day_one: date | None) -> bool:
        """P8: doses n = n places; days n: on < day 1 + n; date: on <= date."""
        until = self.plan.phases[phase].until
        if until.doses is not None:
            return used >= until.doses
        if until.days is not None:
            first = [p.day for p in self.of_phase(phase) if p.number == 1]
            return on >= (day_one or (first[0] if first else on)) + until.days * ONE_DAY
        return until.date is not None and on > until.date

    def _counted(self, number: int, *, from_former: bool) -> Place:
        """Base + interval; the first dose by P2, the first of a phase stepped into "not before D"."""
        if number == 1 and self.phase == 0:
            return self.first_dose(self.newest)
        base = self.former if from_former or self.newest is None else self.newest
        if self.newest is None and number == 1 and self.phase in self.floor:
            base = None  # stepped into before any injection: D itself
        return counted(
            self.plan, self.phase, number, base, self.floor.get(self.phase), every_held=number == 1
        )

    def first_dose(self, last: date | None) -> Place:
        """P2: first_on; else the later of started_on and last + interval; else started_on."""
        start = first_listed(self.plan.phases[0].every, self.plan.started_on)
        if self.plan.first_on is not None:
            return Place(self.plan, 0, 1, self.plan.first_on, self.plan.first_on)
        if last is None or self.plan.phases[0].every.offsets:
            return Place(self.plan, 0, 1, start, start)
        return counted(self.plan, 0, 1, last, self.plan.started_on, every_held=True)

    def _ask(self, place: Place, missed: NotGiven) -> None:
        """P12: `planned` is the former `on` + interval, after `plan agree` the agreed date."""
        place.on = place.end = None
        place.pinned = place.after_missed = True
        place.missed_on = self.former
        word = self.notes.agreed_after(missed)
        if word is not None:
            place.planned = word.on
            place.set_one_day(word.on)
            self.settle(place)

    def _date_offsets(self) -> None:
        """P7: later ones count from day 1; late doses in between move nothing."""
        offsets = self.plan.phases[0].every.offsets
        assert offsets is not None
        places = self.of_phase(0)
        first = places[0]
        if first.status == "open":
            self.settle(first)
        day_one = self.day_one(0) or first.day
        for place in places[1:]:
            offset = offsets[place.number - 1]
            if place.status == "open":
                place.planned = day_one + (offset - 1) * ONE_DAY
                place.set_one_day(place.planned)
                self.settle(place)

    def settle(self, place: Place) -> None:
        """A recorded word about a planned date pins the place: "the clinic's date stays"."""
        if self.notes.known(place.planned):
            place.pinned = True
        moved = self.notes.moved(place.planned)
        if moved is not None:
            place.set_one_day(moved)


def counted(
    plan: Plan, phase: int, number: int, base: date | None, floor: date | None, *, every_held: bool
) -> Place:
    """The place at base + interval, not before `floor`; "held back by a start keeps its window's end"."""
    every = plan.phases[phase].every
    if base is None:
        on = first_listed(every, floor or plan.started_on)
        return Place(plan, phase, number, on, on)
    on, end = after(every, base), window_end(every, base)
    if every_held and floor is not None and on < floor:
        on = first_listed(every, floor)
    return Place(plan, phase, number, on, on, max(on, end))
