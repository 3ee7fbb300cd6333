"""The timeline: phases, injections, every symptom, labs and events on one time axis (S11, S15).

One axes holds all rows; x are days since 1970-01-01, y are points from its lower edge. This module puts
the figure together; the rows draw themselves (`rows_marks`, `rows_values`).
"""

from __future__ import annotations

from matplotlib.figure import Figure

from b12desk.charts import axis
from b12desk.charts.data import TimelineData
from b12desk.charts.dates import in_words
from b12desk.charts.rows_marks import EventRow, InjectionRow, PhaseRow
from b12desk.charts.rows_trends import TrendRow
from b12desk.charts.rows_values import LabRow, ScoreRow
from b12desk.charts.sheet import Box, Sheet
from b12desk.charts.style import LIGHT, Style
from b12desk.charts.timeline_page import Page, Row, View, fit
from b12desk.charts.within import within

__all__ = ["TimelineData", "timeline_figure"]

LAG = "symptoms can change later than labs, nerve symptoms most"  # S50
LABEL_SHARE = 0.17  # of the width, at most, for the names of the rows


def timeline_figure(data: TimelineData, style: Style = LIGHT, size: tuple[float, float] = (11, 7)) -> Figure:
    """Draw the timeline on a figure of `size` inches.

    Days without an entry stay blank; a range without any entry is said in words.

    Raises:
        ValueError: `until` is before `since`.
    """
    if data.until < data.since:
        raise ValueError("the timeline ends before it begins")
    with Sheet.settings():
        sheet = Sheet(style, size)
        shown = within(data)
        rows = _rows(shown)
        if rows:
            _lay_out(sheet, shown, rows)
        else:
            sheet.say(
                f"Nothing is recorded from {in_words(data.since)} to {in_words(data.until)}. "
                "Scores, injections, labs and events will stand here."
            )
        return sheet.figure


def _rows(data: TimelineData) -> list[Row]:
    """The rows for data within the range, from the top down; none where there is nothing to show."""
    rows: list[Row] = []
    if data.phases:
        rows.append(PhaseRow(data.phases))
    if data.injections:
        rows.append(InjectionRow(data.injections))
    rows.extend(ScoreRow(scores, number) for number, scores in enumerate(data.scores))
    if data.trends:
        rows.append(TrendRow(data.trends))
    rows.extend(LabRow(series, number) for number, series in enumerate(data.labs))
    if data.events:
        rows.append(EventRow(data.events))
    return rows


def _lay_out(sheet: Sheet, data: TimelineData, rows: list[Row]) -> None:
    left = axis.MARGIN + _label_room(sheet, rows)
    right = sheet.width - axis.MARGIN
    x = axis.day_range(data.since, data.until, right - left)
    view = View(sheet.style, (right - left) / (x[1] - x[0]))
    kept, _, _ = _choose(sheet, rows, view, rows)
    kept, heights, key = _choose(sheet, kept, view, kept, len(rows) - len(kept))
    bottom = _foot(sheet, key)
    panel = sheet.panel(
        Box(left, bottom, right - left, sheet.height - axis.heading_height(sheet) - bottom),
        x,
        (0.0, sheet.height - axis.heading_height(sheet) - bottom),
    )
    days = axis.date_axis(sheet, panel, data.since, data.until, bottom)
    axis.day_lines(panel, days, sheet.style.grid)
    Page(sheet, panel, data).draw(kept, heights)
    axis.draw_key(sheet, key, axis.MARGIN, axis.MARGIN / 2 + axis.key_height(sheet, key))
    axis.heading(sheet, data.title, f"{in_words(data.since)} to {in_words(data.until)}")


def _choose(
    sheet: Sheet, rows: list[Row], view: View, explained: list[Row], missing: int = 0
) -> tuple[list[Row], list[float], axis.KeyRows]:
    """The rows that fit with their heights, beside the key that explains the rows of `explained`."""
    items = [item for row in explained for item in row.key(view)]
    if {ScoreRow, LabRow} <= {type(row) for row in explained}:
        items.append(axis.KeyItem(LAG, "words", ""))
    key = axis.key_rows(sheet, [*items, *axis.missing_words(missing, "row")], sheet.width - 2 * axis.MARGIN)
    kept, heights = fit(rows, sheet.style, sheet.height - axis.heading_height(sheet) - _foot(sheet, key))
    return kept, heights, key


def _foot(sheet: Sheet, key: axis.KeyRows) -> float:
    """Height of key and date axis below the rows."""
    return axis.MARGIN / 2 + axis.key_height(sheet, key) + axis.date_axis_height(sheet) + 3


def _label_room(sheet: Sheet, rows: list[Row]) -> float:
    """Width of the names of the rows and of the scales beside the axes, in points."""
    names = max(
        max(sheet.text_width(row.label, bold=row.bold), sheet.text_width(row.second, sheet.style.small))
        for row in rows
    )
    scale = max(sheet.text_width(text, sheet.style.small) for row in rows for text in row.scale_texts())
    return min(names, sheet.width * LABEL_SHARE) + scale + 13.0
