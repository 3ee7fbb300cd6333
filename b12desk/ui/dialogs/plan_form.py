"""The plan form: what the clinic ordered, from a template or typed, checked as one types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from b12desk.desk import Desk, Outcome
from b12desk.desk.products import UNKNOWN
from b12desk.domain.errors import Invalid, WorldError
from b12desk.domain.plan import in_words
from b12desk.domain.presets import Preset
from b12desk.domain.questions import Answers
from b12desk.domain.records import Person
from b12desk.ui.form import Form
from b12desk.ui.plan.phase_editor import PhaseEditor
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.date_field import DateField
from b12desk.ui.widgets.fields import ChipsField, ListField, TextField
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.rows import row


class PlanForm(Form):
    """A new plan, or the next revision of one; no template is chosen beforehand (S21, S46)."""

    def __init__(
        self, desk: Desk, person: Person, cancel_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("The plan"), self.tr("Save the plan"), cancel_text, parent)
        self._desk = desk
        self._person = person
        self._preset: str | None = None
        self.phases: list[PhaseEditor] = []
        self._build_template()
        self._build_order()
        self._build_phases()
        self._build_words()
        current = desk.plans.current(person.id)
        if current is None:
            self.add_phase()
        else:
            self.set_data(desk.plans.file_of(current))
        self.started_on.set_value(desk.today())

    def write(self, answers: Answers) -> Outcome:
        try:
            data = self.data()
        except ValueError as error:
            raise Invalid(str(error)) from None
        return self._desk.plans.set(self._person.id, data, answers)

    def start(self) -> None:
        """The template first; it can be passed over."""
        self.template.take_focus()

    def data(self) -> dict[str, Any]:
        """The plan file of what is typed; raises ValueError where an interval or an end cannot be read."""
        day, first, review = self.started_on.value, self.first_on.value, self.review_on.value
        typed = {
            "started_on": day.isoformat() if day else "",
            "first_on": first.isoformat() if first else None,
            "anchor": self.anchor.value,
            "ordered_by": self.ordered_by.text,
            "why": self.why.text,
            "review_on": review.isoformat() if review else None,
            "lifelong": self.lifelong.value == "yes",
            "preset": self._preset,
            "phases": [phase.value() for phase in self.phases],
        }
        return {key: value for key, value in typed.items() if value is not None}

    def set_data(self, data: Mapping[str, Any]) -> None:
        """Fill from a plan file or a preset."""
        for phase in list(self.phases):
            self._drop(phase)
        for one in data["phases"]:
            self.add_phase(one)
        anchor = data.get("anchor")
        self.anchor.set_value(anchor if isinstance(anchor, str) else None)
        self.lifelong.set_value("yes" if data.get("lifelong") else None)
        self.ordered_by.set_text(data.get("ordered_by"))
        self._preset = data.get("preset")

    def add_phase(self, data: Mapping[str, Any] | None = None) -> None:
        """One more phase at the end."""
        products = [product.name for product in self._desk.products.list(self._person.id)]
        usual = next((name for name in reversed(products) if name != UNKNOWN), UNKNOWN)
        phase = PhaseEditor(len(self.phases) + 1, products)
        phase.product.set_value(usual)
        if data is not None:
            phase.set_value({"product": usual, **data})
        for path, field in phase.fields():
            self.add_field(path, field)
        phase.edited.connect(self.mark_edited)
        phase.removed.connect(lambda: self._drop(phase))
        self.phases.append(phase)
        self._phase_rows.addWidget(phase)

    def changed_by_typing(self) -> None:
        """Say the plan in words, or what does not fit yet."""
        try:
            plan = self._desk.plans.check(self._person.id, self.data())
        except (ValueError, WorldError) as error:
            self._words.setText(self.tr("Not complete yet: {0}").format(error))
        else:
            self._words.setText(in_words(plan))

    def _drop(self, phase: PhaseEditor) -> None:
        old = [path for one in self.phases for path, _field in one.fields()]
        self.phases.remove(phase)
        self._phase_rows.removeWidget(phase)
        phase.hide()
        phase.deleteLater()
        for number, left in enumerate(self.phases, 1):
            left.renumber(number)
        self.rename_fields(old, [named for left in self.phases for named in left.fields()])

    def _build_template(self) -> None:
        card = Card(self.tr("Start from a template"))
        presets = [(preset.id, preset.name) for preset in self._desk.plans.presets()]
        self.template = ListField(self.tr("Template"), presets, optional=True)
        self.template.edited.connect(self._on_template)
        self._about = label(
            self.tr("Or leave this empty and copy your written prescription below."), "small", wrap=True
        )
        card.body.addWidget(self.template)
        card.body.addWidget(self._about)
        self.body.addWidget(card)

    def _on_template(self) -> None:
        preset = next((one for one in self._desk.plans.presets() if one.id == self.template.value), None)
        if preset is None:
            return
        self.set_data(preset.plan)
        self._about.setText(self._source(preset))
        self.mark_edited()

    def _source(self, preset: Preset) -> str:
        where = "; ".join(source.text for source in preset.sources)
        asked = self.tr("Does this match your written prescription? Change what differs.")
        parts = [f"{preset.kind}, {preset.form}, {preset.country}", where, preset.note or ""]
        return f"{asked}\n" + ". ".join(part for part in parts if part)

    def _build_order(self) -> None:
        card = Card(self.tr("The order"))
        today = self._desk.today
        self.started_on = DateField(self.tr("In force since"), today, required=True)
        self.first_on = DateField(self.tr("First injection of this plan"), today, optional=True)
        self.review_on = DateField(self.tr("To be reviewed on"), today, optional=True)
        self.ordered_by = TextField(self.tr("Ordered by"), optional=True, longest=80)
        self.why = TextField(self.tr("Why, and who advised it"), optional=True)
        self.anchor = ChipsField(
            self.tr("How do the dates count?"),
            [
                ("last_injection", self.tr("from the last injection")),
                ("fixed_dates", self.tr("fixed dates in the calendar")),
            ],
        )
        self.lifelong = ChipsField(self.tr("Meant for life?"), [("yes", self.tr("yes"))], optional=True)
        for name in ("started_on", "first_on", "review_on", "ordered_by", "why", "anchor", "lifelong"):
            self.add_field(name, getattr(self, name))
        card.body.addLayout(row(self.started_on, self.first_on))
        card.body.addLayout(row(self.anchor, self.lifelong, stretch=(3, 1)))
        card.body.addLayout(row(self.ordered_by, self.review_on))
        card.body.addWidget(self.why)
        self.body.addWidget(card)

    def _build_phases(self) -> None:
        self._phase_rows = QVBoxLayout()
        self._phase_rows.setSpacing(GAP * 4)
        more = Button(self.tr("Add a phase"), icon_name="plus")
        more.clicked.connect(lambda: self.add_phase())
        self.body.addLayout(self._phase_rows)
        self.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_words(self) -> None:
        card = Card(self.tr("In words"))
        self._words = label("", wrap=True)
        card.body.addWidget(self._words)
        self.body.addWidget(card)
        self.body.addStretch(1)
