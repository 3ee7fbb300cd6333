"""Tells a diary day by day, as often as something was logged: which injection answered which place (P10).

`told(course, today)` replays the records in the order they were logged, each time from the first day on,
and remembers between the tellings what the rules keep: who used a place, answered early, whose note it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from b12desk.domain.records import AgreedDate, Injection, NotGiven, PhaseStep, Plan, Record
from b12desk.domain.schedule import Course
from tests.oracle.calendar_steps import ONE_DAY
from tests.oracle.chain import Chain
from tests.oracle.grid import Grid
from tests.oracle.memory import (
    FAR,
    Answer,
    Memory,
    Run,
    Told,
    dated_later,
    effective,
    late_on,
    logged_order,
    remember,
)
from tests.oracle.places import Notes, Place


def told(course: Course, today: date) -> Told:
    """Every record in the order of logging; entries dated later than today are left out."""
    records = [r for r in logged_order(course) if not dated_later(r, today)]
    memory = Memory()
    state = Telling([], memory, today).tell()
    for count in range(1, len(records) + 1):
        newest = max((r.on for r in records[: count - 1] if isinstance(r, Injection)), default=None)
        latest = records[count - 1]
        if isinstance(latest, Injection) and newest is not None and latest.on < newest:
            memory.bar = newest
        state = Telling(records[:count], memory, today).tell()
        remember(memory, state)
    return state


class Telling:
    """One telling of what was logged so far, from the first day to today."""

    def __init__(self, records: list[Record], memory: Memory, today: date) -> None:
        self.memory = memory
        self.today = today
        self.plans = effective(r for r in records if isinstance(r, Plan))
        self.injections = sorted(
            (r for r in records if isinstance(r, Injection)), key=lambda i: (i.on, i.recorded_at, i.id)
        )
        self.steps = [r for r in records if isinstance(r, PhaseStep)]
        self.records = records
        self.runs: dict[str, Run] = {}
        self.answers: dict[str, Answer] = {}
        self.extras: set[str] = set()
        self.former: date | None = None
        self.missed: set[str] = set()
        self.blocked: dict[str, int] = {}  # missed records and the phase they belong to

    # -- the days --------------------------------------------------------------------------------------

    def tell(self) -> Told:
        notes = {plan.id: self._notes(plan) for plan in self.plans}
        first, last = self._span(notes.values())
        day = first
        while day <= last:
            self._morning(day, notes)
            for injection in [i for i in self.injections if i.on == day]:
                self._inject(injection)
            self._evening(day)
            day += ONE_DAY
        present = self._in_force(self.today)
        runs = list(self.runs.values())
        return Told(runs, present, self.injections, self.answers, self.extras, self.today, notes)

    def _span(self, notes: Iterable[Notes]) -> tuple[date, date]:
        days = [r.on for r in self.records if isinstance(r, (Injection, PhaseStep))]
        days += [r.recorded_at.date() for r in self.records if isinstance(r, NotGiven)]
        for note in notes:
            days += [note.position(miss) for miss in note.misses()]
        days += [p.started_on for p in self.plans if p.started_on <= self.today]
        return min(days, default=self.today), max(days, default=self.today)

    def _notes(self, plan: Plan) -> Notes:
        """The not-given records whose planned date was this revision's when they were logged."""
        notes = Notes()
        for record in self.records:
            if isinstance(record, NotGiven):
                if record.id not in self.memory.note_of:
                    self.memory.note_of[record.id] = self._owner(record)
                if self.memory.note_of[record.id] == plan.id:
                    notes.not_given.append(record)
            elif isinstance(record, AgreedDate) and record.plan_id == plan.id:
                notes.agreed.append(record)
        return notes

    def _owner(self, record: NotGiven) -> str | None:
        """A note is logged for a date that is open then: the newest revision that has it."""
        before = [r for r in self.records if r.recorded_at < record.recorded_at]
        state = Telling(before, self.memory, record.recorded_at.date()).tell()
        run: Run
        for run in reversed(state.runs):
            if any(p.planned == record.planned for p in run.open_places()):
                return run.plan.id
        newest = max((i.on for i in state.injections), default=None)
        for plan in effective(r for r in before if isinstance(r, Plan)):
            if plan.started_on > record.recorded_at.date():
                run = Chain(plan, Notes())
                if plan.anchor == "fixed_dates":
                    run = Grid(plan, Notes(), plan.started_on + timedelta(days=FAR))
                run.begin(newest)
                if any(p.planned == record.planned for p in run.candidates()):
                    return plan.id
        return None

    def _morning(self, day: date, notes: dict[str, Notes]) -> None:
        """P15: a revision begins, and supersedes the open places of the one before it."""
        for plan in self.plans:
            if plan.started_on == day and plan.started_on <= self.today:
                if self.runs:
                    list(self.runs.values())[-1].supersede(day)
                horizon = self.today + timedelta(days=FAR)
                run: Run
                if plan.anchor == "last_injection":
                    run = Chain(plan, notes[plan.id])
                else:
                    run = Grid(plan, notes[plan.id], horizon)
                ahead = self._named_ahead(plan)
                others = [i.on for i in self.injections if i.on < day and i not in ahead]
                run.begin(max(others, default=None))
                self.runs[plan.id] = run
                for injection in ahead:
                    self._give_ahead(injection)

    def _named_ahead(self, plan: Plan) -> list[Injection]:
        """ "a name wins across revisions": those given before this revision starts, for one of its dates."""
        return [
            i
            for i in self.injections
            if i.on < plan.started_on
            and i.answers is not None
            and i.answers >= plan.started_on
            and i.recorded_at > plan.recorded_at
            and i.id not in self.answers
        ]

    def _give_ahead(self, injection: Injection) -> None:
        place = self._named(injection)
        if place is not None:
            self.extras.discard(injection.id)
            self._answer(injection, place, early=False)
            for run in self.runs.values():
                run.heard_of(injection.on)

    def _evening(self, day: date) -> None:
        """A missed dose stands at its date, or where it was reported ahead; a step after D's injections."""
        events: list[tuple[datetime, Run, NotGiven | None]] = [
            (step.recorded_at, self.runs[step.plan_id], None)
            for step in self.steps
            if step.on == day and step.plan_id in self.runs
        ]
        for run in self.runs.values():
            for miss in run.notes.misses():
                stands = self._stands(run, miss) <= day and miss.id not in self.missed
                events += [(miss.recorded_at, run, miss)] if stands else []
        for at, run, miss in sorted(events, key=lambda event: event[0]):
            if miss is None:
                run.step(day, at)
            else:
                self._miss(run, miss)

    def _stands(self, run: Run, miss: NotGiven) -> date:
        """The day of a missed dose; a step or a revision recorded before it had come already."""
        days = [s.on for s in self.steps if s.plan_id == run.plan.id and s.recorded_at < miss.recorded_at]
        days += [
            p.started_on
            for p in self.plans
            if p.started_on > run.plan.started_on
            and p.recorded_at < miss.recorded_at
            and p.started_on <= miss.recorded_at.date()
        ]
        return max([min(run.notes.position(miss), miss.recorded_at.date()), *days])

    def _miss(self, run: Run, miss: NotGiven) -> None:
        if isinstance(run, Grid) or miss.id in self.missed:
            return
        for place in run.open_places():
            if place.planned == miss.planned:
                self.missed.add(miss.id)
                run.miss(place, miss)
                self.blocked[miss.id] = place.phase
                return

    def _in_force(self, day: date) -> Run | None:
        """P15: the greatest started_on <= D."""
        started = [plan for plan in self.plans if plan.started_on <= day]
        return self.runs.get(started[-1].id) if started else None

    # -- P10 -------------------------------------------------------------------------------------------

    def _inject(self, injection: Injection) -> None:
        self._reported_ahead(injection)
        run = self._in_force(injection.on)
        place, early = self._find(injection, run)
        if place is not None:
            self._answer(injection, place, early)
        elif self.runs:
            self.extras.add(injection.id)
        self.former = injection.on
        for other in self.runs.values():
            other.heard_of(injection.on)

    def _reported_ahead(self, injection: Injection) -> None:
        """A dose reported missed ahead of its date, before the injection of this day was logged."""
        for run in self.runs.values():
            for miss in run.notes.misses():
                day = min(self._stands(run, miss), run.notes.position(miss) + ONE_DAY)
                if miss.recorded_at < injection.recorded_at and day <= injection.on:
                    self._miss(run, miss)

    def _answer(self, injection: Injection, place: Place, early: bool) -> None:
        ahead = place.on is not None and injection.on < place.on and self.former is not None
        late = place.window is not None and late_on(place, injection.on)
        self.answers[injection.id] = Answer(place, place.on, early or ahead, late)
        self.runs[place.plan.id].give(place, injection)
        place.status, place.given_on = "given", injection.on

    def _find(self, injection: Injection, run: Run | None) -> tuple[Place | None, bool]:
        """The place that it answers, and whether ahead of time."""
        if injection.place == "extra":
            return None, False
        named = self._named(injection)
        if named is not None:
            early = injection.place == "early" or injection.id in self.memory.early
            return named, early and injection.on < named.day
        if run is None or self._before_a_missed_dose(injection, run):
            return None, False
        places = [p for p in run.candidates() if isinstance(run, Chain) or self._may_take(injection, p)]
        place, early = self._by_date(injection.on, places)
        asked = run.plan.recorded_at <= injection.recorded_at  # the revision was known when it was logged
        if place is None and isinstance(run, Chain) and asked and injection.id in self.memory.used:
            place = run.head()  # "what used a place goes on using one: a backfill only shifts numbers"
        return place, early

    def _may_take(self, injection: Injection, place: Place) -> bool:
        """ "With fixed dates a backfill takes no place planned after the newest injection".

        Nor does the dose that lost its place to it: that one is asked about (`extra`).
        """
        named = [
            i.answers for i in self.injections if i.answers and i.place != "extra" and i is not injection
        ]
        if place.planned in named and self.memory.planned.get(injection.id) != place.planned:
            return False  # "What was named, answered early ... stays so"
        bar = self.memory.bar
        if bar is None or injection.on > bar or place.planned <= bar:
            return True
        return self.memory.planned.get(injection.id) == place.planned

    def _by_date(self, day: date, places: list[Place]) -> tuple[Place | None, bool]:
        """P10: the open window that holds the date; the last open past one; the next one past the middle."""
        holding = [p for p in places if p.window and p.window[0] <= day <= p.window[1]]
        if holding:
            return min(holding, key=lambda p: p.planned), False
        past = [p for p in places if p.past(day)]
        if past:
            return max(past, key=lambda p: (p.day, p.planned)), False
        asking = [p for p in places if p.asks or p.after_missed]
        if asking:
            return asking[0], False  # "an injection after a missed dose answers that place"
        coming = [p for p in places if p.on is not None and p.on > day]
        if coming and self.former is not None:
            place = min(coming, key=lambda p: p.day)
            if (day - self.former) * 2 > place.day - self.former:
                return place, True
        return None, False

    def _named(self, injection: Injection) -> Place | None:
        """ "a name wins across revisions"; "what was named, answered early ... stays so"."""
        known = self.memory.early.get(injection.id)
        planned = injection.answers or (known[1] if known else None)
        if planned is None or (injection.place == "auto" and known is None):
            return None
        owner = self.memory.plan_of.get(injection.id)
        runs = [self.runs[owner]] if owner in self.runs else list(reversed(self.runs.values()))
        found = self._open_at(planned, runs)
        if found is None:
            self._known_misses(injection, runs)
            found = self._open_at(planned, runs)
        if found is not None:
            return found
        run = self.runs.get(owner or "") or self._in_force(injection.on)
        return run.head() if isinstance(run, Chain) else None  # it was open when it was named

    @staticmethod
    def _open_at(planned: date, runs: list[Run]) -> Place | None:
        return next((p for run in runs for p in run.open_places() if p.planned == planned), None)

    def _known_misses(self, injection: Injection, runs: list[Run]) -> None:
        """The named place may be one that follows a dose reported missed ahead of its date."""
        for run in runs:
            for miss in run.notes.misses():
                if miss.recorded_at < injection.recorded_at:
                    self._miss(run, miss)

    def _before_a_missed_dose(self, injection: Injection, run: Run) -> bool:
        """ "A backfill dated on or before a missed dose (last_injection): question extra"."""
        if isinstance(run, Grid) or injection.id in self.memory.used:
            return False
        logged: datetime = injection.recorded_at
        return any(
            miss.recorded_at < logged
            and injection.on <= run.notes.position(miss)
            and self.blocked.get(miss.id, run.phase) == run.phase
            for miss in run.notes.misses()
        )
