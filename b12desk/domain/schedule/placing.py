"""Before something is written: where an injection would find its place, and what the plan does not take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from b12desk.domain.errors import Invalid
from b12desk.domain.questions import Message
from b12desk.domain.records import Injection, Plan
from b12desk.domain.schedule.building import build, occurrence
from b12desk.domain.schedule.messages import newest_injection
from b12desk.domain.schedule.model import Course, Occurrence, Schedule
from b12desk.domain.schedule.replay import Replay, in_order, replay, revisions
from b12desk.domain.wording import long_day


@dataclass(frozen=True, slots=True)
class Placing:
    """What an injection would do to the plan, for the questions before it is kept.

    Attributes:
        occurrence: the planned injection that it would answer, None where it answers none.
        early: it answers the next one ahead of its window; to be kept as place `early`.
        extra: it answers none of a plan's open ones; the question `extra`.
        text: that question.
        displaced: ids of injections that would lose their place on fixed dates; they are asked about too.
        gap: days since the injection before, where the plan asks for more.
        min_gap_days: what the plan asks for.
        messages: `early` and `late_counted`, where this is the newest injection.
    """

    occurrence: Occurrence | None
    early: bool
    extra: bool
    text: str
    displaced: tuple[str, ...]
    gap: int | None
    min_gap_days: int | None
    messages: tuple[Message, ...]

    @property
    def planned(self) -> date | None:
        """The date that names the occurrence."""
        return self.occurrence.planned if self.occurrence else None


def place(course: Course, injection: Injection, as_of: date) -> Placing:
    """Where an injection not yet kept, or an edited one, finds its place (RULES P10).

    Its own `place` and `answers` say what the person chose: `named`, `extra`, else by the rule.

    Raises:
        Invalid: nothing is open for the date that it names.
    """
    others = replace(course, injections=tuple(one for one in course.injections if one.id != injection.id))
    if injection.place == "named" and injection.answers is not None:
        not_given_target(others, injection.answers, as_of, "answers")
    before = replay(others, as_of)
    told = replay(replace(others, injections=(*others.injections, injection)), as_of, draft_id=injection.id)
    found = told.answers().get(injection.id)
    extra = injection.id in told.extras
    gap, least = _gap(told, injection)
    return Placing(
        occurrence=occurrence(found[0].plan, found[1].place, "answered") if found else None,
        early=found is not None and found[1].early and injection.place != "named",
        extra=extra,
        text=_extra_text(told, injection) if extra else "",
        displaced=tuple(key for key in before.answers() if key in told.extras),
        gap=gap,
        min_gap_days=least,
        messages=tuple(newest_injection(told)) if told.injections[-1:] == [injection] else (),
    )


def _extra_text(told: Replay, injection: Injection) -> str:
    next_one = min((one.day for _, one in told.open_places()), default=None)
    text = f"No planned injection stands open for {long_day(injection.on)}"
    if next_one is not None:
        text += f"; the next one is planned for {long_day(next_one)}"
    return f"{text}. Keep this one as an extra injection?"


def _gap(told: Replay, injection: Injection) -> tuple[int | None, int | None]:
    """Days since the injection before, where they are fewer than the plan's `min_gap_days` (RULES P6)."""
    plans = [run.plan for run in told.runs if run.plan.started_on <= injection.on]
    least = plans[-1].min_gap_days if plans else None
    ordered = told.injections
    index = next((number for number, one in enumerate(ordered) if one.id == injection.id), 0)
    if least is None or index == 0:
        return None, least
    gap = (injection.on - ordered[index - 1].on).days
    return (gap if gap < least else None), least


def not_given_target(course: Course, planned: date, as_of: date, path: str = "planned") -> Occurrence:
    """The open occurrence that a planned date names.

    Raises:
        Invalid: nothing is open for that date, or it is a forecast only.
    """
    for one in _open(course, as_of, planned):
        if one.planned == planned and not one.forecast:
            return one
    raise Invalid(f"nothing is open for {long_day(planned)}.", path)


