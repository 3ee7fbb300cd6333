"""Settings: this computer, people, products, the plan, history, and the diary's own files."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from b12desk.domain.records import Person
from b12desk.ui.page import Page, Surroundings
from b12desk.ui.reminder_check import ReminderCheckPart
from b12desk.ui.settings.computer_part import ComputerPart
from b12desk.ui.settings.diary_part import DiaryPart
from b12desk.ui.settings.history_part import HistoryPart
from b12desk.ui.settings.list_part import PeoplePart, ProductsPart
from b12desk.ui.settings.plan_part import PlanPart
from b12desk.ui.widgets.choice_chips import ChoiceChips
from b12desk.ui.widgets.page_frame import PageFrame

ANY = "everything"


class SettingsPage(Page):
    """Seven parts, one in front."""

    def __init__(self, around: Surroundings, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(around, person, parent)
        self.computer = ComputerPart(around)
        self.reminders = ReminderCheckPart(around)
        self.people = PeoplePart(self.desk)
        self.products = ProductsPart(self.desk, person)
        self.plan = PlanPart(self.desk, person)
        self.history = HistoryPart(self.desk)
        self.diary = DiaryPart(around)
        self._parts: dict[str, QWidget] = {
            "computer": self.computer,
            "reminders": self.reminders,
            "people": self.people,
            "products": self.products,
            "plan": self.plan,
            "history": self.history,
            "diary": self.diary,
        }
        self._build()
        self._connect()
        self.refresh(frozenset({ANY}))

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"person", ANY}:
            self.people.read()
        if changed & {"product", ANY}:
            self.products.read()
        if changed & {"plan", "product", "day", ANY}:
            self.plan.read()
        if self.parts.value == "history":
            self.history.read()

    def show_part(self, part: str | None) -> None:
        """Bring one part to the front: computer, reminders, people, products, plan, history or diary."""
        self.parts.choose(part)
        self._stack.setCurrentWidget(self._parts[part or "computer"])
        if part == "history":
            self.history.read()
        elif part == "reminders":
            self.reminders.read()

    def _build(self) -> None:
        self._frame = PageFrame(self.tr("Settings"), scrolls=False)
        self.parts = ChoiceChips(
            [
                ("computer", self.tr("This computer")),
                ("reminders", self.tr("Reminders")),
                ("people", self.tr("People")),
                ("products", self.tr("Products")),
                ("plan", self.tr("Plan")),
                ("history", self.tr("History")),
                ("diary", self.tr("Diary and files")),
            ],
            may_clear=False,
        )
        self.parts.setAccessibleName(self.tr("Part of the page"))
        self.parts.choose("computer")
        self._stack = QStackedWidget()
        for part in self._parts.values():
            self._stack.addWidget(part)
        self._frame.body.addWidget(self.parts)
        self._frame.body.addWidget(self._stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)

    def _connect(self) -> None:
        self.parts.chosen.connect(self.show_part)
        for part in (self.people, self.products, self.plan):
            part.form_wanted.connect(self.form_opened)
        self.products.told.connect(self.told)
        self.history.told.connect(self.told)
