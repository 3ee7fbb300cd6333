"""What the rows of the timeline have in common, and the page that they are drawn on.

A row knows its name, the room it needs, its part of the key, and how to draw itself between two heights.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass

from b12desk.charts.axis import KeyItem
from b12desk.charts.data import TimelineData, day_number
from b12desk.charts.sheet import LINE_HEIGHT, Panel, Sheet, horizontals, verticals
from b12desk.charts.style import Style

MARGIN_LEFT = 10.0
ROW_GAP = 4.0  # between two rows, points
RULE_ROOM = 14.0  # injections further apart than this get a line through all rows


@dataclass(frozen=True, slots=True)
class View:
    """What a row must know to say what its marks mean."""

    style: Style
    points_per_day: float


class Row(ABC):
    """One row of the timeline.

    Attributes:
        label: its name, written beside the axes.
        second: a unit, written below the name where there is room.
        bold: the name stands out.
        rank: which rows give way first on a small picture; the highest go first.
        weight: its share of the height that is left over.
    """

    label: str
    second = ""
    bold = False
    rank = 0.0
    weight = 0.0

    @abstractmethod
    def least(self, style: Style) -> float:
        """Height in points below which it cannot be read."""

    @abstractmethod
    def draw(self, page: Page, bottom: float, height: float) -> None:
        """Draw it between `bottom` and `bottom + height` (points from the axes' lower edge)."""

    def scale_texts(self) -> Sequence[str]:
        """What stands beside its axes, for measuring; never empty."""
        return ("",)

    def key(self, view: View) -> Sequence[KeyItem]:  # noqa: ARG002 - most rows have none
        """What its marks mean."""
        return ()


@dataclass(frozen=True)
class Page:
    """What a row draws on: the sheet, the axes with all rows, and the data within the range."""

    sheet: Sheet
    panel: Panel
    data: TimelineData

    def draw(self, rows: Sequence[Row], heights: Sequence[float]) -> None:
        """Draw rows from the top down, and the lines that go through all of them."""
        top = self.panel.box.height
        self._through_all(top)
        for row, height in zip(rows, heights, strict=True):
            self._name(row, top - height, height)
            row.draw(self, top - height, height)
            top -= height + ROW_GAP

    def scale(self, texts: Sequence[tuple[float, str]]) -> None:
        """Write scale labels left of the axes at heights within it."""
        style = self.sheet.style
        for height, text in texts:
            self.sheet.text(
                self.panel.box.left - 4,
                self.panel.box.bottom + height,
                text,
                size=style.small,
                colour=style.muted,
                side="right",
            )

    def level(self, heights: Sequence[float], dashes: object = "solid") -> None:
        """Draw hair lines across the axes."""
        self.panel.lines(
            horizontals(heights, *self.panel.x), self.sheet.style.grid, 0.7, dashes=dashes, z=0.5, caps="butt"
        )

    def _name(self, row: Row, bottom: float, height: float) -> None:
        sheet, style = self.sheet, self.sheet.style
        scale = max(sheet.text_width(text, style.small) for text in row.scale_texts())
        room = self.panel.box.left - MARGIN_LEFT - scale - 8
        step = style.size * LINE_HEIGHT
        if row.bold or height < 2 * step:
            lines = [sheet.elide(row.label, room, bold=row.bold)]
        else:
            lines = sheet.wrap(row.label, room, 2)
        count = len(lines) + bool(row.second)
        middle = self.panel.box.bottom + bottom + height / 2 + (count - 1) * step / 2
        for number, line in enumerate(lines):
            sheet.text(MARGIN_LEFT, middle - number * step, line, bold=row.bold)
        unit = sheet.elide(row.second, room, style.small)
        sheet.text(MARGIN_LEFT, middle - len(lines) * step, unit, size=style.small, colour=style.muted)

    def _through_all(self, top: float) -> None:
        style = self.sheet.style
        given = sorted({day_number(mark.on) for mark in self.data.injections if mark.state == "given"})
        if given and len(given) * RULE_ROOM <= self.panel.box.width:
            self.panel.lines(verticals(given, 0, top), style.thin, 0.6, z=0.4, caps="butt")
        if self.data.today and self.data.since <= self.data.today <= self.data.until:
            line = verticals([day_number(self.data.today)], 0, top)
            self.panel.lines(line, style.muted, 0.9, dashes=(0, (1, 2)), z=0.6, caps="butt")


def fit(rows: Sequence[Row], style: Style, room: float) -> tuple[list[Row], list[float]]:
    """Choose the rows that fit and give each its height; the highest ranks, last rows first, go first."""
    kept = list(rows)
    while len(kept) > 1 and _least(kept, style) > room:
        worst = max(row.rank for row in kept)
        kept.remove([row for row in kept if row.rank == worst][-1])
    spare = max(room - _least(kept, style), 0.0)
    weights = sum(row.weight for row in kept) or 1.0
    return kept, [row.least(style) + spare * row.weight / weights for row in kept]


def _least(rows: Sequence[Row], style: Style) -> float:
    return sum(row.least(style) for row in rows) + ROW_GAP * (len(rows) - 1)
