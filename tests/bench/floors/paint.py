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
    """Prints `painted MOMENT KIB` once the window's first paint is done, then ends the application."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the paint, and then for the event loop to come round."""
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._say)
        return False

    def _say(self) -> None:
        print("painted", time.monotonic(), peak_kib(), flush=True)
        QApplication.exit(0)
