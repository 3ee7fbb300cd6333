"""A planned injection that was not given: what happened, in neutral words, and what the clinic said."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, Outcome
from b12desk.domain.questions import Answers
from b12desk.domain.records import Person
from b12desk.domain.schedule import Occurrence
from b12desk.domain.wording import long_day
from b12desk.ui import words
from b12desk.ui.form import Form
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.date_field import DateField
from b12desk.ui.widgets.fields import ChipsField, NoteField
from b12desk.ui.widgets.labels import label

REASONS = ("missed", "postponed", "given_elsewhere", "unknown")
DATED = ("postponed", "given_elsewhere")


class NotGivenForm(Form):
    """Closes one planned injection; it never plans another one by itself (S33)."""

    def __init__(
        self, desk: Desk, person: Person, occurrence: Occurrence, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Planned for {0}").format(long_day(occurrence.planned)), parent=parent)
        self._desk = desk
        self._person = person
        self._occurrence = occurrence
        self._build()
        self._show_date()

    def write(self, answers: Answers) -> Outcome:
        reason = self.reason.value or "unknown"
        day = self.day.value if reason in DATED else None
        return self._desk.injections.log_not_given(
            self._person.id, self._occurrence.planned, reason, day, self.note.text
        )

    def changed_by_typing(self) -> None:
        self._show_date()

    def start(self) -> None:
        """The first choice has the focus: there is nothing that could be saved unseen."""
        self.reason.chips.chip("missed").setFocus()

    def _show_date(self) -> None:
        reason = self.reason.value
        self.day.setVisible(reason in DATED)
        title = (
            self.tr("The date that the clinic gave")
            if reason == "postponed"
            else self.tr("The day it was given")
        )
        self.day.title.setText(title)
        self._ask_clinic.setVisible(reason in ("missed", "unknown"))
        self._copy.setVisible(reason in ("missed", "unknown"))
        self.save_button.setEnabled(reason is not None)

    def _build(self) -> None:
        card = Card()
        choices = [(reason, words.reason_words(reason)) for reason in REASONS]
        self.reason = ChipsField(self.tr("What happened?"), choices)
        self.day = DateField("", self._desk.today)
        self.note = NoteField(self.tr("Note"))
        for name, field in (("reason", self.reason), ("date", self.day), ("note", self.note)):
            self.add_field(name, field)
        text = self.tr(
            "Your injection planned for {0} is not logged. Contact your clinic about when to have it. "
            "Do not take extra."
        ).format(long_day(self._occurrence.planned))
        contact = " · ".join(part for part in (self._person.clinic, self._person.clinic_contact) if part)
        self._ask_clinic = label(f"{text}\n{contact}".strip(), wrap=True)
        self._copy = Button(self.tr("Copy a message to the clinic"))
        self._copy.clicked.connect(self._copy_message)
        card.body.addWidget(self.reason)
        card.body.addWidget(self.day)
        card.body.addWidget(self._ask_clinic)
        card.body.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(self.note)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def _copy_message(self) -> None:
        message = self._desk.plans.message_to_clinic(self._person.id, [self._occurrence.planned])
        QGuiApplication.clipboard().setText(message)
        self._copy.setText(self.tr("Copied"))
