"""Lines ready to be drawn: cut at the axes, broken at gaps, thinned out to what a pixel can show.

Thinning keeps the lowest and the highest score of every pixel column, so no peak is lost, and leaves
columns without any score empty, so no gap is bridged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Days = NDArray[np.int64]
Points = NDArray[np.float64]

MEDIAN_SPANS = (7, 14, 28, 91, 182, 364, 1820, 3640)  # days that one median may stand for


@dataclass(frozen=True, slots=True)
class Broken:
    """A line with its gaps: stretches of two points or more, and the points that stand alone."""

    stretches: list[Points]
    alone: Points


def broken(x: NDArray[np.int64] | Numbers, y: Numbers, joined: float) -> Broken:
    """Break a line wherever two neighbours are more than `joined` apart in x (x rising)."""
    points = np.column_stack((x, y)).astype(np.float64)
    parts = np.split(points, np.flatnonzero(np.diff(x) > joined) + 1) if len(points) else []
    alone = [part for part in parts if len(part) == 1]
    return Broken(
        [part for part in parts if len(part) > 1], np.concatenate(alone) if alone else np.empty((0, 2))
    )


def envelope(days: Days, values: Days, column: float, thinnest: float) -> list[Points]:
    """Outlines between lowest and highest value of each column of days.

    Args:
        days: rising whole days.
        values: whole scores, same length.
        column: width of one column in days (what a pixel shows), at least 1.
        thinnest: least height of an outline, so that equal values stay visible.

    Returns:
        One closed outline for each stretch of columns without an empty one; none reaches beyond half a
        column on either side of the first and last day, or half of `thinnest` beyond the values.
    """
    columns, starts = _groups(days, column)
    if not len(columns):
        return []
    low = np.minimum.reduceat(values, starts) - thinnest / 2
    high = np.maximum.reduceat(values, starts) + thinnest / 2
    at = np.clip((columns + 0.5) * column, days[0], days[-1])
    outlines = []
    for part in np.split(np.arange(len(at)), np.flatnonzero(np.diff(columns) > 1) + 1):
        x = np.concatenate(([at[part[0]] - column / 2], at[part], [at[part[-1]] + column / 2]))
        edge = np.concatenate(([part[0]], part, [part[-1]]))
        there = np.column_stack((x, high[edge]))
        outlines.append(np.concatenate((there, np.column_stack((x, low[edge]))[::-1])))
    return outlines


def _groups(days: Days, width: float) -> tuple[Days, Days]:
    """The spans of `width` days, counted from 1970-01-01, that hold any day: their numbers and the index of
    the first day in each. Searching for the edges is far cheaper than dividing every day."""
    if not len(days):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    numbers = np.arange(np.floor(days[0] / width), np.floor(days[-1] / width) + 1)
    starts = np.searchsorted(days, np.append(numbers, numbers[-1] + 1) * width)
    starts[0], starts[-1] = 0, len(days)  # rounding of an edge must not lose the day that lies on it
    filled = np.flatnonzero(np.diff(starts))
    return numbers[filled].astype(np.int64), starts[filled]


def median_span(points_per_day: float, room: float) -> int:
    """How many days one median stands for, so that two medians are at least `room` points apart."""
    return next((span for span in MEDIAN_SPANS if span * points_per_day >= room), MEDIAN_SPANS[-1])


def medians(days: Days, scores: NDArray[np.int64], span: int) -> tuple[Numbers, Numbers]:
    """The median score of each span of days that has any, at the middle of the span.

    Spans are counted from 1970-01-01, so that panning does not change them; a middle outside the data is
    moved to its first or last day. Works by counting, in time linear in the scores (whole, 0 to 10).
    """
    groups, starts = _groups(days, span)
    if not len(groups):
        return np.empty(0), np.empty(0)
    index = np.repeat(np.arange(len(groups)), np.diff(np.append(starts, len(days))))
    heap = np.bincount(index * 11 + scores, minlength=len(groups) * 11).reshape(-1, 11).cumsum(axis=1)
    total = heap[:, -1:]
    lower = (heap > (total - 1) // 2).argmax(axis=1)
    upper = (heap > total // 2).argmax(axis=1)
    middle = (groups + 0.5) * span - 0.5
    return np.clip(middle, days[0], days[-1]), (lower + upper) / 2


def cut_right(points: Points, limit: float) -> Points:
    """The part of a polyline (x rising) left of `limit`, ending on it where the line crosses."""
    inside = int(np.searchsorted(points[:, 0], limit, side="right"))
    if inside == len(points) or inside == 0:
        return points[:inside]
    (x0, y0), (x1, y1) = points[inside - 1], points[inside]
    if x0 == limit:
        return points[:inside]
    return np.vstack((points[:inside], (limit, y0 + (y1 - y0) * (limit - x0) / (x1 - x0))))
