"""When to get help: the fixed texts, the same for everybody whatever was scored, and the person's number."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from b12desk import paths
from b12desk.domain.records import Person
from b12desk.domain.symptoms import RedFlags, Symptom, load, load_red_flags
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.labels import label, rule
from b12desk.ui.widgets.scroller import Scroller

WIDEST = 860
"""Pixels: longer lines are hard to read."""


class HelpPart(QWidget):
    """Plain information; nothing in it is worked out from entries."""

    def __init__(self, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = label("", "title", wrap=True)
        inside = QWidget()
        inside.setObjectName("page")
        inside.setMaximumWidth(WIDEST)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, GAP * 4, 0)
        rows.setSpacing(GAP * 4)
        rows.addWidget(
            label(self.tr("The same for everyone, whatever was scored in this diary."), "muted", wrap=True)
        )
        for tier in load_red_flags(paths.read_resource("presets/red_flags.json")):
            rows.addWidget(self._tier_card(tier))
        rows.addWidget(self._symptoms_card(load(paths.read_resource("presets/symptoms.json"))))
        rows.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroller(inside))
        self.show_person(person)

    def show_person(self, person: Person) -> None:
        """Show the person's own emergency number, or where to put it in."""
        if person.emergency_number:
            self.number.setText(self.tr("Your emergency number: {0}").format(person.emergency_number))
        else:
            self.number.setText(self.tr("No emergency number yet; add it in Settings, People."))

    def _tier_card(self, tier: RedFlags) -> Card:
        card = Card(tier.label)
        card.body.addWidget(label(tier.say, "strong", wrap=True))
        if tier.id == "emergency":
            card.body.addWidget(self.number)
        for sign in tier.signs:
            line = label(f"•  {sign}", wrap=True)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            card.body.addWidget(line)
        return card

    def _symptoms_card(self, symptoms: tuple[Symptom, ...]) -> Card:
        card = Card(self.tr("By symptom"))
        for place, symptom in enumerate(symptoms):
            if place:
                card.body.addWidget(rule())
            card.body.addWidget(label(symptom.label, "strong", wrap=True))
            card.body.addWidget(label(symptom.flag, "small", wrap=True))
        return card
