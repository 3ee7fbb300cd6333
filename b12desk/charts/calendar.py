"""The calendar of a year: one symptom's score in every day, and the injections (S15).

A row a month, a column a day. The score stands as a number, so that its shade is not needed to read it; a
blank day is an empty cell, not a 0. An injection is a corner of the cell and a line below it.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure

from b12desk.charts import axis
from b12desk.charts.axis import KeyItem
from b12desk.charts.data import CalendarData, InjectionMark
from b12desk.charts.sheet import LINE_HEIGHT, Box, Panel, Points, Sheet, rectangle
from b12desk.charts.style import LIGHT, Style
from b12desk.domain.symptoms import HIGHEST
from b12desk.domain.wording import MONTHS

__all__ = ["CalendarData", "calendar_figure"]

DAYS = 31
DARKEST = 0.55  # share of the accent in a cell with the worst score: its number stays readable
STEPS = (0, 1, 4, 7, HIGHEST + 1)  # scores below each have one shade: none, a little, middle, much


def calendar_figure(data: CalendarData, style: Style = LIGHT, size: tuple[float, float] = (9, 4.5)) -> Figure:
    """Draw the year on a figure of `size` inches."""
    with Sheet.settings():
        sheet = Sheet(style, size)
        if data.score_by_day() or data.marks():
            _lay_out(sheet, data)
        else:
            sheet.say(f"No score and no injection is recorded in {data.year}.")
        return sheet.figure


def _lay_out(sheet: Sheet, data: CalendarData) -> None:
    style = sheet.style
    key = axis.key_rows(sheet, _key(style, data), sheet.width - 2 * axis.MARGIN)
    foot = axis.MARGIN / 2 + axis.key_height(sheet, key) + 4
    heads = style.small * LINE_HEIGHT
    top = sheet.height - axis.heading_height(sheet) - heads
    names = [name[:3] for name in MONTHS]
    left = axis.MARGIN + max(sheet.text_width(name, style.small) for name in names) + 6
    box = Box(left, foot, sheet.width - axis.MARGIN - left, max(top - foot, 1.0))
    panel = sheet.panel(box, (0.5, DAYS + 0.5), (0.0, 12.0))
    _cells(sheet, panel, data)
    _injections(panel, style, data.marks())
    line = style.small * LINE_HEIGHT
    for number, name in list(enumerate(names))[:: max(1, -int(-line // (box.height / 12)))]:
        _, y = panel.to_points(0, 11.5 - number)
        sheet.text(left - 4, y, name, size=style.small, colour=style.muted, side="right")
    step = next(n for n in (1, 2, 5, 10) if n * panel.points_per_x > sheet.text_width("000", style.small))
    for day in range(1, DAYS + 1, step):
        x, _ = panel.to_points(day, 0)
        sheet.text(x, top + heads / 2, str(day), size=style.small, colour=style.muted, side="center")
    axis.draw_key(sheet, key, axis.MARGIN, axis.MARGIN / 2 + axis.key_height(sheet, key))
    label = data.scores.label if data.scores else "Injections"
    axis.heading(sheet, data.title or label, f"{label}, {data.year}" if data.title else str(data.year))


def _cells(sheet: Sheet, panel: Panel, data: CalendarData) -> None:
    """A cell for each day of the year, shaded by its score, with the score where there is room."""
    style, scores = sheet.style, data.score_by_day()
    shades: dict[str, list[Points]] = {}
    outlines: list[Points] = []
    noughts: list[tuple[float, float]] = []
    numbers = panel.points_per_x > sheet.text_width("10", style.small) + 3
    numbers = numbers and panel.box.height / 12 > style.small * LINE_HEIGHT
    for month in range(1, 13):
        for number in range(1, calendar.monthrange(data.year, month)[1] + 1):
            cell = _cell(month, number)
            outlines.append(np.concatenate([cell, cell[:1]]))
            score = scores.get(date(data.year, month, number))
            if score is None:
                continue
            shades.setdefault(_shade(style, score), []).append(cell)
            if not numbers and score == 0:
                noughts.append((number, 12.5 - month))
            if numbers:
                x, y = panel.to_points(number, 12.5 - month)
                sheet.text(x, y, str(score), size=style.small, side="center")
    for colour, cells in shades.items():
        panel.areas(cells, colour, z=1)
    panel.marks([x for x, _ in noughts], [y for _, y in noughts], "o", 1.6 * style.scale, style.muted, edge=0)
    panel.lines(outlines, style.grid, 0.6, z=1.2, caps="butt")


def _cell(month: int, day: int) -> Points:
    return rectangle(day - 0.46, day + 0.46, 12.06 - month, 12.94 - month)


def _shade(style: Style, score: int) -> str:
    step = sum(score >= bound for bound in STEPS[1:-1])
    return style.mixed(style.accent, DARKEST * step / (len(STEPS) - 2))


def _injections(panel: Panel, style: Style, marks: Sequence[InjectionMark]) -> None:
    """A thick line at the foot of the day's cell: solid given, dashed planned, a cross where not given."""
    for mark in marks:
        x, y = mark.on.day, 12.14 - mark.on.month
        if mark.state == "not_given":
            panel.marks([x], [y + 0.36], "x", 6.0 * style.scale, style.text, edge=1.4, z=4)
            continue
        dashes = "solid" if mark.state == "given" and not mark.approximate else (0, (1, 1))
        panel.lines(
            [np.array([(x - 0.42, y), (x + 0.42, y)])],
            style.text,
            2.6 * style.scale,
            dashes=dashes,
            z=3,
            caps="butt",
        )


def _key(style: Style, data: CalendarData) -> list[KeyItem]:
    items, marks = [], data.marks()
    if data.score_by_day():
        items.append(KeyItem("score 0: a number or dot; blank cells have none", "words", ""))
        items += [
            KeyItem(f"score {low} to {end - 1}", "area", _shade(style, low))
            for low, end in pairwise(STEPS[1:])
        ]
    if any(mark.state == "given" and not mark.approximate for mark in marks):
        items.append(KeyItem("injection given", "line", style.text, width=2.6))
    if any(mark.state == "planned" or mark.approximate for mark in marks):
        items.append(KeyItem("planned, or date about right", "dots", style.text, width=2.6))
    if any(mark.state == "not_given" for mark in marks):
        items.append(KeyItem("recorded as not given", "mark", style.text, "x"))
    return items
