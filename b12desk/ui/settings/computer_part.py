"""Preferences of this computer: look, who is typing, reminders, paper; kept as soon as they are chosen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from b12desk.desk import ReminderChoices
from b12desk.domain.errors import WorldError
from b12desk.settings import Settings
from b12desk.ui.page import Surroundings
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.fields import ChipsField, ListField, TextField
from b12desk.ui.widgets.labels import Notice, label
from b12desk.ui.widgets.rows import row
from b12desk.ui.widgets.scroller import Scroller
from b12desk.ui.widgets.typed_dates import read_time

WIDEST = 760
SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
SELF = "self"


class ComputerPart(QWidget):
    """There is no Save: a valid choice is in force at once."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._build()
        self._show(around.settings)
        self._connect()

    def _change(self, **values: object) -> None:
        """Keep other preferences and put them in force."""
        chosen = replace(self._around.settings, **values)  # type: ignore[arg-type]
        if chosen == self._around.settings:
            return
        self._around.settings = chosen
        self._around.save_settings(chosen)

    def _on_look(self) -> None:
        theme, size = self.theme.value or "system", int(self.size_.value or 100)
        self._change(theme=theme, text_size=size)
        self._around.theme.choose(theme, size)

    def _on_who(self) -> None:
        name = self.who.text or SELF
        self._change(recorded_by=name)
        self._around.desk.by = name

    def _on_reminders(self) -> None:
        times = (self.time, self.quiet_from, self.quiet_to)
        if any(field.problem() for field in times):
            return
        at, quiet_from, quiet_to = (read_time(field.text or "") for field in times)
        neutral = self.neutral.value == "yes"
        self._change(
            reminder_time=f"{at:%H:%M}",
            quiet_from=f"{quiet_from:%H:%M}",
            quiet_to=f"{quiet_to:%H:%M}",
            neutral_notifications=neutral,
        )
        try:
            self._around.desk.reminders.choose(ReminderChoices.of(self._around.settings))
        except WorldError as error:
            self.wrong.say(error.message)

    def _show(self, chosen: Settings) -> None:
        self.theme.set_value(chosen.theme)
        nearest = min(SIZES, key=lambda size: abs(size - chosen.text_size))
        self.size_.set_value(str(nearest))
        self.who.set_text(None if chosen.recorded_by == SELF else chosen.recorded_by)
        self.time.set_text(chosen.reminder_time)
        self.quiet_from.set_text(chosen.quiet_from)
        self.quiet_to.set_text(chosen.quiet_to)
        self.neutral.set_value("yes" if chosen.neutral_notifications else "no")
        self.paper.set_value(chosen.paper)

    def _connect(self) -> None:
        self.theme.edited.connect(self._on_look)
        self.size_.edited.connect(self._on_look)
        self.who.line.editingFinished.connect(self._on_who)
        for field in (self.time, self.quiet_from, self.quiet_to):
            field.line.editingFinished.connect(self._on_reminders)
        self.neutral.edited.connect(self._on_reminders)
        self.paper.edited.connect(lambda: self._change(paper=self.paper.value or "A4"))

    def _build(self) -> None:
        inside = QWidget()
        inside.setObjectName("page")
        inside.setMaximumWidth(WIDEST)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, GAP * 4, 0)
        rows.setSpacing(GAP * 4)
        self.wrong = Notice()
        for part in (self.wrong, self._build_look(), self._build_who(), self._build_reminders()):
            rows.addWidget(part)
        rows.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroller(inside))

    def _build_look(self) -> Card:
        card = Card(self.tr("Look"))
        self.theme = ChipsField(
            self.tr("Colours"),
            [
                ("system", self.tr("as the desktop")),
                ("light", self.tr("light")),
                ("dark", self.tr("dark")),
            ],
            may_clear=False,
        )
        self.size_ = ListField(
            self.tr("Text size"), [(str(size), self.tr("{0} %").format(size)) for size in SIZES]
        )
        self.paper = ChipsField(
            self.tr("Paper of the report"), [("A4", "A4"), ("Letter", "Letter")], may_clear=False
        )
        card.body.addLayout(row(self.theme, self.size_, stretch=(3, 2)))
        card.body.addWidget(self.paper)
        return card

    def _build_who(self) -> Card:
        card = Card(self.tr("Who is typing here?"))
        self.who = TextField(
            self.tr("Name of the caregiver; empty when it is the person"), optional=True, longest=60
        )
        card.body.addWidget(self.who)
        card.body.addWidget(
            label(self.tr("It is written with each new entry, so that the clinic can see it."), "small")
        )
        return card

    def _build_reminders(self) -> Card:
        card = Card(self.tr("Reminders"))
        self.time = TextField(self.tr("Remind at"), check=_clock_words, required=True)
        self.quiet_from = TextField(self.tr("No pop-ups from"), check=_clock_words, required=True)
        self.quiet_to = TextField(self.tr("until"), check=_clock_words, required=True)
        self.neutral = ChipsField(
            self.tr("Neutral pop-ups"),
            [("no", self.tr("say what it is about")), ("yes", self.tr("neutral"))],
            may_clear=False,
        )
        card.body.addLayout(row(self.time, self.quiet_from, self.quiet_to))
        card.body.addWidget(self.neutral)
        card.body.addWidget(
            label(
                self.tr(
                    "A neutral pop-up names no person, product or medicine: it only says that the diary has "
                    "a reminder, for anyone who can see this screen. A reminder within the quiet hours "
                    "comes when they end."
                ),
                "small",
                wrap=True,
            )
        )
        return card


def _clock_words(text: str) -> str:
    """Nothing to echo where it is typed as it is kept; raises ValueError for what is no time of day."""
    understood = f"{read_time(text):%H:%M}"
    return "" if understood == text.zfill(5) else understood
