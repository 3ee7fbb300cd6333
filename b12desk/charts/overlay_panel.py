"""One panel of the dose-aligned overlay: the thin cycles, the median, the middle half, the count a day."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from b12desk.charts import cut
from b12desk.charts.axis import KeyItem
from b12desk.charts.data import CycleOverlayData, OverlayPanel
from b12desk.charts.sheet import (
    LINE_HEIGHT,
    Box,
    Panel,
    Points,
    Sheet,
    horizontals,
    rectangle,
    verticals,
)
from b12desk.charts.style import Style
from b12desk.domain.cycles import FEWEST_CYCLES, DailySummary
from b12desk.domain.pattern_words import crossing_days
from b12desk.domain.symptoms import HIGHEST, LOWEST
from b12desk.domain.wording import long_day

MANY = 12  # from this many cycles on their lines grow paler, and the middle half lies over them
PALEST = 0.4  # share of their colour that such lines keep
SPREAD = 0.36  # how far apart, in scores, equal scores of all cycles are drawn so that each can be seen
BELOW, ABOVE = -0.5, 10.5  # the score axis, with room for the spread and the width of the lines
COUNT_GAP = 4.0  # between the score axes and that strip, points
COUNT_ROOM = 9.0  # height of the strip with the number of cycles a day, points
CUT_FACTOR = 1.5  # longer cycles are cut at this many planned (or usual) intervals
DAY_STEPS = (1, 7, 14, 28, 56, 84, 182, 364, 728, 1820, 3640)


def shown_days(data: CycleOverlayData) -> int:
    """The last day since the injection that the chart shows; longer cycles are cut there."""
    scored = max((one.days[-1] for panel in data.panels for one in panel.aligned), default=0)
    usual = data.planned_days
    if usual is None:
        complete = sorted(cycle.length for cycle in data.cycles if cycle.counted and cycle.length)
        usual = complete[len(complete) // 2] if complete else None
    if usual is None:
        return max(scored, 1)
    longest = math.ceil(usual * CUT_FACTOR)
    return max(min(scored, longest), data.planned_days or 0, 1)


def draw_panel(sheet: Sheet, box: Box, data: CycleOverlayData, panel: OverlayPanel) -> None:
    """Draw one symptom into `box` (points), its writing included."""
    style = sheet.style
    line = style.small * LINE_HEIGHT
    left = box.left + sheet.text_width("n 000", style.small) + 6
    right = box.right - 8
    top = box.top - style.size * LINE_HEIGHT - line
    count_gap, count_room = COUNT_GAP * style.scale, COUNT_ROOM * style.scale
    bottom = box.bottom + 2 * line + count_room + count_gap + 4
    last = shown_days(data)
    room = 5.0 * last / max(right - left - 10.0, 1.0)
    days = (-room, last + room)
    axes = sheet.panel(Box(left, bottom, right - left, max(top - bottom, 1.0)), days, (BELOW, ABOVE))
    _frame(sheet, axes, data)
    _crossing(sheet, axes, data, panel, last)
    _cycles(axes, style, panel, last)
    _summary(axes, style, panel, last)
    if panel.before is not None:
        _before(axes, style, panel.before, last)
    counts = sheet.panel(
        Box(left, bottom - count_room - count_gap, right - left, count_room), days, (0.0, 1.0)
    )
    _counts(sheet, counts, panel, last)
    _day_labels(sheet, axes, last, bottom - count_room - count_gap - line / 2)
    name_room = right - box.left
    sheet.text(
        box.left,
        box.top - style.size * LINE_HEIGHT / 2,
        sheet.elide(panel.label, name_room, bold=True),
        bold=True,
    )
    words = _words(panel)
    sheet.text(
        (left + right) / 2,
        box.bottom + line / 2,
        sheet.elide(words, right - left, style.small),
        size=style.small,
        colour=style.muted,
        side="center",
    )


def overlay_key(style: Style, data: CycleOverlayData) -> Iterator[KeyItem]:
    """What the lines mean, for what the data has."""
    panels = [panel for panel in data.panels if panel.aligned]
    if any(panel.summary.enough for panel in panels):
        yield KeyItem("median, 0 none to 10 worst", "line", style.accent, width=2.4)
        yield KeyItem("middle half", "area", style.soft)
    if any(one.cycle.end for panel in panels for one in panel.aligned):
        yield KeyItem("one interval each", "line", style.thin, width=0.8)
    if data.revised_on is not None and any(_known(panel.before) for panel in panels):
        words = f"median before the plan of {long_day(data.revised_on)}"
        yield KeyItem(words, "dashes", style.text, width=1.6)
    if any(one.cycle.end is None for panel in panels for one in panel.aligned):
        yield KeyItem("this interval so far", "beads", style.text)
    if data.planned_days:
        yield KeyItem(f"planned next, day {data.planned_days}", "dots", style.text, width=1.3)
    if data.threshold is not None:
        yield KeyItem(f"your threshold, {data.threshold}", "dashes", style.muted, width=1.0)
    if any(panel.crossing for panel in panels):
        yield KeyItem(
            "day it is reached, with the middle half of the days", "mark", style.text, "D", style.ground
        )
    yield KeyItem("n: intervals with a score that day", "area", style.grid)


def _frame(sheet: Sheet, axes: Panel, data: CycleOverlayData) -> None:
    style = sheet.style
    step = 5 if axes.box.height < 7 * style.small * LINE_HEIGHT else 2
    levels = range(LOWEST, HIGHEST + 1, step)
    axes.lines(horizontals(levels, *axes.x), style.grid, 0.7, z=0, caps="butt")
    for level in levels:
        _, y = axes.to_points(0, level)
        sheet.text(axes.box.left - 4, y, str(level), size=style.small, colour=style.muted, side="right")
    axes.lines(verticals([0], BELOW, ABOVE), style.muted, 1.0, z=1.9, caps="butt")
    if data.planned_days:
        axes.lines(
            verticals([data.planned_days], BELOW, ABOVE),
            style.text,
            1.3,
            dashes=(0, (1, 2)),
            z=3,
            caps="butt",
        )
    if data.threshold is not None:
        axes.lines(
            horizontals([data.threshold], *axes.x), style.muted, 1.0, dashes=(0, (4, 2.5)), z=2.2, caps="butt"
        )


def _crossing(sheet: Sheet, axes: Panel, data: CycleOverlayData, panel: OverlayPanel, last: int) -> None:
    """The days on which the person's threshold is reached: a band, a mark on the threshold, and words."""
    reached = panel.crossing
    if reached is None or data.threshold is None:
        return
    style = sheet.style
    low, high = min(reached.low, last), min(reached.high, last)
    if high > low:
        axes.areas([rectangle(low, high, BELOW, ABOVE)], style.band, z=-1)
    if reached.median <= last:
        axes.marks(
            [reached.median], [data.threshold], "D", 5.0 * style.scale, style.text, fill=style.ground, z=4
        )
    often = f"in {reached.cycles} of {reached.among} intervals"
    words = f"reaches {data.threshold} on {crossing_days(reached)}, {often}"
    line = style.small * LINE_HEIGHT
    sheet.text(
        axes.box.left,
        axes.box.top + line / 2,
        sheet.elide(words, axes.box.width, style.small),
        size=style.small,
    )


