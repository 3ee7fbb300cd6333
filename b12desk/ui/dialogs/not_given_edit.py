"""An entry about an injection that was not given: its reason, the clinic's date and the note can change."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, Outcome
from b12desk.domain.questions import Answers
from b12desk.domain.records import NotGiven, Person
from b12desk.domain.wording import long_day
from b12desk.ui import words
from b12desk.ui.form import Form
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.date_field import DateField
from b12desk.ui.widgets.fields import ChipsField, NoteField
from b12desk.ui.widgets.labels import label

REASONS = ("missed", "postponed", "unknown")


class NotGivenEditForm(Form):
    """Edits one entry; that it was given elsewhere after all is an injection, and is logged as one."""

    def __init__(self, desk: Desk, person: Person, entry: NotGiven, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Planned for {0}").format(long_day(entry.planned)), parent=parent)
        self._desk = desk
        self._person = person
        self._entry = entry
        self._build()
        self._before = self._values()
        self._show_date()

    def write(self, answers: Answers) -> Outcome:
        values = {name: text for name, text in self._values().items() if text != self._before[name]}
        return self._desk.editing.edit(self._entry.id, values, answers)

    def changed_by_typing(self) -> None:
        self._show_date()

    def _values(self) -> dict[str, str | None]:
        reason = self.reason.value or "unknown"
        day = self.day.value if reason == "postponed" else None
        return {"reason": reason, "moved_to": day.isoformat() if day else None, "note": self.note.text}

    def _show_date(self) -> None:
        self.day.setVisible(self.reason.value == "postponed")

    def _build(self) -> None:
        card = Card()
        choices = [(reason, words.reason_words(reason)) for reason in REASONS]
        self.reason = ChipsField(self.tr("What happened?"), choices, may_clear=False)
        self.reason.set_value(self._entry.reason)
        self.day = DateField(self.tr("The date that the clinic gave"), self._desk.today)
        self.day.set_value(self._entry.moved_to)
        self.note = NoteField(self.tr("Note"))
        self.note.set_text(self._entry.note)
        for name, field in (("reason", self.reason), ("moved_to", self.day), ("note", self.note)):
            self.add_field(name, field)
        elsewhere = self.tr("Was it given elsewhere? Then delete this entry and log the injection.")
        for part in (self.reason, self.day, self.note, label(elsewhere, "small", wrap=True)):
            card.body.addWidget(part)
        self.body.addWidget(card)
        self.body.addStretch(1)
