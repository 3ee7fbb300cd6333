"""The sample's laboratory values: a baseline, then twice a year, one of them above the scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dateutil.relativedelta import relativedelta

from b12desk.desk.sample.cast import Cast
from b12desk.domain.records import LabResult

BEFORE = timedelta(days=5)
"""The baseline is taken this long before the first injection."""

REPORTED = timedelta(days=2)
"""How long a report takes."""

ABOVE_SCALE = 2000
CENSORED = 1
"""The first sample after the baseline: serum B12 is above what the laboratory measures."""


@dataclass(frozen=True, slots=True)
class _Test:
    """One test of the invented laboratory: baseline, later level, spread, unit, its own range, decimals."""

    analyte: str
    name: str
    baseline: float
    later: float
    spread: float
    unit: str
    low: str | None
    high: str | None
    decimals: int = 0


TESTS = (
    _Test("serum_b12", "Vitamin B12", 118, 780, 160, "ng/L", "197", "771"),
    _Test("mma_serum", "Methylmalonic acid", 780, 215, 30, "nmol/L", None, "280"),
    _Test("homocysteine", "Homocysteine", 24.5, 10.8, 1.2, "umol/L", None, "15.0", 1),
    _Test("haemoglobin", "Haemoglobin", 112, 134, 3, "g/L", "120", "150"),
    _Test("mcv", "MCV", 104, 91, 1.5, "fL", "80", "100"),
    _Test("folate_serum", "Folate", 4.1, 9.2, 1.5, "ug/L", "3.9", "26.8", 1),
    _Test("ferritin", "Ferritin", 38, 62, 9, "ug/L", "15", "150"),
)


def lab_results(cast: Cast, started_on: date) -> Iterator[LabResult]:
    """The values of every sample, the oldest first."""
    chances = cast.chances("labs")
    number, taken = 0, started_on - BEFORE
    while cast.within(taken + REPORTED):
        for test in TESTS:
            yield _result(cast, test, number, taken, chances)
        number += 1
        taken = started_on + relativedelta(months=6 * number)


def _result(cast: Cast, test: _Test, number: int, taken: date, chances: Random) -> LabResult:
    level = test.baseline if number == 0 else test.later
    size = max(chances.gauss(level, test.spread if number else 0), level / 3)
    censored = number == CENSORED and test.analyte == "serum_b12"
    size = ABOVE_SCALE if censored else size
    return LabResult(
        **cast.stamp(taken + REPORTED, "18:10"),
        analyte=test.analyte,
        name=test.name,
        collected=f"{taken.isoformat()}T08:40",
        value=f"{size:.{test.decimals}f}",
        comparator=">" if censored else None,
        unit=test.unit,
        unit_reported=test.unit,
        reference_low=test.low,
        reference_high=test.high,
        flag=_flag(test, round(size, test.decimals)),
        status="final",
        lab="Sample Laboratory",
        baseline=number == 0,
    )


def _flag(test: _Test, size: float) -> str | None:
    """What the invented laboratory prints beside a value outside its own range."""
    if test.low is not None and size < float(test.low):
        return "L"
    return "H" if test.high is not None and size > float(test.high) else None
