"""The charts of the appointment pages as SVG in print style, which every page size and reader shares."""

from __future__ import annotations

from dataclasses import replace

from b12desk.charts.cycle_overlay import cycle_overlay_figure
from b12desk.charts.data import CycleOverlayData, LabsData
from b12desk.charts.labs import labs_figure
from b12desk.charts.save import to_bytes
from b12desk.charts.style import FAMILIES, PRINT
from b12desk.charts.timeline import timeline_figure
from b12desk.reports.appointment import Picture

INCHES_WIDE = 7.2
"""The width between the margins of A4 and Letter; letters in a chart have their true size at this width."""
_FAMILY_LIST = ", ".join(f"'{name}'" for name in FAMILIES).encode()
_FAMILY = FAMILIES[0].encode()  # QtSvg takes one family, not a list
_BOLD, _SEMI_BOLD = b"font-weight: 700", b"font-weight: 600"  # the cut that ships; Qt would fatten it


def svg(picture: Picture) -> bytes:
    """Draw one picture; its letters stay text, since the page embeds the typeface."""
    size = (INCHES_WIDE, INCHES_WIDE * picture.height)
    drawn = replace(picture.drawn, title=picture.title)
    if isinstance(drawn, CycleOverlayData):
        figure = cycle_overlay_figure(drawn, PRINT, size)
    elif isinstance(drawn, LabsData):
        figure = labs_figure(drawn, PRINT, size)
    else:
        figure = timeline_figure(drawn, PRINT, size)
    drawn_svg = to_bytes(figure, "svg", letters="text")
    return drawn_svg.replace(_FAMILY_LIST, _FAMILY).replace(_BOLD, _SEMI_BOLD)
