"""The four charts of the Trends page: how each gets its data, is drawn, and says what lies under a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from b12desk.charts.data import (
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


@dataclass(frozen=True)
class Kind:
    """One chart.

    Attributes:
        read: its data, from a desk. draw: its figure, for a style and a size in inches.
        words: what lies under a place of it.
        room: the least height in pixels at which all of it can be read.
        symptoms, phases: whether these choices mean anything to it.
    """

    id: str
    title: str
    read: Callable[[Desk, Wanted], Any]
    draw: Callable[[Any, Style, tuple[float, float]], Figure]
    words: Callable[[Any, Spot], str]
    room: Callable[[Any], int]
    symptoms: bool = False
    phases: bool = False


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
        ),
        Kind("labs", tr("Labs"), _read_labs, _draw_labs, lab_words, _labs_room),
        Kind("intervals", tr("Intervals"), _read_intervals, _draw_intervals, interval_words, _intervals_room),
    )


def _timeline_room(data: TimelineData) -> int:
    return FRAME + ROW * len(data.scores) + 2 * ROW * len(data.labs)


def _cycles_room(data: CycleOverlayData) -> int:
    return _panels_room(sum(bool(panel.aligned) for panel in data.panels))


def _labs_room(data: LabsData) -> int:
    return _panels_room(len(data.labs))


def _intervals_room(_: IntervalsData) -> int:
    return FRAME


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
    )


def _read_labs(desk: Desk, wanted: Wanted) -> LabsData:
    return desk.pictures.labs(wanted.person_id, since=wanted.since, until=wanted.until)


def _read_intervals(desk: Desk, wanted: Wanted) -> IntervalsData:
    return desk.pictures.intervals(wanted.person_id, since=wanted.since, until=wanted.until)


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


def timeline_words(data: TimelineData, spot: Spot) -> str:
    """Everything of the day under the pointer, and the marks close to it."""
    found = near(data, day_at(spot.x), int(spot.x_per_pixel * REACH))
    lines = [long_day(found.day)]
    if found.days_since is not None:
        lines[0] += tr(", day {0} since the injection").format(found.days_since)
    for mark in found.injections:
        words = f"{long_day(mark.on)}: {STATE_WORDS[mark.state]}"
        lines.append(f"{words}, {mark.text}" if mark.text else words)
    lines += [f"{label}: {score}" for label, score in found.scores]
    lines += [f"{long_day(point.on)}: {series.label} {point.shown}" for series, point in found.labs]
    lines += [f"{long_day(event.on)}: {event.label}" for event in found.events]
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
    if not one.exact:
        lines.append(tr("a date is only about right"))
    return "\n".join(lines)
