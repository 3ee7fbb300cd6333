"""How are you today: a row of numbers for each symptom, its last 30 days, and better, same or worse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from b12desk.desk import SymptomChoice
from b12desk.desk.views import TodayView
from b12desk.ui.tokens import CELL, GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.choice_chips import ChoiceChips
from b12desk.ui.widgets.flow import Flow
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.score_row import ScoreRow
from b12desk.ui.widgets.sparkline import Sparkline

NAME_WIDTH = 128


class ScoreCard(Card):
    """Today's scores.

    Signals:
        scored: a symptom's id and its score, or None for blank.
        trend_chosen: better, same or worse.
        note_wanted, event_wanted, reaction_wanted, symptom_wanted: something else is to be written down.
    """

    scored = Signal(str, object)
    trend_chosen = Signal(str)
    note_wanted = Signal()
    event_wanted = Signal()
    reaction_wanted = Signal()
    symptom_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.rows: dict[str, ScoreRow] = {}
        self._lines: dict[str, Sparkline] = {}
        self._shown: tuple[SymptomChoice, ...] = ()
        self._build()

    def show_view(self, symptoms: Sequence[SymptomChoice], view: TodayView, today: date) -> None:
        """Show today's scores; the rows are only made anew when the symptoms are others."""
        if tuple(symptoms) != self._shown:
            self._shown = tuple(symptoms)
            self._build_rows()
        self.show_scores(view, today)
        overall = [trend for trend in view.trends if trend.symptom is None]
        self.trend.choose(overall[-1].direction if overall else None)

    def show_scores(self, view: TodayView, today: date) -> None:
        """Show what is scored in the rows that are there."""
        for symptom, row in self.rows.items():
            row.show_score(view.scores.get(symptom))
            self._lines[symptom].show_points(view.recent.get(symptom, ()), view.injected, today)

    def focus_first_blank(self) -> None:
        """Put the keyboard on the first symptom without a score."""
        row = next((row for row in self.rows.values() if row.score is None), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(label(self.tr("How are you today?"), "lead"))
        top.addStretch(1)
        hint = label(self.tr("0 none, 10 worst"), "small")
        hint.setToolTip(
            self.tr("Type the number, 1 and 0 quickly for 10, Tab for the next, Delete for blank")
        )
        top.addWidget(hint)
        self._grid_host = QWidget()
        self.body.addLayout(top)
        self.body.addWidget(self._grid_host)
        self.body.addSpacing(GAP)
        self.body.addLayout(self._build_foot())

    def _build_rows(self) -> None:
        old, self._grid_host = self._grid_host, QWidget()
        grid = QGridLayout(self._grid_host)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP * 4)
        grid.setVerticalSpacing(GAP)
        grid.setColumnMinimumWidth(0, NAME_WIDTH)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 3)
        self.rows, self._lines = {}, {}
        for number, choice in enumerate(self._shown):
            row, line = ScoreRow(choice.label), Sparkline(choice.label)
            row.scored.connect(lambda score, symptom=choice.id: self.scored.emit(symptom, score))
            grid.addWidget(self._name(choice.label, row), number, 0)
            grid.addWidget(row, number, 1)
            grid.addWidget(line, number, 2)
            self.rows[choice.id], self._lines[choice.id] = row, line
        self.body.replaceWidget(old, self._grid_host)
        old.deleteLater()

    @staticmethod
    def _name(text: str, row: ScoreRow) -> QLabel:
        name = label(text, wrap=True)
        name.setBuddy(row)
        name.setMinimumWidth(0)  # its longest word, at any text size; the column has a least width
        name.setMinimumHeight(CELL)
        name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return name

    def _build_foot(self) -> Flow:
        foot = Flow()
        self.trend = ChoiceChips(
            [("better", self.tr("Better")), ("same", self.tr("Same")), ("worse", self.tr("Worse"))],
            may_clear=False,
        )
        self.trend.setAccessibleName(self.tr("On the whole, better, same or worse"))
        self.trend.chosen.connect(lambda value: self.trend_chosen.emit(value))
        foot.addWidget(self.trend)
        for text, signal, keys in (
            (self.tr("Note"), self.note_wanted, "Ctrl+N"),
            (self.tr("Event"), self.event_wanted, "Ctrl+E"),
            (self.tr("Reaction"), self.reaction_wanted, "Ctrl+R"),
            (self.tr("New symptom"), self.symptom_wanted, "Ctrl+Shift+N"),
        ):
            button = Button(text, "link", "plus", shortcut=keys)
            button.clicked.connect(signal)
            foot.addWidget(button)
        return foot
