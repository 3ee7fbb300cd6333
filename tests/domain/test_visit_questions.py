"""Questions that the entries raise: what was recorded, the laboratory's own range, and no conclusion."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from b12desk.domain.records import LabResult
from b12desk.domain.visit_questions import (
    Lasting,
    labs_and_symptoms,
    lasting_symptoms,
    within_own_range,
)

UNTIL = date(2026, 11, 21)


def result(value: str | None = "400", low: str | None = "150", high: str | None = "560", **more) -> LabResult:
    return LabResult(
        id="r", person_id="p", recorded_at=datetime(2026, 11, 21, tzinfo=UTC), analyte="serum_b12",
        collected="2026-11-02", value=value, unit="pmol/L", reference_low=low, reference_high=high, **more,
    )  # fmt: skip


def test_s51_labs_within_the_range_and_lasting_symptoms_make_a_question_and_no_conclusion() -> None:
    asked = labs_and_symptoms([("serum B12", result())], [Lasting("Tingling", 5), Lasting("Fog", 4)])
    assert asked == (
        "My newest serum B12 is within the laboratory's own range (2 November 2026), and in the last 30 days "
        "I noted Tingling (median 5 of 10) and Fog (median 4 of 10). What else could be looked at?"
    )


@pytest.mark.parametrize(
    "outside",
    [
        result("90"),
        result("900"),
        result(low=None, high=None),
        result(comparator=">"),
        result(flag="H"),
        result(None),
    ],
)
def test_without_a_number_in_a_printed_range_nothing_is_asked(outside: LabResult) -> None:
    assert not within_own_range(outside)
    assert labs_and_symptoms([("serum B12", outside)], [Lasting("Fog", 4)]) is None


def test_a_range_open_on_one_side_counts() -> None:
    assert within_own_range(result(low=None))
    assert within_own_range(result(high=None))


def test_without_lasting_symptoms_nothing_is_asked() -> None:
    assert labs_and_symptoms([("serum B12", result())], []) is None


def test_lasting_means_above_none_on_most_scored_days_of_late() -> None:
    days = [UNTIL - timedelta(days=back) for back in range(60)]
    scores = {
        "often": [(day, 3) for day in days],
        "once": [(day, 8 if day == UNTIL else 0) for day in days],
        "long ago": [(day, 8) for day in days if day < UNTIL - timedelta(days=30)],
    }
    assert lasting_symptoms(scores, UNTIL) == (Lasting("often", 3.0),)
