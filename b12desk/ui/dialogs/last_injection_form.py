"""The last injection before the diary began: the day, exactly or about, and no more than is remembered."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, InjectionDraft, Outcome
from b12desk.domain.questions import Answers
from b12desk.domain.records import Person
from b12desk.ui.form import Form
from b12desk.ui.widgets.amounts import dose_in_words
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.date_field import DateField
from b12desk.ui.widgets.fields import ChipsField, ListField, TextField
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.rows import row


class LastInjectionForm(Form):
    """Logs the injection from which the plan counts on; it fills no planned place itself."""

    def __init__(
        self,
        desk: Desk,
        person: Person,
        save_text: str = "",
        cancel_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("When was the last injection?"), save_text, cancel_text, parent)
        self._desk = desk
        self._person = person
        self._build()

    def write(self, answers: Answers) -> Outcome:
        day = self.day.value or self._desk.today()
        draft = InjectionDraft(
            on=day,
            precision="approximate" if self.about.value == "about" else "day",
            product_id=self.product.value,
            dose=self.dose.text,
            answers="none" if self._before_the_plan() else None,
        )
        return self._desk.injections.log_injection(self._person.id, draft, answers)

    def start(self) -> None:
        """The day has the cursor."""
        self.day.take_focus()

    def _before_the_plan(self) -> bool:
        """Whether the plan began later, so that no planned place can be meant."""
        day = self.day.value
        return day is not None and self._desk.plans.current(self._person.id, day) is None

    def _build(self) -> None:
        card = Card()
        products = [(product.id, product.name) for product in self._desk.products.list(self._person.id)]
        filled = self._desk.injections.injection_draft(self._person.id)
        self.day = DateField(self.tr("Day"), self._desk.today, past_only=True, required=True)
        self.day.line.setPlaceholderText(self.tr("12 September 2026, or 10 weeks ago"))
        self.about = ChipsField(
            self.tr("How sure is the day?"), [("sure", self.tr("sure")), ("about", self.tr("about"))]
        )
        self.about.set_value("sure")
        self.product = ListField(self.tr("Product"), products)
        self.product.set_value(filled.product_id)
        self.dose = TextField(self.tr("Dose"), check=dose_in_words, placeholder="1000 ug", optional=True)
        self.dose.set_text(filled.dose)
        for name, field in (
            ("on", self.day),
            ("precision", self.about),
            ("product", self.product),
            ("dose", self.dose),
        ):
            self.add_field(name, field)
        card.body.addLayout(row(self.day, self.about, stretch=(3, 2)))
        card.body.addLayout(row(self.product, self.dose))
        card.body.addWidget(
            label(
                self.tr("Earlier ones can be added at any time on the Injections page."), "small", wrap=True
            )
        )
        self.body.addWidget(card)
        self.body.addStretch(1)
