"""The sentence "why this date", in plain words (RULES P11, wording of DOMAIN.md 6 and 8)."""

from __future__ import annotations

from datetime import date

from b12desk.domain.plan import counted, in_words
from b12desk.domain.records import Plan
from b12desk.domain.schedule.model import Place
from b12desk.domain.wording import count, long_day


def why(plan: Plan, place: Place) -> str:
    """Why the place has its date, then the plan's own rule; "was 31 May 2026" where a date has moved."""
    phase = plan.phases[place.phase]
    rule = f"{in_words(phase.every)}, {counted(plan)}"
    return f"{_cause(plan, place)}. Plan of {long_day(plan.started_on)}: {rule}."


def _cause(plan: Plan, place: Place) -> str:
    reason = place.reason
    if place.moved and reason.kind != "agreed":
        return f"Moved to this day by your clinic; was {long_day(reason.was or place.planned)}"
    was = f"; was {long_day(reason.was)}" if reason.was not in (None, place.on) and reason.was else ""
    return f"{_origin(plan, place)}{was}"


def _origin(plan: Plan, place: Place) -> str:
    reason, base = place.reason, place.reason.base
    if base is None or reason.kind in ("start", "first"):
        return "First injection, on the day that the plan gives"
    if reason.kind == "injection":
        if reason.held:
            return f"Not before this day by your plan; the last injection was on {long_day(base)}"
        return f"{_days(base, place)} after the injection of {long_day(base)}"
    if reason.kind == "grid":
        if place.number == 1:
            return f"First planned date of “{plan.phases[place.phase].name}”"
        return f"Planned date {place.number}, counted from {long_day(base)}"
    if reason.kind == "day_one":
        return f"Day {(place.planned - base).days + 1}, counted from day 1 on {long_day(base)}"
    if reason.kind == "missed":
        return (
            f"The injection planned for {long_day(base)} is recorded as not given, so there is none to count "
            "from; ask your clinic when the next one is due"
        )
    if reason.kind == "agreed":
        return f"Agreed with your clinic after the injection planned for {long_day(base)} was not given"
    if reason.kind == "today":
        return "Forecast, counted from today, because the one before is not logged yet"
    return f"Forecast, {_days(base, place)} after {long_day(base)}, which is not logged yet"


def _days(base: date, place: Place) -> str:
    return count((place.day - base).days, "day")
