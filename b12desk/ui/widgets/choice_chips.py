"""A few choices as chips: one click or an arrow key, and a second click takes the choice away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.flow import Flow


class ChoiceChips(QWidget):
    """One of several choices, or none.

    Signals:
        chosen: the value now, or None; only when the person changed it.
    """

    chosen = Signal(object)

    def __init__(
        self, choices: Sequence[tuple[str, str]], *, may_clear: bool = True, parent: QWidget | None = None
    ) -> None:
        """`choices` are pairs of value and text."""
        super().__init__(parent)
        self._may_clear = may_clear
        self._flow = Flow(self)
        self._chips: dict[str, Button] = {}
        for value, text in choices:
            self.add(value, text)

    def add(self, value: str, text: str) -> None:
        """One more choice at the end."""
        chip = Button(text, "chip")
        chip.setCheckable(True)
        chip.clicked.connect(lambda checked, value=value: self._on_clicked(value, checked))
        self._chips[value] = chip
        self._flow.addWidget(chip)

    @property
    def value(self) -> str | None:
        """The choice, or None."""
        return next((value for value, chip in self._chips.items() if chip.isChecked()), None)

    def choose(self, value: str | None) -> None:
        """Set the choice without a signal; a value that is not there is added."""
        if value is not None and value not in self._chips:
            self.add(value, value)
        for own, chip in self._chips.items():
            chip.setChecked(own == value)

    def chip(self, value: str) -> Button:
        """The button of one choice."""
        return self._chips[value]

    def _on_clicked(self, value: str, checked: bool) -> None:
        if not checked and not self._may_clear:
            self._chips[value].setChecked(True)
            return
        self.choose(value if checked else None)
        self.chosen.emit(self.value)
