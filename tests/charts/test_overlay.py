"""What the dose-aligned overlay shows, and when it says that there is not enough."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text

from b12desk.charts.cycle_overlay import cycle_overlay_figure
from b12desk.charts.data import CycleOverlayData, Scores
from b12desk.charts.overlay_panel import shown_days
from b12desk.charts.style import LIGHT
from tests.charts import samples


def words(figure: Figure) -> str:
    return " | ".join(text.get_text() for text in figure.findobj(Text) if text.get_text())


def strokes(figure: Figure, colour: str) -> list[np.ndarray]:
    return [
        path
        for lines in figure.axes[0].findobj(LineCollection)
        if to_hex(lines.get_colors()[0]) == colour
        for path in lines.get_segments()
    ]


def rising(cycles: int, length: int = 28, **settings: int | None) -> CycleOverlayData:
    """Every cycle has the score day // 4 on each of its days."""
    every = samples.regular_cycles(cycles, length)
    points = [
        (cycle.start + timedelta(days=day), min(day // 4, 10))
        for cycle in every
        for day in range(cycle.length or 15)
    ]
    return CycleOverlayData.of(every, [Scores.of("tingling", "Tingling", points)], **settings)  # type: ignore[arg-type]


def test_the_median_is_drawn_over_every_cycle() -> None:
    figure = cycle_overlay_figure(rising(6))
    (median,) = strokes(figure, LIGHT.accent)
    assert median[:, 0].tolist() == list(range(28))
    assert median[:, 1].tolist() == [day // 4 for day in range(28)]
    assert len(strokes(figure, LIGHT.thin)) == 6
    assert "n 6" in words(figure)
    assert "6 complete intervals" in words(figure)


def test_the_running_interval_is_drawn_apart() -> None:
    figure = cycle_overlay_figure(rising(6))
    (running,) = strokes(figure, LIGHT.text)
    assert len(running) == 15
    assert "this interval so far" in words(figure)


@pytest.mark.parametrize("cycles", [1, 2])
def test_too_few_cycles_have_no_median_and_it_says_so(cycles: int) -> None:
    figure = cycle_overlay_figure(rising(cycles))
    assert strokes(figure, LIGHT.accent) == []
    assert "not enough entries yet" in words(figure)


def test_without_injection_or_score_it_says_so() -> None:
    assert "No injection is recorded yet" in words(cycle_overlay_figure(CycleOverlayData(())))
    every = samples.regular_cycles(4)
    assert "Not enough entries yet" in words(cycle_overlay_figure(CycleOverlayData((), every)))


def test_the_planned_interval_and_the_threshold_are_drawn_and_named() -> None:
    figure = cycle_overlay_figure(rising(6, planned_days=35, threshold=5))
    assert any((path[:, 0] == 35).all() for path in strokes(figure, LIGHT.text))
    assert any((path[:, 1] == 5).all() for path in strokes(figure, LIGHT.muted))
    assert "planned next, day 35" in words(figure)
    assert "your threshold, 5" in words(figure)


def test_a_cycle_far_longer_than_planned_is_cut_at_the_axes() -> None:
    data = rising(5, length=200, planned_days=28)
    assert shown_days(data) == 42
    figure = cycle_overlay_figure(data)
    left, right = figure.axes[0].get_xlim()
    for lines in figure.axes[0].findobj(LineCollection):
        for path in lines.get_segments():
            assert left <= path[:, 0].min()
            assert path[:, 0].max() <= right


def test_equal_cycles_do_not_hide_each_other() -> None:
    heights = {round(float(path[0, 1]), 6) for path in strokes(cycle_overlay_figure(rising(6)), LIGHT.thin)}
    assert len(heights) == 6
    assert max(heights) - min(heights) < 0.5
