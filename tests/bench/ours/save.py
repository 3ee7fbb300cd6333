"""Ours: scores clicked on Today, one after the other; prints the median seconds from click to painted."""

import time
from statistics import median

from opened import run
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from b12desk.ui.main_window import MainWindow
from b12desk.ui.widgets.score_row import ScoreRow

CLICKS = 12


class Clicks(QObject):
    """Waits until the window has come to rest, then clicks."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        QTimer.singleShot(500, self, self._click_all)

    def _click_all(self) -> None:
        rows = self._window.findChildren(ScoreRow)
        seconds = []
        for number in range(CLICKS):
            row = rows[number % len(rows)]
            value = (row.score or 0) % 8 + 1
            started = time.perf_counter()
            QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=row.cell(value).center().toPoint())
            QApplication.processEvents()
            seconds.append(time.perf_counter() - started)
            if row.score != value:
                raise SystemExit("the click did not score")
        print("saved", median(seconds[2:]), flush=True)
        QApplication.exit(0)


run(Clicks)
