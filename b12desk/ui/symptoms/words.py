"""Words of the Symptoms page that several of its parts use."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """A word in the person's language."""
    return QCoreApplication.translate("Symptoms", text)


def directions() -> list[tuple[str, str]]:
    """The three answers to how it goes."""
    return [("better", tr("better")), ("same", tr("the same")), ("worse", tr("worse"))]


def direction_words(direction: str) -> str:
    """ "same" gives "the same"."""
    return dict(directions()).get(direction, direction)


def event_words(what: str) -> str:
    """ "medicine_started" gives "Medicine started"."""
    words = what.replace("_", " ")
    return words[:1].upper() + words[1:]
