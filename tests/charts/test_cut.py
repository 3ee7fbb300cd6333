"""Thinning loses no peak and bridges no gap; medians are the medians."""

from __future__ import annotations

import statistics

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from b12desk.charts import cut

DAYS = st.dictionaries(st.integers(-3000, 3000), st.integers(0, 10), min_size=1, max_size=150)


def arrays(scored: dict[int, int]) -> tuple[np.ndarray, np.ndarray]:
    days = sorted(scored)
    return np.array(days, dtype=np.int64), np.array([scored[day] for day in days], dtype=np.int64)


@given(DAYS, st.floats(1.0, 60.0))
@example({-21: 0}, 1.4)  # -21 / 1.4 rounds below its whole number
def test_every_score_lies_inside_an_outline(scored: dict[int, int], column: float) -> None:
    days, values = arrays(scored)
    outlines = cut.envelope(days, values, column, 0.2)
    for day, value in scored.items():
        assert any(
            outline[:, 0].min() - column <= day <= outline[:, 0].max() + column
            and outline[:, 1].min() <= value <= outline[:, 1].max()
            for outline in outlines
        )


@given(DAYS, st.sampled_from([1.0, 2.0, 3.5, 7.0, 30.0]))
def test_the_highest_and_lowest_score_of_each_column_are_kept(scored: dict[int, int], column: float) -> None:
    days, values = arrays(scored)
    edges = {float(y) for outline in cut.envelope(days, values, column, 0.0) for y in outline[:, 1]}
    columns: dict[int, list[int]] = {}
    for day, value in scored.items():
        columns.setdefault(int(np.floor(day / column)), []).append(value)
    assert edges == {float(edge) for one in columns.values() for edge in (min(one), max(one))}


def test_an_empty_column_breaks_the_outline() -> None:
    days = np.array([0, 1, 2, 3, 12, 13, 14], dtype=np.int64)
    outlines = cut.envelope(days, np.full(7, 5), 3.0, 0.1)
    assert len(outlines) == 2
    assert outlines[0][:, 0].max() < outlines[1][:, 0].min()


def test_a_single_day_stays_visible() -> None:
    (outline,) = cut.envelope(np.array([40], dtype=np.int64), np.array([7]), 4.0, 0.5)
    assert np.ptp(outline[:, 0]) == pytest.approx(4.0)
    assert np.ptp(outline[:, 1]) == pytest.approx(0.5)


@given(DAYS, st.sampled_from(cut.MEDIAN_SPANS))
def test_medians_are_those_of_the_standard_library(scored: dict[int, int], span: int) -> None:
    expected: dict[int, list[int]] = {}
    for day, value in scored.items():
        expected.setdefault(day // span, []).append(value)
    middles, medians = cut.medians(*arrays(scored), span)
    assert medians.tolist() == [statistics.median(expected[group]) for group in sorted(expected)]
    assert ((middles >= min(scored)) & (middles <= max(scored))).all()


def test_no_days_draw_nothing() -> None:
    none = np.empty(0, dtype=np.int64)
    assert cut.envelope(none, none, 2.0, 0.1) == []
    assert [len(part) for part in cut.medians(none, none, 7)] == [0, 0]
    assert cut.broken(none, none.astype(np.float64), 1).stretches == []


def test_a_line_breaks_where_a_day_is_missing() -> None:
    line = cut.broken(np.array([1, 2, 4, 6, 7, 8]), np.arange(6.0), 1)
    assert [path[:, 0].tolist() for path in line.stretches] == [[1, 2], [6, 7, 8]]
    assert line.alone.tolist() == [[4, 2]]


def test_a_line_is_cut_at_the_edge_on_its_own_height() -> None:
    path = np.array([(0.0, 0.0), (2.0, 4.0), (4.0, 0.0)])
    assert cut.cut_right(path, 3.0).tolist() == [[0, 0], [2, 4], [3, 2]]
    assert cut.cut_right(path, 2.0).tolist() == [[0, 0], [2, 4]]
    assert cut.cut_right(path, 9.0).tolist() == path.tolist()
    assert len(cut.cut_right(path, -1.0)) == 0
