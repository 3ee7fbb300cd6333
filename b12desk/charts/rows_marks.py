"""The rows of the timeline without a scale: phases, injections, events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from b12desk.charts.axis import KeyItem
from b12desk.charts.data import EventMark, InjectionMark, PhaseSpan, day_number
from b12desk.charts.sheet import LINE_HEIGHT, Panel, Points, horizontals, rectangle, verticals
from b12desk.charts.style import Style
from b12desk.charts.timeline_page import Page, Row, View

MARK_ROOM = 6.5  # points; given injections closer than this become ticks
MOST_CLOSE = 0.75  # share of them from which all are ticks
LANES = 3  # lines of events, at most
SHORTEST_BAR = 6.0  # points
EVENT_SHARE = 0.25  # of the axes' width, at most, for the words of one event


class PhaseRow(Row):
    """The phases of the plan as bars with their names, where the name fits."""

    label = "Plan"
    rank = 3.0

    def __init__(self, phases: Sequence[PhaseSpan]) -> None:
        self.phases = sorted(phases, key=lambda phase: phase.start)

    def least(self, style: Style) -> float:
        return style.size * LINE_HEIGHT + 3

    def draw(self, page: Page, bottom: float, height: float) -> None:
        style, panel = page.sheet.style, page.panel
        first, last = day_number(page.data.since) - 0.5, day_number(page.data.until) + 0.5
        bars = []
        ends = [*(day_number(phase.start) - 0.5 for phase in self.phases[1:]), last]
        for phase, end in zip(self.phases, ends, strict=True):
            left = max(day_number(phase.start) - 0.5, first)
            right = min(end if phase.end is None else day_number(phase.end) + 0.5, end, last)
            if right <= left:
                continue
            gap = min(1.0 / panel.points_per_x, (right - left) / 4)
            bars.append(rectangle(left, right - gap, bottom, bottom + height))
            room = (right - left) * panel.points_per_x - 8
            words = page.sheet.elide(phase.label, room, style.small)
            if len(words) > 3 or words == phase.label:
                x, y = panel.to_points(left, bottom + height / 2)
                page.sheet.text(x + 4, y, words, size=style.small)
        panel.areas(bars, style.band, z=0.8)


class InjectionRow(Row):
    """Injections given, recorded as not given, and planned."""

    label = "Injections"

    def __init__(self, injections: Sequence[InjectionMark]) -> None:
        self.injections = injections
        days: dict[str, set[int]] = {}
        for mark in injections:
            days.setdefault("about" if mark.approximate else mark.state, set()).add(day_number(mark.on))
        self._exact, self._about, self._planned, self._not_given = (
            sorted(days.get(kind, ())) for kind in ("given", "about", "planned", "not_given")
        )

    def least(self, style: Style) -> float:
        return style.size * LINE_HEIGHT + 6

    def key(self, view: View) -> Sequence[KeyItem]:
        style = view.style
        ticks, exact, about = self._shapes(view.points_per_day)
        items = []
        if exact:
            items.append(KeyItem("injection given", "mark", style.accent, "v"))
        if ticks:
            words = "given, close together" if exact else "injection given"
            items.append(KeyItem(words, "mark", style.accent, "|"))
        if about:
            items.append(KeyItem("given, date about right", "mark", style.accent, "v", style.ground))
        if any(mark.effect_until for mark in self.injections):
            items.append(KeyItem("effect lasted, as noted", "line", style.text, width=1.2))
        if self._planned:
            items.append(KeyItem("planned", "mark", style.muted, "o", style.ground))
        if self._not_given:
            items.append(KeyItem("recorded as not given", "mark", style.text, "x"))
        return items

    def draw(self, page: Page, bottom: float, height: float) -> None:
        style, panel = page.sheet.style, page.panel
        middle = bottom + height / 2
        ticks, exact, about = self._shapes(panel.points_per_x)
        thinned = _thinned(ticks, panel.points_per_x)
        panel.lines(verticals(thinned, bottom + 2, bottom + height - 2), style.accent, 1.0, z=3, caps="butt")
        panel.lines(self._effects(page, bottom + 1.2), style.text, 1.2 * style.scale, z=2, caps="butt")
        size = 6.5 * style.scale
        if exact:
            panel.lines(self._waits(middle), style.thin, 1.6, z=2, caps="butt")
        panel.marks(exact, [middle] * len(exact), "v", size, style.accent)
        panel.marks(about, [middle] * len(about), "v", size, style.accent, fill=style.ground)
        planned = _thinned(self._planned, panel.points_per_x)
        panel.marks(planned, [middle] * len(planned), "o", 5.5 * style.scale, style.muted, fill=style.ground)
        missed = _thinned(self._not_given, panel.points_per_x)
        panel.marks(missed, [middle] * len(missed), "x", 5.5 * style.scale, style.text, edge=1.4, z=4)

    def _waits(self, middle: float) -> list[Points]:
        """From the planned to the actual date."""
        return [
            horizontals([middle], day_number(mark.planned), day_number(mark.on))[0]
            for mark in self.injections
            if mark.state == "given" and mark.planned and mark.planned != mark.on
        ]

    def _effects(self, page: Page, height: float) -> list[Points]:
        """From the injection to the day until which its effect was noted to last, at the row's foot (S10)."""
        last = day_number(page.data.until)
        return [
            horizontals([height], day_number(mark.on), min(day_number(mark.effect_until), last))[0]
            for mark in self.injections
            if mark.effect_until and mark.effect_until > mark.on and day_number(mark.on) < last
        ]

    def _shapes(self, points_per_day: float) -> tuple[list[int], list[int], list[int]]:
        """Given injections as ticks (too close for more), as filled marks, as hollow ones (about right)."""
        given = sorted({*self._exact, *self._about})
        close: set[int] = set()
        for before, after in pairwise(given):
            if (after - before) * points_per_day < MARK_ROOM:
                close |= {before, after}
        if len(close) > MOST_CLOSE * len(given):
            return given, [], []
        return (
            [day for day in self._exact if day in close],
            [day for day in self._exact if day not in close],
            self._about,
        )


