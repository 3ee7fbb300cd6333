"""The dose-aligned overlay: each symptom by days since the injection, all cycles over each other.

Every cycle is a thin line, the median over the complete cycles a thick one, the middle half a band, and
below stands how many cycles each day has. One phase of the plan at a time: loading and maintenance are
never put together.
"""

from __future__ import annotations

from matplotlib.figure import Figure

from b12desk.charts import axis
from b12desk.charts.data import CycleOverlayData
from b12desk.charts.overlay_panel import draw_panel, overlay_key
from b12desk.charts.sheet import Sheet
from b12desk.charts.style import LIGHT, Style

__all__ = ["CycleOverlayData", "cycle_overlay_figure"]

LEAST_PANEL = (150.0, 96.0)  # width and height in points below which a panel cannot be read


def cycle_overlay_figure(
    data: CycleOverlayData, style: Style = LIGHT, size: tuple[float, float] = (9, 4.5)
) -> Figure:
    """Draw one panel for each symptom on a figure of `size` inches; panels that do not fit are counted."""
    with Sheet.settings():
        sheet = Sheet(style, size)
        panels = [panel for panel in data.panels if panel.aligned]
        if panels:
            _lay_out(sheet, data)
        else:
            sheet.say(_nothing(data))
        return sheet.figure


def _nothing(data: CycleOverlayData) -> str:
    if not data.cycles:
        return "No injection is recorded yet. Scores will stand here by days since the injection."
    return "Not enough entries yet: no score is recorded after these injections."


def _lay_out(sheet: Sheet, data: CycleOverlayData) -> None:
    panels = [panel for panel in data.panels if panel.aligned]
    items = list(overlay_key(sheet.style, data))
    key, boxes = axis.key_and_grid(sheet, items, len(panels), LEAST_PANEL, "symptom")
    for panel, box in zip(panels, boxes, strict=False):
        draw_panel(sheet, box, data, panel)
    axis.draw_key(sheet, key, axis.MARGIN, axis.MARGIN / 2 + axis.key_height(sheet, key))
    axis.heading(sheet, data.title or "By days since the injection", _counted_words(data))


def _counted_words(data: CycleOverlayData) -> str:
    counted = sum(cycle.counted for cycle in data.cycles)
    words = f"{counted} complete interval" + ("" if counted == 1 else "s")
    return f"{data.phase}, {words}" if data.phase else words
