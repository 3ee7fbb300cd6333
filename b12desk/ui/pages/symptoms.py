"""Symptoms: scores of any day in a grid, trends, notes and events, and fixed texts on when to get help."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from b12desk.domain.records import Event, Person
from b12desk.ui.page import Page, Surroundings
from b12desk.ui.symptoms.help_part import HelpPart
from b12desk.ui.symptoms.lists_part import NotesPart, TrendsPart
from b12desk.ui.symptoms.scores_part import ScoresPart
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.choice_chips import ChoiceChips
from b12desk.ui.widgets.page_frame import PageFrame

SCORES = frozenset({"score", "symptom_item", "injection", "day", "everything"})
TRENDS = frozenset({"trend", "symptom_item", "everything"})
NOTES = frozenset({"event", "everything"})
PERSON = frozenset({"person", "everything"})


class SymptomsPage(Page):
    """Four parts, one in front."""

    def __init__(self, around: Surroundings, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(around, person, parent)
        self.scores = ScoresPart(self.desk, person)
        self.trends = TrendsPart(self.desk, person)
        self.notes = NotesPart(self.desk, person)
        self.help = HelpPart(person)
        self._parts: dict[str, QWidget] = {
            "scores": self.scores,
            "trends": self.trends,
            "notes": self.notes,
            "help": self.help,
        }
        self._build()
        self._connect()
        self.refresh(frozenset({"everything"}))

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & SCORES:
            self.scores.read()
        if changed & TRENDS:
            self.trends.read()
        if changed & NOTES:
            self.notes.read()
        if changed & PERSON:
            self.help.show_person(self.desk.people.find(self.person.id))

    def shown(self) -> None:
        if self.parts.value == "scores":
            self.scores.take_focus()

    def show_part(self, part: str | None) -> None:
        """Bring one part to the front: scores, trends, notes or help."""
        self.parts.choose(part)
        self._stack.setCurrentWidget(self._parts[part or "scores"])
        self.shown()

    def _build(self) -> None:
        self._frame = PageFrame(self.tr("Symptoms"), scrolls=False)
        self.new_symptom = Button(self.tr("New symptom…"), icon_name="plus")
        self._frame.add_action(self.new_symptom)
        self.parts = ChoiceChips(
            [
                ("scores", self.tr("Scores")),
                ("trends", self.tr("Better or worse")),
                ("notes", self.tr("Notes and events")),
                ("help", self.tr("When to get help")),
            ],
            may_clear=False,
        )
        self.parts.setAccessibleName(self.tr("Part of the page"))
        self.parts.choose("scores")
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
        self.new_symptom.clicked.connect(self._open_symptom)
        for button in (self.trends.add, self.trends.empty.button):
            button.clicked.connect(self._open_trend)
        for button in (self.notes.note, self.notes.empty.button):
            button.clicked.connect(lambda: self._open_event("note"))
        self.notes.event_button.clicked.connect(lambda: self._open_event(None))
        self.notes.opened.connect(self._open_edit)
        for part in (self.scores, self.trends, self.notes):
            part.told.connect(self.told)

    def _open_symptom(self) -> None:
        from b12desk.ui.dialogs.symptom_form import SymptomForm

        self.form_opened.emit(SymptomForm(self.desk, self.person))

    def _open_trend(self) -> None:
        from b12desk.ui.symptoms.trend_form import TrendForm

        self.form_opened.emit(TrendForm(self.desk, self.person))

    def _open_edit(self, event: Event) -> None:
        from b12desk.ui.symptoms.event_edit import EventEditForm

        self.form_opened.emit(EventEditForm(self.desk, self.person, event))

    def _open_event(self, what: str | None) -> None:
        from b12desk.ui.dialogs.event_form import EventForm

        self.form_opened.emit(EventForm(self.desk, self.person, what))
