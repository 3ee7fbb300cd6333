"""Parts that several charts share: the date axis below, a scale beside, the key at the foot."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from b12desk.charts import dates
from b12desk.charts.data import day_number
from b12desk.charts.sheet import LINE_HEIGHT, Box, Panel, Sheet, rectangle, verticals

MARGIN = 10.0  # free edge of every figure, points
END_ROOM = 7.0  # room inside the axes before the first and after the last day, for half a mark
PANEL_SHAPE = 2.2  # width to height that small charts aim at
TITLE = 1.35  # letter size of a title, of the ordinary size

KeyShape = Literal["mark", "line", "dashes", "dots", "area", "beads", "words"]


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One entry of the key: a small drawing and its words."""

    words: str
    shape: KeyShape
    colour: str
    marker: str = "o"
    fill: str | None = None
    width: float = 1.5


def day_range(since: date, until: date, width: float) -> tuple[float, float]:
    """The x range of an axes `width` points wide: the days with half a mark's room on both sides."""
    first, last = day_number(since) - 0.5, day_number(until) + 0.5
    room = END_ROOM * (last - first) / max(width - 2 * END_ROOM, 1.0)
    return first - room, last + room


def date_axis(
    sheet: Sheet,
    panel: Panel,
    since: date,
    until: date,
    bottom: float,
    within: tuple[float, float] | None = None,
) -> list[int]:
    """Write the date labels below `bottom` (two lines) and give the labelled days.

    Labels at the ends are moved inwards until they lie between the two places of `within` (points).
    """
    size = sheet.style.small

    def width(text: str) -> float:
        return sheet.text_width(text, size)

    first, last = within or (MARGIN / 2, sheet.width - MARGIN / 2)
    labelled = dates.ticks(since, until, panel.points_per_x, width) or _ends(since, until)
    line = size * LINE_HEIGHT
    for tick in labelled:
        half = max(width(tick.label), width(tick.year)) / 2
        x, _ = panel.to_points(tick.day, 0)
        x = min(max(x, first + half), last - half)
        sheet.text(x, bottom - 3 - line / 2, tick.label, size=size, colour=sheet.style.muted, side="center")
        sheet.text(x, bottom - 3 - 1.5 * line, tick.year, size=size, colour=sheet.style.muted, side="center")
    return [tick.day for tick in labelled]


def date_axis_height(sheet: Sheet) -> float:
    """Room that `date_axis` takes below the axes."""
    return 3 + 2 * sheet.style.small * LINE_HEIGHT


