"""Better, same or worse, for one symptom or on the whole, and since when (S9)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, Outcome
from b12desk.domain.questions import Answers
from b12desk.domain.records import Person
from b12desk.ui.form import Form
from b12desk.ui.symptoms.words import directions
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.date_field import DateField
from b12desk.ui.widgets.fields import ChipsField, ListField, NoteField
from b12desk.ui.widgets.rows import row


class TrendForm(Form):
    """Writes down how it goes; it works nothing out."""

    def __init__(self, desk: Desk, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Better, same or worse?"), parent=parent)
        self._desk = desk
        self._person = person
        self._build()

    def write(self, answers: Answers) -> Outcome:
        return self._desk.entries.log_trend(
            self._person.id,
            self.direction.value or "",
            symptom=self.symptom.value,
            since=self.since.value,
            on=self.day.value,
            note=self.note.text,
        )

    def start(self) -> None:
        """The direction comes first."""
        self.direction.chips.chip("better").setFocus()

    def _build(self) -> None:
        card = Card()
        self.direction = ChipsField(self.tr("How is it?"), directions())
        symptoms = [(one.id, one.label) for one in self._desk.entries.symptoms(self._person.id)]
        self.symptom = ListField(self.tr("Of which symptom?"), symptoms, empty=self.tr("On the whole"))
        self.since = DateField(self.tr("Since"), self._desk.today, past_only=True, optional=True)
        self.day = DateField(self.tr("Noted on"), self._desk.today, past_only=True, required=True)
        self.day.set_value(self._desk.today())
        self.note = NoteField(self.tr("Note"))
        for name, field in (
            ("direction", self.direction),
            ("symptom", self.symptom),
            ("since", self.since),
            ("on", self.day),
            ("note", self.note),
        ):
            self.add_field(name, field)
        card.body.addWidget(self.direction)
        card.body.addWidget(self.symptom)
        card.body.addLayout(row(self.since, self.day))
        card.body.addWidget(self.note)
        self.body.addWidget(card)
        self.body.addStretch(1)
