"""What goes on the pages: the days, the parts, the paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from b12desk.reports.appointment import ITEMS, Item
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.choice_chips import ChoiceChips
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.range_choice import RangeChoice, Usual


class ReportChoices(Card):
    """The left side of the Report page.

    Signals:
        changed: the pages will look different.
        paper_chosen: the paper is another one, by the person's choice.
    """

    changed = Signal()
    paper_chosen = Signal(str)

    def __init__(self, paper: str, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("On the pages"), parent=parent)
        self.range = RangeChoice(
            [
                Usual("quarter", self.tr("3 months"), months=3),
                Usual("half", self.tr("6 months"), months=6),
                Usual("year", self.tr("12 months"), months=12),
            ],
            "year",
            today,
            upright=True,
        )
        self.paper = ChoiceChips([("A4", "A4"), ("Letter", "Letter")], may_clear=False)
        self.paper.setAccessibleName(self.tr("Paper"))
        self.paper.choose(paper)
        self.items: dict[Item, QCheckBox] = {}
        self._build()
        self.range.changed.connect(self.changed)
        self.paper.chosen.connect(self._on_paper)

    @property
    def chosen_items(self) -> tuple[Item, ...]:
        """The ticked parts, in their order on the pages."""
        return tuple(item for item, box in self.items.items() if box.isChecked())

    def _on_paper(self, paper: str) -> None:
        self.paper_chosen.emit(paper)
        self.changed.emit()

    def _build(self) -> None:
        names = {
            "plan": self.tr("What was prescribed"),
            "injections": self.tr("Injections"),
            "cycles": self.tr("Scores by days since injection"),
            "timeline": self.tr("Timeline"),
            "labs": self.tr("Laboratory results"),
            "periods": self.tr("Two periods beside each other"),
            "reactions": self.tr("Reactions"),
            "notes": self.tr("Events and notes"),
            "questions": self.tr("Questions"),
        }
        parts = QWidget()
        rows = QVBoxLayout(parts)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for item in ITEMS:
            box = QCheckBox(names[item])
            box.setChecked(True)
            box.clicked.connect(self.changed)
            self.items[item] = box
            rows.addWidget(box)
        for title, part in (
            (self.tr("Days"), self.range),
            (self.tr("Parts"), parts),
            (self.tr("Paper"), self.paper),
        ):
            self.body.addWidget(label(title, "field"))
            self.body.addWidget(part)
            self.body.addSpacing(GAP)
        self.body.addStretch(1)
