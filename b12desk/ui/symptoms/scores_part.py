"""Scores of the last weeks: the grid, which symptoms it has, and the way to any past day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from b12desk.desk import Desk
from b12desk.domain.errors import WorldError
from b12desk.domain.records import Injection, Person
from b12desk.ui.symptoms.grid import ScoreGrid
from b12desk.ui.symptoms.grid_model import ScoreGridModel
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.check_menu import CheckMenu
from b12desk.ui.widgets.date_field import DateField
from b12desk.ui.widgets.labels import label

DAY_FIELD = 240


class ScoresPart(QWidget):
    """Reads and writes scores day by day.

    Signals:
        told: a sentence, where something could not be written.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person = person
        self.model = ScoreGridModel(self)
        self.grid = ScoreGrid(self.model)
        self.shown_symptoms = CheckMenu(self.tr("Symptoms shown"))
        self.day = DateField(self.tr("Go to a day"), desk.today, past_only=True)
        self._build()
        self.model.scored.connect(self._on_scored)
        self.model.days_wanted.connect(self._on_days_wanted)
        self.shown_symptoms.changed.connect(self._on_choice)
        self.day.edited.connect(self._on_day)

    def read(self) -> None:
        """Read everything again, and stay where one was."""
        place = self.grid.currentIndex()
        row, column = place.row(), place.column()
        today = self._desk.today()
        everything = self._desk.entries.symptoms(self._person.id, everything=True)
        self.shown_symptoms.set_choices(
            [(one.id, one.label) for one in everything], [one.id for one in everything if one.shown]
        )
        first, _ = self.model.shown_days if self.model.rowCount() else (today, today)
        scores = self._desk.entries.scores(self._person.id, min(first, today), today)
        injected = {
            one.on
            for one in self._desk.views.injections(self._person.id)
            if isinstance(one.record, Injection)
        }
        self.model.show_grid(today, [one for one in everything if one.shown], scores, injected)
        since, until = self.model.shown_days
        if since < first:
            self.model.add_scores(self._desk.entries.scores(self._person.id, since, until))
        if row >= 0:
            self.grid.setCurrentIndex(self.model.index(row, min(column, self.model.columnCount() - 1)))

    def take_focus(self) -> None:
        """The first symptom of today, unless another place is chosen."""
        if not self.grid.currentIndex().isValid() and self.model.columnCount() > 1:
            self.grid.setCurrentIndex(self.model.index(0, 1, QModelIndex()))
        self.grid.setFocus()

    def _on_scored(self, day: date, symptom: str, score: int | None) -> None:
        try:
            self._desk.entries.log_scores(self._person.id, {symptom: score}, on=day)
        except WorldError as error:
            self.told.emit(error.message)

    def _on_days_wanted(self, since: date, until: date) -> None:
        self.model.add_scores(self._desk.entries.scores(self._person.id, since, until))

    def _on_choice(self) -> None:
        chosen = self.shown_symptoms.chosen
        for one in self._desk.entries.symptoms(self._person.id, everything=True):
            if one.shown != (one.id in chosen):
                self._desk.entries.show_symptom(self._person.id, one.id, one.id in chosen)

    def _on_day(self) -> None:
        day = self.day.value
        if day is not None and self.day.problem() is None:
            self.grid.go_to(day)
            self.day.line.setFocus()

    def _build(self) -> None:
        hint = label(
            self.tr("0 none to 10 worst, blank: not noted. Type a number; Enter goes to the day before."),
            "small",
            wrap=True,
        )
        self.day.setFixedWidth(DAY_FIELD)
        top = QHBoxLayout()
        top.setSpacing(GAP * 4)
        top.addWidget(hint, 1, Qt.AlignmentFlag.AlignBottom)
        top.addWidget(self.day, 0, Qt.AlignmentFlag.AlignBottom)
        top.addWidget(self.shown_symptoms, 0, Qt.AlignmentFlag.AlignBottom)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP * 3)
        rows.addLayout(top)
        rows.addWidget(self.grid, 1)
