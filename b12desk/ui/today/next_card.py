"""The next injection: when, what, why that date, and the button that logs it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from b12desk.desk.views import TodayView
from b12desk.domain.schedule import Occurrence
from b12desk.domain.units import both_units
from b12desk.domain.wording import long_day
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.countdown import Countdown
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.typed_dates import weekday_and_day

BUTTON_WIDTH = 148


class NextCard(Card):
    """Shows the next planned injection, or what is missing for one.

    Signals:
        log_wanted: an injection is to be logged.
        not_given_wanted: the planned one was not given.
        step_wanted: the clinic has said that the next phase begins.
        agree_wanted: the clinic has agreed on a date.
        plan_wanted: there is no plan yet, and one is to be made.
    """

    log_wanted = Signal()
    not_given_wanted = Signal()
    step_wanted = Signal()
    agree_wanted = Signal()
    plan_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._build()
        self._connect()

    def show_view(self, view: TodayView, product: str, today: date) -> None:
        """Show the next injection of `view`; `product` is its name."""
        one = view.next
        self._show_ring(view, today)
        self.when.setText(self._headline(view))
        self.what.setText(self._what(one, product) if one else "")
        self.what.setVisible(one is not None)
        self.why.setText(self._why(view))
        self._why_box.setVisible(bool(self.why.text()))
        self.messages.setText("\n".join(message.text for message in view.schedule.messages))
        self.messages.setVisible(bool(self.messages.text()))
        state = one.state if one else ""
        self.not_given.setVisible(one is not None and one.on is not None and not one.forecast)
        self.step.setVisible(state == "to_confirm" or self._told(view, "phase_end_ask"))
        self.agree.setVisible(state == "ask_clinic")
        self.plan.setVisible(self._told(view, "no_plan"))

    def _show_ring(self, view: TodayView, today: date) -> None:
        one = view.next
        if one is None or one.on is None:
            self._show_days_since(view)
            return
        days = (one.on - today).days
        whole = (one.on - view.last.on).days if view.last else 0
        part = 1 - days / whole if whole > 0 else None
        if days > 0:
            self.ring.show_figure(
                str(days), self.tr("day to go") if days == 1 else self.tr("days to go"), part
            )
        elif days == 0:
            self.ring.show_figure("0", self.tr("days: it is today"), 1.0)
        else:
            self._show_days_since(view)

    def _show_days_since(self, view: TodayView) -> None:
        if view.days_since is None:
            self.ring.show_figure("–", self.tr("nothing logged"), None)
        else:
            self.ring.show_figure(str(view.days_since), self.tr("days since the last"), 1.0)

    def _headline(self, view: TodayView) -> str:
        one = view.next
        if one is None:
            return self.tr("No plan yet") if self._told(view, "no_plan") else self.tr("Nothing planned")
        if one.on is None:
            return self.tr("No date yet: please ask your clinic")
        if one.window and one.window[0] != one.window[1]:
            return self.tr("{0} to {1}").format(weekday_and_day(one.window[0]), long_day(one.window[1]))
        return weekday_and_day(one.on)

    def _what(self, one: Occurrence, product: str) -> str:
        place = self.tr("{0} of {1}").format(one.number, one.of) if one.of else ""
        dose = f"{product} {both_units(one.dose)}".strip()
        return " · ".join(
            part for part in (f"{dose}, {one.route.replace('_', ' ')}", one.phase_name, place) if part
        )

    def _why(self, view: TodayView) -> str:
        if view.next is not None:
            return self.tr("Why this date: {0}").format(view.next.why)
        if self._told(view, "no_plan"):
            return self.tr(
                "Copy what your clinic has ordered, and B12 Desk shows when the next one is planned."
            )
        return ""

    @staticmethod
    def _told(view: TodayView, code: str) -> bool:
        return any(message.code == code for message in view.schedule.messages)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP * 6)
        self.ring = Countdown()
        row.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._build_words(), 1)
        row.addLayout(self._build_buttons())
        self.body.addLayout(row)

    def _build_words(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(GAP)
        self.when = label("", "title", wrap=True)
        self.what = label("", "muted", wrap=True)
        self._why_box = QFrame()
        self._why_box.setObjectName("why")
        inside = QVBoxLayout(self._why_box)
        inside.setContentsMargins(GAP * 3, GAP * 2, GAP * 3, GAP * 2)
        self.why = label("", wrap=True)
        inside.addWidget(self.why)
        self.messages = label("", "small", wrap=True)
        words.addWidget(self.when)
        words.addWidget(self.what)
        words.addSpacing(GAP * 2)
        words.addWidget(self._why_box)
        words.addWidget(self.messages)
        words.addStretch(1)
        return words

    def _build_buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GAP * 2)
        self.log = Button(self.tr("Log injection"), "primary", shortcut="Ctrl+L")
        self.plan = Button(self.tr("Set up the plan"))
        self.step = Button(self.tr("My clinic said so…"))
        self.step.setAccessibleName(self.tr("Record that the clinic has moved you on to the next phase"))
        self.agree = Button(self.tr("Agreed date…"))
        self.agree.setAccessibleName(self.tr("Record the date that the clinic agreed"))
        self.not_given = Button(self.tr("Not given…"), shortcut="Ctrl+Shift+L")
        for button in (self.log, self.plan, self.step, self.agree, self.not_given):
            button.setMinimumWidth(BUTTON_WIDTH)
            column.addWidget(button)
        column.addStretch(1)
        return column

    def _connect(self) -> None:
        self.log.clicked.connect(self.log_wanted)
        self.not_given.clicked.connect(self.not_given_wanted)
        self.step.clicked.connect(self.step_wanted)
        self.agree.clicked.connect(self.agree_wanted)
        self.plan.clicked.connect(self.plan_wanted)
