"""The numbers behind a chart: rows for CSV files, screen readers and tests, and what lies near a day.

Both read the data, never the picture, and need no matplotlib. The first row of a table names its columns.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import singledispatch

import numpy as np

from b12desk.charts.data import (
    CalendarData,
    CycleOverlayData,
    EventMark,
    InjectionMark,
    IntervalsData,
    LabPoint,
    LabsData,
    LabSeries,
    TimelineData,
    TrendMark,
    day_number,
)
from b12desk.charts.within import within
from b12desk.domain.cycles import DailySummary
from b12desk.domain.periods import Periods, ScoreSummary
from b12desk.domain.printed_units import in_print

Row = list[str]

STATE_WORDS = {"given": "given", "not_given": "recorded as not given", "planned": "planned"}


@singledispatch
def table(data: object) -> list[Row]:
    """The same numbers as text, oldest first within each kind; the first row is the heading."""
    raise TypeError(f"no table of {type(data).__name__}")


@table.register
def _timeline(data: TimelineData) -> list[Row]:
    shown = within(data)
    rows = [["date", "until", "kind", "what", "value", "note"]]
    rows += [
        [phase.start.isoformat(), _day(phase.end), "plan", phase.label, "", ""] for phase in shown.phases
    ]
    rows += [
        [mark.on.isoformat(), "", "injection", STATE_WORDS[mark.state], mark.text, _about(mark)]
        for mark in shown.injections
    ]
    for scores in shown.scores:
        for day, score in scores.pairs():
            rows.append([day.isoformat(), "", "score", scores.label, str(score), ""])
    for series in shown.labs:
        rows.extend(
            [
                point.on.isoformat(),
                "",
                "lab",
                series.label,
                point.shown,
                _range_words(point, in_print(series.unit)),
            ]
            for point in series.points
        )
    rows += [
        [mark.on.isoformat(), "", "trend", mark.label, mark.direction, _since(mark)] for mark in shown.trends
    ]
    rows += [
        [event.on.isoformat(), _day(event.until), "event", event.label, "", ""] for event in shown.events
    ]
    return rows


@table.register
def _overlay(data: CycleOverlayData) -> list[Row]:
    heads = ["symptom", "days since the injection", "intervals", "median", "lower quartile", "upper quartile"]
    compared = data.revised_on is not None
    rows = [[*heads, "intervals before the revision", "median before it"] if compared else heads]
    for panel in data.panels:
        both = [panel.summary, *([panel.before] if compared and panel.before is not None else [])]
        for day in range(max(len(summary.n) for summary in both)):
            now, *before = [_summary_cells(summary, day) for summary in both]
            if now[0] or any(cells[0] for cells in before):
                row = [panel.label, str(day), *now, *(cell for cells in before for cell in cells[:2])]
                rows.append(row)
    return rows


def _summary_cells(summary: DailySummary, day: int) -> list[str]:
    """Number of intervals, median and quartiles of a day as text; blank where there is none."""
    if day >= len(summary.n) or not summary.n[day]:
        return ["", "", "", ""]
    numbers = (summary.median[day], summary.low[day], summary.high[day])
    return [str(summary.n[day]), *("" if np.isnan(number) else f"{number:g}" for number in numbers)]


@table.register
def _labs(data: LabsData) -> list[Row]:
    rows = [
        [
            "date",
            "analyte",
            "result",
            "unit of the chart",
            "range",
            "flag",
            "days since the injection",
            "note",
        ]
    ]
    for series in data.labs:
        for point in series.points:
            if data.since <= point.on <= data.until:
                since = "" if point.days_since is None else str(point.days_since)
                rows.append(
                    [
                        point.on.isoformat(),
                        series.label,
                        point.shown,
                        in_print(series.unit),
                        _range_words(point, in_print(series.unit)),
                        point.flag or "",
                        since,
                        "baseline" if point.baseline else "",
                    ]
                )
    return rows


@table.register
def _intervals(data: IntervalsData) -> list[Row]:
    rows = [
        ["injection on", "days since the one before", "planned days", "phase", "effect lasted, days", "note"]
    ]
    rows += [
        [
            one.ended_on.isoformat(),
            str(one.days),
            "" if one.planned is None else str(one.planned),
            one.phase,
            "" if one.effect_days is None else str(one.effect_days),
            "" if one.exact else "a date is only about right",
        ]
        for one in data.intervals
        if data.since <= one.ended_on <= data.until
    ]
    return rows


@table.register
def _calendar(data: CalendarData) -> list[Row]:
    label = data.scores.label if data.scores else "score"
    scores = data.score_by_day()
    marks: dict[date, list[str]] = {}
    for mark in data.marks():
        words = STATE_WORDS[mark.state]
        marks.setdefault(mark.on, []).append(f"{words}, date about right" if mark.approximate else words)
    return [
        ["date", label, "injection"],
        *(
            [day.isoformat(), str(scores.get(day, "")), "; ".join(marks.get(day, []))]
            for day in sorted({*scores, *marks})
        ),
    ]


@table.register
def _periods(data: Periods) -> list[Row]:
    first, second = (
        f"{one.since.isoformat()} to {one.until.isoformat()}" for one in (data.first, data.second)
    )
    rows = [["what", first, second]]
    rows += [
        [pair.label, *(_score_words(one) for one in (pair.first, pair.second))] for pair in data.symptoms
    ]
    rows += [[pair.label, pair.first, pair.second] for pair in (*data.injections, *data.labs)]
    return rows


def _score_words(summary: ScoreSummary | None) -> str:
    return summary.in_words() if summary else ""


def csv_text(rows: Iterable[Row]) -> str:
    """The rows as CSV (RFC 4180); a text that a spreadsheet would run as a formula gets a "'" before it."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows([[_harmless(cell) for cell in row] for row in rows])
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class Near:
    """What a timeline has on or nearest to a day.

    Attributes:
        day: the day asked for.
        scores: (label, score) of that very day, in the order of the rows; blank ones are left out.
        injections: marks within the reach asked for, nearest first.
        labs: (series, result) within that reach, nearest first.
        events: events that hold the day or begin within that reach.
        trends: what was noted as better, same or worse within that reach.
        days_since: days since the last given injection up to that day, None before the first.
    """

    day: date
    scores: tuple[tuple[str, int], ...]
    injections: tuple[InjectionMark, ...]
    labs: tuple[tuple[LabSeries, LabPoint], ...]
    events: tuple[EventMark, ...]
    days_since: int | None
    trends: tuple[TrendMark, ...] = ()


