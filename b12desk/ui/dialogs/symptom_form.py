"""A new symptom: an own item for the daily list, noted with the day on which it began."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, Outcome
from b12desk.domain.questions import Answers
from b12desk.domain.records import Person
from b12desk.ui.form import Form
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.fields import ListField, TextField
from b12desk.ui.widgets.labels import label


class SymptomForm(Form):
    """Adds a symptom to the daily list: one of the known ones, or one in the person's own words (S61)."""

    def __init__(self, desk: Desk, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("A new symptom"), self.tr("Add to my list"), parent=parent)
        self._desk = desk
        self._person = person
        self._build()

    def write(self, answers: Answers) -> Outcome:
        if self.known.value:
            return self._desk.entries.show_symptom(self._person.id, self.known.value, True)
        return self._desk.entries.add_symptom(self._person.id, self.own.text or "")

    def start(self) -> None:
        """The list first: a known symptom can be compared with others' research."""
        self.known.take_focus()

    def _build(self) -> None:
        card = Card()
        hidden = [
            (choice.id, choice.label)
            for choice in self._desk.entries.symptoms(self._person.id, everything=True)
            if not choice.shown
        ]
        self.known = ListField(self.tr("From the list"), hidden, optional=True)
        self.own = TextField(self.tr("Or in your own words"), longest=60, optional=True)
        self.add_field("symptom", self.known)
        self.add_field("label", self.own)
        card.body.addWidget(self.known)
        card.body.addWidget(self.own)
        card.body.addWidget(
            label(
                self.tr("If it is new or getting worse, tell your clinic; you can show them this diary."),
                "small",
            )
        )
        self.body.addWidget(card)
        self.body.addStretch(1)
