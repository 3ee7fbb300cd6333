"""From a course to its schedule: told in order, projected, put into words; a pure function."""

from __future__ import annotations

from datetime import date

from b12desk.domain.records import Plan
from b12desk.domain.schedule.messages import entered_phase, messages
from b12desk.domain.schedule.model import Course, Occurrence, Place, Schedule, State
from b12desk.domain.schedule.projecting import is_late, planned_ahead
from b12desk.domain.schedule.replay import replay
from b12desk.domain.schedule.why import why


def build(course: Course, as_of: date, count: int = 1) -> Schedule:
    """What is planned as of a day: every open past injection, and the next `count`.

    Scores, labs and notes are no input: nothing that a person feels ends or moves a planned injection (S30).
    """
    told = replay(course, as_of, count)
    listed = planned_ahead(course, told, count)
    run = told.runs[-1] if told.runs else None
    return Schedule(
        as_of=as_of,
        due=tuple(occurrence(plan, place, state_of(plan, place, as_of)) for plan, place in listed),
        messages=messages(told, listed),
        superseded=tuple(occurrence(one.plan, place, "superseded") for one, place in told.superseded()),
        answered={
            key: occurrence(one.plan, answer.place, "answered")
            for key, (one, answer) in told.answers().items()
        },
        extras=frozenset(told.extras),
        closed=tuple(occurrence(one.plan, place, "not_given") for one, place in told.closed().values()),
        plan=run.plan if run else None,
        phase=entered_phase(run) + 1 if run else None,
    )


def state_of(plan: Plan, place: Place, as_of: date) -> State:
    """The state of an open place (RULES P16)."""
    if place.on is None:
        return "ask_clinic"
    if place.unconfirmed:
        return "to_confirm"
    if as_of < place.on:
        return "upcoming"
    return "late" if is_late(plan, place, as_of) else "due"


def occurrence(plan: Plan, place: Place, state: State) -> Occurrence:
    """A place as the outside sees it."""
    phase = plan.phases[place.phase]
    return Occurrence(
        plan_id=plan.id,
        phase=place.phase + 1,
        number=place.number,
        of=len(phase.every.offsets) if phase.every.offsets is not None else phase.until.doses,
        on=place.on,
        window=None if place.on is None or place.last is None else (place.on, place.last),
        planned=place.planned,
        state=state,
        forecast=place.forecast,
        why=why(plan, place),
        phase_name=phase.name,
        dose=phase.dose,
        volume=phase.volume,
        product_id=phase.product_id,
        route=phase.route,
    )
