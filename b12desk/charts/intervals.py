"""The intervals chart: the actual days from each injection to the next, beside the planned ones.

Intervals with a date that is only about right are drawn hollow and counted in nothing (RULES P16).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from matplotlib.figure import Figure

from b12desk.charts import axis
from b12desk.charts.axis import KeyItem
from b12desk.charts.data import Interval, IntervalsData, day_number
from b12desk.charts.dates import in_words
from b12desk.charts.sheet import LINE_HEIGHT, Box, Panel, Points, Sheet, horizontals, verticals
from b12desk.charts.style import LIGHT, Style

__all__ = ["IntervalsData", "intervals_figure"]


def intervals_figure(
    data: IntervalsData, style: Style = LIGHT, size: tuple[float, float] = (9, 3.5)
) -> Figure:
    """Draw the intervals that ended in the range on a figure of `size` inches."""

    shown = [one for one in data.intervals if data.since <= one.ended_on <= data.until]
    with Sheet.settings():
        sheet = Sheet(style, size)
        if shown:
            _lay_out(sheet, data, shown)
        else:
            sheet.say(
                f"No two injections are recorded that end an interval from {in_words(data.since)} "
                f"to {in_words(data.until)}."
            )
        return sheet.figure


def _lay_out(sheet: Sheet, data: IntervalsData, shown: Sequence[Interval]) -> None:

    style = sheet.style
    key = axis.key_rows(sheet, _key(style, shown), sheet.width - 2 * axis.MARGIN)
    foot = axis.MARGIN / 2 + axis.key_height(sheet, key)
    bottom = foot + axis.date_axis_height(sheet) + 4
    height = max(sheet.height - axis.heading_height(sheet) - 4 - bottom, 1.0)
    highest = max(max(one.days, one.planned or 0, one.effect_days or 0) for one in shown) * 1.06
    ticks = axis.nice_ticks(0, highest, max(2, int(height / (2.4 * style.small * LINE_HEIGHT))))
    words = [axis.number_words(number) for number in ticks]
    left = axis.MARGIN + max(sheet.text_width(text, style.small) for text in words) + 6
    area = Box(left, bottom, sheet.width - axis.MARGIN - left, height)
    low = -4.0 * highest / height  # half a mark's room below 0
    panel = sheet.panel(area, axis.day_range(data.since, data.until, area.width), (low, highest - low))
    panel.lines(horizontals(ticks, *panel.x), style.grid, 0.7, z=0, caps="butt")
    for number, text in zip(ticks, words, strict=True):
        _, y = panel.to_points(0, number)
        sheet.text(left - 4, y, text, size=style.small, colour=style.muted, side="right")
    _draw(panel, style, shown, day_number(data.since))
    axis.date_axis(sheet, panel, data.since, data.until, bottom)
    axis.draw_key(sheet, key, axis.MARGIN, foot)
    axis.heading(
        sheet,
        data.title or "Days from injection to injection",
        f"{in_words(data.since)} to {in_words(data.until)}",
    )


def _draw(panel: Panel, style: Style, shown: Sequence[Interval], first_day: int) -> None:

    for exact, fill in ((True, None), (False, style.ground)):
        these = [one for one in shown if one.exact == exact]
        days = [day_number(one.ended_on) for one in these]
        lengths = [float(one.days) for one in these]
        for day, length in zip(days, lengths, strict=True):
            panel.lines(verticals([day], 0.0, length), style.thin, 1.0, z=1, caps="butt")
        panel.marks(days, lengths, "o", 5.0 * style.scale, style.accent, fill=fill)
    noted = [one for one in shown if one.effect_days is not None]
    panel.marks(
        [day_number(one.ended_on) for one in noted],
        [float(one.effect_days or 0) for one in noted],
        "_",
        8.0 * style.scale,
        style.text,
        edge=1.6,
        z=4,
    )
    panel.lines(_planned(shown, first_day), style.text, 1.2, dashes=(0, (4, 2.5)), z=2, caps="butt")


def _planned(shown: Sequence[Interval], first_day: int) -> list[Points]:
    """Level stretches at the planned days, each over the intervals that it was planned for."""

    stretches = []
    start = first_day
    for planned, group in groupby(shown, key=lambda one: one.planned):
        end = day_number(list(group)[-1].ended_on)
        if planned is not None:
            stretches.append(np.array([(start, planned), (end, planned)], dtype=np.float64))
        start = end
    return stretches


def _key(style: Style, shown: Sequence[Interval]) -> list[KeyItem]:

    items = []
    if any(one.exact for one in shown):
        items.append(KeyItem("days since the injection before", "mark", style.accent))
    if any(not one.exact for one in shown):
        items.append(KeyItem("a date is only about right", "mark", style.accent, fill=style.ground))
    if any(one.effect_days is not None for one in shown):
        items.append(KeyItem("effect lasted, as noted", "mark", style.text, "_"))
    if any(one.planned is not None for one in shown):
        items.append(KeyItem("planned", "dashes", style.text, width=1.2))
    return items
