"""Interval rules as bare dates: every rule clamps to the month's end and none drifts."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b12desk.domain.intervals import first_from, held_back, nth, span_after
from b12desk.domain.records import Every

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(days, st.integers(1, 13), st.integers(0, 40))
def test_months_never_leave_their_month(base: date, months: int, index: int) -> None:
    found = nth(Every(months=months), base, index)
    number = base.year * 12 + base.month - 1 + months * index
    assert (found.year, found.month) == (number // 12, number % 12 + 1)
    assert found.day == base.day or (found.day < base.day and (found + timedelta(days=1)).day == 1)


@given(days, st.integers(1, 31), st.integers(1, 4), st.integers(0, 20))
def test_on_day_comes_back_after_a_short_month(base: date, on_day: int, months: int, index: int) -> None:
    every = Every(months=months, on_day=on_day)
    found = nth(every, first_from(every, base), index)
    assert found.day == on_day or (found.day < on_day and (found + timedelta(days=1)).day == 1)
    assert base <= first_from(every, base) <= base + timedelta(days=31)


@given(days, st.sets(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), min_size=1))
def test_weekdays_are_walked_one_by_one(base: date, names: set[str]) -> None:
    every = Every(weekdays=tuple(names))
    walked = [first_from(every, base)]
    for _ in range(10):
        walked.append(span_after(every, walked[-1])[0])
    assert walked == [nth(every, walked[0], index) for index in range(11)]
    assert all(one < other for one, other in pairwise(walked))


def test_a_window_held_back_keeps_its_end() -> None:
    every = Every(window=(28, 30))
    span = span_after(every, date(2026, 1, 5))
    assert span == (date(2026, 2, 2), date(2026, 2, 4))
    assert held_back(every, span, date(2026, 2, 3)) == (date(2026, 2, 3), date(2026, 2, 4))
    assert held_back(every, span, date(2026, 3, 1)) == (date(2026, 3, 1), date(2026, 3, 1))
    assert held_back(every, span, date(2026, 1, 1)) == span


@pytest.mark.parametrize(
    ("every", "floor", "expected"),
    [
        (Every(weekdays=("wed",)), date(2026, 3, 6), date(2026, 3, 11)),
        (Every(months=1, on_day=31), date(2026, 4, 2), date(2026, 4, 30)),
        (Every(weeks=1), date(2026, 3, 6), date(2026, 3, 6)),
    ],
)
def test_held_back_to_a_day_the_rule_allows(every: Every, floor: date, expected: date) -> None:
    assert held_back(every, span_after(every, date(2026, 1, 5)), floor) == (expected, expected)
