"""The narrow column of Today: open reminders, the days since the last injection, what was noted today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from b12desk.desk.views import TodayView
from b12desk.domain.records import Event, Trend
from b12desk.domain.units import both_units
from b12desk.domain.wording import count, short_day
from b12desk.reminders.shown import Pending
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.labels import label, rule


class LinesCard(Card):
    """A card of short lines: a strong one and a quiet one below it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self.lines: list[QLabel] = []
        self._inside = QWidget()
        self.body.addWidget(self._inside)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show pairs of strong and quiet text; without any the card is hidden."""
        old, self._inside = self._inside, QWidget()
        rows = QVBoxLayout(self._inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        self.lines = []
        for index, (strong, quiet) in enumerate(lines):
            if index:
                rows.addSpacing(GAP)
                rows.addWidget(rule())
                rows.addSpacing(GAP)
            for text, role in ((strong, "strong"), (quiet, "small")):
                if text:
                    self.lines.append(label(text, role, wrap=True))
                    rows.addWidget(self.lines[-1])
        self.body.replaceWidget(old, self._inside)
        old.deleteLater()
        self.setVisible(bool(lines))


class RemindersCard(LinesCard):
    """The reminder list in the window, which always says what a pop-up may have failed to say.

    Signals:
        later_wanted: a Pending is to be silent for a while.
    """

    later_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("To do"), parent)
        self.later: list[Button] = []

    def show_pending(self, pending: Sequence[Pending]) -> None:
        """Show the open reminders."""
        self.show_lines([(one.title, one.text) for one in pending])
        for old in self.later:
            self.body.removeWidget(old)
            old.deleteLater()
        self.later = [self._later_button(one, len(pending)) for one in pending if one.kind != "score"]
        for button in self.later:
            self.body.addWidget(button)

    def _later_button(self, line: Pending, lines: int) -> Button:
        words = self.tr("Remind later…")
        button = Button(words if lines == 1 else f"{words} {line.title}", "link")
        button.setAccessibleName(f"{words} {line.title}")
        button.clicked.connect(lambda: self.later_wanted.emit(line))
        return button


class SinceCard(LinesCard):
    """The interval so far, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Since the last injection"), parent)

    def show_view(self, view: TodayView, product: str, today: date) -> None:
        """Show the days since the last injection, and what it was."""
        if view.last is None or view.days_since is None:
            self.show_lines([(self.tr("Nothing logged yet"), self.tr("Log one with the date you remember."))])
            return
        one = view.next
        whole = (one.on - view.last.on).days if one and one.on else None
        if whole and view.days_since <= whole:
            strong = self.tr("Day {0} of {1}").format(view.days_since, whole)
        else:
            strong = count(view.days_since, "day")
        dose = both_units(view.last.dose) if view.last.dose else self.tr("dose not noted")
        where = " ".join(part for part in (view.last.side, view.last.site) if part)
        parts = [short_day(view.last.on, today), f"{product} {dose}".strip(), where]
        self.show_lines([(strong, " · ".join(part for part in parts if part))])


class NotedCard(LinesCard):
    """Events, notes and trends of today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Noted today"), parent)

    def show_noted(self, events: Sequence[Event], trends: Sequence[Trend]) -> None:
        """Show what was written down today."""
        lines = [(event.what.replace("_", " ").capitalize(), _below(event)) for event in events]
        lines += [
            (self.tr("On the whole: {0}").format(trend.direction), trend.note or "")
            for trend in trends
            if trend.symptom is None
        ]
        self.show_lines(lines)


def _below(event: Event) -> str:
    return " · ".join(part for part in (event.text or "", ", ".join(event.tags)) if part)
