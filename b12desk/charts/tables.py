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
    CycleOverlayData,
    EventMark,
    InjectionMark,
    IntervalsData,
    LabPoint,
    LabsData,
    LabSeries,
    TimelineData,
    day_number,
)
from b12desk.charts.within import within
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
        [event.on.isoformat(), _day(event.until), "event", event.label, "", ""] for event in shown.events
    ]
    return rows


@table.register
def _overlay(data: CycleOverlayData) -> list[Row]:
    rows = [
        ["symptom", "days since the injection", "intervals", "median", "lower quartile", "upper quartile"]
    ]
    for panel in data.panels:
        summary = panel.summary
        for index in np.flatnonzero(summary.n).tolist():
            numbers = (summary.median[index], summary.low[index], summary.high[index])
            rows.append(
                [
                    panel.label,
                    str(summary.days[index]),
                    str(summary.n[index]),
                    *("" if np.isnan(number) else f"{number:g}" for number in numbers),
                ]
            )
    return rows


@table.register
def _labs(data: LabsData) -> list[Row]:
    rows = [["date", "analyte", "result", "unit of the chart", "range", "flag", "days since the injection"]]
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
                    ]
                )
    return rows


@table.register
def _intervals(data: IntervalsData) -> list[Row]:
    rows = [["injection on", "days since the one before", "planned days", "phase", "note"]]
    rows += [
        [
            one.ended_on.isoformat(),
            str(one.days),
            "" if one.planned is None else str(one.planned),
            one.phase,
            "" if one.exact else "a date is only about right",
        ]
        for one in data.intervals
        if data.since <= one.ended_on <= data.until
    ]
    return rows


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
        days_since: days since the last given injection up to that day, None before the first.
    """

    day: date
    scores: tuple[tuple[str, int], ...]
    injections: tuple[InjectionMark, ...]
    labs: tuple[tuple[LabSeries, LabPoint], ...]
    events: tuple[EventMark, ...]
    days_since: int | None


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
    )


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _about(mark: InjectionMark) -> str:
    notes = []
    if mark.approximate:
        notes.append("date about right")
    if mark.planned and mark.planned != mark.on:
        notes.append(f"planned for {mark.planned.isoformat()}")
    return ", ".join(notes)


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
