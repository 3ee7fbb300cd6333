"""Laboratory results as marks: shared by the timeline and the labs chart.

A censored value (">2000") is an arrow at the laboratory's limit, joined to nothing and averaged with
nothing. The band is the range printed on each report, never ours; no value is coloured (S48).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from b12desk.charts import cut
from b12desk.charts.axis import KeyItem, nice_ticks, number_words
from b12desk.charts.data import LabPoint, LabSeries, day_number
from b12desk.charts.sheet import Panel, Points, rectangle
from b12desk.charts.style import Style

Place = Callable[[float], float]

ZERO_SHARE = 0.4  # a scale starts at 0 where its lowest number is below this share of the highest
JOINED = 10_000.0  # labs are rare: neighbours are joined however far apart


@dataclass(frozen=True, slots=True)
class LabScale:
    """The numbers that a scale spans, in the unit of the series."""

    low: float
    high: float

    @classmethod
    def of(cls, points: Iterable[LabPoint]) -> Self:
        """A scale that holds every value and every printed limit."""
        numbers = [
            number
            for point in points
            for number in (point.value, point.low, point.high)
            if number is not None
        ]
        if not numbers:
            return cls(0.0, 1.0)
        low, high = min(numbers), max(numbers)
        if 0 <= low < ZERO_SHARE * high:
            low = 0.0
        if low == high:
            low, high = low - (abs(low) or 1.0) * 0.1, high + (abs(high) or 1.0) * 0.1
        return cls(low, high)

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """Round numbers on the scale with their words."""
        return [(number, number_words(number)) for number in nice_ticks(self.low, self.high, most)]

    def texts(self, most: int) -> list[str]:
        return [text for _, text in self.ticks(most)]

    def placed(self, bottom: float, top: float) -> Place:
        """The function from a number to its height."""
        factor = (top - bottom) / (self.high - self.low)
        return lambda number: bottom + (number - self.low) * factor


def draw_results(
    panel: Panel,
    style: Style,
    points: Sequence[LabPoint],
    place: Place,
    heights: tuple[float, float],
    days: tuple[int, int],
) -> None:
    """Draw results and their ranges.

    Args:
        points: oldest first, all within the panel.
        place: from a number in the series' unit to a height in the panel.
        heights: lower and upper edge for bands that are open on one side, and for text results.
        days: first and last day of the axis; bands stay within.
    """
    panel.areas(_bands(points, place, heights, days), style.band, z=0.3)
    numbers = [point for point in points if point.value is not None]
    joined: list[list[LabPoint]] = [[]]
    for point in numbers:
        if point.comparator:
            joined.append([])
        else:
            joined[-1].append(point)
    for stretch in joined:
        x = np.array([day_number(point.on) for point in stretch], dtype=np.int64)
        y = np.array([place(point.value) for point in stretch if point.value is not None])
        panel.lines(cut.broken(x, y, JOINED).stretches, style.text, 1.1 * style.scale)
        panel.marks(x, y, "o", 4.2 * style.scale, style.text, edge=0)
    for sign, marker in ((">", "^"), ("<", "v")):
        these = [point for point in numbers if (point.comparator or "").startswith(sign)]
        x = np.array([day_number(point.on) for point in these])
        panel.marks(
            x,
            [place(point.value) for point in these if point.value is not None],
            marker,
            6.0 * style.scale,
            style.text,
            fill=style.ground,
            edge=1.2,
        )
    first = [point for point in numbers if point.baseline]
    panel.marks(
        [day_number(point.on) for point in first],
        [place(point.value) for point in first if point.value is not None],
        "o",
        9.0 * style.scale,
        style.text,
        fill="none",
        edge=1.0,
        z=4,
    )
    texts = [day_number(point.on) for point in points if point.value is None]
    panel.marks(texts, [heights[0] + 5.0] * len(texts), "s", 4.0 * style.scale, style.text, fill=style.ground)


def _bands(
    points: Sequence[LabPoint], place: Place, heights: tuple[float, float], days: tuple[int, int]
) -> list[Points]:
    """One rectangle for each report with a range, reaching half-way to the reports beside it."""
    bands = []
    centres = [day_number(point.on) for point in points]
    for number, point in enumerate(points):
        if point.low is None and point.high is None:
            continue
        before = centres[number - 1] if number else None
        after = centres[number + 1] if number + 1 < len(points) else None
        left = days[0] if before is None else (before + centres[number]) / 2
        right = days[1] if after is None else (after + centres[number]) / 2
        low = heights[0] if point.low is None else place(point.low)
        high = heights[1] if point.high is None else place(point.high)
        if right > left and high > low:
            bands.append(rectangle(left, right, low, high))
    return bands


def lab_key(style: Style, series: Iterable[LabSeries]) -> list[KeyItem]:
    """The key's entries for what these results contain."""
    points = [point for one in series for point in one.points]
    items = []
    if any(point.value is not None and not point.comparator for point in points):
        items.append(KeyItem("lab result", "mark", style.text))
    if any(point.low is not None or point.high is not None for point in points):
        items.append(KeyItem("the laboratory's own range", "area", style.band))
    if any((point.comparator or "").startswith(">") for point in points):
        items.append(KeyItem("above what the laboratory measures", "mark", style.text, "^", style.ground))
    if any((point.comparator or "").startswith("<") for point in points):
        items.append(KeyItem("below what the laboratory measures", "mark", style.text, "v", style.ground))
    if any(point.baseline and point.value is not None for point in points):
        items.append(KeyItem("baseline, as marked", "mark", style.text, "o", "none"))
    if any(point.value is None for point in points):
        items.append(KeyItem("result in words", "mark", style.text, "s", style.ground))
    return items
