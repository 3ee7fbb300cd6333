"""The timeline: phases, injections, every symptom, labs and events on one time axis (S11, S15).

One axes holds all rows; x are days since 1970-01-01, y are points from its lower edge. This module puts
the figure together, `timeline_rows` draws the rows. matplotlib is imported when a figure is first wanted.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from b12desk.charts.data import TimelineData
from b12desk.charts.dates import in_words
from b12desk.charts.style import LIGHT, Style

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from b12desk.charts.sheet import Sheet
    from b12desk.charts.timeline_rows import Row

__all__ = ["TimelineData", "timeline_figure"]

LABEL_SHARE = 0.22  # of the width, at most, for the names of the rows


def timeline_figure(data: TimelineData, style: Style = LIGHT, size: tuple[float, float] = (11, 7)) -> Figure:
    """Draw the timeline on a figure of `size` inches.

    Days without an entry stay blank; a range without any entry is said in words.

    Raises:
        ValueError: `until` is before `since`.
    """
    from b12desk.charts.sheet import Sheet
    from b12desk.charts.timeline_rows import rows_of

    if data.until < data.since:
        raise ValueError("the timeline ends before it begins")
    with Sheet.settings():
        sheet = Sheet(style, size)
        shown = within(data)
        rows = rows_of(shown)
        if rows:
            _lay_out(sheet, shown, rows)
        else:
            sheet.say(
                f"Nothing is recorded from {in_words(data.since)} to {in_words(data.until)}. "
                "Scores, injections, labs and events will stand here."
            )
        return sheet.figure


def within(data: TimelineData) -> TimelineData:
    """The same data without what lies outside its range; series without any entry are left out."""
    since, until = data.since, data.until
    labs = (
        replace(series, points=tuple(point for point in series.points if since <= point.on <= until))
        for series in data.labs
    )
    return replace(
        data,
        scores=tuple(cut for one in data.scores if len((cut := one.within(since, until)).days)),
        injections=tuple(mark for mark in data.injections if since <= mark.on <= until),
        labs=tuple(series for series in labs if series.points),
        events=tuple(
            event for event in data.events if event.on <= until and (event.until or event.on) >= since
        ),
        phases=tuple(
            phase for phase in data.phases if phase.start <= until and (phase.end or until) >= since
        ),
    )


def _lay_out(sheet: Sheet, data: TimelineData, rows: list[Row]) -> None:
    from b12desk.charts import axis
    from b12desk.charts.sheet import Box
    from b12desk.charts.timeline_rows import Page, View, fit

    left = axis.MARGIN + _label_room(sheet, rows)
    right = sheet.width - axis.MARGIN
    low, high = axis.day_range(data.since, data.until, right - left)
    view = View(sheet.style, (right - left) / (high - low))
    key = axis.key_rows(
        sheet,
        (item for row in rows for item in row.key(view)),
        right - axis.MARGIN,
    )
    bottom = axis.MARGIN / 2 + axis.key_height(sheet, key) + axis.date_axis_height(sheet) + 3
    top = sheet.height - axis.heading_height(sheet)
    kept, heights = fit(rows, sheet.style, top - bottom)
    box = Box(left, bottom, right - left, max(top - bottom, 1.0))
    panel = sheet.panel(box, (low, high), (0.0, box.height))
    days = axis.date_axis(sheet, panel, data.since, data.until, bottom)
    axis.day_lines(panel, days, sheet.style.grid)
    Page(sheet, panel, data).draw(kept, heights)
    axis.draw_key(sheet, key, axis.MARGIN, axis.MARGIN / 2 + axis.key_height(sheet, key))
    missing = len(rows) - len(kept)
    note = f"{missing} more rows need a larger picture" if missing else ""
    axis.heading(sheet, data.title, f"{in_words(data.since)} to {in_words(data.until)}", note)


def _label_room(sheet: Sheet, rows: list[Row]) -> float:
    """Width of the names of the rows and of the scales beside the axes, in points."""
    names = max(sheet.text_width(row.label, bold=row.bold) for row in rows)
    scale = max(sheet.text_width(text, sheet.style.small) for row in rows for text in row.scale_texts())
    return min(names, sheet.width * LABEL_SHARE) + scale + 13.0
