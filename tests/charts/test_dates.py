"""The labels of the date axis: round days that stand apart, over any range."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b12desk.charts.data import day_at, day_number
from b12desk.charts.dates import in_words, ticks


def width(text: str) -> float:
    return 4.5 * len(text)


def labels(since: date, days: int, room: float) -> list[tuple[str, str]]:
    until = since + timedelta(days=days)
    return [(tick.label, tick.year) for tick in ticks(since, until, room / max(days, 1), width)]


@pytest.mark.parametrize(
    ("since", "days", "room", "first"),
    [
        (date(2026, 11, 16), 7, 700, [("16 Nov", "2026"), ("17 Nov", "")]),
        (date(2026, 11, 18), 90, 700, [("23 Nov", "2026"), ("30 Nov", "")]),
        (date(2026, 10, 15), 365, 700, [("Nov", "2026"), ("Dec", ""), ("Jan", "2027")]),
        (date(2016, 11, 21), 3652, 500, [("2017", ""), ("2018", "")]),
        (date(1926, 11, 21), 36525, 500, [("1930", ""), ("1940", "")]),
    ],
)
def test_labels(since: date, days: int, room: float, first: list[tuple[str, str]]) -> None:
    assert labels(since, days, room)[: len(first)] == first


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 40_000), st.floats(80, 1200))
def test_labels_stand_apart_and_within_the_range(since: date, days: int, room: float) -> None:
    until = since + timedelta(days=days)
    scale = room / (days + 1)
    found = ticks(since, until, scale, width)
    assert all(day_number(since) <= tick.day <= day_number(until) for tick in found)
    for left, right in pairwise(found):
        halves = (max(width(one.label), width(one.year)) / 2 for one in (left, right))
        assert (right.day - left.day) * scale > sum(halves)


def test_a_place_on_the_axis_is_its_day() -> None:
    day = date(2026, 11, 21)
    assert day_at(day_number(day)) == day
    assert day_at(day_number(day) + 0.49) == day
    assert day_at(day_number(day) - 0.49) == day
    assert in_words(day) == "21 Nov 2026"
