"""Return of symptoms: are scores late in the interval worse than after the injection, and in how many cycles?

RULES C2 and C3, S35 to S37; docs/method-return-of-symptoms.md says why each step is as it is. A cycle gives
one number, the mean of its last days minus the mean of its first, freed of slow drift. Signs of whole cycles
are flipped, never days shuffled, and the greatest of all symptoms sets the bar for each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from b12desk.domain.crossing import Crossing, crossing
from b12desk.domain.cycles import AlignedCycle

Verdict = Literal["returns", "no_pattern", "not_enough"]

FEWEST = 5  # complete cycles (RULES C3)
LEVEL = 0.05  # one-sided, for all symptoms together
LEAST = 0.5  # points; a smaller mean difference is below what whole scores can say, however regular it is
COVERAGE = 0.95  # of the interval estimate, which is for one symptom
WEEK = 7
FEWEST_SCORES = 2  # in each of the two windows of a cycle; one where the window is shorter than a week
ALL_FLIPS = 12  # up to this many cycles every flip is counted, beyond it `DRAWN` drawn ones
DRAWN = 4999
HAIR = 1e-9  # sums of the same numbers in another order still count as equal

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Windows:
    """The days of a cycle that are compared, as counted from its injection; day 0 is in neither (C2)."""

    early: range
    late: range


@dataclass(frozen=True, slots=True)
class Finding:
    """What one symptom shows.

    Attributes:
        verdict: `returns`, `no_pattern`, or `not_enough` below `FEWEST` cycles.
        cycles: complete cycles of the phase with scores in both windows; `worse` of them are worse late.
        late_minus_early: mean over the cycles, in points of the 0 to 10 scale; None where not enough.
        interval: its interval estimate, by itself and not for all symptoms together.
        p: how often chance alone would let any of the symptoms stand out as much.
        windows: those of a cycle of the middle length, None without a cycle.
        threshold: the person's own; `crossing` is the day on which scores reach it, None where they do so
            in too few cycles or there is not enough.
    """

    symptom: str
    verdict: Verdict
    cycles: int
    worse: int
    threshold: int
    late_minus_early: float | None = None
    interval: tuple[float, float] | None = None
    p: float | None = None
    windows: Windows | None = None
    crossing: Crossing | None = None


def windows(length: int) -> Windows | None:
    """The first and the last days of a cycle of `length` days; None where it is too short to have both.

    From two weeks on both are whole weeks where they can be, about the first half and the last quarter, so
    that a rhythm of the week weighs the same in both. A shorter cycle is divided the same way by days.
    """
    if length >= 2 * WEEK:
        late = WEEK * max(1, round(length / (4 * WEEK)))
        early = min(WEEK * max(1, length // (2 * WEEK)), length - 1 - late)
    else:
        late = max(1, round(length / 4))
        early = min(max(1, length // 2), length - 1 - late)
    return Windows(range(1, early + 1), range(length - late, length)) if early > 0 else None


def find(symptoms: Mapping[str, Sequence[AlignedCycle]], *, threshold: int, seed: int) -> tuple[Finding, ...]:
    """Look at the symptoms of one phase together.

    Args:
        symptoms: symptom id to its scores over the cycles (`domain.cycles.align`), oldest cycle first.
            Cycles that do not count (running, of approximate dates, between phases) are left out here.
        threshold: the person's own score, 0 to 10, for the day of crossing.
        seed: for the flips and subsets that are drawn where there are too many to count.
    """
    measured = {symptom: _measure(aligned) for symptom, aligned in symptoms.items()}
    family = [symptom for symptom, one in measured.items() if len(one.starts) >= FEWEST]
    chance = np.random.default_rng(seed)
    chances = _chances([measured[symptom] for symptom in family], chance)
    p_of = dict(zip(family, chances.tolist(), strict=True))
    found = []
    for symptom, one in measured.items():
        count, worse = len(one.starts), int((one.differences > HAIR).sum())
        if symptom not in p_of:
            found.append(
                Finding(symptom, "not_enough", count, worse, threshold, windows=_usual(symptoms[symptom]))
            )
            continue
        difference = float(one.differences.mean())
        found.append(
            Finding(
                symptom,
                "returns" if p_of[symptom] <= LEVEL and difference >= LEAST else "no_pattern",
                count,
                worse,
                threshold,
                difference,
                typical_values(one.differences, chance),
                p_of[symptom],
                _usual(symptoms[symptom]),
                crossing(symptoms[symptom], threshold),
            )
        )
    return tuple(found)


def typical_values(differences: Floats, chance: np.random.Generator) -> tuple[float, float]:
    """An interval for the centre of independent symmetric differences, from the means of their subsets.

    Hartigan's typical values: the true centre falls between any two neighbours of the ordered means of all
    subsets equally often. With five differences the widest such interval has 94 %, from six on 95 %.
    """
    inside = (_signs(len(differences), chance) + 1) / 2
    inside = inside[inside.any(axis=1)]
    means = np.sort(inside @ differences / inside.sum(axis=1))
    cut = max(1, int((1 - COVERAGE) / 2 * (len(means) + 1)))
    return float(means[cut - 1]), float(means[-cut])


@dataclass(frozen=True, eq=False, slots=True)
class _Measured:
    """One number a cycle, oldest first: its first day (a proleptic ordinal) and late minus early."""

    starts: NDArray[np.int64]
    differences: Floats


def _measure(aligned: Sequence[AlignedCycle]) -> _Measured:
    rows = [row for one in aligned if one.cycle.counted and (row := _means(one)) is not None]
    if not rows:
        return _Measured(np.zeros(0, dtype=np.int64), np.zeros(0))
    start, early, late, early_day, late_day = np.array(rows).T
    levels, middles = (early + late) / 2, start + (early_day + late_day) / 2
    after = np.minimum(np.arange(len(rows)) + 1, len(rows) - 1)
    before = np.maximum(np.arange(len(rows)) - 1, 0)
    apart = middles[after] - middles[before]
    drift = np.divide(levels[after] - levels[before], apart, out=np.zeros(len(rows)), where=apart > 0)
    return _Measured(start.astype(np.int64), late - early - drift * (late_day - early_day))


def _means(one: AlignedCycle) -> tuple[float, ...] | None:
    """Start, mean score and mean day of the first days and of the last; None with too few scores."""
    parts = windows(one.cycle.length or 0)
    if parts is None:
        return None
    means, middles = [], []
    for part in (parts.early, parts.late):
        first, end = bisect_left(one.days, part.start), bisect_left(one.days, part.stop)
        number = end - first
        if number < (FEWEST_SCORES if len(part) >= WEEK else 1):
            return None
        means.append(sum(one.scores[first:end]) / number)
        middles.append(sum(one.days[first:end]) / number)
    return (float(one.cycle.start.toordinal()), *means, *middles)


def _usual(aligned: Sequence[AlignedCycle]) -> Windows | None:
    lengths = sorted(one.cycle.length for one in aligned if one.cycle.counted and one.cycle.length)
    return windows(lengths[len(lengths) // 2]) if lengths else None


def _chances(family: Sequence[_Measured], chance: np.random.Generator) -> Floats:
    """For each symptom the share of flips in which the greatest of all is at least as great as it is.

    A symptom's sum is divided by a spread that no flip changes: half its own, half that of all symptoms,
    which steadies it where there are few cycles. A cycle flips in all symptoms at once, which keeps their
    correlation.
    """
    if not family:
        return np.zeros(0)
    starts = np.unique(np.concatenate([one.starts for one in family]))
    differences = np.zeros((len(starts), len(family)))
    for column, one in enumerate(family):
        differences[np.searchsorted(starts, one.starts), column] = one.differences
    counts = np.array([len(one.starts) for one in family])
    own = (differences**2).sum(axis=0) / counts
    spread = np.sqrt(counts * (own + own.mean()) / 2)
    if not spread.all():  # no cycle differs in any symptom
        return np.ones(len(family))
    flipped = _signs(len(starts), chance) @ differences / spread
    order = np.argsort(-flipped[0], kind="stable")
    # column by column the greatest of this symptom and of all that stand out less
    greatest = np.maximum.accumulate(flipped[:, order[::-1]], axis=1)[:, ::-1]
    reached = (greatest >= flipped[0, order] - HAIR).mean(axis=0)
    result = np.empty(len(family))
    result[order] = np.maximum.accumulate(reached)
    return result


def _signs(number: int, chance: np.random.Generator) -> Floats:
    """Rows of +1 and -1, the first all +1: every flip of so many cycles, or as many as are drawn."""
    if number <= ALL_FLIPS:
        return _every_flip(number)
    drawn = chance.integers(0, 2, size=(DRAWN, number)) * 2.0 - 1.0
    return np.vstack([np.ones(number), drawn])


@lru_cache(maxsize=ALL_FLIPS)
def _every_flip(number: int) -> Floats:
    flips = np.array(list(product((1.0, -1.0), repeat=number)))
    flips.setflags(write=False)
    return flips
