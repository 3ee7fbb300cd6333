"""A column that scrolls and gives wrapped text the height that it needs at its width."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scroller(QScrollArea):
    """Scrolls `inside`, which has a layout.

    A QScrollArea by itself asks only for the smallest height at any width, so that wrapped lines are cut.
    """

    def __init__(self, inside: QWidget, *, hug: bool = False, parent: QWidget | None = None) -> None:
        """With `hug` it takes no more height than its content, so that what is below stands close."""
        super().__init__(parent)
        self._inside = inside
        self._hug = hug
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        inside.installEventFilter(self)

    def _fit(self) -> None:
        layout = self._inside.layout()
        if layout is None:
            return
        height = layout.totalSizeHint().height()
        if layout.hasHeightForWidth():
            # its own width is the viewport's, within its limits; asking for the viewport makes Qt for Python
            # load every kind of widget there is, 30 ms of a window's start
            width = max(self._inside.width(), layout.totalMinimumSize().width())
            height = layout.totalHeightForWidth(width)
        elif not self._hug:
            return
        if height != self._inside.minimumHeight():
            self._inside.setMinimumHeight(height)
            if self._hug:
                self.setMaximumHeight(height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
