"""What the timeline shows: every kind of entry, gaps as gaps, peaks kept, arrows for censored values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from b12desk.charts.data import (
    EventMark,
    InjectionMark,
    LabPoint,
    LabSeries,
    PhaseSpan,
    Scores,
    TimelineData,
    day_number,
)
from b12desk.charts.style import DARK, LIGHT, PRINT, Style
from b12desk.charts.timeline import timeline_figure
from tests.charts import samples

DAY = date(2026, 3, 2)


def days_after(number: int) -> date:
    return DAY + timedelta(days=number)


def scores(*points: tuple[int, int]) -> Scores:
    return Scores.of("tingling", "Tingling", [(days_after(day), score) for day, score in points])


def words(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def marks(figure: Figure, marker: str) -> list[float]:
    """The x places of the marks of one shape on the main axes."""
    lines = [line for line in figure.axes[0].lines if line.get_marker() == marker]
    return sorted(float(x) for line in lines for x in line.get_xdata())


def strokes(figure: Figure, colour: str) -> list[np.ndarray]:
    """The polylines of one colour on the main axes, those with some width in x."""
    return [
        path
        for lines in figure.axes[0].findobj(LineCollection)
        if to_hex(lines.get_colors()[0]) == colour
        for path in lines.get_segments()
        if np.ptp(path[:, 0]) > 0
    ]


def test_nothing_recorded_is_said_in_words() -> None:
    (said,) = {" ".join(words(timeline_figure(TimelineData(DAY, days_after(30)))))}
    assert said.startswith("Nothing is recorded from 2 Mar 2026 to 1 Apr 2026.")


def test_entries_outside_the_range_are_left_out() -> None:
    data = replace(samples.timeline(30), since=date(2030, 1, 1), until=date(2030, 2, 1), phases=())
    assert "Nothing is recorded" in " ".join(words(timeline_figure(data)))


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        timeline_figure(TimelineData(DAY, days_after(-1)))


def test_s15_injections_labs_and_scores_share_one_time_axis() -> None:
    point = LabPoint(days_after(5), 300.0, "300 pmol/L", low=150.0, high=560.0)
    data = TimelineData(
        DAY,
        days_after(10),
        (scores((5, 4)),),
        (InjectionMark(days_after(5)),),
        (LabSeries("serum_b12", "Serum B12", "pmol/L", (point,)),),
    )
    figure = timeline_figure(data)
    five = float(day_number(days_after(5)))
    assert marks(figure, "v") == [five]
    assert marks(figure, "o") == [five, five]  # the score and the lab
    assert {"Tingling", "Serum B12", "Injections"} <= set(words(figure))


def test_s11_events_are_drawn_as_flags_and_bars_with_their_words() -> None:
    data = TimelineData(
        DAY,
        days_after(30),
        events=(EventMark(days_after(3), "Flu"), EventMark(days_after(10), "Travel", days_after(17))),
    )
    figure = timeline_figure(data)
    assert {"Flu", "Travel"} <= set(words(figure))
    assert marks(figure, "D") == [day_number(days_after(3))]
    (bar,) = [path for areas in figure.axes[0].findobj(PolyCollection) for path in areas.get_paths()]
    assert bar.get_extents().x0 == day_number(days_after(10)) - 0.5
    assert bar.get_extents().x1 == day_number(days_after(17)) + 0.5


def test_a_missing_day_breaks_the_line() -> None:
    data = TimelineData(DAY, days_after(9), (scores((0, 2), (1, 3), (3, 4), (5, 5), (6, 6)),))
    paths = strokes(timeline_figure(data), LIGHT.accent)
    places = [[day - day_number(DAY) for day in path[:, 0]] for path in paths]
    assert [place for place in places if len(place) == 2 and place[1] - place[0] == 1] == [[0, 1], [5, 6]]
    joined = timeline_figure(data, replace(LIGHT, joined_days=2))
    assert max(len(path) for path in strokes(joined, LIGHT.accent)) == 5


def test_ten_years_keep_their_only_peak_and_their_gap() -> None:
    since = samples.END - timedelta(days=3650)
    points = [(since + timedelta(days=day), 2) for day in range(3650) if not 1000 <= day < 1060]
    points[2000] = (points[2000][0], 10)
    figure = timeline_figure(TimelineData(since, samples.END, (Scores.of("tingling", "Tingling", points),)))
    areas = [
        path.vertices
        for area in figure.axes[0].findobj(PolyCollection)
        if to_hex(area.get_facecolor()[0]) == LIGHT.soft
        for path in area.get_paths()
    ]
    assert len(areas) == 2
    gap = areas[1][:, 0].min() - areas[0][:, 0].max()
    assert 50 <= gap <= 62
    heights = np.concatenate([area[:, 1] for area in areas])
    top, usual = heights.max(), np.median(heights)
    bottom = figure.axes[0].get_ylim()[0]
    assert top - bottom > 4 * (usual - bottom)


@pytest.mark.parametrize("days", [7, 365, 3650, 36500])
def test_the_number_of_points_drawn_is_bounded_by_the_pixels(days: int) -> None:
    figure = timeline_figure(samples.timeline(days, symptoms=2))
    corners = sum(len(path.vertices) for artist in figure.axes[0].collections for path in artist.get_paths())
    assert corners < 20_000


def test_given_planned_and_not_given_differ_in_shape() -> None:
    data = TimelineData(
        DAY,
        days_after(60),
        injections=(
            InjectionMark(DAY, planned=DAY),
            InjectionMark(days_after(20), approximate=True),
            InjectionMark(days_after(40), "not_given"),
            InjectionMark(days_after(55), "planned"),
        ),
    )
    figure = timeline_figure(data)
    zero = day_number(DAY)
    assert marks(figure, "v") == [zero, zero + 20]
    assert marks(figure, "x") == [zero + 40]
    assert marks(figure, "o") == [zero + 55]
    assert {"injection given", "given, date about right", "planned", "recorded as not given"} <= set(
        words(figure)
    )


def test_censored_values_are_arrows_joined_to_nothing() -> None:
    values = [(0, 200.0, None), (10, 2000.0, ">"), (20, 400.0, None), (30, 40.0, "<"), (40, 500.0, None)]
    points = tuple(
        LabPoint(days_after(day), value, f"{value:g}", comparator) for day, value, comparator in values
    )
    figure = timeline_figure(
        TimelineData(DAY, days_after(40), labs=(LabSeries("serum_b12", "Serum B12", "pmol/L", points),))
    )
    zero = day_number(DAY)
    assert marks(figure, "^") == [zero + 10]
    assert marks(figure, "v") == [zero + 30]
    assert [path for path in strokes(figure, LIGHT.text) if len(path) > 1] == []


@pytest.mark.parametrize("style", [LIGHT, DARK, PRINT], ids=lambda style: style.name)
@pytest.mark.parametrize("value", [20.0, 300.0, 4000.0])
def test_s48_a_b12_value_has_one_colour_whatever_it_is(value: float, style: Style) -> None:
    point = LabPoint(days_after(5), value, f"{value:g} pmol/L", low=150.0, high=560.0)
    series = LabSeries("serum_b12", "Serum B12", "pmol/L", (point,))
    figure = timeline_figure(TimelineData(DAY, days_after(10), labs=(series,)), style)
    colours = {to_hex(line.get_markerfacecolor()) for line in figure.axes[0].lines if len(line.get_xdata())}
    assert colours == {style.text}
    assert not {"normal", "low", "high", "working"} & {
        word for said in words(figure) for word in said.split()
    }


def test_the_plan_is_named_where_it_fits() -> None:
    phases = (PhaseSpan(DAY, days_after(20), "Loading"), PhaseSpan(days_after(21), None, "Maintenance"))
    assert {"Plan", "Loading", "Maintenance"} <= set(
        words(timeline_figure(TimelineData(DAY, days_after(90), phases=phases)))
    )


def test_labels_with_signs_are_written_as_they_are() -> None:
    odd = Scores.of("own", "cost $5 to $9_a^2", [(DAY, 3)])
    assert "cost $5 to $9_a^2" in words(timeline_figure(TimelineData(DAY, days_after(5), (odd,))))


def test_a_small_picture_says_what_it_leaves_out() -> None:
    figure = timeline_figure(samples.timeline(365, symptoms=12, analytes=3), size=(4, 3))
    assert any("more rows need a larger picture" in said for said in words(figure))


def test_labels_in_any_script_are_drawn_without_a_complaint() -> None:
    labels = ("Усталость", "Μούδιασμα", "صداع", "頭痛 🫠", "two\nlines\x07", "   ")
    every = tuple(Scores.of(f"own-{number}", label, [(DAY, 3)]) for number, label in enumerate(labels))
    figure = timeline_figure(TimelineData(DAY, days_after(5), every, title="Zoë 花子"))
    assert {"Усталость", "Μούδιασμα", "صداع", "□□ □", "two lines□", "Zoë □□"} <= set(words(figure))
    figure.canvas.draw()
