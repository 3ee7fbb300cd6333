"""Will reminders come? What the scheduler and the pop-ups say, a test message, and the days of the steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from b12desk.desk import Desk, ReminderChoices
from b12desk.desk.reminder_check import Checked
from b12desk.domain.errors import WorldError
from b12desk.reminders.channels import Tried
from b12desk.settings import Settings, from_json
from b12desk.ui.page import Surroundings
from b12desk.ui.tasks import Ticket
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.fields import TextField
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.rows import row
from b12desk.ui.widgets.scroller import Scroller

WIDEST = 760
WHOLE = ("reminder_weekly_until", "reminder_then_every")


class ReminderCheckPart(QWidget):
    """Looks when asked; installing and removing happen on a click, never by themselves."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        inside = QWidget()
        inside.setObjectName("page")
        inside.setMaximumWidth(WIDEST)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, GAP * 4, 0)
        rows.setSpacing(GAP * 4)
        rows.addWidget(self._build_check())
        rows.addWidget(self._build_days())
        rows.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroller(inside))
        self._show_days(around.settings)
        self._connect()

    def read(self) -> None:
        """Ask how it stands; the worker does, since the system's scheduler may take its time."""
        self._do(lambda desk: desk.reminder_check.look(), self._show)

    def _do(self, what: Callable[[Desk], Any], then: Callable[[Any], None]) -> None:
        self._set_busy(True)

        def work(desk: Desk, _ticket: Ticket) -> Any:
            return what(desk)

        def done(result: Any) -> None:
            self._set_busy(False)
            then(result)

        self._around.tasks.run(work, done, self._on_failed, owner=self)

    def _set_busy(self, busy: bool) -> None:
        for button in (self.test, self.install, self.remove):
            button.setEnabled(not busy)

    def _on_failed(self, error: BaseException) -> None:
        self._set_busy(False)
        if not isinstance(error, WorldError):
            raise error
        self.answer.setText(error.message)

    def _show(self, found: Checked) -> None:
        self.told.setText("\n\n".join(found.told))
        self.install.setText(
            self.tr("Install again")
            if found.standing.installed
            else self.tr("Remind me with the window closed")
        )
        self.remove.setVisible(found.standing.installed)

    def _on_test(self) -> None:
        self._do(lambda desk: desk.reminder_check.send_test(), self._on_tested)

    def _on_tested(self, tried: list[Tried]) -> None:
        words = {
            "accepted": self.tr("It went out through {0}. Do you see it?"),
            "unknown": self.tr("It was handed to {0}, which never says whether it was shown. Do you see it?"),
            "failed": self.tr("{0} refused it. The list on the Today page still has every reminder."),
        }
        none = self.tr("There is no notification service here. The Today page has every reminder.")
        self.answer.setText(words[tried[-1].result].format(tried[-1].channel) if tried else none)

    def _on_install(self) -> None:
        self._do(lambda desk: desk.reminder_check.install(), lambda _standing: self.read())

    def _on_remove(self) -> None:
        self._do(lambda desk: desk.reminder_check.remove(), lambda _there: self.read())

    def _on_days(self) -> None:
        """Keep the days when all of them can be read; each says itself what is wrong."""
        if any(line.problem() for line in self._lines().values()):
            return
        values: dict[str, Any] = {name: _typed(name, line.text or "") for name, line in self._lines().items()}
        chosen = replace(self._around.settings, **values)
        if chosen == self._around.settings:
            return
        self._around.settings = chosen
        self._around.save_settings(chosen)
        try:
            self._around.desk.reminders.choose(ReminderChoices.of(chosen))
        except WorldError as error:
            self.answer.setText(error.message)

    def _show_days(self, chosen: Settings) -> None:
        for name, line in self._lines().items():
            line.set_text(str(getattr(chosen, name) or ""))

    def _lines(self) -> dict[str, TextField]:
        return {
            "reminder_days_before": self.before,
            "reminder_days_after": self.after,
            "reminder_weekly_until": self.weekly_until,
            "reminder_then_every": self.then_every,
            "score_prompt": self.scores_at,
        }

    def _connect(self) -> None:
        self.test.clicked.connect(self._on_test)
        self.install.clicked.connect(self._on_install)
        self.remove.clicked.connect(self._on_remove)
        for line in self._lines().values():
            line.line.editingFinished.connect(self._on_days)

    def _build_check(self) -> Card:
        card = Card(self.tr("Will reminders come?"))
        self.told = label("", wrap=True)
        self.answer = label("", "strong", wrap=True)
        self.test = Button(self.tr("Send one now"))
        self.install = Button(self.tr("Remind me with the window closed"))
        self.remove = Button(self.tr("Remove"))
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP * 2)
        for button in (self.test, self.install, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.remove.hide()
        card.body.addWidget(self.told)
        card.body.addLayout(buttons)
        card.body.addWidget(self.answer)
        return card

    def _build_days(self) -> Card:
        card = Card(self.tr("When to remind"))
        days = self.tr("Days with commas between them, as in 3,1.")
        whole = self.tr("A whole number of days from 1 to 400.")
        clock = self.tr("A time of day, as in 20:30.")
        self.before = _field(self.tr("Days before"), "reminder_days_before", days)
        self.after = _field(self.tr("Days after"), "reminder_days_after", days)
        self.weekly_until = _field(self.tr("Then weekly until day"), "reminder_weekly_until", whole)
        self.then_every = _field(self.tr("After that, every … days"), "reminder_then_every", whole)
        self.scores_at = _field(self.tr("Ask for the day's scores at (empty: never)"), "score_prompt", clock)
        card.body.addLayout(row(self.before, self.after))
        card.body.addLayout(row(self.weekly_until, self.then_every))
        card.body.addWidget(self.scores_at)
        hint = self.tr("The day itself always has one. Short intervals leave out the steps before it.")
        card.body.addWidget(label(hint, "small", wrap=True))
        return card


def _field(title: str, option: str, wanted: str) -> TextField:
    def check(text: str) -> str:
        if from_json({option: _typed(option, text)}).repairs:
            raise ValueError(wanted)
        return ""

    return TextField(title, check=check, required=option in WHOLE, longest=60)


def _typed(option: str, text: str) -> str | int | None:
    """The value of one preference as typed; what cannot be one fails the preference's own check."""
    if option in WHOLE:
        return int(text) if text.isdecimal() else None
    plain = text.replace(" ", "")
    return plain or None if option == "score_prompt" else plain