def _before(axes: Panel, style: Style, before: DailySummary, last: int) -> None:
    """The median of the cycles before the plan was revised, dashed."""
    known = np.isfinite(before.median) & (before.days <= last)
    line = cut.broken(before.days[known], before.median[known], 1)
    axes.lines(line.stretches, style.text, 1.6 * style.scale, dashes=(0, (4, 2.5)), z=2.9, caps="butt")
    axes.marks(line.alone[:, 0], line.alone[:, 1], "s", 3.0 * style.scale, style.text, edge=0)


def _known(summary: DailySummary | None) -> bool:
    return summary is not None and summary.enough


def _cycles(axes: Panel, style: Style, panel: OverlayPanel, last: int) -> None:
    """Every cycle as a thin line, moved a little so that equal scores do not hide each other."""
    complete: list[Points] = []
    alone: list[Points] = []
    count = len(panel.aligned)
    for number, one in enumerate(panel.aligned):
        shift = (number + 0.5) / count * SPREAD - SPREAD / 2
        line = cut.broken(
            np.array(one.days, dtype=np.int64),
            np.array(one.scores, dtype=np.float64) + shift,
            style.joined_days,
        )
        stretches = [part for path in line.stretches if len(part := cut.cut_right(path, last)) > 1]
        dots = line.alone[line.alone[:, 0] <= last]
        if one.cycle.end is None:
            axes.lines(stretches, style.text, 0.9, z=2.4)
            every = np.concatenate([*stretches, dots])
            axes.marks(every[:, 0], every[:, 1], "o", 2.6 * style.scale, style.text, edge=0)
        else:
            complete.extend(stretches)
            alone.append(dots)
    colour = style.thin if count <= MANY else style.mixed(style.thin, max(MANY / count, PALEST))
    axes.lines(complete, colour, 0.8 * style.scale, z=1.5)
    if alone:
        dots = np.concatenate(alone)
        axes.marks(dots[:, 0], dots[:, 1], "o", 2.0, colour, edge=0, z=1.5)


