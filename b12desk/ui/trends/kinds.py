"""The charts of the Trends page: how each gets its data, is drawn, and says what lies under a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from b12desk.charts.data import (
    CalendarData,
    CycleOverlayData,
    IntervalsData,
    LabsData,
    TimelineData,
    day_at,
    day_number,
)
from b12desk.charts.style import Style
from b12desk.charts.tables import STATE_WORDS, near
from b12desk.desk import Desk
from b12desk.domain.periods import Periods
from b12desk.domain.return_of_symptoms import FEWEST
from b12desk.domain.wording import count, long_day
from b12desk.ui.canvas import Spot

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FRAME, FOOT, ROW, PANEL = 260, 110, 30, 165
"""Pixels for heading, axes and key, for one row of the timeline, and for one row of panels."""
REACH = 6
"""Pixels on either side of the pointer in which a mark still counts."""


def tr(text: str) -> str:
    """A phrase in the person's language."""
    return QCoreApplication.translate("Trends", text)


@dataclass(frozen=True)
class Wanted:
    """What the person asked to see."""

    person_id: str
    since: date | None
    until: date
    symptoms: tuple[str, ...] | None
    phase: str | None = None
    threshold: int | None = None
    compared: bool = False


def _no_note(_desk: Desk, _wanted: Wanted) -> str:
    return ""


@dataclass(frozen=True)
class Kind:
    """One chart.

    Attributes:
        read: its data, from a desk. draw: its figure, for a style and a size in inches.
        words: what lies under a place of it.
        room: the least height in pixels at which all of it can be read.
        symptoms, phases: whether these choices mean anything to it.
        note: what stands below it in words, from a desk.
    """

    id: str
    title: str
    read: Callable[[Desk, Wanted], Any]
    draw: Callable[[Any, Style, tuple[float, float]], Figure]
    words: Callable[[Any, Spot], str]
    room: Callable[[Any], int]
    symptoms: bool = False
    phases: bool = False
    note: Callable[[Desk, Wanted], str] = _no_note


def kinds() -> tuple[Kind, ...]:
    """All charts, in the order of the page."""
    return (
        Kind(
            "timeline",
            tr("Timeline"),
            _read_timeline,
            _draw_timeline,
            timeline_words,
            _timeline_room,
            symptoms=True,
        ),
        Kind(
            "cycles",
            tr("By days since injection"),
            _read_cycles,
            _draw_cycles,
            cycle_words,
            _cycles_room,
            symptoms=True,
            phases=True,
            note=_findings,
        ),
        Kind("labs", tr("Labs"), _read_labs, _draw_labs, lab_words, _labs_room),
        Kind("intervals", tr("Intervals"), _read_intervals, _draw_intervals, interval_words, _intervals_room),
        Kind(
            "calendar",
            tr("Calendar of the year"),
            _read_calendar,
            _draw_calendar,
            calendar_words,
            _calendar_room,
            symptoms=True,
        ),
        Kind("periods", tr("Two periods"), _read_periods, _draw_periods, period_words, _periods_room),
    )


def _timeline_room(data: TimelineData) -> int:
    return FRAME + ROW * len(data.scores) + 2 * ROW * len(data.labs)


def _cycles_room(data: CycleOverlayData) -> int:
    return _panels_room(sum(bool(panel.aligned) for panel in data.panels))


def _labs_room(data: LabsData) -> int:
    return _panels_room(len(data.labs))


def _intervals_room(_: IntervalsData) -> int:
    return FRAME


def _calendar_room(_: CalendarData) -> int:
    return FOOT + 12 * ROW


def _periods_room(data: Periods) -> int:
    return FOOT + ROW * (len(data.symptoms) + len(data.injections) + len(data.labs))


