"""The dose-aligned overlay: each symptom by days since the injection, all cycles over each other.

Every cycle is a thin line, the median over the complete cycles a thick one, the middle half a band, and
below stands how many cycles each day has. One phase of the plan at a time: loading and maintenance are
never put together. matplotlib is imported when a figure is first wanted.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from b12desk.charts.data import CycleOverlayData
from b12desk.charts.style import LIGHT, Style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from b12desk.charts.sheet import Box, Sheet

__all__ = ["CycleOverlayData", "cycle_overlay_figure", "shown_days"]

CUT_FACTOR = 1.5  # longer cycles are cut at this many planned (or median) intervals
LEAST_PANEL = (150.0, 96.0)  # width and height in points below which a panel cannot be read


def cycle_overlay_figure(
    data: CycleOverlayData, style: Style = LIGHT, size: tuple[float, float] = (9, 4.5)
) -> Figure:
    """Draw one panel for each symptom on a figure of `size` inches; panels that do not fit are counted."""
    from b12desk.charts.sheet import Sheet

    with Sheet.settings():
        sheet = Sheet(style, size)
        panels = [panel for panel in data.panels if panel.aligned]
        if panels:
            _lay_out(sheet, data)
        else:
            sheet.say(_nothing(data))
        return sheet.figure


def shown_days(data: CycleOverlayData) -> int:
    """The last day since the injection that the chart shows; longer cycles are cut there."""
    scored = max((one.days[-1] for panel in data.panels for one in panel.aligned), default=0)
    usual = data.planned_days
    if usual is None:
        complete = sorted(cycle.length for cycle in data.cycles if cycle.counted and cycle.length)
        usual = complete[len(complete) // 2] if complete else None
    if usual is None:
        return max(scored, 1)
    longest = math.ceil(usual * CUT_FACTOR)
    return max(min(scored, longest), data.planned_days or 0, 1)


def _nothing(data: CycleOverlayData) -> str:
    if not data.cycles:
        return "No injection is recorded yet. Scores will stand here by days since the injection."
    return "Not enough entries yet: no score is recorded after these injections."


def _lay_out(sheet: Sheet, data: CycleOverlayData) -> None:
    from b12desk.charts import axis
    from b12desk.charts.overlay_panel import draw_panel, overlay_key

    key = axis.key_rows(sheet, overlay_key(sheet.style, data), sheet.width - 2 * axis.MARGIN)
    key_height = axis.key_height(sheet, key)
    room = (sheet.height - axis.heading_height(sheet) - key_height - axis.MARGIN / 2) - 4
    panels = [panel for panel in data.panels if panel.aligned]
    boxes = _grid(sheet, len(panels), key_height + axis.MARGIN / 2 + 4, room)
    for panel, box in zip(panels, boxes, strict=False):
        draw_panel(sheet, box, data, panel)
    axis.draw_key(sheet, key, axis.MARGIN, axis.MARGIN / 2 + key_height)
    missing = len(panels) - len(boxes)
    note = f"{missing} more need a larger picture" if missing > 0 else ""
    axis.heading(sheet, data.title or "Days since the injection", _counted_words(data), note)


def _counted_words(data: CycleOverlayData) -> str:
    counted = sum(cycle.counted for cycle in data.cycles)
    words = f"{counted} complete interval" + ("" if counted == 1 else "s")
    return f"{data.phase}, {words}" if data.phase else words


def _grid(sheet: Sheet, number: int, bottom: float, height: float) -> list[Box]:
    """Boxes for the panels, row by row from the upper left; fewer than `number` where they do not fit."""
    from b12desk.charts.axis import MARGIN
    from b12desk.charts.sheet import Box

    width = sheet.width - 2 * MARGIN
    scale = sheet.style.scale
    most_columns = max(1, int(width // (LEAST_PANEL[0] * scale)))
    most_rows = max(1, int(height // (LEAST_PANEL[1] * scale)))
    shown = min(number, most_columns * most_rows)
    columns = min(
        range(1, min(most_columns, shown) + 1),
        key=lambda n: (
            math.ceil(shown / n) > most_rows,
            abs(width / n / (height / math.ceil(shown / n)) - 2.4),
        ),
    )
    rows = math.ceil(shown / columns)
    step_x, step_y = width / columns, height / rows
    return [
        Box(MARGIN + column * step_x, bottom + (rows - 1 - row) * step_y, step_x, step_y)
        for row in range(rows)
        for column in range(columns)
        if row * columns + column < shown
    ]
