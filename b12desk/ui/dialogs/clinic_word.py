"""What the clinic said and who said it: on to the next phase, or a date agreed after a missed injection."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, Outcome
from b12desk.domain.questions import Answers
from b12desk.domain.records import Person
from b12desk.ui.form import Form
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.date_field import DateField
from b12desk.ui.widgets.fields import NoteField, TextField
from b12desk.ui.widgets.labels import label


class _ClinicWord(Form):
    """A date, who said it, a note."""

    def __init__(self, desk: Desk, person: Person, title: str, text: str, past_only: bool) -> None:
        super().__init__(title)
        self._desk = desk
        self._person = person
        card = Card()
        self.day = DateField(self.tr("Date"), desk.today, past_only=past_only, required=True)
        self.told_by = TextField(
            self.tr("Who said so?"), required=True, placeholder=self.tr("Dr Lee, nurse at the clinic")
        )
        self.note = NoteField(self.tr("Note"))
        card.body.addWidget(label(text, wrap=True))
        for name, field in (("on", self.day), ("told_by", self.told_by), ("note", self.note)):
            self.add_field(name, field)
            card.body.addWidget(field)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def start(self) -> None:
        """The day first: there is nothing prefilled that could be saved unread."""
        self.day.take_focus()


class StepForm(_ClinicWord):
    """The clinic has moved the person on to the next phase (S24, S25)."""

    def __init__(self, desk: Desk, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            person,
            self.tr("On to the next phase"),
            self.tr(
                "B12 Desk never changes the phase by itself. Has your clinic moved you on, and since when?"
            ),
            past_only=True,
        )
        self.day.set_value(desk.today())

    def write(self, answers: Answers) -> Outcome:
        return self._desk.plans.step(
            self._person.id, self.day.value or self._desk.today(), self.told_by.text or "", self.note.text
        )


class AgreeForm(_ClinicWord):
    """The date that the clinic agreed after a missed injection (S34)."""

    def __init__(self, desk: Desk, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            person,
            self.tr("The agreed date"),
            self.tr(
                "After a missed injection there is no date to count from. Which one did your clinic give you?"
            ),
            past_only=False,
        )

    def write(self, answers: Answers) -> Outcome:
        return self._desk.plans.agree(
            self._person.id, self.day.value or self._desk.today(), self.told_by.text or "", self.note.text
        )
