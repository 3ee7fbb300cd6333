"""The sample's scores: twelve a day, days left out, a slow recovery, and a return before the next dose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from math import exp, sqrt
from random import Random

from b12desk.desk.sample.cast import SYMPTOMS, Cast
from b12desk.desk.sample.course import Given
from b12desk.domain.records import Score
from b12desk.domain.symptoms import HIGHEST, LOWEST

MISSING = 0.2
CARRIED = 0.5
"""How much of a day's deviation is left on the next day: AR(1)."""

SPREAD = 1.5
"""Standard deviation of a score round its level, before it is rounded and clipped to 0 to 10."""

SHARED = sqrt(0.5)
"""Weight of what all symptoms have in common, so that two of them correlate by one half."""

RETURN = 2.0
LAST_PART = 0.75
"""From three quarters of an interval on the returning symptoms are worse by `RETURN`."""

RETURNING = frozenset({"tingling", "fog", "fatigue", "stamina", "focus"})
SLOW = frozenset({"tingling", "numbness", "balance", "gait", "weakness"})
SLOW_DAYS, QUICK_DAYS = 150.0, 45.0
"""Days in which the way to the lower level shrinks to a third: nerves take longer (S57, S55)."""

EVENING = time(20, 30)


@dataclass(frozen=True, slots=True)
class _Level:
    """Where one symptom's scores lie before and long after the first injection."""

    symptom: str
    before: float
    after: float
    days: float


def scores(cast: Cast, given: Sequence[Given]) -> Iterator[Score]:
    """The scores of every day that was not left out, the oldest first."""
    levels = _levels(cast.chances("levels"))
    skipped, chances = cast.chances("missing days"), cast.chances("scores")
    kept = sqrt(1 - CARRIED**2)
    common, own = 0.0, [0.0] * len(levels)
    days_of = [one.on for one in given]
    for number in range((cast.end - cast.start).days):
        day = cast.start + timedelta(days=number)
        common = CARRIED * common + kept * chances.gauss(0, 1)
        for index in range(len(own)):
            own[index] = CARRIED * own[index] + kept * chances.gauss(0, 1)
        if skipped.random() < MISSING:
            continue
        last = bisect_right(days_of, day)
        returning = last > 0 and (day - days_of[last - 1]).days > LAST_PART * given[last - 1].interval
        treated = (day - days_of[0]).days if last else 0
        for level, apart in zip(levels, own, strict=True):
            middle = level.after + (level.before - level.after) * exp(-treated / level.days)
            if returning and level.symptom in RETURNING:
                middle += RETURN
            value = round(middle + SPREAD * SHARED * (common + apart))
            yield _score(cast, day, level.symptom, min(max(value, LOWEST), HIGHEST))


def _score(cast: Cast, day: date, symptom: str, value: int) -> Score:
    return Score(**cast.stamp(day, "20:30"), symptom=symptom, on=day, at=EVENING, score=value)


def _levels(chances: Random) -> list[_Level]:
    return [
        _Level(
            symptom,
            before=chances.uniform(5, 7),
            after=chances.uniform(1.5, 3),
            days=SLOW_DAYS if symptom in SLOW else QUICK_DAYS,
        )
        for symptom in SYMPTOMS
    ]
