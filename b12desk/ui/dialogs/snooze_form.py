"""Silence for one open reminder until a day that the person chooses; it stays in the list."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, Outcome
from b12desk.domain.questions import Answers
from b12desk.reminders.shown import Pending
from b12desk.ui.form import Form
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.date_field import DateField
from b12desk.ui.widgets.labels import label


class SnoozeForm(Form):
    """Begins with tomorrow; any later day can be typed."""

    def __init__(self, desk: Desk, line: Pending, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Remind later"), parent=parent)
        self._desk = desk
        self._line = line
        card = Card()
        card.body.addWidget(label(line.text, wrap=True))
        self.until = DateField(self.tr("Silent until"), desk.today, required=True)
        self.until.set_value(desk.today() + timedelta(days=1))
        self.add_field("until", self.until)
        card.body.addWidget(self.until)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def write(self, answers: Answers) -> Outcome:
        return self._desk.reminders.snooze_line(self._line, self.until.value or self._desk.today())

    def start(self) -> None:
        """The day has the focus."""
        self.until.take_focus()
