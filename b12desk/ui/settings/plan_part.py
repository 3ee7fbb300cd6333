"""The plan: what the clinic ordered in words, every revision, and the clinic's word on what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from b12desk.desk import Desk
from b12desk.domain.plan import in_words
from b12desk.domain.records import Person, Plan
from b12desk.domain.wording import long_day
from b12desk.ui.form import Form
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.empty_state import EmptyState
from b12desk.ui.widgets.labels import label, rule
from b12desk.ui.widgets.scroller import Scroller

WIDEST = 860


class PlanPart(QWidget):
    """B12 Desk never changes a plan or a phase by itself.

    Signals:
        form_wanted: a form to show.
    """

    form_wanted = Signal(Form)

    def __init__(self, desk: Desk, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person = person
        self._build()
        self._connect()

    def read(self) -> None:
        """Read the revisions again."""
        current = self._desk.plans.current(self._person.id)
        revisions = self._desk.plans.revisions(self._person.id)
        self._card.setVisible(bool(revisions))
        self._clinic.setVisible(current is not None)
        self._empty.setVisible(not revisions)
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for place, plan in enumerate(reversed(revisions)):
            if place:
                self._lines.addWidget(rule())
            self._lines.addWidget(self._revision(plan, plan == current))

    def open_plan(self) -> None:
        """Open the plan form, filled with what is in force, for the next revision."""
        from b12desk.ui.dialogs.plan_form import PlanForm

        self.form_wanted.emit(PlanForm(self._desk, self._person))

    def _revision(self, plan: Plan, current: bool) -> QWidget:
        shown = QWidget()
        rows = QVBoxLayout(shown)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        title = self.tr("In force now, since {0}") if current else self.tr("From {0}")
        rows.addWidget(label(title.format(long_day(plan.started_on)), "strong"))
        for phase in plan.phases:
            rows.addWidget(label(in_words(phase), wrap=True))
        told = [plan.ordered_by, plan.why]
        if plan.review_on:
            told.append(self.tr("to be reviewed on {0}").format(long_day(plan.review_on)))
        if plan.lifelong:
            told.append(self.tr("meant for life"))
        words = " · ".join(part for part in told if part)
        if words:
            rows.addWidget(label(words, "small", wrap=True))
        return shown

    def _open_step(self) -> None:
        from b12desk.ui.dialogs.clinic_word import StepForm

        self.form_wanted.emit(StepForm(self._desk, self._person))

    def _open_agree(self) -> None:
        from b12desk.ui.dialogs.clinic_word import AgreeForm

        self.form_wanted.emit(AgreeForm(self._desk, self._person))

    def _build(self) -> None:
        inside = QWidget()
        inside.setObjectName("page")
        inside.setMaximumWidth(WIDEST)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, GAP * 4, 0)
        rows.setSpacing(GAP * 4)
        self._card = Card(self.tr("The plan, the newest order first"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(GAP * 3)
        self.change = Button(self.tr("Change the plan…"), icon_name="edit")
        self._card.body.addLayout(self._lines)
        self._card.body.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self._clinic = Card(self.tr("Has your clinic said something new?"))
        self.step = Button(self.tr("On to the next phase…"))
        self.agree = Button(self.tr("A date was agreed…"))
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP * 2)
        buttons.addWidget(self.step)
        buttons.addWidget(self.agree)
        buttons.addStretch(1)
        self._clinic.body.addWidget(
            label(self.tr("Write it down here; the diary changes no phase and no date by itself."), "small")
        )
        self._clinic.body.addLayout(buttons)
        self._empty = EmptyState(
            "calendar",
            self.tr("No plan yet"),
            self.tr("Copy what your clinic has ordered; then the diary can say which date is next."),
            self.tr("Write the plan…"),
        )
        for part in (self._card, self._clinic, self._empty):
            rows.addWidget(part)
        rows.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroller(inside))

    def _connect(self) -> None:
        self.change.clicked.connect(self.open_plan)
        self._empty.button.clicked.connect(self.open_plan)
        self.step.clicked.connect(self._open_step)
        self.agree.clicked.connect(self._open_agree)
