"""One symptom's score of a day: eleven numbers to click, drag along, or type; blank is not zero."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from b12desk.ui.theme import tokens_now
from b12desk.ui.tokens import CELL, GAP, Tokens

BLANK = -1
WORST = 10
CENTRED = Qt.AlignmentFlag.AlignCenter
SECOND_DIGIT = 700
"""Milliseconds in which a "0" after a "1" still makes it 10."""


class ScoreRow(QAbstractSlider):
    """A slider with eleven stops and a blank one: 0 none to 10 worst.

    Keys: 0 to 9; 1 and 0 quickly, or T, for 10; left and right by one; Delete for blank; up and down for the
    neighbouring symptom. A click on the chosen number takes it away.

    Signals:
        scored: the score now, or None for blank; only when the person changed it.
    """

    scored = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = BLANK
        self._hover = BLANK
        self._pressed = BLANK
        self.setRange(BLANK, WORST)
        self.setValue(BLANK)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SECOND_DIGIT)
        self._pause.timeout.connect(self.commit)
        self._describe()

    @property
    def score(self) -> int | None:
        """The score shown, or None for blank."""
        return None if self.value() == BLANK else self.value()

    def show_score(self, score: int | None) -> None:
        """Show a score that is kept already; what is being typed just now is not overwritten."""
        if self._pause.isActive() or self._pressed != BLANK:
            return
        self._kept = BLANK if score is None else score
        if self._kept != self.value():
            self._show(self._kept)

    def commit(self) -> None:
        """Tell the score if it differs from the one that is kept."""
        self._pause.stop()
        if self.value() != self._kept:
            self._kept = self.value()
            self.scored.emit(self.score)

    def cell(self, score: int) -> QRectF:
        """Where one number stands."""
        return QRectF(score * (CELL + GAP) + 1, 1, CELL - 2, CELL - 2)

    def _show(self, value: int) -> None:
        self.setValue(value)
        self._describe()
        self.update()

    def _describe(self) -> None:
        words = (
            self.tr("no score yet") if self.value() == BLANK else self.tr("{0} of 10").format(self.value())
        )
        self.setAccessibleDescription(words)

    def _type(self, digit: int) -> None:
        if digit == 0 and self._pause.isActive() and self.value() == 1:
            self._show(WORST)
            self.commit()
            return
        self._show(digit)
        if digit == 1:
            self._pause.start()  # the ten may follow
        else:
            self.commit()

    def _at(self, event: QMouseEvent) -> int:
        return min(max(int(event.position().x() // (CELL + GAP)), 0), WORST)

    def sizeHint(self) -> QSize:
        return QSize(11 * CELL + 10 * GAP, CELL)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self._type(int(key) - int(Qt.Key.Key_0))
        elif key in (Qt.Key.Key_T, Qt.Key.Key_End):
            self._show(WORST)
            self.commit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._show(BLANK)
            self.commit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key is Qt.Key.Key_Right else -1
            self._show(min(max(self.value() + step, 0), WORST))
            self._pause.start()
        elif key is Qt.Key.Key_Home:
            self._type(0)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(key is not Qt.Key.Key_Up)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self._at(event)
            self._pause.stop()
            if self._pressed != self.value():
                self._show(self._pressed)
                self._pressed = WORST + 1  # not the chosen one: releasing here keeps it

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at(event)
        if event.buttons() & Qt.MouseButton.LeftButton and self._pressed != BLANK:
            if at != self.value():
                self._pressed = WORST + 1
                self._show(at)
        elif at != self._hover:
            self._hover = at
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed == self.value():
            self._show(BLANK)
        self._pressed = BLANK
        self.commit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()  # the first click has chosen; the second must not take it away

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling the page must not score anything

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = BLANK
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cells of one look together: changing pen, brush and font is most of what painting them takes."""
        tokens = tokens_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused, chosen = self.hasFocus(), self.value()
        plain = [score for score in range(WORST + 1) if score not in (chosen, self._hover)]
        border = tokens.outline if focused else tokens.line
        words = tokens.text if focused else tokens.muted
        self._paint_cells(painter, plain, border, tokens.surface, words)
        if self._hover not in (BLANK, chosen):
            self._paint_cells(painter, [self._hover], tokens.accent, tokens.accent_soft, words)
        if chosen != BLANK:
            self._paint_chosen(painter, tokens)

    def _paint_cells(
        self, painter: QPainter, scores: Sequence[int], border: str, fill: str, words: str
    ) -> None:
        painter.setPen(QPen(QColor(border), 1.2))
        painter.setBrush(QColor(fill))
        for score in scores:
            painter.drawRoundedRect(self.cell(score).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.setPen(QColor(words))
        for score in scores:
            painter.drawText(self.cell(score), CENTRED, str(score))

    def _paint_chosen(self, painter: QPainter, tokens: Tokens) -> None:
        font = painter.font()
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        self._paint_cells(painter, [self.value()], tokens.accent, tokens.accent, tokens.on_accent)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.on_accent), 1.6))
            painter.drawRoundedRect(self.cell(self.value()).adjusted(3.5, 3.5, -3.5, -3.5), 4, 4)
