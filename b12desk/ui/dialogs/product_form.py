"""A product: what stands on the ampoule or vial, with both units beside it (S2, S41)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, Outcome
from b12desk.domain.questions import Answers
from b12desk.domain.records import Person
from b12desk.ui import words
from b12desk.ui.form import Form
from b12desk.ui.widgets.amounts import strength_in_words, volume_in_words
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.fields import ChipsField, ListField, NoteField, TextField
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.rows import row

FORMS = ("hydroxocobalamin", "cyanocobalamin", "methylcobalamin", "adenosylcobalamin", "other", "unknown")
SOURCES = (("pharmacy", "pharmacy"), ("compounded", "compounded"), ("unknown", "not known"))


class ProductForm(Form):
    """Adds a product; two vials that both say "B12" may differ (S65)."""

    def __init__(
        self,
        desk: Desk,
        person: Person,
        save_text: str = "",
        cancel_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("What is in the ampoule or vial?"), save_text, cancel_text, parent)
        self._desk = desk
        self._person = person
        self._build()

    def write(self, answers: Answers) -> Outcome:
        return self._desk.products.add(
            self._person.id,
            self.name.text or "",
            form=self.form.value or "unknown",
            strength=self.strength.text,
            volume=self.volume.text,
            brand=self.brand.text,
            source=self.source.value or "unknown",
            note=self.note.text,
        )

    def start(self) -> None:
        """The name has the cursor."""
        self.name.take_focus()

    def _build(self) -> None:
        card = Card()
        self.name = TextField(
            self.tr("Name"),
            placeholder=self.tr("as you call it: Hydroxocobalamin 1 mg"),
            required=True,
            longest=80,
        )
        self.form = ListField(self.tr("Form of B12"), [(form, form) for form in FORMS])
        self.form.set_value("unknown")
        self.strength = TextField(
            self.tr("Strength per mL"), check=strength_in_words, placeholder="1000 ug/mL", optional=True
        )
        self.volume = TextField(
            self.tr("Volume of one ampoule or vial"), check=volume_in_words, placeholder="1 mL", optional=True
        )
        self.brand = TextField(self.tr("Brand"), optional=True, longest=80)
        self.source = ChipsField(self.tr("From"), [(source, words.tr(text)) for source, text in SOURCES])
        self.note = NoteField(self.tr("Note"))
        for name in ("name", "form", "strength", "volume", "brand", "source", "note"):
            self.add_field(name, getattr(self, name))
        card.body.addLayout(row(self.name, self.form))
        card.body.addLayout(row(self.strength, self.volume))
        card.body.addLayout(row(self.brand, self.source))
        card.body.addWidget(self.note)
        card.body.addWidget(
            label(
                self.tr("If you do not have it at hand, leave this empty: “unknown” stands in until you do."),
                "small",
            )
        )
        self.body.addWidget(card)
        self.body.addStretch(1)
