"""Ours: the window on the diary of the arguments, until Today has been painted with its content."""

from opened import FirstPaint, run
from PySide6.QtWidgets import QLabel, QMainWindow


def until_painted(window: QMainWindow) -> FirstPaint:
    """See that Today is really in the window, and wait for its first paint."""
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisibleTo(window)]
    if len(texts) < 20 or not any(character.isdigit() for text in texts for character in text):
        raise SystemExit(f"the first page is not Today with its content: {texts}")
    return FirstPaint(window)


run(until_painted)
