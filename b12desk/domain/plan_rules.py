"""What an interval and an end of a phase may be, and which combinations contradict each other (P4 to P8)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any, cast

from dateutil.relativedelta import relativedelta

from b12desk.domain.errors import Invalid
from b12desk.domain.intervals import WEEKDAYS, first_from
from b12desk.domain.plan_values import read_day, read_object, read_whole
from b12desk.domain.records import Every, Phase, Plan, Until

LONGEST_DAYS = 400
LONGEST_WEEKS = LONGEST_DAYS // 7
LONGEST_MONTHS = 13
MOST_DOSES = 10_000
OPEN_ENDS = ("clinician_says", "blood_count_normal", "no_end")


def read_every(value: Any, path: str) -> Every:
    """An interval rule: exactly one of its kinds, from 1 to 400 days."""
    fields = read_object(value, path, ("days", "weeks", "months", "on_day", "weekdays", "offsets"))
    kinds = [key for key in fields if key != "on_day"]
    if len(kinds) != 1:
        raise Invalid("give exactly one of days, weeks, months, weekdays, offsets.", path)
    if "on_day" in fields and kinds != ["months"]:
        raise Invalid("on_day goes with months only.", f"{path}.on_day")
    kind, value = kinds[0], fields[kinds[0]]
    if kind == "weekdays":
        return Every(weekdays=_weekdays(value, f"{path}.weekdays"))
    if kind == "offsets":
        return Every(offsets=_offsets(value, f"{path}.offsets"))
    if kind == "days" and isinstance(value, list):
        return Every(window=_window(value, f"{path}.days"))
    if kind == "days":
        return Every(days=read_whole(value, f"{path}.days", 1, LONGEST_DAYS))
    if kind == "weeks":
        return Every(weeks=read_whole(value, f"{path}.weeks", 1, LONGEST_WEEKS))
    on_day = fields.get("on_day")
    return Every(
        months=read_whole(value, f"{path}.months", 1, LONGEST_MONTHS),
        on_day=None if on_day is None else read_whole(on_day, f"{path}.on_day", 1, 31),
    )


def _window(value: list[Any], path: str) -> tuple[int, int]:
    if len(value) != 2:
        raise Invalid("a window is two numbers of days, as in [28, 30].", path)
    first, last = (read_whole(one, path, 1, LONGEST_DAYS) for one in value)
    if first > last:
        raise Invalid("the first number of a window is not above the second.", path)
    return first, last


def _weekdays(value: Any, path: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or any(day not in WEEKDAYS for day in value):
        raise Invalid(f"list weekdays out of {', '.join(WEEKDAYS)}.", path)
    if len(set(value)) != len(value):
        raise Invalid("a weekday is listed twice.", path)
    return tuple(sorted(value, key=WEEKDAYS.index))


def _offsets(value: Any, path: str) -> tuple[int, ...]:
    if not isinstance(value, list) or not value:
        raise Invalid("list the days, counted with the first as 1.", path)
    days = [read_whole(one, path, 1, LONGEST_DAYS * len(value)) for one in value]
    if days[0] != 1:
        raise Invalid("the first day is 1.", path)
    if any(not 1 <= later - former <= LONGEST_DAYS for former, later in pairwise(days)):
        raise Invalid(f"the days rise, by at most {LONGEST_DAYS}.", path)
    return tuple(days)


def read_until(value: Any, path: str, every: Every) -> Until:
    """The end of a phase; with offsets absent or their number (RULES P7)."""
    if every.offsets is not None:
        size = len(every.offsets)
        if value is not None and value != {"doses": size}:
            raise Invalid(f'with offsets leave it out or write {{"doses": {size}}}.', path)
        return Until(doses=size)
    if value is None:
        raise Invalid("say when the phase ends, or “clinician_says” or “no_end”.", path)
    if isinstance(value, str):
        if value not in OPEN_ENDS:
            raise Invalid(f"“{value}” is not one of {', '.join(OPEN_ENDS)}.", path)
        return Until(open_end=cast("Any", value))
    fields = read_object(value, path, ("doses", "days", "date"))
    if len(fields) != 1:
        raise Invalid("give exactly one of doses, days, date.", path)
    if "date" in fields:
        return Until(date=read_day(fields["date"], f"{path}.date"))
    if "days" in fields:
        return Until(days=read_whole(fields["days"], f"{path}.days", 1, MOST_DOSES))
    return Until(doses=read_whole(fields["doses"], f"{path}.doses", 1, MOST_DOSES))


def check_plan(plan: Plan) -> None:
    """Refuse what contradicts itself across the fields of a plan.

    Raises:
        Invalid: naming the path.
    """
    for index, phase in enumerate(plan.phases):
        _check_phase(plan, index, phase)
    _check_first(plan, plan.phases[0])


def _check_phase(plan: Plan, index: int, phase: Phase) -> None:
    every, path = phase.every, f"phases[{index}]"
    if plan.anchor == "last_injection" and every.on_day is not None:
        raise Invalid(
            "on_day belongs to fixed dates; counted from the last injection the day is the injection's.",
            f"{path}.every",
        )
    if plan.anchor == "fixed_dates" and every.window is not None:
        raise Invalid("on fixed dates choose one number instead of a window.", f"{path}.every")
    if every.offsets is not None and index > 0:
        raise Invalid("offsets stand in the first phase only.", f"{path}.every")
    if phase.until.date is not None and phase.until.date < first_dose(plan):
        raise Invalid("the phase would end before the first dose.", f"{path}.until")


def _check_first(plan: Plan, phase: Phase) -> None:
    first = plan.first_on
    if first is None:
        return
    if first < plan.started_on:
        raise Invalid("the first dose is not before the plan starts.", "first_on")
    every = phase.every
    if every.weekdays is not None and WEEKDAYS[first.weekday()] not in every.weekdays:
        raise Invalid("the first dose is not on one of the listed weekdays.", "first_on")
    if every.on_day is not None and first != _in_its_month(first, every.on_day):
        raise Invalid(f"the first dose is not on day {every.on_day} of its month.", "first_on")


def _in_its_month(day: date, on_day: int) -> date:
    clamped: date = day + relativedelta(day=on_day)
    return clamped


def first_dose(plan: Plan) -> date:
    """The first dose as the plan alone gives it, before any injection is looked at (RULES P2)."""
    return plan.first_on or first_from(plan.phases[0].every, plan.started_on)
