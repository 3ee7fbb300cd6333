"""RULES C5: nothing is drawn outside the axes, not even by QtSvg, which ignores clip paths."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from b12desk.charts.calendar import calendar_figure
from b12desk.charts.cycle_overlay import cycle_overlay_figure
from b12desk.charts.data import CycleOverlayData
from b12desk.charts.intervals import intervals_figure
from b12desk.charts.labs import labs_figure
from b12desk.charts.periods import periods_figure
from b12desk.charts.save import to_bytes
from b12desk.charts.style import DARK, LIGHT, PRINT, Style
from b12desk.charts.timeline import timeline_figure
from tests.charts import samples
from tests.charts.test_noted import periods, year

SIZE = (8.0, 6.0)
DOTS = 100  # pixels an inch
EDGE = 1  # pixels that an antialiased edge may colour

FIGURES: dict[str, Callable[[Style], Figure]] = {
    "timeline, a week": lambda style: timeline_figure(samples.timeline(7), style, SIZE),
    "timeline, a year": lambda style: timeline_figure(samples.timeline(365, 6, 3), style, SIZE),
    "timeline, 30 years": lambda style: timeline_figure(samples.timeline(10957, 12, 1, 40), style, SIZE),
    "overlay": lambda style: cycle_overlay_figure(samples.overlay(9, 4), style, SIZE),
    "overlay, crossing": lambda style: cycle_overlay_figure(
        samples.returning(9, 3, since=samples.END - timedelta(days=5 * 56)), style, SIZE
    ),
    "overlay, cut": lambda style: cycle_overlay_figure(cut_overlay(), style, SIZE),
    "calendar": lambda style: calendar_figure(year(), style, SIZE),
    "periods": lambda style: periods_figure(periods(), style, SIZE),
    "labs": lambda style: labs_figure(samples.labs_data(1500), style, SIZE),
    "intervals": lambda style: intervals_figure(samples.intervals_data(1500), style, SIZE),
}


def cut_overlay() -> CycleOverlayData:
    """Cycles four times as long as planned: most of them lies right of the axes."""
    every = samples.regular_cycles(5, 112)
    return CycleOverlayData.of(every, samples.scores(every[0].start, samples.END, 2), planned_days=28)


def painted(figure: Figure, ground: str) -> np.ndarray:
    """The figure's SVG as QtSvg paints it: pixels (rows from the top), 4 bytes each."""
    renderer = QSvgRenderer(QByteArray(to_bytes(figure, "svg")))
    assert renderer.isValid()
    image = QImage(round(SIZE[0] * DOTS), round(SIZE[1] * DOTS), QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.width(), 4).copy()


def ink_outside(figure: Figure, ground: str) -> int:
    """How many pixels outside all axes differ from the ground once the texts are hidden."""
    for text in figure.findobj(Text):
        text.set_visible(False)
    pixels = painted(figure, ground)
    height, width = pixels.shape[:2]
    outside = np.ones((height, width), dtype=bool)
    for axes in figure.axes:
        box = axes.get_position()
        left, right = int(box.x0 * width) - EDGE, int(np.ceil(box.x1 * width)) + EDGE
        top, bottom = int((1 - box.y1) * height) - EDGE, int(np.ceil((1 - box.y0) * height)) + EDGE
        outside[max(top, 0) : bottom, max(left, 0) : right] = False
    paper = np.array(QColor(ground).getRgb()[2::-1])
    return int((np.abs(pixels[..., :3].astype(int) - paper).max(axis=2) > 12)[outside].sum())


@pytest.mark.parametrize("style", [LIGHT, DARK, PRINT], ids=lambda style: style.name)
@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES.keys())
@pytest.mark.usefixtures("qapp")
def test_no_ink_outside_the_axes(draw: Callable[[Style], Figure], style: Style) -> None:
    assert ink_outside(draw(style), style.ground) == 0


@pytest.mark.usefixtures("qapp")
def test_the_check_sees_a_clipped_line() -> None:
    figure = Figure(figsize=SIZE, dpi=DOTS)
    axes = figure.add_axes((0.3, 0.3, 0.4, 0.4), xlim=(0, 1), ylim=(0, 1))
    axes.plot([-3, 4], [0.5, 0.5], color="black")
    assert ink_outside(figure, "#ffffff") > 100


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES.keys())
def test_no_artist_relies_on_clipping(draw: Callable[[Style], Figure]) -> None:
    assert b"clip-path" not in to_bytes(draw(LIGHT), "svg")
