"""What comes next: forecasts counted one from the other, revisions still to start, what is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice, takewhile

from b12desk.domain.intervals import Span, span_after
from b12desk.domain.records import Plan
from b12desk.domain.schedule.chain import Chain
from b12desk.domain.schedule.grid import Grid, Reach
from b12desk.domain.schedule.model import Course, Place, Reason
from b12desk.domain.schedule.replay import Replay
from b12desk.domain.schedule.run import Notes, Run

Planned = tuple[Plan, Place]


def is_past(place: Place, as_of: date) -> bool:
    """The window is over; a place without a date is past when the interval is."""
    return (place.last or place.planned) < as_of


def is_late(plan: Plan, place: Place, as_of: date) -> bool:
    """Window and grace are over (RULES P16)."""
    return place.last is not None and place.last + timedelta(days=plan.grace_days) < as_of


def planned_ahead(course: Course, replay: Replay, count: int) -> list[Planned]:
    """Every open past place, then the next `count`, oldest first."""
    found = [(run.plan, place) for run, place in replay.open_places()]
    found += _forecasts(course, replay, count)
    found.sort(key=_order)
    past = [one for one in found if is_past(one[1], replay.as_of)]
    to_come = [one for one in found if not is_past(one[1], replay.as_of)]
    return sorted(past + _without_replaced(replay, to_come)[:count], key=_order)


def _order(one: Planned) -> tuple[date, date, date, int, int]:
    plan, place = one
    return place.day, place.planned, plan.started_on, place.phase, place.number


def _without_replaced(replay: Replay, to_come: list[Planned]) -> list[Planned]:
    """Leave out what a revision still to start will replace, but for the next one of the plan in force.

    It is superseded only once that revision is in force; a list that went on by both plans would read as
    twice the injections.
    """
    if not replay.coming or not replay.runs:
        return to_come
    start, present = replay.coming[0].started_on, replay.runs[-1].plan
    following = [place for plan, place in to_come if plan is present][1:]
    replaced = {id(place) for place in following if place.day >= start}
    return [one for one in to_come if id(one[1]) not in replaced]


def _forecasts(course: Course, replay: Replay, count: int) -> list[Planned]:
    """Forecasts of the plan in force, then those of each revision still to start."""
    found: list[Planned] = []
    last: Place | None = None
    base = replay.injections[-1].on if replay.injections else None
    starts = [plan.started_on for plan in replay.coming]
    if replay.runs:
        run = replay.runs[-1]
        ahead = _ahead(run, replay.as_of, count, starts[0] if starts else None)
        found += [(run.plan, place) for place in ahead]
        last = _last_before([*run.open, *ahead], starts[0] if starts else None)
    for index, plan in enumerate(replay.coming):
        end = starts[index + 1] if index + 1 < len(starts) else None
        places = _coming(course, replay, plan, (last, base), count, end)
        found += [(plan, place) for place in places]
        last = _last_before(places, end) or last
    return found


def _last_before(places: list[Place], end: date | None) -> Place | None:
    """The last dated place before a revision starts."""
    dated = [place for place in places if place.on is not None and (end is None or place.on < end)]
    return max(dated, key=lambda place: place.day, default=None)


def _ahead(run: Run, as_of: date, count: int, end: date | None) -> list[Place]:
    """Forecasts of a run: `count` of them, or all before the next revision starts."""
    if isinstance(run, Grid):
        places: Iterator[Place] = iter(run.forecasts)
    elif isinstance(run, Chain):
        places = _follow(run.plan, _Ahead.of(run), as_of)
    if end is None:
        return list(islice(places, count))
    return list(takewhile(lambda place: place.day < end, places))


@dataclass(slots=True)
class _Ahead:
    """Where a chain of forecasts stands."""

    former: Place | None
    day_one: date | None
    confirmed: int

    @classmethod
    def of(cls, run: Chain) -> _Ahead:
        """After the current place; after the last offset once these are a grid."""
        former = run.current
        if former is None and not run.finished:
            former = max(
                (place for place in run.open if place.phase == run.phase),
                key=lambda place: place.number,
                default=None,
            )
            size = run.size(run.plan.phases[run.phase])
            if former is not None and size is not None:
                former = replace(former, number=size)  # those after it are laid, or closed already
        return cls(former, run.day_one, run.confirmed)


def _follow(plan: Plan, ahead: _Ahead, today: date) -> Iterator[Place]:
    """Forecasts after a place, each counted from the one before, by the rule of its own phase."""
    former, day_one = ahead.former, ahead.day_one
    if former is None or former.on is None:
        return
    index, number, fresh = former.phase, former.number, True
    if number == 1:
        day_one = day_one or former.on
    while index < len(plan.phases):
        phase = plan.phases[index]
        number += 1
        size = len(phase.every.offsets) if phase.every.offsets else phase.until.doses
        place = (
            None if size is not None and number > size else _next(plan, former, (index, number), fresh, today)
        )
        if place is None or _over(plan, place, day_one):
            index, number, day_one = index + 1, 0, None
            continue
        if number == 1:
            day_one = place.on
            place = replace(place, unconfirmed=index > ahead.confirmed)
        yield place
        former, fresh = place, False


def _next(plan: Plan, former: Place, key: tuple[int, int], fresh: bool, today: date) -> Place:
    """The forecast after `former`: counted from its day, or from today once that one is late."""
    base = former.day
    span = _span(plan, key, base, fresh)
    from_today = is_late(plan, former, today) or span[0] <= today
    if from_today:
        span = _span(plan, key, today, fresh)
    reason = Reason("today", today) if from_today else Reason("forecast", base)
    return Place(key[0], key[1], span[0], span[0], span[1], reason, forecast=True)


def _span(plan: Plan, key: tuple[int, int], base: date, fresh: bool) -> Span:
    every = plan.phases[key[0]].every
    if every.offsets is None:
        return span_after(every, base)
    former = 1 if fresh else every.offsets[key[1] - 2]
    day = base + timedelta(days=every.offsets[key[1] - 1] - former)
    return day, day


def _over(plan: Plan, place: Place, day_one: date | None) -> bool:
    until = plan.phases[place.phase].until
    if until.date is not None:
        return place.planned > until.date
    if until.days is None or place.number == 1 or day_one is None:
        return False
    return place.planned >= day_one + timedelta(days=until.days)


def _coming(
    course: Course,
    replay: Replay,
    plan: Plan,
    before: tuple[Place | None, date | None],
    count: int,
    end: date | None,
) -> list[Place]:
    """The places of a revision still to start: forecasts that count from the former plan's last one."""
    last, base = before
    today = replay.as_of
    first_plan = not replay.runs and plan is replay.coming[0]
    notes = Notes(course.not_given if first_plan else ())
    if plan.anchor == "fixed_dates":
        grid = Grid(plan, notes, frozenset(), Reach(end or plan.started_on, count), today)
        places = [*grid.open, *grid.forecasts]
    else:
        if last is not None and replay.runs:
            base = today if is_late(replay.runs[-1].plan, last, today) else last.day
        chain = Chain(plan, notes, (), base)
        ahead = _follow(plan, _Ahead.of(chain), today)
        following = islice(ahead, count) if end is None else takewhile(lambda one: one.day < end, ahead)
        places = [*chain.places(), *following]
    if not first_plan:
        places = [replace(place, forecast=True, reason=_waiting(place.reason)) for place in places]
    return [place for place in places if end is None or place.day < end]


def _waiting(reason: Reason) -> Reason:
    return replace(reason, kind="forecast") if reason.kind == "injection" and not reason.held else reason