def _ends(since: date, until: date) -> list[dates.Tick]:
    middle = date.fromordinal((since.toordinal() + until.toordinal()) // 2)
    return [dates.Tick(day_number(middle), str(middle.year), "")]


def nice_ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` round numbers within a range, at least two apart by a 1, 2 or 5 step; may be fewer."""
    span = high - low
    if span <= 0 or most < 1:
        return []
    power = 10.0 ** _floor_log10(span / max(most, 1))
    for factor in (1, 2, 5, 10, 20, 50):
        step = factor * power
        first = -int(-low // step)
        count = int(high // step) - first + 1
        if count <= most:
            return [round((first + number) * step, 10) for number in range(max(count, 0))]
    return []


def _floor_log10(number: float) -> int:
    return int(f"{number:e}".split("e")[1])


def number_words(number: float) -> str:
    """A number for a label: no needless zeros, at most four digits or whole, as in "0.5" and "1476"."""
    return f"{number:.0f}" if abs(number) >= 1000 else f"{number:.4g}"


KeyRows = list[list[tuple[KeyItem, str]]]  # each entry with its words as they fit


def key_rows(sheet: Sheet, items: Iterable[KeyItem], room: float) -> KeyRows:
    """Set the key's entries in rows of at most `room` points; words that are wider alone are cut."""
    rows: KeyRows = [[]]
    used = 0.0
    for item in items:
        words = sheet.elide(item.words, room - _SAMPLE, sheet.style.small)
        width = _SAMPLE + sheet.text_width(words, sheet.style.small) + _APART
        if rows[-1] and used + width - _APART > room:
            rows.append([])
            used = 0.0
        rows[-1].append((item, words))
        used += width
    return [row for row in rows if row]


_SAMPLE = 20.0  # width of a key's small drawing with the space after it
_APART = 14.0  # space between two entries of a key


def key_height(sheet: Sheet, rows: Sequence[object]) -> float:
    """Room that `draw_key` takes."""
    return len(rows) * sheet.style.small * (LINE_HEIGHT + 0.15)


def draw_key(sheet: Sheet, rows: Sequence[Sequence[tuple[KeyItem, str]]], left: float, top: float) -> None:
    """Draw a key below `top`; it has axes of its own, in points."""
    if not rows:
        return
    step = sheet.style.small * (LINE_HEIGHT + 0.15)
    box = Box(left, top - key_height(sheet, rows), sheet.width - left - MARGIN / 2, key_height(sheet, rows))
    panel = sheet.panel(box, (box.left, box.right), (box.bottom, box.top))
    for number, row in enumerate(rows):
        x, middle = left, top - (number + 0.5) * step
        for item, words in row:
            _sample(panel, item, x, middle)
            sheet.text(x + _SAMPLE, middle, words, size=sheet.style.small, colour=sheet.style.muted)
            x += _SAMPLE + sheet.text_width(words, sheet.style.small) + _APART


def _sample(panel: Panel, item: KeyItem, x: float, middle: float) -> None:
    left, right = x + 2, x + _SAMPLE - 5
    if item.shape == "mark":
        panel.marks([(left + right) / 2], [middle], item.marker, 5.5, item.colour, fill=item.fill)
    elif item.shape == "words":
        return
    elif item.shape == "area":
        panel.areas([rectangle(left, right, middle - 3, middle + 3)], item.colour)
    elif item.shape == "beads":
        panel.lines([rectangle(left, right, middle, middle)[:2]], item.colour, 0.9)
        panel.marks([left + 1, (left + right) / 2, right - 1], [middle] * 3, "o", 2.6, item.colour, edge=0)
    else:
        dashes = {"line": "solid", "dashes": (0, (4, 2.5)), "dots": (0, (1, 2))}[item.shape]
        path = rectangle(left, right, middle, middle)[:2]
        panel.lines([path], item.colour, item.width, dashes=dashes, caps="butt")


def day_lines(panel: Panel, days: Sequence[int], colour: str) -> None:
    """Hair lines up from the labelled days."""
    panel.lines(verticals(days, *panel.y), colour, 0.6, z=0, caps="butt")


def heading_height(sheet: Sheet) -> float:
    """Room that `heading` takes from the upper edge."""
    return MARGIN + sheet.style.size * TITLE * LINE_HEIGHT + 2


def heading(sheet: Sheet, title: str, right_words: str) -> None:
    """Write the title at the upper left and the range at the upper right, if both have room."""
    size = sheet.style.size * TITLE
    middle = sheet.height - MARGIN / 2 - size * LINE_HEIGHT / 2
    room = sheet.width - 2 * MARGIN
    whole = sheet.text_width(title, size, bold=True)
    beside = sheet.text_width(right_words) + _APART if title else 0.0
    if whole + beside <= room or beside <= room / 2:
        words = sheet.elide(right_words, room)
        sheet.text(sheet.width - MARGIN, middle, words, colour=sheet.style.muted, side="right")
        room -= beside
    sheet.text(MARGIN, middle, sheet.elide(title, room, size, bold=True), size=size, bold=True)


def missing_words(number: int, what: str) -> list[KeyItem]:
    """The entry of the key that says what a small picture leaves out; none when nothing is."""
    if number <= 0:
        return []
    needed = f"{what} needs" if number == 1 else f"{what}s need"
    return [KeyItem(f"{number} more {needed} a larger picture", "words", "")]


def grid(sheet: Sheet, number: int, bottom: float, height: float, least: tuple[float, float]) -> list[Box]:
    """Boxes for small charts over the sheet's width, row by row from the upper left.

    Args:
        number: how many are wanted; fewer come back where they would be smaller than `least`
            (width, height in points at scale 1).
    """
    width = sheet.width - 2 * MARGIN
    most_columns = max(1, int(width // (least[0] * sheet.style.scale)))
    most_rows = max(1, int(height // (least[1] * sheet.style.scale)))
    shown = min(number, most_columns * most_rows)

    def shape(columns: int) -> tuple[bool, float]:
        rows = math.ceil(shown / columns)
        return rows > most_rows, abs(math.log(width / columns / (height / rows) / PANEL_SHAPE))

    columns = min(range(1, min(most_columns, shown) + 1), key=shape)
    rows = math.ceil(shown / columns)
    step_x, step_y = width / columns, height / rows
    return [
        Box(
            MARGIN + place % columns * step_x, bottom + (rows - 1 - place // columns) * step_y, step_x, step_y
        )
        for place in range(shown)
    ]


def key_and_grid(
    sheet: Sheet, items: Sequence[KeyItem], number: int, least: tuple[float, float], what: str
) -> tuple[KeyRows, list[Box]]:
    """The key and, between it and the heading, the boxes for small charts; the key counts what is missing."""
    room = sheet.width - 2 * MARGIN

    def boxes(key: KeyRows) -> list[Box]:
        foot = MARGIN / 2 + key_height(sheet, key) + 4
        return grid(sheet, number, foot, sheet.height - heading_height(sheet) - foot, least)

    key = key_rows(sheet, items, room)
    missing = number - len(boxes(key))
    if missing:
        key = key_rows(sheet, [*items, *missing_words(missing, what)], room)
    return key, boxes(key)
