"""Charts in the window: drawn by matplotlib in the worker, shown as a picture that follows size and theme.

The window's thread never touches matplotlib, so a chart of ten years costs it one picture copy. While the
size changes the former picture stands in, and the chart is drawn anew when the size has settled.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from b12desk.charts.style import DARK, LIGHT, Style
from b12desk.ui.theme import Theme, tokens_now
from b12desk.ui.tokens import GAP

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from b12desk.ui.tasks import Tasks, Ticket

SETTLED = 150
"""Milliseconds after the last change of size before the chart is drawn anew."""
DPI = 100
POINTS_PER_INCH = 72
SMALLEST = QSize(420, 260)

Draw = Callable[[Style, tuple[float, float]], "Figure"]


@dataclass(frozen=True)
class Panel:
    """One pair of axes: where it stands, as parts of the picture from its top left, and its range of x."""

    area: QRectF
    first: float
    last: float

    def x_at(self, place: QPointF) -> float:
        """The x coordinate of the data under a place, given as parts of the picture."""
        return self.first + (place.x() - self.area.left()) / self.area.width() * (self.last - self.first)


@dataclass(frozen=True)
class Picture:
    """A drawn chart: its pixels and its panels, in the order in which they were drawn."""

    image: QImage
    panels: tuple[Panel, ...]


@dataclass(frozen=True)
class Spot:
    """A place that the person points at: which panel, x in its data, and how many x one pixel is."""

    panel: int
    x: float
    x_per_pixel: float


Words = Callable[[Spot], str]


def drawn(figure: Figure, ratio: float) -> Picture:
    """The figure's pixels for a screen of this ratio, and where its axes stand."""
    canvas: Any = figure.canvas
    canvas.draw()
    pixels = np.ascontiguousarray(canvas.buffer_rgba())
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, QImage.Format.Format_RGBA8888).copy()
    image.setDevicePixelRatio(ratio)
    panels = []
    for axes in figure.axes:
        box = axes.get_position()
        panels.append(Panel(QRectF(box.x0, 1 - box.y1, box.width, box.height), *axes.get_xlim()))
    return Picture(image, tuple(panels))


class ChartCanvas(QWidget):
    """Shows one chart; left and right arrows move the pointer from the keyboard.

    Signals:
        pointed: the words of the entries at the pointer, empty where there are none.
    """

    pointed = Signal(str)

    def __init__(self, tasks: Tasks, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._theme = theme
        self._draw: Draw | None = None
        self._words: Words | None = None
        self._picture: Picture | None = None
        self._under_way: Ticket | None = None
        self._spot: QPointF | None = None
        self._stale = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SETTLED)
        self._pause.timeout.connect(self.redraw)
        self.setMinimumSize(SMALLEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Chart"))
        theme.changed.connect(self.redraw)

    @property
    def picture(self) -> Picture | None:
        """What is shown now."""
        return self._picture

    @property
    def style_now(self) -> Style:
        """The look that fits the theme, the text size and the screen."""
        base = DARK if self._theme.tokens.dark else LIGHT
        tokens = self._theme.tokens
        letters = self._theme.scale.small * POINTS_PER_INCH / DPI / base.size
        own = replace(base, ground=tokens.surface, text=tokens.text, muted=tokens.muted)
        return replace(own.larger(letters), dpi=round(DPI * self.devicePixelRatioF()))

    def show_chart(self, draw: Draw, words: Words, name: str) -> None:
        """Show what `draw(style, inches)` makes in the worker; `words` says what lies under the pointer."""
        self._draw, self._words = draw, words
        self.setAccessibleName(name)
        self.redraw()

    def redraw(self) -> None:
        """Draw anew at the size and in the look of now; where nobody looks, when it is shown again."""
        self._pause.stop()
        if self._draw is None or not self.isVisible():
            self._stale = True
            return
        self._stale = False
        if self._under_way is not None:
            self._under_way.cancel()
        draw, style, ratio = self._draw, self.style_now, self.devicePixelRatioF()
        size = (self.width() / DPI, self.height() / DPI)

        def work(_desk: object, ticket: Ticket) -> Picture | None:
            return None if ticket.cancelled() else drawn(draw(style, size), ratio)

        self._under_way = None
        self._under_way = self._tasks.run(work, done=self._on_drawn, owner=self)

    def _on_drawn(self, picture: Picture | None) -> None:
        if picture is not None:
            self._picture = picture
            self.update()

    def _point(self, place: QPointF | None) -> None:
        self._spot = place
        text = self._text_at(place) if place is not None else ""
        self.pointed.emit(text)
        self.setAccessibleDescription(text)
        self.update()

    def _text_at(self, place: QPointF) -> str:
        if self._picture is None or self._words is None:
            return ""
        part = self._part(place)
        panel = self._panel_at(part)
        if panel is None:
            return ""
        pixels = panel.area.width() * self.width()
        number = self._picture.panels.index(panel)
        return self._words(Spot(number, panel.x_at(part), (panel.last - panel.first) / pixels))

    def _part(self, place: QPointF) -> QPointF:
        """A place in pixels as parts of the picture."""
        return QPointF(place.x() / self.width(), place.y() / self.height())

    def _panel_at(self, part: QPointF) -> Panel | None:
        panels = self._picture.panels if self._picture else ()
        return next((panel for panel in panels if panel.area.contains(part)), None)

    def _step(self, pixels: int) -> None:
        """Move the pointer along the panel that it is in, or the first one."""
        if self._picture is None or not self._picture.panels:
            return
        start = self._spot
        if start is None:
            area = self._picture.panels[0].area
            start = QPointF(area.right() * self.width(), area.center().y() * self.height())
        self._point(QPointF(min(max(start.x() + pixels, 0), self.width() - 1), start.y()))

    def sizeHint(self) -> QSize:
        return QSize(900, 520)

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._stale:
            self.redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pause.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(event.position())
        text = self.accessibleDescription()
        if text:
            QToolTip.showText(event.globalPosition().toPoint(), text, self)
        else:
            QToolTip.hideText()

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        fast = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._step(step * GAP * (8 if fast else 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_now()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        if self._picture is None:
            painter.setPen(QColor(tokens.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Drawing…"))
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._picture.image)
        self._paint_pointer(painter, tokens.outline)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_pointer(self, painter: QPainter, colour: str) -> None:
        """A thin line through the panel at the place whose entries are told."""
        if self._spot is None or not self.accessibleDescription():
            return
        panel = self._panel_at(self._part(self._spot))
        if panel is not None:
            area = panel.area
            x = round(self._spot.x()) + 0.5
            painter.setPen(QPen(QColor(colour), 1, Qt.PenStyle.DashLine))
            painter.drawLine(
                QPointF(x, area.top() * self.height()), QPointF(x, area.bottom() * self.height())
            )
