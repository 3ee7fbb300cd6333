"""Ratios that can be trusted: ours and its floor, run in turns in one sitting, compared by their medians."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

RUNS = 9
STEADY = 0.20
TRIES = 3


@dataclass(frozen=True)
class Sample:
    """One run; `seconds` of wall time, and the process's peak memory in MiB where it is measured."""

    seconds: float
    mebibytes: float | None = None


Run = Callable[[], Sample]


@dataclass(frozen=True)
class Series:
    """The same run several times, in order."""

    samples: tuple[Sample, ...]

    @property
    def seconds(self) -> float:
        """Median wall time."""
        return median(sample.seconds for sample in self.samples)

    @property
    def mebibytes(self) -> float | None:
        """Median peak memory; None where it was not measured."""
        known = [sample.mebibytes for sample in self.samples if sample.mebibytes is not None]
        return median(known) if known else None

    @property
    def spread(self) -> float:
        """How far the runs are apart, without the fastest and the slowest one, as a part of their median."""
        kept = sorted(sample.seconds for sample in self.samples)[1:-1]
        return (kept[-1] - kept[0]) / self.seconds


@dataclass(frozen=True)
class Comparison:
    """Ours against its floor."""

    ours: Series
    floor: Series

    @property
    def steady(self) -> bool:
        """Whether the floor kept still enough for the ratio to mean something."""
        return self.floor.spread <= STEADY

    @property
    def time_ratio(self) -> float:
        """Median time of ours over the floor's."""
        return self.ours.seconds / self.floor.seconds

    @property
    def memory_ratio(self) -> float | None:
        """Median peak memory of ours over the floor's."""
        if self.ours.mebibytes is None or not self.floor.mebibytes:
            return None
        return self.ours.mebibytes / self.floor.mebibytes


def compare(ours: Run, floor: Run, runs: int = RUNS) -> Comparison:
    """Run both in turns after one unmeasured turn; measure anew, at most twice, while the floor is unsteady.

    The result may still be unsteady; whoever shows it has to say so.
    """
    ours()
    floor()
    for attempt in range(TRIES):
        pairs = [(floor(), ours()) if turn % 2 else _swapped(ours, floor) for turn in range(runs)]
        found = Comparison(Series(tuple(pair[1] for pair in pairs)), Series(tuple(pair[0] for pair in pairs)))
        if found.steady or attempt == TRIES - 1:
            break
    return found


def _swapped(ours: Run, floor: Run) -> tuple[Sample, Sample]:
    first = ours()
    return floor(), first