@dataclass(frozen=True, slots=True)
class _Placed:
    event: EventMark
    left: float  # points, of mark and words together
    right: float
    words: str
    words_at: float


class EventRow(Row):
    """Events as bars or flags with their words, in lanes; words that find no room are left to the table."""

    label = "Events"
    rank = 2.0

    def __init__(self, events: Sequence[EventMark]) -> None:
        self.events = events

    def least(self, style: Style) -> float:
        return min(LANES, len(self.events)) * self._lane(style) + self._foot

    def draw(self, page: Page, bottom: float, height: float) -> None:
        style, panel = page.sheet.style, page.panel
        lanes: list[float] = [float("-inf")] * round((height - self._foot) / self._lane(style))
        bars: list[Points] = []
        flags: list[tuple[float, float]] = []
        for event in sorted(self.events, key=lambda event: (event.on, event.label)):
            placed = self._place(page, event)
            lane = next((number for number, end in enumerate(lanes) if end + 6 <= placed.left), None)
            if lane is None:
                y = bottom + 2.5
            else:
                lanes[lane] = placed.right
                y = bottom + height - (lane + 0.5) * self._lane(style)
                page.sheet.text(placed.words_at, panel.box.bottom + y, placed.words, size=style.small)
            first, last = self._days(page, event)
            if self._bar(panel, first, last):
                drop = 0.0 if lane is None else style.small * 0.78
                bars.append(rectangle(first - 0.5, last + 0.5, y - drop - 1.08, y - drop + 1.08))
            else:
                flags.append((first, y))
        panel.areas(bars, style.muted, z=2)
        panel.marks([x for x, _ in flags], [y for _, y in flags], "D", 3.6 * style.scale, style.muted, edge=0)

    _foot = 6.0  # lowest lane, of marks without words

    def _lane(self, style: Style) -> float:
        return style.small * LINE_HEIGHT + 3.5

    def _days(self, page: Page, event: EventMark) -> tuple[int, int]:
        first, last = day_number(page.data.since), day_number(page.data.until)
        return max(day_number(event.on), first), min(day_number(event.until or event.on), last)

    def _bar(self, panel: Panel, first: int, last: int) -> bool:
        """Whether an event is long enough on this axis for a bar; shorter ones are flags."""
        return last > first and (last - first + 1) * panel.points_per_x >= SHORTEST_BAR

    def _place(self, page: Page, event: EventMark) -> _Placed:
        sheet, panel = page.sheet, page.panel
        first, last = self._days(page, event)
        left, right = panel.to_points(first, 0)[0], panel.to_points(last, 0)[0]
        words = sheet.elide(event.label, panel.box.width * EVENT_SHARE, sheet.style.small)
        width = sheet.text_width(words, sheet.style.small)
        bar = self._bar(panel, first, last)
        at = left if bar else left + 6
        if at + width > panel.box.right:
            at = (panel.box.right if bar else left - 6) - width
        return _Placed(event, min(left - 3, at), max(right + 3, at + width), words, at)


def _thinned(days: Iterable[int], points_per_day: float) -> list[int]:
    """One day for each 2 points of the axis: more could not be told apart."""
    kept: dict[int, int] = {}
    for day in days:
        kept.setdefault(int(day * points_per_day // 2), day)
    return list(kept.values())
