"""The choices above a chart: which one, which days, which symptoms, which phase of the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from b12desk.domain.symptoms import HIGHEST, LOWEST
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.check_menu import CheckMenu
from b12desk.ui.widgets.choice_chips import ChoiceChips
from b12desk.ui.widgets.range_choice import RangeChoice, Usual

WITH_SYMPTOMS = ("timeline", "cycles", "calendar")
WITH_PHASES = ("cycles",)
USUAL_THRESHOLD = 5


class ChartChoices(QWidget):
    """What to look at.

    Signals:
        changed: something else is asked for.
    """

    changed = Signal()

    def __init__(
        self, kinds: Sequence[tuple[str, str]], today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.kinds = ChoiceChips(kinds, may_clear=False)
        self.kinds.setAccessibleName(self.tr("Chart"))
        self.kinds.choose(kinds[0][0])
        self.range = RangeChoice(
            [
                Usual("month", self.tr("30 days"), days=30),
                Usual("quarter", self.tr("3 months"), months=3),
                Usual("year", self.tr("12 months"), months=12),
            ],
            "year",
            today,
        )
        self.symptoms = CheckMenu(self.tr("Symptoms"))
        self.phases = QComboBox()
        self.phases.setAccessibleName(self.tr("Phase of the plan"))
        self.phases.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.show_phases(())
        self.threshold = QComboBox()
        self.threshold.setAccessibleName(self.tr("Your threshold"))
        self.compared = Button(self.tr("Before the plan was revised"), "chip")
        self.compared.setCheckable(True)
        self._fill_thresholds()
        self._build()
        self.kinds.chosen.connect(self._on_kind)
        self.range.changed.connect(self.changed)
        self.symptoms.changed.connect(self.changed)
        self.phases.activated.connect(lambda _index: self.changed.emit())
        self.threshold.activated.connect(lambda _index: self.changed.emit())
        self.compared.clicked.connect(lambda _checked: self.changed.emit())
        self._fit()

    @property
    def kind(self) -> str:
        """The id of the chart in front."""
        return self.kinds.value or ""

    @property
    def phase(self) -> str | None:
        """The phase to lay over each other; None for the newest."""
        return self.phases.currentData() if self.kind in WITH_PHASES else None

    @property
    def threshold_score(self) -> int | None:
        """The person's own score whose day of crossing is shown; None for none."""
        return self.threshold.currentData() if self.kind in WITH_PHASES else None

    def choose_kind(self, kind: str) -> None:
        """Choose another chart as the person would."""
        self.kinds.choose(kind)
        self._on_kind()

    def show_phases(self, names: Sequence[str]) -> None:
        """The phases that there are; the chosen one stays if it is among them."""
        before = self.phases.currentData()
        self.phases.clear()
        self.phases.addItem(self.tr("Newest phase"), None)
        for name in names:
            self.phases.addItem(name, name)
        self.phases.setCurrentIndex(max(0, self.phases.findData(before)))

    def _on_kind(self) -> None:
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        self.symptoms.setVisible(self.kind in WITH_SYMPTOMS)
        for part in (self.phases, self.threshold, self.compared):
            part.setVisible(self.kind in WITH_PHASES)

    def _fill_thresholds(self) -> None:
        self.threshold.addItem(self.tr("No threshold"), None)
        for score in range(LOWEST + 1, HIGHEST + 1):
            self.threshold.addItem(self.tr("Threshold {0}").format(score), score)
        self.threshold.setCurrentIndex(USUAL_THRESHOLD)

    def _build(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(GAP * 3)
        below.addWidget(self.range, 1)
        below.addWidget(self.symptoms)
        laid_over = QHBoxLayout()
        laid_over.setSpacing(GAP * 3)
        for part in (self.phases, self.threshold, self.compared):
            laid_over.addWidget(part)
        laid_over.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP * 3)
        rows.addWidget(self.kinds)
        rows.addLayout(below)
        rows.addLayout(laid_over)
