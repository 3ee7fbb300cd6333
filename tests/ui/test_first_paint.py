"""What waits for the first paint comes after it, and once."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from b12desk.ui.first_paint import after_first_paint


class Cover(QWidget):
    """Covers its window wholly, so that the window has nothing to paint."""

    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self._told = told
        self.setAutoFillBackground(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._told.append("painted")


def test_it_calls_once_and_after_the_paint(qtbot: QtBot) -> None:
    told: list[str] = []
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(Cover(told))
    after_first_paint(window, lambda: told.append("called"))
    assert told == []
    window.show()
    qtbot.waitUntil(lambda: "called" in told)
    assert told[0] == "painted"
    window.hide()
    window.show()
    qtbot.waitExposed(window)
    assert told.count("called") == 1
