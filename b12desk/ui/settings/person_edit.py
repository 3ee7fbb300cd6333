"""What the diary knows about a person, changed field by field; the history keeps what was there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, Outcome
from b12desk.desk.people import COLOURS
from b12desk.domain.questions import Answers
from b12desk.domain.records import Person
from b12desk.ui import words
from b12desk.ui.form import Form
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.date_field import DateField
from b12desk.ui.widgets.fields import ChipsField, ListField, TextField
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.rows import row

CAUSES = (
    "pernicious_anaemia",
    "autoimmune_gastritis",
    "malabsorption",
    "gastric_surgery",
    "diet",
    "medicine",
    "nitrous_oxide",
    "inherited",
    "unknown",
)


class PersonEditForm(Form):
    """Changes only the fields that were typed anew."""

    def __init__(self, desk: Desk, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(person.name, parent=parent)
        self._desk = desk
        self._person = person
        self._build_who()
        self._build_clinic()
        self.body.addStretch(1)
        self._show(person)
        self._before = self._values()

    def write(self, answers: Answers) -> Outcome:
        changed = {name: text for name, text in self._values().items() if text != self._before[name]}
        return self._desk.editing.edit(self._person.id, changed, answers)

    def start(self) -> None:
        """The name has the cursor."""
        self.name.take_focus()

    def _values(self) -> dict[str, str | None]:
        return {
            "name": self.name.text,
            "colour": self.colour.value,
            "birth_date": self.born.value.isoformat() if self.born.value else None,
            "cause": self.cause.value,
            "neurological": self.neurological.value,
            "allergies": self.allergies.text,
            "medicines": self.medicines.text,
            "clinic": self.clinic.text,
            "clinic_contact": self.contact.text,
            "emergency_number": self.emergency.text,
        }

    def _show(self, person: Person) -> None:
        self.name.set_text(person.name)
        self.colour.set_value(person.colour)
        self.born.set_value(person.birth_date)
        self.cause.set_value(person.cause)
        self.neurological.set_value(person.neurological)
        self.allergies.set_text(person.allergies)
        self.medicines.set_text(person.medicines)
        self.clinic.set_text(person.clinic)
        self.contact.set_text(person.clinic_contact)
        self.emergency.set_text(person.emergency_number)

    def _build_who(self) -> None:
        card = Card()
        self.name = TextField(self.tr("Name or initials"), required=True, longest=60)
        self.born = DateField(self.tr("Date of birth"), self._desk.today, past_only=True, optional=True)
        self.colour = ChipsField(
            self.tr("Colour"), [(colour, words.tr(colour)) for colour in COLOURS], may_clear=False
        )
        causes = list(CAUSES)
        if self._person.cause and self._person.cause not in causes:
            causes.append(self._person.cause)
        self.cause = ListField(
            self.tr("Cause, as told by the clinic"),
            [(cause, words.tr(cause.replace("_", " "))) for cause in causes],
            optional=True,
        )
        self.neurological = ChipsField(
            self.tr("Nerve symptoms, as told by the clinic"),
            [("yes", self.tr("yes")), ("no", self.tr("no")), ("unknown", self.tr("not known"))],
            may_clear=False,
        )
        for name, field in (
            ("name", self.name),
            ("birth_date", self.born),
            ("colour", self.colour),
            ("cause", self.cause),
            ("neurological", self.neurological),
        ):
            self.add_field(name, field)
        card.body.addLayout(row(self.name, self.born))
        card.body.addWidget(self.colour)
        card.body.addLayout(row(self.cause, self.neurological))
        self.body.addWidget(card)

    def _build_clinic(self) -> None:
        card = Card(self.tr("For the clinic, and for an emergency"))
        self.clinic = TextField(self.tr("Clinic"), optional=True, longest=120)
        self.contact = TextField(self.tr("How to reach the clinic"), optional=True, longest=120)
        self.emergency = TextField(self.tr("Local emergency number"), optional=True, longest=30)
        self.allergies = TextField(self.tr("Allergies"), optional=True)
        self.medicines = TextField(self.tr("Medicines"), optional=True, longest=400)
        for name, field in (
            ("clinic", self.clinic),
            ("clinic_contact", self.contact),
            ("emergency_number", self.emergency),
            ("allergies", self.allergies),
            ("medicines", self.medicines),
        ):
            self.add_field(name, field)
        card.body.addLayout(row(self.clinic, self.contact))
        card.body.addLayout(row(self.emergency, self.allergies))
        card.body.addWidget(self.medicines)
        card.body.addWidget(
            label(self.tr("This is kept as written; nothing is worked out from it."), "small", wrap=True)
        )
        self.body.addWidget(card)
