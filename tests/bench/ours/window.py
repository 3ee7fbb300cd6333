"""Ours: B12 Desk's window on the diary of the arguments, until Today has been painted with its content.

Arguments: those of `b12desk`. The product has no switch for this: the event loop's start is where the bench
steps in, so that it measures what a person's click starts.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "floors"))

from paint import FirstPaint
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from b12desk.__main__ import main

real_exec = QApplication.exec


def watched_exec(*_: object) -> int:
    """Find the window that is about to be painted, see that Today is in it, and wait for its first paint."""
    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow) and w.isVisible())
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window)]
    if len(texts) < 20 or not any(character.isdigit() for text in texts for character in text):
        raise SystemExit(f"the first page is not Today with its content: {texts}")
    FirstPaint(window)
    return real_exec()


QApplication.exec = watched_exec

main()
