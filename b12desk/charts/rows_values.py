"""The rows of the timeline that have a scale: one symptom's scores, one analyte's results."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from b12desk.charts import cut
from b12desk.charts.axis import KeyItem
from b12desk.charts.data import LabSeries, Scores, day_number
from b12desk.charts.lab_marks import LabScale, draw_results, lab_key
from b12desk.charts.sheet import LINE_HEIGHT
from b12desk.charts.style import Style
from b12desk.charts.timeline_page import Page, Row, View
from b12desk.domain.printed_units import in_print
from b12desk.domain.symptoms import HIGHEST, LOWEST

KEPT_SCORES = 3  # rows of scores that a small picture keeps before it gives up other rows
ROOMY = 4.5  # rows this many small letters high have lines at 5 and 10 too
DOT_ROOM = 5.0  # from this many points a day on, every score is a dot
LINE_ROOM = 0.72  # from this many points a day on, single days are lines, below it areas
MEDIAN_ROOM = 4.0  # below this many points a day a median is drawn over the single days
MEDIAN_APART = 7.0  # points between two medians, at least


class ScoreRow(Row):
    """One symptom from 0 at the foot to 10 at the top of its row."""

    weight = 1.0

    def __init__(self, scores: Scores, number: int) -> None:
        self.scores = scores
        self.label = scores.label
        self.rank = 1.1 if number < KEPT_SCORES else 4.0
        self._first = number == 0

    def least(self, style: Style) -> float:
        return style.size * LINE_HEIGHT + 2

    def scale_texts(self) -> Sequence[str]:
        return (str(HIGHEST), str(LOWEST))

    def key(self, view: View) -> Sequence[KeyItem]:
        if not self._first:
            return ()
        style, points_per_day = view.style, view.points_per_day
        if points_per_day >= MEDIAN_ROOM:
            return (KeyItem("score of a day, 0 none to 10 worst", "line", style.accent),)
        span = cut.median_span(points_per_day, MEDIAN_APART)
        single = (
            KeyItem("score of a day, 0 none to 10 worst", "line", style.thin, width=1.0)
            if points_per_day >= LINE_ROOM
            else KeyItem("lowest to highest score, 0 none to 10 worst", "area", style.soft)
        )
        return (KeyItem(f"median of {_span_words(span)}", "line", style.accent), single)

    def draw(self, page: Page, bottom: float, height: float) -> None:
        style = page.sheet.style
        inset = min(2.5, height * 0.1)
        unit = (height - 2 * inset) / (HIGHEST - LOWEST)
        foot = bottom + inset

        page.level([foot])
        if height >= ROOMY * style.small:
            page.level([foot + HIGHEST * unit])
            page.level([foot + 5 * unit], dashes=(0, (2, 3)))
        if height >= (2.5 if self._first else ROOMY) * style.small:
            lift = style.small * 0.3
            page.scale([(foot + lift, str(LOWEST)), (foot + HIGHEST * unit - lift, str(HIGHEST))])
        self._draw_scores(page, foot, unit)
        if page.panel.points_per_x < MEDIAN_ROOM:
            self._draw_medians(page, foot, unit)

    def _draw_scores(self, page: Page, foot: float, unit: float) -> None:
        style, panel = page.sheet.style, page.panel
        per_day = panel.points_per_x
        if per_day < LINE_ROOM:
            column = LINE_ROOM / per_day * 100 / style.dpi
            outlines = cut.envelope(self.scores.days, self.scores.values, column, 1.0 / unit)
            panel.areas([outline * (1.0, unit) + (0.0, foot) for outline in outlines], style.soft)
            return
        over = per_day < MEDIAN_ROOM
        colour = style.thin if over else style.accent
        line = cut.broken(
            self.scores.days, foot + self.scores.values.astype(np.float64) * unit, style.joined_days
        )
        panel.lines(line.stretches, colour, 0.8 if over else 1.5 * style.scale)
        dots = np.concatenate([line.alone, *line.stretches]) if per_day >= DOT_ROOM else line.alone
        panel.marks(dots[:, 0], dots[:, 1], "o", 1.6 if over else 3.4 * style.scale, colour, edge=0)

    def _draw_medians(self, page: Page, foot: float, unit: float) -> None:
        style, panel = page.sheet.style, page.panel
        span = cut.median_span(panel.points_per_x, MEDIAN_APART)
        middles, medians = cut.medians(self.scores.days, self.scores.values, span)
        line = cut.broken(middles, foot + medians * unit, 1.5 * span)
        panel.lines(line.stretches, style.accent, 1.5 * style.scale, z=2.5)
        panel.marks(line.alone[:, 0], line.alone[:, 1], "o", 2.6 * style.scale, style.accent, edge=0)


class LabRow(Row):
    """One analyte on its own scale, with the laboratory's own range behind it."""

    bold = True
    weight = 1.7

    def __init__(self, series: LabSeries, number: int) -> None:
        self.series = series
        self.label = series.label
        self.second = in_print(series.unit)
        self.rank = 1.0 if number == 0 else 3.5
        self._first = number == 0
        self._scale = LabScale.of(series.points)

    def least(self, style: Style) -> float:
        return 2 * style.size * LINE_HEIGHT + 12

    def scale_texts(self) -> Sequence[str]:
        return self._scale.texts(3) or ("0",)

    def key(self, view: View) -> Sequence[KeyItem]:
        return lab_key(view.style, [self.series]) if self._first else ()

    def draw(self, page: Page, bottom: float, height: float) -> None:
        inset = 6.0
        draw_results(
            page.panel,
            page.sheet.style,
            self.series.points,
            self._scale.placed(bottom + inset, bottom + height - inset),
            (bottom, bottom + height),
            (day_number(page.data.since), day_number(page.data.until)),
        )
        marks = self._scale.ticks(3 if height > 4 * page.sheet.style.small * LINE_HEIGHT else 2)
        placed = self._scale.placed(bottom + inset, bottom + height - inset)
        page.level([placed(number) for number, _ in marks])
        page.scale([(placed(number), text) for number, text in marks])


def _span_words(days: int) -> str:
    weeks, rest = divmod(days, 7)
    if days >= 364:
        years = round(days / 364)
        return "a year" if years == 1 else f"{years} years"
    if days == 91:
        return "3 months"
    return f"{days} days" if rest or weeks == 1 else f"{weeks} weeks"
