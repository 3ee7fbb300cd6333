"""The day on which a symptom reaches the person's own threshold on its way to the next injection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from b12desk.domain.cycles import FEWEST_CYCLES, AlignedCycle

FEWEST_DAYS = 2  # scored days that must be above, and below, for a crossing: one bad day is none


@dataclass(frozen=True, slots=True)
class Crossing:
    """Days since the injection over the cycles that cross: median and quartiles.

    `cycles` of the `among` counted cycles with scores cross.
    """

    median: float
    low: float
    high: float
    cycles: int
    among: int


def crossing_day(aligned: AlignedCycle, threshold: int) -> int | None:
    """The day that best divides a cycle into days below the threshold and days at or above it.

    Days after it that fall back, and days before it that stand out, are weighed against it, so that one bad
    day is not taken for the return. None where the cycle is not first mostly below and then mostly at or
    above. The day of the injection is left out (RULES C2).
    """
    points = [pair for pair in zip(aligned.days, aligned.scores, strict=True) if pair[0] > 0]
    if len(points) < 2 * FEWEST_DAYS:
        return None
    above = np.array([1 if score >= threshold else -1 for _, score in points])
    from_here = np.cumsum(above[::-1])[::-1]
    place = int(np.argmax(from_here))
    before = above[:place]
    if from_here[place] < FEWEST_DAYS or -int(before.sum()) < FEWEST_DAYS:
        return None
    return points[place][0]


def crossing(aligned: Iterable[AlignedCycle], threshold: int) -> Crossing | None:
    """Median and quartiles of the crossing days; None where fewer than three counted cycles cross."""
    counted = [one for one in aligned if one.cycle.counted]
    days = [day for one in counted if (day := crossing_day(one, threshold)) is not None]
    if len(days) < FEWEST_CYCLES:
        return None
    low, median, high = np.percentile(days, (25, 50, 75))
    return Crossing(float(median), float(low), float(high), len(days), len(counted))
