"""Planned injections whose day has passed without an entry: said plainly, one line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from b12desk.domain.schedule import Occurrence
from b12desk.domain.wording import count, short_day
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.labels import label, rule

SHOWN = 3
"""More than this many are told by their number; the Injections page lists them all."""


class PastCard(Card):
    """One line for each open injection that is past.

    Signals:
        log_wanted: an Occurrence was given after all.
        not_given_wanted: an Occurrence was not given.
        message_wanted: a message to the clinic about these planned dates, to be copied.
        all_wanted: the list of all of them.
    """

    log_wanted = Signal(object)
    not_given_wanted = Signal(object)
    message_wanted = Signal(object)
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._inside = QWidget()
        self.body.addWidget(self._inside)
        self.body.setContentsMargins(GAP * 6, GAP * 3, GAP * 6, GAP * 3)

    def show_past(self, past: Sequence[Occurrence], today: date) -> None:
        """Show these, the oldest first; without any the card is hidden."""
        old, self._inside = self._inside, QWidget()
        rows = QVBoxLayout(self._inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP * 2)
        for index, one in enumerate(past[:SHOWN]):
            if index:
                rows.addWidget(rule())
            rows.addLayout(self._row(one, today))
        copy = Button(self.tr("Copy a message to your clinic"), "link")
        copy.clicked.connect(lambda: self.message_wanted.emit([one.planned for one in past]))
        rows.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        if len(past) > SHOWN:
            more = Button(self.tr("and {0} more").format(count(len(past) - SHOWN, "planned date")), "link")
            more.clicked.connect(self.all_wanted)
            rows.addWidget(more)
        self.body.replaceWidget(old, self._inside)
        old.deleteLater()
        self.setVisible(bool(past))

    def _row(self, one: Occurrence, today: date) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP * 2)
        words = self.tr("Planned for {0}, not logged").format(short_day(one.planned, today))
        text = label(words, "strong", wrap=True)
        given = Button(self.tr("It was given…"))
        given.setAccessibleName(f"{words}: {self.tr('It was given')}")
        not_given = Button(self.tr("Not given…"))
        not_given.setAccessibleName(f"{words}: {self.tr('Not given')}")
        given.clicked.connect(lambda: self.log_wanted.emit(one))
        not_given.clicked.connect(lambda: self.not_given_wanted.emit(one))
        row.addWidget(text, 1)
        row.addWidget(given)
        row.addWidget(not_given)
        return row
