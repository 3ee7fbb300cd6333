"""A range of days: a few usual ones as chips, everything, or from a day to a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.choice_chips import ChoiceChips
from b12desk.ui.widgets.date_field import DateField

ALL, OWN = "all", "own"
FIELD = 232
"""Width of one date field in pixels."""


@dataclass(frozen=True)
class Usual:
    """One of the usual ranges, counted back from today; `days` or `months`."""

    id: str
    text: str
    days: int = 0
    months: int = 0


class RangeChoice(QWidget):
    """Which days to look at; a start of None means from the first entry on.

    Signals:
        changed: another range is chosen, and it can be used.
    """

    changed = Signal()

    def __init__(
        self,
        usual: Sequence[Usual],
        chosen: str,
        today: Callable[[], date],
        *,
        upright: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """With `upright` the two dates stand below each other, for a narrow column."""
        super().__init__(parent)
        self._usual = {one.id: one for one in usual}
        self._today = today
        choices = [(one.id, one.text) for one in usual]
        choices += [(ALL, self.tr("All")), (OWN, self.tr("From … to …"))]
        self.chips = ChoiceChips(choices, may_clear=False)
        self.chips.setAccessibleName(self.tr("Range of days"))
        self.chips.choose(chosen)
        self.since = DateField(self.tr("From"), today)
        self.until = DateField(self.tr("To"), today)
        self._own = QWidget()
        ways = QBoxLayout.Direction
        across = QBoxLayout(ways.TopToBottom if upright else ways.LeftToRight, self._own)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP * 3)
        for field in (self.since, self.until):
            field.setFixedWidth(FIELD)
            field.edited.connect(self._on_typed)
            across.addWidget(field)
        across.addStretch(1)
        self._own.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP * 2)
        rows.addWidget(self.chips)
        rows.addWidget(self._own)
        self.chips.chosen.connect(self._on_chosen)

    @property
    def span(self) -> tuple[date | None, date]:
        """The first and the last day; None where everything up to the last is meant."""
        if self.chips.value == OWN:
            return self.since.value, self.until.value or self._today()
        usual = self._usual.get(self.chips.value or "")
        if usual is None:
            return None, self._today()
        return self._today() - relativedelta(days=usual.days, months=usual.months), self._today()

    def choose(self, range_id: str) -> None:
        """Choose as the person would."""
        self.chips.choose(range_id)
        self._on_chosen(range_id)

    def _on_chosen(self, range_id: str | None) -> None:
        own = range_id == OWN
        if own and self.since.text is None:
            self.since.set_value(self._today() - relativedelta(months=3))
            self.until.set_value(self._today())
        self._own.setVisible(own)
        self.changed.emit()

    def _on_typed(self) -> None:
        since, until = self.since.value, self.until.value
        if since is not None and until is not None:
            if since > until:
                self.until.complain(self.tr("This day is before the first one."))
            else:
                self.until.calm()
                self.changed.emit()
