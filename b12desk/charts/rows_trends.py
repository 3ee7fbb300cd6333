"""The row of the timeline with better, same and worse, as the person noted it (S9)."""

from __future__ import annotations

from collections.abc import Sequence

from b12desk.charts.axis import KeyItem
from b12desk.charts.data import TrendMark, day_number
from b12desk.charts.sheet import LINE_HEIGHT, Points, horizontals
from b12desk.charts.style import Style
from b12desk.charts.timeline_page import Page, Row, View
from b12desk.domain.records import Direction

SHAPES: dict[Direction, tuple[float, str]] = {"better": (0.78, "^"), "same": (0.5, "s"), "worse": (0.22, "v")}
"""Height in the row and mark: told by place and shape, not by colour."""


class TrendRow(Row):
    """Marks at three heights, better above, worse below; a line leads back to the day since when."""

    label = "Better or worse"
    rank = 2.5

    def __init__(self, trends: Sequence[TrendMark]) -> None:
        self.trends = trends

    def least(self, style: Style) -> float:
        return style.size * LINE_HEIGHT + 10

    def key(self, view: View) -> Sequence[KeyItem]:
        style = view.style
        return [
            KeyItem(f"noted as {direction}", "mark", style.text, marker, style.ground)
            for direction, (_, marker) in SHAPES.items()
            if any(mark.direction == direction for mark in self.trends)
        ]

    def draw(self, page: Page, bottom: float, height: float) -> None:
        style, panel = page.sheet.style, page.panel
        first = day_number(page.data.since)
        for direction, (share, marker) in SHAPES.items():
            y = bottom + share * height
            these = [mark for mark in self.trends if mark.direction == direction]
            lines: list[Points] = [
                horizontals([y], max(day_number(mark.since), first), day_number(mark.on))[0]
                for mark in these
                if mark.since and mark.since < mark.on
            ]
            panel.lines(lines, style.muted, 1.0, z=1.5, caps="butt")
            days = sorted({day_number(mark.on) for mark in these})
            panel.marks(
                days, [y] * len(days), marker, 5.0 * style.scale, style.text, fill=style.ground, z=3.2
            )
