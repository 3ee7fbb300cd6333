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
from b12desk.domain.records import Person, Plan
from b12desk.ui.form import Form
from b12desk.ui.plan.order_card import OrderCard
from b12desk.ui.plan.phase_editor import PhaseEditor
from b12desk.ui.plan.revision import revision_of
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.fields import ListField
from b12desk.ui.widgets.labels import label


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
        current = desk.plans.current(person.id)
        self._build_template()
        self._build_order(revises=current is not None)
        self._build_phases()
        self._build_words()
        if current is None:
            self.add_phase()
            self.order.started_on.set_value(desk.today())
        else:
            self._begin_from(current)

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
        preset = {"preset": self._preset} if self._preset else {}
        return {**self.order.value(), **preset, "phases": [phase.value() for phase in self.phases]}

    def set_data(self, data: Mapping[str, Any]) -> None:
        """Fill from a plan file or a preset."""
        self.order.set_value(data)
        self._set_phases(data)

    def _begin_from(self, plan: Plan) -> None:
        revision = revision_of(self._desk, plan)
        self.set_data(revision.data)
        before = Card(self.tr("Until now"))
        for note in revision.notes:
            before.body.addWidget(label(note, wrap=True))
        self.body.insertWidget(0, before)
        self.changed_by_typing()

    def _set_phases(self, data: Mapping[str, Any]) -> None:
        for phase in list(self.phases):
            self._drop(phase)
        for one in data["phases"]:
            self.add_phase(one)
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
        self.order.take_template(preset.plan)
        self._set_phases(preset.plan)
        self._about.setText(self._source(preset))
        self.mark_edited()

    def _source(self, preset: Preset) -> str:
        where = "; ".join(source.text for source in preset.sources)
        asked = self.tr("Does this match your written prescription? Change what differs.")
        parts = [f"{preset.kind}, {preset.form}, {preset.country}", where, preset.note or ""]
        return f"{asked}\n" + ". ".join(part for part in parts if part)

    def _build_order(self, revises: bool) -> None:
        self.order = OrderCard(self._desk.today, revises)
        for name, field in self.order.fields():
            self.add_field(name, field)
        self.body.addWidget(self.order)

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
