"""The labs chart: one small chart an analyte, over one time range, with the injections as ticks.

The band is the laboratory's own range; a censored value is an arrow with its printed words; no value is
coloured or judged, serum B12 least of all (S48).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from matplotlib.figure import Figure

from b12desk.charts import axis
from b12desk.charts.data import LabsData, LabSeries, day_number
from b12desk.charts.dates import in_words
from b12desk.charts.lab_marks import LabScale, draw_results, lab_key
from b12desk.charts.sheet import LINE_HEIGHT, Box, Panel, Sheet, horizontals, verticals
from b12desk.charts.style import LIGHT, Style

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
        key = axis.key_rows(sheet, items, sheet.width - 2 * axis.MARGIN)
        foot = axis.MARGIN / 2 + axis.key_height(sheet, key) + 4
        boxes = axis.grid(
            sheet, len(shown.labs), foot, sheet.height - axis.heading_height(sheet) - foot, LEAST_PANEL
        )
        for series, box in zip(shown.labs, boxes, strict=False):
            _panel(sheet, box, shown, series)
        axis.draw_key(sheet, key, axis.MARGIN, foot - 4)
        missing = len(shown.labs) - len(boxes)
        axis.heading(
            sheet, data.title or "Labs", words, f"{missing} more need a larger picture" if missing else ""
        )
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
    unit_room = sheet.text_width(series.unit)
    name = sheet.elide(series.label, box.width - unit_room - 14, bold=True)
    sheet.text(box.left, box.top - title / 2, name, bold=True)
    unit = sheet.elide(series.unit, box.width - 14 - sheet.text_width(name, bold=True))
    sheet.text(
        box.left + sheet.text_width(name, bold=True) + 6, box.top - title / 2, unit, colour=style.muted
    )


def _words(sheet: Sheet, panel: Panel, series: LabSeries, place: Callable[[float], float]) -> None:
    """Write what censored values say, and the newest number, wherever there is room beside the mark."""
    size = sheet.style.small
    numbers = [point for point in series.points if point.value is not None]
    wanted = [point for point in reversed(numbers) if point.comparator or point is numbers[-1]]
    taken: list[tuple[float, float, float, float]] = []
    for point in wanted:
        words = f"{point.comparator or ''}{axis.number_words(point.value or 0.0)}"
        width, height = sheet.text_width(words, size), size * LINE_HEIGHT
        x, y = panel.to_points(day_number(point.on), place(point.value or 0.0))
        for left, middle in (
            (x - 6 - width, y),
            (x + 6, y),
            (x - width / 2, y + height),
            (x - width / 2, y - height),
        ):
            spot = (left, left + width, middle - height / 2, middle + height / 2)
            if _free(spot, taken, panel.box):
                taken.append(spot)
                sheet.text(left, middle, words, size=size)
                break


def _free(
    spot: tuple[float, float, float, float], taken: list[tuple[float, float, float, float]], box: Box
) -> bool:
    left, right, low, high = spot
    inside = box.left <= left and right <= box.right and box.bottom <= low and high <= box.top
    return inside and all(
        right < other[0] or other[1] < left or high < other[2] or other[3] < low for other in taken
    )
