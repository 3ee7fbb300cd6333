"""Interval rules as dates: the next one after a base, the k-th of a grid, the first from a start (P2 to P7).

dateutil does the calendar arithmetic; every month rule clamps to the month's end.
"""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from b12desk.domain.records import Every

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Span = tuple[date, date]


def span_after(every: Every, base: date) -> Span:
    """The window of the next place counted from `base`; a single day but for `days: [a, b]`."""
    if every.window is not None:
        return base + timedelta(days=every.window[0]), base + timedelta(days=every.window[1])
    day = _day_after(every, base)
    return day, day


def _day_after(every: Every, base: date) -> date:
    if every.days is not None:
        return base + timedelta(days=every.days)
    if every.weeks is not None:
        return base + timedelta(weeks=every.weeks)
    if every.weekdays is not None:
        return _listed_from(every.weekdays, base + timedelta(days=1))
    return _add_months(every, base, every.months or 0)


def first_from(every: Every, start: date) -> date:
    """The first day from `start` on that the rule allows: the listed weekday, the `on_day`, else `start`."""
    if every.weekdays is not None:
        return _listed_from(every.weekdays, start)
    if every.on_day is not None:
        this_month: date = start + relativedelta(day=every.on_day)
        return this_month if this_month >= start else _add_months(every, start, 1)
    return start


def held_back(every: Every, span: Span, floor: date) -> Span:
    """A window not before `floor`: it keeps its end (RULES "A first dose held back by a start")."""
    if span[0] >= floor:
        return span
    on = first_from(every, floor)
    return on, max(on, span[1])


def nth(every: Every, first: date, index: int) -> date:
    """The grid's date number `index` (0 is `first`), always counted from the first (RULES P3)."""
    if every.days is not None:
        return first + timedelta(days=every.days * index)
    if every.weeks is not None:
        return first + timedelta(weeks=every.weeks * index)
    if every.weekdays is not None:
        return _nth_listed(every.weekdays, first, index)
    return _add_months(every, first, (every.months or 0) * index)


def _add_months(every: Every, base: date, months: int) -> date:
    day: date = base + relativedelta(months=months, day=every.on_day)
    return day


def _listed_from(weekdays: tuple[str, ...], start: date) -> date:
    listed = [WEEKDAYS.index(name) for name in weekdays]
    return start + timedelta(days=min((day - start.weekday()) % 7 for day in listed))


def _nth_listed(weekdays: tuple[str, ...], first: date, index: int) -> date:
    listed = sorted(WEEKDAYS.index(name) for name in weekdays)
    monday = first - timedelta(days=first.weekday())
    weeks, position = divmod(listed.index(first.weekday()) + index, len(listed))
    return monday + timedelta(weeks=weeks, days=listed[position])