def _panels_room(panels: int) -> int:
    return FOOT + PANEL * ((panels + 1) // 2)


def _read_timeline(desk: Desk, wanted: Wanted) -> TimelineData:
    return desk.pictures.timeline(
        wanted.person_id, since=wanted.since, until=wanted.until, symptoms=wanted.symptoms
    )


def _read_cycles(desk: Desk, wanted: Wanted) -> CycleOverlayData:
    return desk.pictures.overlay(
        wanted.person_id,
        symptoms=wanted.symptoms,
        since=wanted.since,
        until=wanted.until,
        phase=wanted.phase,
        threshold=wanted.threshold,
        compared=wanted.compared,
    )


def _findings(desk: Desk, wanted: Wanted) -> str:
    """What returns before the next injection; else that nothing does, or that there is not enough yet."""
    found = desk.patterns.find(
        wanted.person_id,
        since=wanted.since,
        until=wanted.until,
        phase=wanted.phase,
        threshold=wanted.threshold,
    )
    returning = [one.text for one in found if one.finding.verdict == "returns"]
    if returning:
        return "\n".join(returning)
    if any(one.finding.verdict == "no_pattern" for one in found):
        return tr("No pattern seen: no symptom is worse late in the interval than after the injection.")
    return tr("Not enough entries yet: {0} complete intervals with scores at both ends are needed.").format(
        FEWEST
    )


def _read_labs(desk: Desk, wanted: Wanted) -> LabsData:
    return desk.pictures.labs(wanted.person_id, since=wanted.since, until=wanted.until)


def _read_intervals(desk: Desk, wanted: Wanted) -> IntervalsData:
    return desk.pictures.intervals(wanted.person_id, since=wanted.since, until=wanted.until)


def _read_calendar(desk: Desk, wanted: Wanted) -> CalendarData:
    return desk.pictures.calendar(wanted.person_id, wanted.until.year, wanted.symptoms)


def _read_periods(desk: Desk, wanted: Wanted) -> Periods:
    return desk.comparing.periods(wanted.person_id, since=wanted.since, until=wanted.until)


# matplotlib is loaded by the first drawing, in the worker, and never before.


def _draw_timeline(data: TimelineData, style: Style, size: tuple[float, float]) -> Figure:
    from b12desk.charts.timeline import timeline_figure

    return timeline_figure(data, style, size)


def _draw_cycles(data: CycleOverlayData, style: Style, size: tuple[float, float]) -> Figure:
    from b12desk.charts.cycle_overlay import cycle_overlay_figure

    return cycle_overlay_figure(data, style, size)


def _draw_labs(data: LabsData, style: Style, size: tuple[float, float]) -> Figure:
    from b12desk.charts.labs import labs_figure

    return labs_figure(data, style, size)


def _draw_intervals(data: IntervalsData, style: Style, size: tuple[float, float]) -> Figure:
    from b12desk.charts.intervals import intervals_figure

    return intervals_figure(data, style, size)


def _draw_calendar(data: CalendarData, style: Style, size: tuple[float, float]) -> Figure:
    from b12desk.charts.calendar import calendar_figure

    return calendar_figure(data, style, size)


def _draw_periods(data: Periods, style: Style, size: tuple[float, float]) -> Figure:
    from b12desk.charts.periods import periods_figure

    return periods_figure(data, style, size)


def timeline_words(data: TimelineData, spot: Spot) -> str:
    """Everything of the day under the pointer, and the marks close to it."""
    found = near(data, day_at(spot.x), int(spot.x_per_pixel * REACH))
    lines = [long_day(found.day)]
    if found.days_since is not None:
        lines[0] += tr(", day {0} since the injection").format(found.days_since)
    for mark in found.injections:
        words = f"{long_day(mark.on)}: {STATE_WORDS[mark.state]}"
        lines.append(f"{words}, {mark.text}" if mark.text else words)
        if mark.effect_until:
            lines.append(tr("effect lasted until {0}").format(long_day(mark.effect_until)))
    lines += [f"{label}: {score}" for label, score in found.scores]
    lines += [f"{long_day(point.on)}: {series.label} {point.shown}" for series, point in found.labs]
    lines += [f"{long_day(event.on)}: {event.label}" for event in found.events]
    lines += [f"{long_day(mark.on)}: {mark.label}, {mark.direction}" for mark in found.trends]
    return "\n".join(lines) if len(lines) > 1 else ""


def cycle_words(data: CycleOverlayData, spot: Spot) -> str:
    """The median, the middle half and the number of intervals of the day under the pointer."""
    panels = [panel for panel in data.panels if panel.aligned]
    if spot.panel >= len(panels):
        return ""
    panel, day = panels[spot.panel], round(spot.x)
    summary = panel.summary
    index = next((place for place, one in enumerate(summary.days) if one == day), None)
    if index is None or not summary.n[index]:
        return ""
    lines = [
        tr("{0}, day {1}").format(panel.label, day),
        tr("{0} with a score").format(count(int(summary.n[index]), "interval")),
    ]
    median, low, high = summary.median[index], summary.low[index], summary.high[index]
    if median == median:  # not a number where too few intervals have a score
        lines.append(tr("median {0}").format(f"{median:g}"))
    if low == low:
        lines.append(tr("middle half {0} to {1}").format(f"{low:g}", f"{high:g}"))
    return "\n".join(lines)


def lab_words(data: LabsData, spot: Spot) -> str:
    """The result nearest to the pointer, as the report printed it."""
    shown = [
        [point for point in series.points if data.since <= point.on <= data.until] for series in data.labs
    ]
    panels = [(series, points) for series, points in zip(data.labs, shown, strict=True) if points]
    if spot.panel >= len(panels):
        return ""
    series, points = panels[spot.panel]
    point = min(points, key=lambda one: abs(day_number(one.on) - spot.x))
    if abs(day_number(point.on) - spot.x) > spot.x_per_pixel * REACH * 3:
        return ""
    lines = [long_day(point.on), f"{series.label} {point.shown}"]
    if point.baseline:
        lines.append(tr("marked as the baseline"))
    if point.range_text:
        lines.append(tr("range of the laboratory: {0}").format(point.range_text))
    if point.flag:
        lines.append(tr("flag of the laboratory: {0}").format(point.flag))
    if point.days_since is not None:
        lines.append(tr("day {0} since the injection").format(point.days_since))
    return "\n".join(lines)


def interval_words(data: IntervalsData, spot: Spot) -> str:
    """The interval nearest to the pointer."""
    if not data.intervals:
        return ""
    one = min(data.intervals, key=lambda interval: abs(day_number(interval.ended_on) - spot.x))
    if abs(day_number(one.ended_on) - spot.x) > spot.x_per_pixel * REACH * 3:
        return ""
    lines = [long_day(one.ended_on), tr("{0} since the injection before").format(count(one.days, "day"))]
    if one.planned is not None:
        lines.append(tr("planned: {0}").format(count(one.planned, "day")))
    if one.effect_days is not None:
        lines.append(tr("effect lasted, as noted: {0}").format(count(one.effect_days, "day")))
    if not one.exact:
        lines.append(tr("a date is only about right"))
    return "\n".join(lines)


def calendar_words(_data: CalendarData, _spot: Spot) -> str:
    """Nothing: the score stands in its cell, and the table has every day."""
    return ""


def period_words(_data: Periods, _spot: Spot) -> str:
    """Nothing: every number of this chart stands in its table, and the picture has no days to point at."""
    return ""
