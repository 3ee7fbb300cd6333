"""Tells when a window has been painted for the first time; imported by the floors and by ours alike."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


def peak_kib() -> int:
    """This process's own peak memory in KiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


class FirstPaint(QObject):
    """Prints `painted MOMENT KIB` once the window, shown before, is painted; then ends the application.

    It waits for the first Expose of the native window, in which Qt paints all widgets: a window that its
    children cover wholly gets no paint event of its own.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._native = window.windowHandle()
        self._native.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the window paint itself, and speak when the event loop comes round."""
        if event.type() == QEvent.Type.Expose and self._native.isExposed():
            self._native.removeEventFilter(self)
            QTimer.singleShot(0, self, self.say)
        return False

    @staticmethod
    def say() -> None:
        """Print the line and end the application."""
        print("painted", time.monotonic(), peak_kib(), flush=True)
        QApplication.exit(0)
