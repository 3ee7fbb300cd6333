"""Which records a due date was worked out from: the answer to "why this date" that can be looked up."""

from __future__ import annotations

from dataclasses import dataclass

from b12desk.desk.context import Context
from b12desk.domain.records import AgreedDate, Injection, NotGiven, PhaseStep, Plan, Record
from b12desk.domain.schedule import Occurrence
from b12desk.domain.wording import long_day


@dataclass(frozen=True, slots=True)
class Source:
    """One record behind an answer, and what it says."""

    kind: str
    id: str
    text: str


def sources(context: Context, person_id: str, one: Occurrence) -> tuple[Source, ...]:
    """The plan, the clinic's words, and the entries that the date of a planned injection rests on.

    With dates counted from the last injection that is the newest one before it; with fixed dates none, but
    the dates recorded as not given since then are named either way.
    """
    diary = context.diary
    plan = diary.get(Plan, one.plan_id)
    found = [_source(plan, f"Plan of {long_day(plan.started_on)}")]
    day = one.on or one.planned
    steps = [step for step in diary.records(PhaseStep, person_id=person_id) if step.plan_id == plan.id]
    if one.phase > 1 and steps:
        step = steps[-1]
        found.append(_source(step, f"Next phase from {long_day(step.on)}, told by {step.told_by}"))
    found += [
        _source(agreed, f"Agreed for {long_day(agreed.on)}, told by {agreed.told_by}")
        for agreed in diary.records(AgreedDate, person_id=person_id)
        if agreed.plan_id == plan.id and agreed.on == one.on
    ]
    given = [given for given in diary.records(Injection, person_id=person_id) if given.on < day]
    last = given[-1] if given else None
    if last is not None and plan.anchor == "last_injection":
        found.append(_source(last, f"Injection of {long_day(last.on)}"))
    found += [
        _source(missed, f"Planned for {long_day(missed.planned)}, recorded as not given")
        for missed in diary.records(NotGiven, person_id=person_id)
        if missed.planned < day and (last is None or missed.planned > last.on)
    ]
    return tuple(found)


def _source(record: Record, text: str) -> Source:
    return Source(record.kind, record.id, text)
