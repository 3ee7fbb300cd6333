"""The diary told again in the order of local dates: revisions start, injections find places, steps are taken.

The order of logging decides nothing but what the records themselves keep of it: a place named, taken early
or declined stays so (RULES P10, P13, "Where two rules meet").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import zip_longest

from b12desk.domain.records import Injection, NotGiven, PhaseStep, Plan
from b12desk.domain.schedule.chain import Chain
from b12desk.domain.schedule.grid import Grid, Reach
from b12desk.domain.schedule.model import Answer, Course, Place
from b12desk.domain.schedule.run import Notes, Run


@dataclass(slots=True)
class Replay:
    """Every revision that has started, lived through up to the day asked about.

    Attributes:
        runs: one for each revision, the one in force last.
        coming: revisions still to start, the nearest first.
        extras: injections logged under a plan that use no place.
        injections: those up to the day, in order.
    """

    as_of: date
    runs: list[Run] = field(default_factory=list)
    coming: list[Plan] = field(default_factory=list)
    extras: set[str] = field(default_factory=set)
    injections: list[Injection] = field(default_factory=list)

    def open_places(self) -> list[tuple[Run, Place]]:
        """Open places; an older revision keeps only what lies before the next one's start (RULES P15)."""
        return [
            (run, place) for run, end in self._ends() for place in run.places() if _stays(run, place, end)
        ]

    def superseded(self) -> list[tuple[Run, Place]]:
        """Places that a step or the next revision has replaced."""
        by_step = [(run, place) for run in self.runs for place in run.superseded]
        return by_step + [
            (run, place) for run, end in self._ends() for place in run.places() if not _stays(run, place, end)
        ]

    def answers(self) -> dict[str, tuple[Run, Answer]]:
        """The answer that each injection gave."""
        return {key: (run, answer) for run in self.runs for key, answer in run.answers.items()}

    def closed(self) -> dict[str, tuple[Run, Place]]:
        """Places not given, by the id of the record that says so; the newest revision that has it counts."""
        return {key: (run, place) for run in self.runs for key, place in run.closed.items()}

    def _ends(self) -> list[tuple[Run, Plan | None]]:
        following = [run.plan for run in self.runs[1:]]
        return list(zip_longest(self.runs, following))


def _stays(run: Run, place: Place, following: Plan | None) -> bool:
    """Whether an open place stays open beside the next revision."""
    if following is None:
        return True
    return place.day < following.started_on and not (
        place is run.asking and run.asks_after(following.recorded_at)
    )


def in_order(injections: Iterable[Injection]) -> list[Injection]:
    """By local date, of one day by logging; of one moment an extra one comes last."""

    def order(one: Injection) -> tuple[date, datetime, time, bool, str]:
        return one.on, one.recorded_at, one.at or time.min, one.place == "extra", one.id

    return sorted(injections, key=order)


def revisions(plans: Iterable[Plan]) -> list[Plan]:
    """The revisions that are ever in force, by their start; of one start the newest recorded (RULES P15)."""
    by_start = {plan.started_on: plan for plan in sorted(plans, key=lambda one: (one.recorded_at, one.id))}
    return [by_start[start] for start in sorted(by_start)]


def replay(course: Course, as_of: date, count: int = 1, draft_id: str | None = None) -> Replay:
    """Tell the course up to `as_of`.

    `count` is how many places to come a grid without end is laid for. `draft_id` is an injection being
    logged: it takes a place by RULES P10 alone, as it has never been asked about.
    """
    return _Teller(course, as_of, count, draft_id).tell()


