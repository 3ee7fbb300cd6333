"""The message codes of `due`, each by its sentence in the rules."""

from __future__ import annotations

from datetime import date

from b12desk.domain.records import Plan
from b12desk.domain.schedule import Course
from tests.oracle.chain import Chain
from tests.oracle.grid import Grid
from tests.oracle.memory import Run, Told, late_on
from tests.oracle.places import Place
from tests.oracle.view import Row


def codes(course: Course, state: Told, rows: list[Row], today: date) -> set[str]:
    found: set[str] = set()
    if not course.plans:
        found.add("no_plan")
    elif not state.injections:
        found.add("no_injection_yet")
    run = state.in_force
    if run is not None:
        if review(run.plan, today):
            found.add("review_due")
        asked = any(row.state == "to_confirm" and row.plan_id == run.plan.id for row in rows)
        if asked or entered_unconfirmed(
            run
        ):  # "while one is `to_confirm`, or a phase was entered without a step"
            found.add("phase_end_ask")
        if short(run, today):
            found.add("phase_short")
    if several(state, today):
        found.add("several_missed")
    return found | of_newest(state)


def review(plan: Plan, today: date) -> bool:
    return plan.review_on is not None and plan.review_on <= today


def all_places(run: Run) -> list[Place]:
    return run.places if isinstance(run, Chain) else run.places()


def entered_unconfirmed(run: Run) -> bool:
    """ "or a phase was entered without a step"."""
    used = [p.phase for p in all_places(run) if p.status in ("given", "closed")]
    return any(phase not in run.confirmed for phase in used)


def short(run: Run, today: date) -> bool:
    """P8: "5 of 6 given", "until the next phase's first is confirmed or answered"."""
    for phase, rule in enumerate(run.plan.phases):
        n = rule.until.doses or (len(rule.every.offsets) if rule.every.offsets else None)
        here = [p for p in all_places(run) if p.phase == phase and used_up(run, p, today)]
        if n is None or len(here) < n or all(p.status == "given" for p in here):
            continue
        after = [p for p in all_places(run) if p.phase > phase]
        if phase + 1 in run.confirmed or any(p.status == "given" for p in after):
            continue
        return True
    return False


def used_up(run: Run, place: Place, today: date) -> bool:
    """On fixed dates a phase is over with its last date, logged or not; else with its last place."""
    if place.status == "open" and isinstance(run, Grid):
        return place.past(today)
    return place.status in ("given", "closed")


def several(state: Told, today: date) -> bool:
    """ "two or more of the newest three missed, unknown or past and open"."""
    come = []
    for run in state.runs:
        for place in all_places(run):
            if isinstance(run, Grid) and run.forecast(place):
                continue
            if place.status == "closed" or (place.status == "open" and place.past(today)):
                come.append((place.day, place.number, True))
            elif place.status == "given":
                come.append((place.day, place.number, False))
    come.sort()
    return sum(bad for *_, bad in come[-3:]) >= 2


def of_newest(state: Told) -> set[str]:
    """ "`early`, `late_counted` ... by `due` while the newest injection is that one"."""
    if not state.injections:
        return set()
    answer = state.answers.get(state.injections[-1].id)
    if answer is None:
        return set()
    if answer.early:
        return {"early"}
    run = next(r for r in state.runs if r.plan is answer.place.plan)
    if isinstance(run, Grid):
        first = (answer.place.phase, answer.place.number) == (0, 1)
        return {"late_counted"} if first and answer.late and answer.place.rule.every.offsets else set()
    if answer.on is None or run.frozen:
        return set()
    head = run.head()
    if head is not None and head.phase == 0 and run.offsets:
        counts = answer.place.number == 1  # the others count from day 1
    else:
        counts = head is not None and not head.pinned
    late = late_on(answer.place, state.injections[-1].on)
    return {"late_counted"} if late and counts else set()
