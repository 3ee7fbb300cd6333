"""The date axis: which days get a label, and what it says.

Labels have two lines, as "9 Nov" over "2026" or "Apr" over "2026"; the year stands only where it is new.
Months are written in English whatever the computer's language, as everywhere in the pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from b12desk.charts.data import day_number

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6)
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Tick:
    """One labelled day; `year` is the second line, "" where it repeats the former."""

    day: int
    label: str
    year: str


def in_words(day: date) -> str:
    """As in "9 Nov 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def ticks(since: date, until: date, points_per_day: float, width: Callable[[str], float]) -> list[Tick]:
    """The finest labels that stand apart; `width` measures a text in points.

    The result may be empty only where not even one label per thousand years falls into the range; then
    both ends are labelled by `ends`.
    """
    apart = width("0000")
    for days in _candidates(since, until, points_per_day, width("00 Mmm") * 0.8):
        labels = _labelled(*days)
        places = [
            (tick.day * points_per_day, max(width(tick.label), width(tick.year)) / 2) for tick in labels
        ]
        if all(right[0] - right[1] - left[0] - left[1] >= apart for left, right in pairwise(places)):
            return labels
    return []


def _candidates(
    since: date, until: date, points_per_day: float, least: float
) -> Iterator[tuple[list[date], str]]:
    """Sets of days from fine to coarse, without those that could not stand apart anyway."""
    span = (until - since).days
    for step in _DAY_STEPS:
        if step * points_per_day >= least:
            first = since + timedelta(days=-day_number(since) % step + (4 if step >= 7 else 0))  # Mondays
            first -= timedelta(days=step if (first - since).days >= step else 0)
            yield [first + timedelta(days=n) for n in range(0, (until - first).days + 1, step)], "day"
    for step in _MONTH_STEPS:
        if step * 28 * points_per_day >= least and span >= 28 * step:
            yield _months(since, until, step), "month"
    for step in _YEAR_STEPS:
        if step * 365 * points_per_day >= least or step == _YEAR_STEPS[-1]:
            first_year = since.year + (-since.year) % step
            years = [date(year, 1, 1) for year in range(first_year, until.year + 1, step) if year > 0]
            yield [day for day in years if since <= day <= until], "year"


def _months(since: date, until: date, step: int) -> list[date]:
    first = since.year * 12 + since.month - 1
    first += -first % step
    days = []
    for month in range(first, until.year * 12 + until.month, step):
        day = date(month // 12, month % 12 + 1, 1)
        if since <= day <= until:
            days.append(day)
    return days


def _labelled(days: list[date], unit: str) -> list[Tick]:
    result = []
    year = 0
    for day in days:
        if unit == "year":
            result.append(Tick(day_number(day), str(day.year), ""))
            continue
        month = MONTHS[day.month - 1]
        label = month if unit == "month" else f"{day.day} {month}"
        result.append(Tick(day_number(day), label, "" if day.year == year else str(day.year)))
        year = day.year
    return result
