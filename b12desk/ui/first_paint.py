"""Calls back when a window has been painted for the first time: what can wait, waits for that."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class _Watch(QObject):
    """Waits for the first Expose of the native window, in which Qt paints all its widgets.

    The window itself gets no paint event when its children cover it wholly.
    """

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._then = then
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        native = self._window.windowHandle()
        if event.type() == QEvent.Type.Show:  # by now there is a native window, not exposed yet
            watched.removeEventFilter(self)
            native.installEventFilter(self)
        elif event.type() == QEvent.Type.Expose and native.isExposed():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._call)
        return False

    def _call(self) -> None:
        self._then()
        self.deleteLater()


def after_first_paint(window: QWidget, then: Callable[[], None]) -> None:
    """Call `then` once, from the event loop, after `window`, not shown yet, has been painted."""
    _Watch(window, then)
