"""A person: a name is enough; what the clinic's page can carry is optional."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, Outcome
from b12desk.domain.questions import Answers
from b12desk.ui.form import Form
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.date_field import DateField
from b12desk.ui.widgets.fields import TextField
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.rows import row


class PersonForm(Form):
    """Adds somebody to the diary."""

    def __init__(
        self, desk: Desk, save_text: str = "", cancel_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Whose diary is it?"), save_text, cancel_text, parent)
        self._desk = desk
        self._build()

    def write(self, answers: Answers) -> Outcome:
        typed = {
            "birth_date": self.born.value,
            "clinic": self.clinic.text,
            "clinic_contact": self.contact.text,
            "emergency_number": self.emergency.text,
        }
        known = {key: value for key, value in typed.items() if value is not None}
        return self._desk.people.add(self.name.text or "", **known)

    def start(self) -> None:
        """The name has the cursor."""
        self.name.take_focus()

    def _build(self) -> None:
        card = Card()
        self.name = TextField(self.tr("Name or initials"), required=True, longest=60)
        self.born = DateField(self.tr("Date of birth"), self._desk.today, past_only=True, optional=True)
        self.clinic = TextField(self.tr("Clinic"), optional=True, longest=120)
        self.contact = TextField(self.tr("How to reach the clinic"), optional=True, longest=120)
        self.emergency = TextField(self.tr("Local emergency number"), optional=True, longest=30)
        for name, field in (
            ("name", self.name),
            ("birth_date", self.born),
            ("clinic", self.clinic),
            ("clinic_contact", self.contact),
            ("emergency_number", self.emergency),
        ):
            self.add_field(name, field)
        card.body.addLayout(row(self.name, self.born))
        card.body.addLayout(row(self.clinic, self.contact))
        card.body.addLayout(row(self.emergency, QWidget()))
        card.body.addWidget(
            label(
                self.tr("Everything stays in one file on this computer; there is no account."),
                "small",
                wrap=True,
            )
        )
        self.body.addWidget(card)
        self.body.addStretch(1)
