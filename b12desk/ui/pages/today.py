"""Today: what is past its date, the next injection with its why, today's scores, open reminders."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from b12desk.domain.errors import WorldError
from b12desk.domain.records import Person, Score
from b12desk.domain.schedule import Occurrence
from b12desk.reminders.shown import Pending
from b12desk.ui.page import Page, Surroundings
from b12desk.ui.today.next_card import NextCard
from b12desk.ui.today.past_card import PastCard
from b12desk.ui.today.score_card import ScoreCard
from b12desk.ui.today.side_cards import NotedCard, RemindersCard, SinceCard
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.page_frame import PageFrame
from b12desk.ui.widgets.typed_dates import weekday_and_day

SIDE = 256
WIDEST = (1 << 24) - 1
"""Qt's own way of saying that a width has no limit."""


class TodayPage(Page):
    """One calm page; scores are written as they are chosen, with Undo in the toast."""

    def __init__(self, around: Surroundings, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(around, person, parent)
        self._build()
        self._connect()
        self._read()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed == {Score.kind}:
            self._read_scores()
        else:
            self._read()

    def shown(self) -> None:
        self.scores.focus_first_blank()

    def log_next(self, occurrence: Occurrence | None = None) -> None:
        """Open the injection form, filled for `occurrence` or for the next one."""
        from b12desk.ui.dialogs.injection_form import InjectionForm

        self.form_opened.emit(InjectionForm(self.desk, self.person, occurrence or self._view.next))

    def _read(self) -> None:
        today = self.desk.today()
        self._view = view = self.desk.views.today(self.person.id)
        names = self.desk.products.names(self.person.id)
        self._frame.subtitle.setText(weekday_and_day(today))
        self.past.show_past(view.past, today)
        self.next.show_view(view, names.get(view.next.product_id or "", "") if view.next else "", today)
        self.scores.show_view(self.desk.entries.symptoms(self.person.id), view, today)
        self.since.show_view(view, names.get(view.last.product_id, "") if view.last else "", today)
        self.noted.show_noted(view.events, view.trends)
        self.reminders.show_pending(self._pending())

    def _read_scores(self) -> None:
        """Show what a score can change: its row, and the prompt to score where there is one."""
        self._view = view = self.desk.views.rescored(self._view, self.person.id)
        self.scores.show_scores(view, self.desk.today())
        if self.around.settings.score_prompt:
            self.reminders.show_pending(self._pending())

    def _pending(self) -> list[Pending]:
        try:
            return self.desk.reminders.pending(self.person.id)
        except WorldError:
            return []  # the book beside the diary cannot be read; the diary itself is shown all the same

    def _build(self) -> None:
        self._frame = PageFrame(self.tr("Today"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self.past, self.next, self.scores = PastCard(), NextCard(), ScoreCard()
        self.reminders, self.since, self.noted = RemindersCard(), SinceCard(), NotedCard()
        self._main = main = QVBoxLayout()
        main.setSpacing(GAP * 4)
        for card in (self.past, self.next, self.scores):
            main.addWidget(card)
        main.addStretch(1)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(GAP * 4)
        for beside in (self.reminders, self.since, self.noted):
            side.addWidget(beside)
        side.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(GAP * 4)
        self._columns.addLayout(main, 1)
        self._columns.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
        self._frame.body.addLayout(self._columns)
        self._frame.body.addStretch(1)

    def _connect(self) -> None:
        self.next.log_wanted.connect(self.log_next)
        self.next.not_given_wanted.connect(lambda: self._open_not_given(self._view.next))
        self.next.step_wanted.connect(self._open_step)
        self.next.agree_wanted.connect(self._open_agree)
        self.next.plan_wanted.connect(self._open_plan)
        self.past.log_wanted.connect(self.log_next)
        self.past.not_given_wanted.connect(self._open_not_given)
        self.reminders.later_wanted.connect(self._open_snooze)
        self.past.message_wanted.connect(self._copy_message)
        self.past.all_wanted.connect(lambda: self.page_wanted.emit("injections"))
        self.scores.scored.connect(self._on_scored)
        self.scores.trend_chosen.connect(self._on_trend)
        self.scores.note_wanted.connect(lambda: self._open_event("note"))
        self.scores.event_wanted.connect(lambda: self._open_event(None))
        self.scores.reaction_wanted.connect(self._open_reaction)
        self.scores.symptom_wanted.connect(self._open_symptom)

    def _on_scored(self, symptom: str, score: int | None) -> None:
        try:
            self.desk.entries.log_scores(self.person.id, {symptom: score})
        except WorldError as error:
            self.told.emit(error.message)
            self._read()

    def _on_trend(self, direction: str) -> None:
        try:
            self.desk.entries.log_trend(self.person.id, direction)
        except WorldError as error:
            self.told.emit(error.message)
            self._read()

    def _copy_message(self, missing: list[date]) -> None:
        QGuiApplication.clipboard().setText(self.desk.plans.message_to_clinic(self.person.id, missing))
        self.told.emit(self.tr("Copied. Paste it into a message to your clinic."))

    def _open_not_given(self, occurrence: Occurrence | None) -> None:
        from b12desk.ui.dialogs.not_given import NotGivenForm

        if occurrence is not None:
            self.form_opened.emit(NotGivenForm(self.desk, self.person, occurrence))

    def _open_snooze(self, line: Pending) -> None:
        from b12desk.ui.dialogs.snooze_form import SnoozeForm

        self.form_opened.emit(SnoozeForm(self.desk, line))

    def _open_step(self) -> None:
        from b12desk.ui.dialogs.clinic_word import StepForm

        self.form_opened.emit(StepForm(self.desk, self.person))

    def _open_agree(self) -> None:
        from b12desk.ui.dialogs.clinic_word import AgreeForm

        self.form_opened.emit(AgreeForm(self.desk, self.person))

    def _open_plan(self) -> None:
        from b12desk.ui.dialogs.plan_form import PlanForm

        self.form_opened.emit(PlanForm(self.desk, self.person))

    def _open_event(self, what: str | None) -> None:
        from b12desk.ui.dialogs.event_form import EventForm

        self.form_opened.emit(EventForm(self.desk, self.person, what))

    def _open_reaction(self) -> None:
        from b12desk.ui.dialogs.reaction_form import ReactionForm

        self.form_opened.emit(ReactionForm(self.desk, self.person, self._view.last))

    def _open_symptom(self) -> None:
        from b12desk.ui.dialogs.symptom_form import SymptomForm

        self.form_opened.emit(SymptomForm(self.desk, self.person))

    def resizeEvent(self, event: QResizeEvent) -> None:
        margins = self._frame.body.contentsMargins()
        needed = self._main.minimumSize().width() + SIDE + margins.left() + margins.right() + GAP * 8
        wide = event.size().width() >= needed
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.LeftToRight if wide else ways.TopToBottom)
        self._side.setMinimumWidth(SIDE if wide else 0)
        self._side.setMaximumWidth(SIDE if wide else WIDEST)
        super().resizeEvent(event)
