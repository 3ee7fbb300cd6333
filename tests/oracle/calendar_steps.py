"""Interval arithmetic by counting days one at a time: what "base + interval" and "the k-th date" mean."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from b12desk.domain.records import Every

ONE_DAY = timedelta(days=1)
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def day_in_month(year: int, month: int, day: int) -> date:
    """P4: every month rule clamps to the month's end."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def months_later(start: date, months: int, day: int | None = None) -> date:
    """The same day (or `day`) of a later month, clamped (P4)."""
    year, month = start.year, start.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return day_in_month(year, month, day or start.day)


def first_listed(every: Every, day: date) -> date:
    """P2, P6: the first listed weekday from `day` on; other intervals take the day itself."""
    if every.weekdays is None:
        return day
    while NAMES[day.weekday()] not in every.weekdays:
        day += ONE_DAY
    return day


def after(every: Every, base: date) -> date:
    """P3, P5, P6: base + interval; of `days:[a, b]` the window's first day."""
    if every.weekdays is not None:
        return first_listed(every, base + ONE_DAY)
    if every.months is not None:
        return months_later(base, every.months)
    if every.weeks is not None:
        return base + 7 * every.weeks * ONE_DAY
    if every.window is not None:
        return base + every.window[0] * ONE_DAY
    assert every.days is not None
    return base + every.days * ONE_DAY


def window_end(every: Every, base: date) -> date:
    """P1: the last day of the window that `after` begins."""
    return base + every.window[1] * ONE_DAY if every.window else after(every, base)


@cache
def kth(every: Every, first: date, k: int) -> date:
    """P3 fixed_dates: counted from the first (first + k x interval), never chained."""
    if every.weekdays is not None:
        return first if k == 0 else first_listed(every, kth(every, first, k - 1) + ONE_DAY)
    if every.months is not None:
        return months_later(first, k * every.months, every.on_day)
    assert every.window is None
    return first + k * (after(every, first) - first)


def first_grid_day(every: Every, start: date) -> date:
    """P2 and "on_day: the first such day not before the start"; else the first listed day."""
    if every.on_day is None:
        return first_listed(every, start)
    candidate = months_later(start, 0, every.on_day)
    return candidate if candidate >= start else months_later(start, 1, every.on_day)


def first_of_next_grid(every: Every, last_planned: date, floor: date | None) -> date:
    """P9 fixed: last planned + the new interval, "in the month that the interval leads to", not before D."""
    if every.on_day is not None:
        assert every.months is not None
        day = months_later(last_planned, every.months, every.on_day)
    else:
        day = after(every, last_planned)
    return day if floor is None or day >= floor else first_grid_day(every, floor)