def near(data: TimelineData, day: date, reach: int = 0) -> Near:
    """The entries near a day, for hovering: found in the data, not on the picture.

    Args:
        reach: days on either side that still count for marks (scores are of that day only); a few pixels
            divided by the points a day.
    """
    number = day_number(day)
    scores = []
    for one in data.scores:
        index = int(np.searchsorted(one.days, number))
        if index < len(one.days) and one.days[index] == number:
            scores.append((one.label, int(one.values[index])))
    marks = [mark for mark in data.injections if abs((mark.on - day).days) <= reach]
    labs = [
        (series, point)
        for series in data.labs
        for point in series.points
        if abs((point.on - day).days) <= reach
    ]
    given = [mark.on for mark in data.injections if mark.state == "given" and mark.on <= day]
    return Near(
        day,
        tuple(scores),
        tuple(sorted(marks, key=lambda mark: abs((mark.on - day).days))),
        tuple(sorted(labs, key=lambda pair: abs((pair[1].on - day).days))),
        tuple(
            event
            for event in data.events
            if event.on <= day <= (event.until or event.on) or abs((event.on - day).days) <= reach
        ),
        (day - max(given)).days if given else None,
        tuple(mark for mark in data.trends if abs((mark.on - day).days) <= reach),
    )


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _about(mark: InjectionMark) -> str:
    notes = []
    if mark.approximate:
        notes.append("date about right")
    if mark.planned and mark.planned != mark.on:
        notes.append(f"planned for {mark.planned.isoformat()}")
    if mark.effect_until:
        notes.append(f"effect lasted until {mark.effect_until.isoformat()}")
    return ", ".join(notes)


def _since(mark: TrendMark) -> str:
    return f"since {mark.since.isoformat()}" if mark.since else ""


def _range_words(point: LabPoint, unit: str) -> str:
    """The laboratory's range as printed, else put together from its limits."""
    if point.range_text:
        return point.range_text
    if point.low is not None and point.high is not None:
        return f"{point.low:g} to {point.high:g} {unit}"
    if point.low is not None:
        return f"from {point.low:g} {unit}"
    if point.high is not None:
        return f"up to {point.high:g} {unit}"
    return ""


def _harmless(cell: str) -> str:
    """Spreadsheets run cells that begin like this; lab values such as "-0.5" stay numbers."""
    if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(cell):
        return "'" + cell
    return cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
