"""Starts B12 Desk as its command does and hands over its window when the event loop is about to start.

The product has no switch for this: the start of the event loop is where the bench steps in, so that it
measures what a person's click starts.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "floors"))

from paint import FirstPaint  # first, as in the floors
from PySide6.QtWidgets import QApplication, QMainWindow

from b12desk.__main__ import main

__all__ = ["FirstPaint", "run"]


def run(when_shown: Callable[[Any], object]) -> None:
    """Run the program with this process's arguments; `when_shown` is given the window, not painted yet."""
    real = QApplication.exec
    kept = []

    def watched(*_: object) -> int:
        tops = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMainWindow))
        kept.append(when_shown(next(window for window in tops if window.isVisible())))
        return real()

    QApplication.exec = watched  # type: ignore[method-assign]
    main()