def _open(course: Course, as_of: date, until: date) -> tuple[Occurrence, ...]:
    """What is open, on fixed dates as far as a date ahead."""
    ahead = max((until - as_of).days + 1, 1)
    return build(course, as_of, ahead).due


def step_allowed(course: Course, on: date, as_of: date) -> str:
    """The id of the plan that a step of this day is a step of (RULES P9).

    Raises:
        Invalid: a day to come or before the newest injection, or a plan without a phase to go to.
    """
    if on > as_of:
        raise Invalid("this day is still to come.", "on")
    newest = in_order(one for one in course.injections if one.on <= as_of)[-1:]
    if newest and on < newest[0].on:
        raise Invalid(f"there is an injection on {long_day(newest[0].on)}, after this day.", "on")
    told = replay(course, as_of)
    if not told.runs:
        raise Invalid("no plan has started yet.", "on")
    run = told.runs[-1]
    if on < run.plan.started_on:
        raise Invalid(f"the plan starts on {long_day(run.plan.started_on)}, after this day.", "on")
    if run.confirmed + 1 >= len(run.plan.phases):
        raise Invalid("the plan has no further phase.", "on")
    return run.plan.id


def agree_allowed(course: Course, on: date, as_of: date) -> str:
    """The id of the plan whose next injection waits for the clinic's date (RULES P12).

    Raises:
        Invalid: no injection waits for a date, or the date lies before the newest injection.
    """
    newest = in_order(one for one in course.injections if one.on <= as_of)[-1:]
    if newest and on < newest[0].on:
        raise Invalid(f"there is an injection on {long_day(newest[0].on)}, after this day.", "on")
    waiting = [one for one in build(course, as_of).due if one.state == "ask_clinic"]
    if not waiting:
        raise Invalid("no injection waits for a date from your clinic.", "on")
    return waiting[-1].plan_id


def check_new_revision(course: Course, plan: Plan, as_of: date) -> None:
    """Refuse a revision whose first phase would end before its first dose, by the injections logged.

    Raises:
        Invalid: naming `phases[0].until`.
    """
    told = replay(replace(course, plans=(*course.plans, plan)), max(as_of, plan.started_on))
    run = next((one for one in told.runs if one.plan.id == plan.id), None)
    end = plan.phases[0].until.date
    if run is None or end is None or revisions((*course.plans, plan))[-1].id != plan.id:
        return
    settled = [answer.place for answer in run.answers.values()] + list(run.closed.values())
    if not settled and all(one.phase > 0 for one in run.places()):
        raise Invalid("the phase would end before the first dose.", "phases[0].until")


def renumbered(before: Course, after: Course, as_of: date) -> Iterator[Message]:
    """What a change shifts beside itself: numbers in a phase, and places gained or lost (RULES P13)."""
    former, present = build(before, as_of), build(after, as_of)
    days = {one.id: one.on for one in after.injections}
    for key, was in former.answered.items():
        if key not in days:
            continue
        now = present.answered.get(key)
        if now is None:
            text = f"The injection of {long_day(days[key])} now answers no planned one."
            yield Message("renumbered", text)
        elif (now.plan_id, now.phase, now.number) != (was.plan_id, was.phase, was.number):
            yield Message("renumbered", f"The injection of {long_day(days[key])} is now {_numbered(now)}.")
    if _newest(before) == _newest(after):
        yield from _entered(former, present)


def _newest(course: Course) -> date | None:
    return max((one.on for one in course.injections), default=None)


def _numbered(one: Occurrence) -> str:
    of = f" of {one.of}" if one.of is not None else ""
    return f"number {one.number}{of} in “{one.phase_name}”"


def _entered(former: Schedule, present: Schedule) -> Iterator[Message]:
    """A backfill that ends the phase: the next one waits for the clinic's word (RULES P8, P9)."""
    known = {one.id for one in former.due if not one.forecast}
    now = next(iter(present.due), None)
    if now is not None and now.state == "to_confirm" and now.id not in known and known:
        text = f"By the new count the next one is {_numbered(now)}; ask your clinic."
        yield Message("renumbered", text)
