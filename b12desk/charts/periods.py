"""Two periods beside each other: each symptom's middle half and median, and the rest in words (S71, S72).

The earlier period is a hollow mark on a thin line, the later one a filled mark on a thick line: told by
shape and width, and the same in grey. Nothing says which one is better.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from b12desk.charts import axis
from b12desk.charts.axis import KeyItem
from b12desk.charts.dates import in_words
from b12desk.charts.sheet import LINE_HEIGHT, Box, Panel, Sheet, horizontals, verticals
from b12desk.charts.style import LIGHT, Style
from b12desk.domain.periods import Period, Periods, ScoreSummary, SymptomPair, TextPair
from b12desk.domain.symptoms import HIGHEST, LOWEST

__all__ = ["Periods", "periods_figure"]

LABEL_SHARE = 0.34  # of the width, at most, for the names
ROOM = (-0.5, 10.5)  # the score axis, with room for half a mark
LIFT = 0.2  # of a row's height, from its middle to each of the two lines


def periods_figure(data: Periods, style: Style = LIGHT, size: tuple[float, float] = (9, 5)) -> Figure:
    """Draw the two periods on a figure of `size` inches; rows that do not fit are counted in the key."""
    with Sheet.settings():
        sheet = Sheet(style, size)
        if data.symptoms or data.labs:
            _lay_out(sheet, data)
        else:
            sheet.say(
                f"Nothing is recorded from {in_words(data.first.since)} to {in_words(data.second.until)} "
                "that could stand beside each other."
            )
        return sheet.figure


def _lay_out(sheet: Sheet, data: Periods) -> None:
    style, texts = sheet.style, (*data.injections, *data.labs)
    line = style.size * LINE_HEIGHT
    top = sheet.height - axis.heading_height(sheet)
    room = sheet.width - 2 * axis.MARGIN

    def fitted(missing: int) -> tuple[axis.KeyRows, float]:
        items = [*_key(style, data), *axis.missing_words(missing, "row")]
        key = axis.key_rows(sheet, items, room)
        return key, axis.MARGIN / 2 + axis.key_height(sheet, key) + 4

    key, foot = fitted(0)
    most = max(int((top - foot - 2 * line) / (1.25 * line)), 0)
    missing = max(len(data.symptoms) + len(texts) - most, 0)
    if missing:
        key, foot = fitted(missing)
        most = max(int((top - foot - 2 * line) / (1.25 * line)), 0)
    shown_texts = texts[: max(min(len(texts), most - min(len(data.symptoms), 3)), 0)]
    shown = data.symptoms[: most - len(shown_texts)]
    step = min((top - foot - 2 * line) / max(len(shown) + len(shown_texts), 1), 2.6 * line)
    labels = [*(pair.label for pair in shown), *(row.label for row in shown_texts)]
    left = axis.MARGIN + min(
        max((sheet.text_width(text) for text in labels), default=0.0) + 12,
        sheet.width * LABEL_SHARE,
    )
    if shown:
        top = _symptoms(
            sheet, shown, Box(left, top - step * len(shown), sheet.width - 12 - left, step * len(shown))
        )
    _texts(sheet, shown_texts, left, top - line, step)
    axis.draw_key(sheet, key, axis.MARGIN, axis.MARGIN / 2 + axis.key_height(sheet, key))
    axis.heading(sheet, data.title or "Two periods beside each other", "")


def _symptoms(sheet: Sheet, shown: Sequence[SymptomPair], box: Box) -> float:
    """Draw the symptoms' rows in `box` with the score axis below; the height that is left below them."""
    style = sheet.style
    panel = sheet.panel(box, ROOM, (0.0, float(len(shown))))
    panel.lines(verticals(range(LOWEST, HIGHEST + 1, 2), *panel.y), style.grid, 0.7, z=0, caps="butt")
    for number, pair in enumerate(shown):
        middle = len(shown) - number - 0.5
        _, y = panel.to_points(0, middle)
        label = sheet.elide(pair.label, box.left - axis.MARGIN - 8)
        sheet.text(axis.MARGIN, y, label)
        _bar(panel, style, pair.first, middle + LIFT, later=False)
        _bar(panel, style, pair.second, middle - LIFT, later=True)
    below = style.small * LINE_HEIGHT
    for score in range(LOWEST, HIGHEST + 1, 2):
        x, _ = panel.to_points(score, 0)
        sheet.text(x, box.bottom - below / 2, str(score), size=style.small, colour=style.muted, side="center")
    return box.bottom - below


def _bar(panel: Panel, style: Style, summary: ScoreSummary | None, height: float, *, later: bool) -> None:
    if summary is None:
        return
    line = horizontals([height], summary.low, summary.high)
    panel.lines(
        line, style.accent if later else style.muted, (3.0 if later else 1.2) * style.scale, caps="butt"
    )
    panel.marks(
        [summary.median],
        [height],
        "o" if later else "D",
        (6.5 if later else 5.0) * style.scale,
        style.ground if later else style.text,
        fill=style.accent if later else style.ground,
    )


def _texts(sheet: Sheet, rows: Sequence[TextPair], left: float, top: float, step: float) -> None:
    """Write what is said in words, the two periods in two columns."""
    middle_column = left + (sheet.width - axis.MARGIN - left) / 2
    for number, row in enumerate(rows):
        y = top - (number + 0.5) * step
        sheet.text(axis.MARGIN, y, sheet.elide(row.label, left - axis.MARGIN - 8))
        for x, end, words in (
            (left, middle_column - 8, row.first),
            (middle_column, sheet.width - axis.MARGIN, row.second),
        ):
            sheet.text(
                x,
                y,
                sheet.elide(words or "nothing recorded", end - x, sheet.style.small),
                size=sheet.style.small,
            )


def _key(style: Style, data: Periods) -> list[KeyItem]:
    first, second = _period(data.first), _period(data.second)
    if not data.symptoms:
        return [KeyItem(f"left: {first}", "words", ""), KeyItem(f"right: {second}", "words", "")]
    return [
        KeyItem(f"{first}: median and middle half", "mark", style.text, "D", style.ground),
        KeyItem(f"{second}: the same", "mark", style.accent, "o"),
        KeyItem("0 none to 10 worst; in words, the earlier period stands left", "words", ""),
    ]


def _period(period: Period) -> str:
    return f"{in_words(period.since)} to {in_words(period.until)}"
