"""Two periods beside each other: the same few numbers of each, and no verdict (S71, S72)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from b12desk.domain.wording import count


@dataclass(frozen=True, slots=True)
class Period:
    """A range of days, both ends included."""

    since: date
    until: date

    def __contains__(self, day: date) -> bool:
        return self.since <= day <= self.until

    def before(self) -> Period:
        """The period of the same length that ends the day before this one begins."""
        last = self.since - timedelta(days=1)
        return Period(last - (self.until - self.since), last)


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """One symptom in one period: scored days, median and quartiles on the 0 to 10 scale."""

    days: int
    low: float
    median: float
    high: float

    @classmethod
    def of(cls, scores: Iterable[int]) -> ScoreSummary | None:
        """None without any score: blank is not zero."""
        values = list(scores)
        if not values:
            return None
        low, median, high = np.percentile(values, (25, 50, 75))
        return cls(len(values), float(low), float(median), float(high))

    def in_words(self) -> str:
        """ "median 4 (3 to 6), 52 days"."""
        return f"median {self.median:g} ({self.low:g} to {self.high:g}), {count(self.days, 'day')}"


@dataclass(frozen=True, slots=True)
class SymptomPair:
    """One symptom in both periods; None where it was not scored."""

    label: str
    first: ScoreSummary | None
    second: ScoreSummary | None


@dataclass(frozen=True, slots=True)
class TextPair:
    """Anything else in both periods, in words: results as reported, counts; "" where there is none."""

    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Periods:
    """Two periods, the earlier first: injections, symptoms, trends and the newest result of each analyte."""

    first: Period
    second: Period
    symptoms: tuple[SymptomPair, ...] = ()
    injections: tuple[TextPair, ...] = ()
    labs: tuple[TextPair, ...] = ()
    title: str = ""


def symptom_pairs(
    first: Period, second: Period, scores: Mapping[str, Sequence[tuple[date, int]]]
) -> tuple[SymptomPair, ...]:
    """Each symptom (by its label) with a score in either period."""
    pairs = (
        SymptomPair(
            label,
            ScoreSummary.of(score for day, score in points if day in first),
            ScoreSummary.of(score for day, score in points if day in second),
        )
        for label, points in scores.items()
    )
    return tuple(pair for pair in pairs if pair.first or pair.second)


def injection_words(days: Sequence[date], period: Period) -> tuple[str, str]:
    """How many were given, and the median of days between them: ("3 given", "56 days"), blank for none."""
    given = sorted(day for day in days if day in period)
    gaps = np.diff([day.toordinal() for day in given])
    between = f"{np.median(gaps):g} days" if len(gaps) else ""
    return f"{len(given)} given" if given else "", between
