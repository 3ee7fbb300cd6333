"""A symptom's last 30 days as a small line: gaps stay gaps, injections are marked, the scale is 0 to 10."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from b12desk.ui.theme import tokens_now

DAYS = 30
HEIGHT = 32
EDGE = 4


class Sparkline(QWidget):
    """Scores of the last 30 days; high is worse, so the line goes up with it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._points: list[tuple[date, int]] = []
        self._injected: list[date] = []
        self._last = date.min
        self.setMinimumWidth(72)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_points(self, points: Sequence[tuple[date, int]], injected: Iterable[date], last: date) -> None:
        """Show (day, score) pairs, oldest first, up to the day `last`."""
        first = last - timedelta(days=DAYS)
        shown = (
            [(day, score) for day, score in points if first <= day <= last],
            [day for day in injected if first <= day <= last],
            last,
        )
        if shown == (self._points, self._injected, self._last):
            return
        self._points, self._injected, self._last = shown
        words = self._words()
        self.setAccessibleName(f"{self._name}: {words}")
        self.setToolTip(words)
        self.update()

    def _words(self) -> str:
        if not self._points:
            return self.tr("no scores in the last 30 days")
        scores = [score for _day, score in self._points]
        return self.tr("last 30 days: {0} scores, from {1} to {2}").format(
            len(scores), min(scores), max(scores)
        )

    def _runs(self) -> list[list[tuple[date, int]]]:
        """The points cut where a day is missing."""
        runs: list[list[tuple[date, int]]] = []
        for day, score in self._points:
            if runs and (day - runs[-1][-1][0]).days == 1:
                runs[-1].append((day, score))
            else:
                runs.append([(day, score)])
        return runs

    def _place(self, day: date, score: float) -> QPointF:
        across = (self.width() - 2 * EDGE) * (DAYS - (self._last - day).days) / DAYS
        down = (self.height() - 2 * EDGE) * (10 - score) / 10
        return QPointF(EDGE + across, EDGE + down)

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.outline), 1, Qt.PenStyle.DotLine))
        for day in self._injected:
            painter.drawLine(self._place(day, 10), self._place(day, 0))
        colour = QColor(tokens.accent)
        pen = QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        for run in self._runs():
            painter.setPen(pen)
            if len(run) > 1:
                painter.drawPolyline(QPolygonF([self._place(day, score) for day, score in run]))
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawEllipse(self._place(*run[0]), 1.4, 1.4)
        if self._points and self._points[-1][0] == self._last:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(self._place(*self._points[-1]), 3, 3)
