"""The row in front of the review: its question in full, and the answers to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from b12desk.ui.labs.review_model import ReviewRow, why
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.fields import ListField
from b12desk.ui.widgets.labels import label

SMALLEST = 92


class RowPanel(QFrame):
    """Answers are buttons, so that Tab and Enter are enough.

    Signals:
        answered: the option: "yes", "no", or one of two readings.
        assigned: the id of the test that an unknown one is.
    """

    answered = Signal(str)
    assigned = Signal(str)

    def __init__(self, tests: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("why")
        self.setMinimumHeight(SMALLEST)
        self.text = label("", wrap=True)
        self.buttons: dict[str, Button] = {}
        self.test = ListField(self.tr("Which test is it?"), tests, empty=self.tr("None of these"))
        self.use_test = Button(self.tr("It is this test"))
        self.use_test.clicked.connect(self._on_test)
        self._line = QHBoxLayout()
        self._line.setSpacing(GAP * 2)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP * 4, GAP * 3, GAP * 4, GAP * 3)
        rows.setSpacing(GAP * 2)
        rows.addWidget(self.text)
        rows.addLayout(self._line)
        rows.addWidget(self._tests())

    def show_row(self, row: ReviewRow | None) -> None:
        """Show a row's reason and question."""
        words = why(row) if row is not None else ""
        self.text.setText(words or self.tr("Nothing to ask about this row."))
        self.setAccessibleName(self.text.text())
        while item := self._line.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        for option, text in self._options(row):
            button = Button(text)
            button.clicked.connect(lambda _checked=False, option=option: self.answered.emit(option))
            self.buttons[option] = button
            self._line.addWidget(button)
        self._line.addStretch(1)
        self._unknown.setVisible(row is not None and row.unmapped)
        self.test.set_value(None)

    def _tests(self) -> QWidget:
        """The choice for a test that the diary does not know."""
        self._unknown = QWidget()
        across = QHBoxLayout(self._unknown)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP * 2)
        across.addWidget(self.test)
        across.addWidget(self.use_test)
        across.addStretch(1)
        self._unknown.hide()
        return self._unknown

    def _on_test(self) -> None:
        if self.test.value:
            self.assigned.emit(self.test.value)
        else:
            self.test.complain(self.tr("Please choose a test, or leave the row out."))

    def _options(self, row: ReviewRow | None) -> list[tuple[str, str]]:
        if row is None or row.unmapped or row.candidate.state in ("duplicate", "excluded"):
            return []
        leave = ("no", self.tr("Leave it out"))
        if row.candidate.state == "conflict":
            return [("yes", self.tr("Replace what is recorded")), ("no", self.tr("Keep what is recorded"))]
        if row.candidate.questions:
            options = row.candidate.questions[0].options
            keep = {"yes": self.tr("Yes, keep it")}
            # without options it is the sample date, which is asked for above the table
            return [*((one, keep.get(one, one)) for one in options if one != "no"), leave] if options else []
        return [leave] if row.writes else [("yes", self.tr("Write it after all"))]
