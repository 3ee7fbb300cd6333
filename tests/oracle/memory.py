"""What a telling hands on: the answers, the state at the end, and what later tellings must keep of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from b12desk.domain.records import Injection, PhaseStep, Plan, Record
from b12desk.domain.schedule import Course
from tests.oracle.calendar_steps import ONE_DAY
from tests.oracle.chain import Chain
from tests.oracle.grid import Grid
from tests.oracle.places import Notes, Place

Run = Chain | Grid
FAR = 900  # days ahead that a grid is laid out: more than eight of the longest intervals in the random plans


@dataclass(frozen=True)
class Answer:
    """What one injection answered: the place and its date as they stood, and whether early or late."""

    place: Place
    on: date | None
    early: bool
    late: bool


@dataclass
class Memory:
    """What later tellings keep of earlier ones."""

    used: set[str] = field(default_factory=set)  # last_injection: "what used a place goes on using one"
    early: dict[str, tuple[str, date]] = field(default_factory=dict)  # "answered early ... stays so"
    plan_of: dict[str, str] = field(default_factory=dict)  # the revision that an injection answered in
    note_of: dict[str, str | None] = field(default_factory=dict)  # the revision that a not-given belongs to
    planned: dict[str, date] = field(default_factory=dict)  # the planned date that an injection answered
    bar: date | None = None  # of the last backfill: the newest injection when it was logged


@dataclass
class Told:
    """The diary as it stands at the end of the last day told; `notes` by revision, also of those to start."""

    runs: list[Run]
    in_force: Run | None
    injections: list[Injection]
    answers: dict[str, Answer]
    extras: set[str]
    today: date
    notes: dict[str, Notes]


def logged_order(course: Course) -> list[Record]:
    rows: list[Record] = [*course.plans, *course.steps, *course.agreed, *course.injections, *course.not_given]
    return sorted(rows, key=lambda r: (r.recorded_at, r.id))


def dated_later(record: Record, today: date) -> bool:
    """CLI `due --on`: "entries and revisions dated later left out"; a revision still to start is shown."""
    return isinstance(record, (Injection, PhaseStep)) and record.on > today


def remember(memory: Memory, state: Told) -> None:
    for key, answer in state.answers.items():
        if answer.place.plan.anchor == "last_injection":
            memory.used.add(key)
        if answer.early and answer.place.day:
            memory.early.setdefault(key, (answer.place.plan.id, answer.place.planned))
        memory.plan_of[key] = answer.place.plan.id
        memory.planned[key] = answer.place.planned


def effective(plans: Iterable[Plan]) -> list[Plan]:
    """P15: by started_on; of one start the newest recorded is in force, the others never are."""
    newest: dict[date, Plan] = {}
    for plan in sorted(plans, key=lambda p: (p.recorded_at, p.id)):
        newest[plan.started_on] = plan
    return [newest[start] for start in sorted(newest)]


def late_on(place: Place, day: date) -> bool:
    """P16: late = after the window and the grace days."""
    assert place.window is not None
    return day > place.window[1] + place.plan.grace_days * ONE_DAY
