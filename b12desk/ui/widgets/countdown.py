"""The days to the next injection as a ring that fills calmly; past its end it just stays full."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from b12desk.ui.theme import tokens_now

SIDE = 120
BAND = 10


class Countdown(QWidget):
    """A number with a caption inside a ring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure = ""
        self._caption = ""
        self._part: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_figure(self, figure: str, caption: str, part: float | None) -> None:
        """`part` of the interval that has passed, 0.0 to 1.0; None where there is no interval to show."""
        self._figure, self._caption = figure, caption
        self._part = None if part is None else min(max(part, 0.0), 1.0)
        self.setAccessibleName(f"{figure} {caption}")
        self.update()

    @property
    def words(self) -> str:
        """What the ring says."""
        return f"{self._figure} {self._caption}"

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = tokens_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QRectF(self.rect()).adjusted(BAND / 2 + 1, BAND / 2 + 1, -BAND / 2 - 1, -BAND / 2 - 1)
        painter.setPen(QPen(QColor(tokens.line), BAND))
        painter.drawEllipse(ring)
        if self._part:
            painter.setPen(QPen(QColor(tokens.accent), BAND, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(ring, 90 * 16, -round(self._part * 360 * 16))
        self._write(painter, tokens.text, tokens.muted)

    def _write(self, painter: QPainter, strong: str, muted: str) -> None:
        font = painter.font()
        body = font.pixelSize()
        font.setPixelSize(round(body * 2.3))
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(strong))
        middle = self.height() / 2
        painter.drawText(
            QRectF(0, middle - body * 2.05, self.width(), body * 2.4),
            Qt.AlignmentFlag.AlignCenter,
            self._figure,
        )
        font.setPixelSize(round(body * 0.85))
        font.setWeight(font.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(muted))
        painter.drawText(
            QRectF(BAND * 2, middle + body * 0.35, self.width() - BAND * 4, body * 2.4),
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap,
            self._caption,
        )