def _summary(axes: Panel, style: Style, panel: OverlayPanel, last: int) -> None:
    """The median and the middle half, broken on days with too few cycles."""
    summary = panel.summary
    known = np.isfinite(summary.median) & (summary.days <= last)
    days = summary.days[known]
    line = cut.broken(days, summary.median[known], 1)
    axes.lines(line.stretches, style.accent, 2.4 * style.scale, z=2.8)
    axes.marks(line.alone[:, 0], line.alone[:, 1], "o", 3.4 * style.scale, style.accent, edge=0)
    outlines: list[Points] = []
    for part in np.split(np.flatnonzero(known), np.flatnonzero(np.diff(days) > 1) + 1):
        if len(part) > 1:
            x = summary.days[part].astype(np.float64)
            outlines.append(
                np.concatenate(
                    (
                        np.column_stack((x, summary.high[part])),
                        np.column_stack((x, summary.low[part]))[::-1],
                    )
                )
            )
    axes.areas(outlines, style.soft, z=1 if len(panel.aligned) <= MANY else 1.7)


def _counts(sheet: Sheet, counts: Panel, panel: OverlayPanel, last: int) -> None:
    """Small bars: how many intervals have a score on each day; the most is written beside them."""
    summary = panel.summary
    most = int(summary.n.max()) if len(summary.n) else 0
    if not most:
        return
    style = sheet.style
    bars = [
        rectangle(day - 0.5 if day else 0.0, min(day + 0.5, last), 0.0, n / most)
        for day, n in zip(summary.days.tolist(), summary.n.tolist(), strict=True)
        if n and day <= last
    ]
    counts.areas([bar for bar in bars if bar[1][0] > bar[0][0]], style.grid, z=1)
    _, middle = counts.to_points(0, 0.5)
    sheet.text(counts.box.left - 4, middle, f"n {most}", size=style.small, colour=style.muted, side="right")


def _day_labels(sheet: Sheet, axes: Panel, last: int, middle: float) -> None:
    style = sheet.style
    room = sheet.text_width(f"00{last}", style.small)
    step = next((step for step in DAY_STEPS if step * axes.points_per_x >= room), DAY_STEPS[-1])
    for day in range(0, last + 1, step):
        x, _ = axes.to_points(day, 0)
        sheet.text(x, middle, str(day), size=style.small, colour=style.muted, side="center")


def _words(panel: OverlayPanel) -> str:
    """What stands below the days: their meaning, or why there is no median."""
    if panel.summary.enough:
        return "days since the injection"
    return f"not enough entries yet: a median needs {FEWEST_CYCLES} complete intervals"
