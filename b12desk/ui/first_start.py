"""The first start: a person, the product, the plan, the last injection; each step can be skipped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from b12desk.domain.errors import BugError, WorldError
from b12desk.domain.records import Person
from b12desk.ui.dialogs.last_injection_form import LastInjectionForm
from b12desk.ui.dialogs.person_form import PersonForm
from b12desk.ui.dialogs.plan_form import PlanForm
from b12desk.ui.dialogs.product_form import ProductForm
from b12desk.ui.form import FORM_WIDTH, Form
from b12desk.ui.main_window import SIZE, SMALLEST
from b12desk.ui.page import Surroundings
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.labels import label

ME = "Me"


class FirstStart(QWidget):
    """Four forms, one after the other.

    Signals:
        finished: the id of the person who was added.
        cancelled: nobody was added, and somebody else's diary is there to go back to.
    """

    finished = Signal(str)
    cancelled = Signal()

    def __init__(self, around: Surroundings, may_cancel: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self._desk = around.desk
        self._may_cancel = may_cancel
        self._person: Person | None = None
        self._steps: tuple[Callable[[], Form], ...] = (
            self._person_step,
            self._product_step,
            self._plan_step,
            self._last_step,
        )
        self._step = 0
        self._build()
        self._show_step()

    @property
    def form(self) -> Form:
        """The form of this step."""
        form = self._stack.currentWidget()
        if not isinstance(form, Form):
            raise BugError("the first start has no step in front")
        return form

    def _build(self) -> None:
        column = QWidget()
        column.setMaximumWidth(FORM_WIDTH)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, GAP * 8, 0, 0)
        rows.setSpacing(GAP)
        self._progress = label("", "small")
        self._title = label("", "page")
        for part in (self._progress, self._title):
            part.setContentsMargins(GAP * 8, 0, 0, 0)
            rows.addWidget(part)
        rows.addSpacing(GAP * 2)
        self._stack = QStackedWidget()
        rows.addWidget(self._stack, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(column, 1000)
        across.addStretch(1)

    def _show_step(self) -> None:
        form = self._steps[self._step]()
        form.finished.connect(self._on_finished)
        self._progress.setText(self.tr("Step {0} of {1}").format(self._step + 1, len(self._steps)))
        self._title.setText(form.title)
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        form.start()

    def _on_finished(self, outcome: object) -> None:
        former = self._stack.currentWidget()
        if self._step == 0 and not self._take_person(outcome):
            return
        self._step += 1
        if self._step < len(self._steps):
            self._show_step()
        elif self._person is not None:
            self.finished.emit(self._person.id)
        if former is not None:
            self._stack.removeWidget(former)
            former.deleteLater()

    def _take_person(self, outcome: object) -> bool:
        """Who was added; skipped, somebody called "Me" is. False when the whole is cancelled."""
        if outcome is None and self._may_cancel:
            self.cancelled.emit()
            return False
        if outcome is None:
            try:
                self._desk.people.add(self.tr(ME))
            except WorldError as error:
                self.form.error.say(error.message)
                return False
        self._person = self._desk.people.list()[-1]
        return True

    def _person_step(self) -> Form:
        skip = self.tr("Cancel") if self._may_cancel else self.tr("Skip")
        return PersonForm(self._desk, self._next_words(), skip)

    def _product_step(self) -> Form:
        return ProductForm(self._desk, self._someone(), self._next_words(), self.tr("Skip, it is unknown"))

    def _plan_step(self) -> Form:
        return PlanForm(self._desk, self._someone(), self.tr("Skip"))

    def _last_step(self) -> Form:
        return LastInjectionForm(self._desk, self._someone(), self.tr("Save and begin"), self.tr("Skip"))

    def _next_words(self) -> str:
        return self.tr("Save and go on")

    def _someone(self) -> Person:
        if self._person is None:
            raise BugError("nobody was added in the first step")
        return self._person

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.start()


class FirstStartWindow(QMainWindow):
    """The first start in a window of its own, before there is anybody to show.

    Signals:
        finished: the id of the person who was added.
    """

    finished = Signal(str)

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.setWindowTitle("B12 Desk")
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        self.start = FirstStart(around)
        self.start.finished.connect(self.finished)
        self.setCentralWidget(self.start)
