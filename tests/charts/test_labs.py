"""The labs and intervals charts: the laboratory's own range, its own words, actual days."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from b12desk.charts.data import Interval, IntervalsData, LabPoint, LabsData, LabSeries, day_number
from b12desk.charts.intervals import intervals_figure
from b12desk.charts.labs import labs_figure
from b12desk.charts.style import LIGHT

DAY = date(2026, 1, 5)
UNTIL = DAY + timedelta(days=300)


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def bands(figure: Figure) -> list[np.ndarray]:
    return [
        path.vertices
        for areas in figure.axes[0].findobj(PolyCollection)
        if to_hex(areas.get_facecolor()[0]) == LIGHT.band
        for path in areas.get_paths()
    ]


def labs(*points: LabPoint) -> LabsData:
    return LabsData(DAY, UNTIL, (LabSeries("serum_b12", "Serum B12", "pmol/L", points),), (DAY,))


def point(day: int, value: float | None, **fields: object) -> LabPoint:
    return LabPoint(DAY + timedelta(days=day), value, f"{value} pmol/L", **fields)  # type: ignore[arg-type]


def test_s49_each_report_has_its_own_range() -> None:
    figure = labs_figure(
        labs(point(0, 300.0, low=150.0, high=560.0), point(100, 300.0, low=200.0, high=700.0))
    )
    first, second = bands(figure)
    middle = day_number(DAY) + 50
    assert first[:, 0].max() == second[:, 0].min() == middle
    assert np.ptp(second[:, 1]) > np.ptp(first[:, 1])


def test_a_report_without_a_range_has_no_band() -> None:
    assert bands(labs_figure(labs(point(0, 300.0), point(100, 320.0)))) == []


def test_a_range_open_on_one_side_reaches_the_edge() -> None:
    figure = labs_figure(labs(point(0, 300.0, high=560.0), point(100, 100.0)))
    (band,) = bands(figure)
    assert band[:, 1].min() < figure.axes[0].get_ylim()[1] * 0.1


def test_a_censored_value_says_its_own_words() -> None:
    figure = labs_figure(labs(point(0, 300.0), point(100, 1476.0, comparator=">"), point(200, 400.0)))
    assert ">1476" in words(figure)
    assert "above what the laboratory measures" in words(figure)


def test_no_result_is_said_in_words() -> None:
    assert words(labs_figure(LabsData(DAY, UNTIL))) == [
        "No lab result is recorded from 5 Jan 2026 to 1 Nov 2026."
    ]
    assert "No two injections" in " ".join(words(intervals_figure(IntervalsData(DAY, UNTIL))))


def test_intervals_are_days_and_about_right_ones_are_hollow() -> None:
    data = IntervalsData(
        DAY,
        UNTIL,
        (
            Interval(DAY + timedelta(days=56), 56, 56),
            Interval(DAY + timedelta(days=120), 64, 56, exact=False),
        ),
    )
    figure = intervals_figure(data)
    dots = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [(line.get_ydata()[0], to_hex(line.get_markerfacecolor())) for line in dots] == [
        (56.0, LIGHT.accent),
        (64.0, LIGHT.ground),
    ]
    assert "a date is only about right" in words(figure)