class _Teller:
    """The state while the events are told one after the other."""

    def __init__(self, course: Course, as_of: date, count: int, draft_id: str | None) -> None:
        plans = revisions(course.plans)
        self._course = course
        self._draft_id = draft_id
        self._told = Replay(as_of)
        self._told.coming = [plan for plan in plans if plan.started_on > as_of]
        self._told.injections = in_order(one for one in course.injections if one.on <= as_of)
        self._plans = [plan for plan in plans if plan.started_on <= as_of]
        named = [one.answers for one in self._told.injections if one.answers is not None]
        self._reach = Reach(max([as_of, *named]), max(count, 1))
        self._targets = {one.id: self._target(one) for one in self._told.injections}
        self._newest = self._told.injections[-1] if self._told.injections else None
        self._base: date | None = None
        self._former: date | None = None
        self._since = _recorded_latest_before(self._told.injections)

    def tell(self) -> Replay:
        events: list[tuple[date, int, Plan | Injection | PhaseStep]] = [
            *((plan.started_on, 0, plan) for plan in self._plans),
            *((one.on, 1, one) for one in self._told.injections),
            *((step.on, 2, step) for step in self._steps()),
        ]
        events.sort(key=lambda event: event[:2])
        for _, _, event in events:
            if isinstance(event, Injection):
                self._inject(event)
            elif isinstance(event, PhaseStep):
                self._step(event)
            else:
                self._start(event)
        return self._told

    def _steps(self) -> list[PhaseStep]:
        steps = [step for step in self._course.steps if step.on <= self._told.as_of]
        return sorted(steps, key=lambda step: (step.on, step.recorded_at, step.id))

    def _target(self, injection: Injection) -> int | None:
        """The index of the revision whose place the injection names, None where it names none.

        The name was given among the revisions known when it was logged; a revision recorded later takes
        over what is dated and planned from its start on (RULES P13).
        """
        if injection.answers is None or injection.place not in ("named", "early"):
            return None
        logged = injection.recorded_at
        day = min(injection.answers, max(logged.date(), injection.on))
        indices = [
            index
            for index, plan in enumerate(self._plans)
            if plan.started_on <= day and (plan.recorded_at <= logged or plan.started_on <= injection.on)
        ]
        if not indices:  # named ahead of the first plan's start
            known = [plan for plan in self._plans if plan.started_on <= injection.answers]
            indices = [self._plans.index(plan) for plan in known if plan.recorded_at <= logged][:1]
        return indices[-1] if indices else None

    def _start(self, plan: Plan) -> None:
        index = self._plans.index(plan)
        notes = Notes(self._notes_of(index))
        waiting = [one for one in self._told.injections if self._targets[one.id] == index]
        if plan.anchor == "fixed_dates":
            reserved = frozenset(one.answers for one in waiting if one.answers is not None)
            run: Run = Grid(plan, notes, reserved, self._reach, self._told.as_of)
        else:
            agreed = [one for one in self._course.agreed if one.plan_id == plan.id]
            ahead = {one.id for one in waiting}
            before = [
                one.on for one in self._told.injections if one.on < plan.started_on and one.id not in ahead
            ]
            steps = [step for step in self._steps() if step.plan_id == plan.id]
            run = Chain(plan, notes, agreed, max(before, default=None), steps, waiting)
        self._told.runs.append(run)
        for one in waiting:
            if one.on < plan.started_on:
                self._told.extras.discard(one.id)
                self._place(run, one, self._named(run, one) or run.fallback())
        if self._base is not None and any(one.on < plan.started_on for one in waiting):
            run.count_extra(self._base)

    def _notes_of(self, index: int) -> Sequence[NotGiven]:
        """The records of places not given that can belong to a revision."""
        after = self._plans[index + 1] if index + 1 < len(self._plans) else None
        return [
            one
            for one in self._course.not_given
            if after is None or one.planned < after.started_on or one.recorded_at < after.recorded_at
        ]

    def _step(self, step: PhaseStep) -> None:
        run = self._told.runs[-1] if self._told.runs else None
        if run is not None and run.plan.id == step.plan_id:
            run.step(step)

    def _inject(self, injection: Injection) -> None:
        runs, target = self._told.runs, self._targets[injection.id]
        if runs and (target is None or target < len(runs)):
            run = runs[-1] if target is None else runs[target]
            place = self._choose(run, injection, target is not None)
            if place is None and run is not runs[-1]:
                run = runs[-1]
                place = self._choose(run, injection, named=False)
            self._place(run, injection, place)
            if run is not runs[-1]:
                runs[-1].count_extra(injection.on)
        elif runs:
            runs[-1].count_extra(injection.on)
        self._base = self._former = injection.on

    def _place(self, run: Run, injection: Injection, place: Place | None) -> None:
        if place is None:
            self._told.extras.add(injection.id)
            run.count_extra(injection.on)
        else:
            run.answer(place, injection, self._former)

    def _choose(self, run: Run, injection: Injection, named: bool) -> Place | None:
        """The place that the injection answers in a revision (RULES P10)."""
        if injection.place == "extra":
            return None
        if named:
            place = self._named(run, injection)
            if place is not None or run is not self._told.runs[-1]:
                return place
        asked = injection.id != self._draft_id and run.plan.recorded_at <= injection.recorded_at
        place = run.choose(injection.on, self._former, self._early_until(injection))
        return run.fallback() if place is None and asked else place

    def _named(self, run: Run, injection: Injection) -> Place | None:
        return run.named(injection.answers) if injection.answers is not None else None

    def _early_until(self, injection: Injection) -> date | None:
        """The last planned date that a backfill, or what it shifts, may take on fixed dates."""
        newest = self._newest
        if newest is None:
            return None
        backfill = injection.id == self._draft_id and newest.on > injection.on
        before = self._since.get(injection.id)
        shifted = injection.id != self._draft_id and before is not None and before >= injection.recorded_at
        return newest.on if backfill or shifted else None


def _recorded_latest_before(injections: Sequence[Injection]) -> dict[str, datetime]:
    """For each injection, when the latest recorded of those dated before it was recorded."""
    latest: dict[str, datetime] = {}
    newest: datetime | None = None
    for one in injections:
        if newest is not None:
            latest[one.id] = newest
        newest = one.recorded_at if newest is None else max(newest, one.recorded_at)
    return latest
