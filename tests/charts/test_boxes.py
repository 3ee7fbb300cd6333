"""No text overlaps another, leaves the figure or is lost, whatever the length, size and style."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from b12desk.charts.cycle_overlay import cycle_overlay_figure
from b12desk.charts.intervals import intervals_figure
from b12desk.charts.labs import labs_figure
from b12desk.charts.style import DARK, LIGHT, PRINT, Style
from b12desk.charts.timeline import timeline_figure
from tests.charts import samples

SIZES = [(11.0, 7.0), (7.5, 9.5), (4.0, 3.0)]
SPANS = {
    "one day": 0,
    "a week": 7,
    "a month": 31,
    "a year": 365,
    "10 years": 3650,
    "30 years": 10957,
}


def texts(figure: Figure) -> list[Text]:
    """The texts that are drawn, in whatever artist they are."""
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def problems(figure: Figure) -> list[str]:
    """Every text that overlaps another or leaves the figure, in words."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(figure)]
    width, height = figure.bbox.width, figure.bbox.height
    found = [
        f"{words!r} leaves the figure: {box.extents}"
        for words, box in boxes
        if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height
    ]
    for (first, box), (second, other) in combinations(boxes, 2):
        across = min(box.x1, other.x1) - max(box.x0, other.x0)
        along = min(box.y1, other.y1) - max(box.y0, other.y0)
        if across > 0 and along > 0:
            found.append(f"{first!r} overlaps {second!r} by {across:.1f} x {along:.1f} px")
    return found


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("days", SPANS.values(), ids=SPANS.keys())
@pytest.mark.parametrize(("symptoms", "analytes", "events"), [(12, 1, 5), (1, 3, 30)])
def test_timeline(days: int, size: tuple[float, float], symptoms: int, analytes: int, events: int) -> None:
    assert problems(timeline_figure(samples.timeline(days, symptoms, analytes, events), LIGHT, size)) == []


@pytest.mark.parametrize(
    "style", [DARK, PRINT, LIGHT.larger(1.3), PRINT.larger(1.6)], ids=lambda style: style.name
)
@pytest.mark.parametrize("days", [7, 365, 3650])
def test_timeline_in_every_style(days: int, style: Style) -> None:
    assert problems(timeline_figure(samples.timeline(days, 6, 2, 6), style)) == []


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("symptoms", [1, 5, 12])
@pytest.mark.parametrize(("cycles", "length"), [(1, 56), (9, 56), (4, 366), (12, 2)])
def test_overlay(size: tuple[float, float], symptoms: int, cycles: int, length: int) -> None:
    assert problems(cycle_overlay_figure(samples.overlay(cycles, symptoms, length), LIGHT, size)) == []


@pytest.mark.parametrize(
    ("size", "style"),
    [*((size, LIGHT) for size in SIZES), (SIZES[0], DARK), (SIZES[0], PRINT.larger(1.6))],
    ids=str,
)
@pytest.mark.parametrize("symptoms", [1, 4, 12])
def test_overlay_with_a_crossing_and_a_revision(
    size: tuple[float, float], symptoms: int, style: Style
) -> None:
    data = samples.returning(9, symptoms, since=samples.END - timedelta(days=5 * 56))
    assert data.panels[0].crossing is not None
    assert problems(cycle_overlay_figure(data, style, size)) == []


@pytest.mark.parametrize("size", [*SIZES, (9.0, 2.4)], ids=str)
@pytest.mark.parametrize("days", SPANS.values(), ids=SPANS.keys())
@pytest.mark.parametrize("draw", ["labs", "intervals"])
def test_labs_and_intervals(size: tuple[float, float], days: int, draw: str) -> None:
    figures: dict[str, Callable[[], Figure]] = {
        "labs": lambda: labs_figure(samples.labs_data(days), LIGHT, size),
        "intervals": lambda: intervals_figure(samples.intervals_data(days), LIGHT, size),
    }
    assert problems(figures[draw]()) == []


def test_the_check_sees_an_overlap_and_a_text_outside() -> None:
    figure = Figure(figsize=(2, 2))
    figure.text(0.5, 0.5, "first")
    figure.text(0.52, 0.5, "second")
    figure.text(0.95, 0.1, "over the edge")
    assert len(problems(figure)) == 2
