"""The charts of the appointment pages as SVG in print style, which every page size and reader shares."""

from __future__ import annotations

from b12desk.charts.cycle_overlay import cycle_overlay_figure
from b12desk.charts.data import CycleOverlayData, LabsData
from b12desk.charts.labs import labs_figure
from b12desk.charts.save import to_bytes
from b12desk.charts.style import PRINT
from b12desk.charts.timeline import timeline_figure
from b12desk.reports.appointment import Picture

INCHES_WIDE = 7.2
"""The width between the margins of A4 and Letter; letters in a chart have their true size at this width."""


def svg(picture: Picture) -> bytes:
    """Draw one picture; its letters are outlines, so that no reader replaces the typeface."""
    size = (INCHES_WIDE, INCHES_WIDE * picture.height)
    drawn = picture.drawn
    if isinstance(drawn, CycleOverlayData):
        figure = cycle_overlay_figure(drawn, PRINT, size)
    elif isinstance(drawn, LabsData):
        figure = labs_figure(drawn, PRINT, size)
    else:
        figure = timeline_figure(drawn, PRINT, size)
    return to_bytes(figure, "svg")
