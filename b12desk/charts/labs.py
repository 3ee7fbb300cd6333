"""The labs chart: one small chart an analyte, over one time range, with the injections as ticks.

The band is the laboratory's own range; a censored value is an arrow with its printed words; no value is
coloured or judged, serum B12 least of all (S48).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from matplotlib.figure import Figure

from b12desk.charts import axis
from b12desk.charts.data import LabPoint, LabsData, LabSeries, day_number
from b12desk.charts.dates import in_words
from b12desk.charts.lab_marks import LabScale, draw_results, lab_key
from b12desk.charts.sheet import LINE_HEIGHT, Box, Panel, Sheet, horizontals, verticals
from b12desk.charts.style import LIGHT, Style
from b12desk.domain.printed_units import in_print

__all__ = ["LabsData", "labs_figure"]

LEAST_PANEL = (170.0, 100.0)  # width and height in points below which a panel cannot be read
TICK_ROOM = 8.0  # strip at the foot of a panel for the injections, points


def labs_figure(data: LabsData, style: Style = LIGHT, size: tuple[float, float] = (9, 4.5)) -> Figure:
    """Draw one panel for each analyte with a result in the range, on a figure of `size` inches."""

    shown = _within(data)
    with Sheet.settings():
        sheet = Sheet(style, size)
        words = f"{in_words(data.since)} to {in_words(data.until)}"
        if not shown.labs:
            sheet.say(f"No lab result is recorded from {words}.")
            return sheet.figure
        items = lab_key(style, shown.labs)
        if shown.injections:
            items.append(axis.KeyItem("injection given", "mark", style.accent, "|"))
        key, boxes = axis.key_and_grid(sheet, items, len(shown.labs), LEAST_PANEL, "analyte")
        for series, box in zip(shown.labs, boxes, strict=False):
            _panel(sheet, box, shown, series)
        axis.draw_key(sheet, key, axis.MARGIN, axis.MARGIN / 2 + axis.key_height(sheet, key))
        axis.heading(sheet, data.title or "Labs", words)
        return sheet.figure


def _within(data: LabsData) -> LabsData:
    since, until = data.since, data.until
    labs = (
        replace(series, points=tuple(point for point in series.points if since <= point.on <= until))
        for series in data.labs
    )
    return replace(
        data,
        labs=tuple(series for series in labs if series.points),
        injections=tuple(day for day in data.injections if since <= day <= until),
    )


def _panel(sheet: Sheet, box: Box, data: LabsData, series: LabSeries) -> None:

    style = sheet.style
    scale = LabScale.of(series.points)
    title = style.size * LINE_HEIGHT
    bottom = box.bottom + axis.date_axis_height(sheet) + 4
    height = max(box.top - title - 6 - bottom, 1.0)
    ticks = scale.ticks(max(2, int(height / (3.2 * style.small))))
    left = box.left + max((sheet.text_width(text, style.small) for _, text in ticks), default=0.0) + 6
    right = box.right - 12
    area = Box(left, bottom, max(right - left, 1.0), height)
    panel = sheet.panel(area, axis.day_range(data.since, data.until, area.width), (0.0, height))
    place = scale.placed(TICK_ROOM + 6, height - 8)
    panel.lines(
        horizontals([place(number) for number, _ in ticks], *panel.x), style.grid, 0.7, z=0.5, caps="butt"
    )
    for number, text in ticks:
        sheet.text(left - 4, bottom + place(number), text, size=style.small, colour=style.muted, side="right")
    days = (day_number(data.since), day_number(data.until))
    draw_results(panel, style, series.points, place, (TICK_ROOM, height), days)
    given = sorted({day_number(day) for day in data.injections})
    panel.lines(verticals(given, 1, TICK_ROOM - 2), style.accent, 1.0, z=1.5, caps="butt")
    axis.date_axis(sheet, panel, data.since, data.until, bottom, within=(box.left, box.right))
    _words(sheet, panel, series, place)
    _name(sheet, box, series, box.top - title / 2)


def _name(sheet: Sheet, box: Box, series: LabSeries, middle: float) -> None:
    """Write the analyte and its unit over its panel; the name gives way first."""
    room, unit = box.width - 14, in_print(series.unit)
    name = sheet.elide(series.label, room - sheet.text_width(unit), bold=True)
    taken = sheet.text_width(name, bold=True)
    sheet.text(box.left, middle, name, bold=True)
    sheet.text(box.left + taken + 6, middle, sheet.elide(unit, room - taken), colour=sheet.style.muted)


def _words(sheet: Sheet, panel: Panel, series: LabSeries, place: Callable[[float], float]) -> None:
    """Write what censored values say, and the newest number, wherever there is room beside the mark."""
    size = sheet.style.small
    numbers = [(point, point.value) for point in series.points if point.value is not None]
    spots = [panel.to_points(day_number(point.on), place(value)) for point, value in numbers]
    taken = [Box(x - 3, y - 3, 6, 6) for x, y in spots] + _along(spots, numbers)
    height = size * LINE_HEIGHT
    for index, (point, value) in reversed(list(enumerate(numbers))):
        if not point.comparator and index < len(numbers) - 1:
            continue
        words = f"{point.comparator or ''}{axis.number_words(value)}"
        width = sheet.text_width(words, size)
        x, y = spots[index]
        for left, middle in (
            (x - 7 - width, y),
            (x + 7, y),
            (x - width / 2, y + height),
            (x - width / 2, y - height),
        ):
            spot = Box(left, middle - height / 2, width, height)
            if panel.box.holds(spot) and not any(spot.meets(other) for other in taken):
                taken.append(spot)
                sheet.text(left, middle, words, size=size)
                break


def _along(spots: Sequence[tuple[float, float]], numbers: Sequence[tuple[LabPoint, float]]) -> list[Box]:
    """Small boxes along the lines between joined results, to keep words off them."""
    boxes = []
    for (before, first), (after, then) in pairwise(zip(numbers, spots, strict=True)):
        if before[0].comparator or after[0].comparator:
            continue
        steps = max(int(math.hypot(then[0] - first[0], then[1] - first[1]) // 3), 1)
        for step in range(1, steps):
            share = step / steps
            x = first[0] + (then[0] - first[0]) * share
            y = first[1] + (then[1] - first[1]) * share
            boxes.append(Box(x - 1, y - 1, 2, 2))
    return boxes
