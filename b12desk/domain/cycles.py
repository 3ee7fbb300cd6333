"""Cycles: the days from one given injection to the next, and scores laid over each other by day since it.

RULES P14, P16, C1, C2: the day of an injection is day 0 of the new cycle; a second injection on the same
day starts no second cycle; dates that are only approximate are drawn but kept out of every statistic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from b12desk.domain.records import Injection

FEWEST_CYCLES = 3  # below this a day's median would be one or two single scores


@dataclass(frozen=True, slots=True)
class Cycle:
    """The time from one given injection to the day before the next.

    Attributes:
        start: the local date of the injection, day 0.
        end: the local date of the next given injection, None while there is none.
        phase: the phase of the injection that starts it ("" where no plan was in force).
        next_phase: the phase of the injection that ends it, None while there is none.
        exact: both dates are exact.
    """

    start: date
    end: date | None
    phase: str
    next_phase: str | None
    exact: bool

    @property
    def length(self) -> int | None:
        """Actual days from injection to injection; None while it runs."""
        return None if self.end is None else (self.end - self.start).days

    @property
    def counted(self) -> bool:
        """Whether statistics use it: complete, exact, and not the step from one phase into another."""
        return self.end is not None and self.exact and self.phase == self.next_phase


@dataclass(frozen=True, slots=True)
class AlignedCycle:
    """One symptom's scores within one cycle; `days` since the injection, rising, without the blank days."""

    cycle: Cycle
    days: tuple[int, ...]
    scores: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class DailySummary:
    """Median, quartiles and number of cycles for each day since the injection (arrays of one length).

    `n` is 0 and the others NaN on a day without any score; `median` and quartiles are NaN on days with
    fewer than `FEWEST_CYCLES` scores.
    """

    days: NDArray[np.int64]
    n: NDArray[np.int64]
    low: NDArray[np.float64]
    median: NDArray[np.float64]
    high: NDArray[np.float64]

    @property
    def enough(self) -> bool:
        """Whether any day has a median."""
        return bool(np.isfinite(self.median).any())


@dataclass(frozen=True, slots=True)
class LengthSummary:
    """Cycle lengths in days of one phase: how many cycles, shortest, median, longest."""

    n: int
    shortest: int
    median: float
    longest: int


def cycles(injections: Iterable[Injection], phases: Mapping[str, str] | None = None) -> tuple[Cycle, ...]:
    """The cycles of one person's given injections, oldest first; the last one is still running.

    Args:
        injections: in any order; of several on one day the first that is exact stands for the day.
        phases: injection id to the name of its phase (loading, maintenance, ...). One without a name (an
            extra) is in the phase of the injection before it, "" before the first that has a name.
    """
    days: dict[date, Injection] = {}
    for injection in injections:
        other = days.get(injection.on)
        if other is None or (not _exact(other) and _exact(injection)):
            days[injection.on] = injection
    ordered = [days[day] for day in sorted(days)]
    names: dict[str, str] = {}
    name = ""
    for injection in ordered:
        name = (phases or {}).get(injection.id) or name
        names[injection.id] = name
    complete = [
        Cycle(first.on, then.on, names[first.id], names[then.id], _exact(first) and _exact(then))
        for first, then in pairwise(ordered)
    ]
    running = [Cycle(last.on, None, names[last.id], None, _exact(last)) for last in ordered[-1:]]
    return (*complete, *running)


def align(among: Sequence[Cycle], scores: Iterable[tuple[date, int]]) -> tuple[AlignedCycle, ...]:
    """Lay one symptom's scores over the cycles; a cycle without any score has no place in the result.

    Args:
        among: cycles, oldest first, as `cycles` gives them (or some of them).
        scores: (local date, 0 to 10), in any order, one a day. The day of an injection is day 0 of the
            new cycle, never the last day of the old one.
    """
    starts = np.array([cycle.start.toordinal() for cycle in among], dtype=np.int64)
    placed: dict[int, list[tuple[int, int]]] = {}
    for day, score in scores:
        index = int(np.searchsorted(starts, day.toordinal(), side="right")) - 1
        if index < 0:
            continue
        end = among[index].end
        if end is None or day < end:
            placed.setdefault(index, []).append(((day - among[index].start).days, score))
    return tuple(
        AlignedCycle(among[index], tuple(day for day, _ in points), tuple(score for _, score in points))
        for index, points in ((index, sorted(placed[index])) for index in sorted(placed))
    )


def summarise(aligned: Iterable[AlignedCycle]) -> DailySummary:
    """Median and quartiles over the counted cycles for each day since the injection, day 0 included.

    Quartiles are interpolated linearly between the two nearest scores.
    """
    by_day: dict[int, list[int]] = {}
    for one in aligned:
        if one.cycle.counted:
            for day, score in zip(one.days, one.scores, strict=True):
                by_day.setdefault(day, []).append(score)
    size = max(by_day, default=-1) + 1
    counts = np.zeros(size, dtype=np.int64)
    quartiles = np.full((3, size), np.nan)
    for day, values in by_day.items():
        counts[day] = len(values)
        if len(values) >= FEWEST_CYCLES:
            quartiles[:, day] = np.percentile(values, (25, 50, 75))
    return DailySummary(np.arange(size, dtype=np.int64), counts, *quartiles)


def lengths(among: Iterable[Cycle]) -> dict[str, LengthSummary]:
    """Cycle lengths for each phase, over the counted cycles; phases without any are left out."""
    days: dict[str, list[int]] = {}
    for cycle in among:
        if cycle.counted and cycle.length is not None:
            days.setdefault(cycle.phase, []).append(cycle.length)
    return {
        phase: LengthSummary(len(values), min(values), float(np.median(values)), max(values))
        for phase, values in days.items()
    }


def _exact(injection: Injection) -> bool:
    return injection.precision != "approximate"
