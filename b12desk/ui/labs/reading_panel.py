"""What stands in the page while files are read or written: which, how far, and Cancel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.labels import label

BAR_WIDTH = 320


class ReadingPanel(QWidget):
    """Says that something is under way.

    Signals:
        cancelled: the person wants to stop.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", "lead", wrap=True)
        self._how_far = label("", "muted")
        self.cancel = Button(self.tr("Cancel"))
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(BAR_WIDTH)
        rows = QVBoxLayout(self)
        rows.setSpacing(GAP * 3)
        rows.addStretch(1)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows.addWidget(self._title)
        for part in (self._bar, self._how_far, self.cancel):
            rows.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(2)
        self.cancel.clicked.connect(self.cancelled)

    def show_paths(self, paths: Sequence[Path]) -> None:
        """Files are being read."""
        self._title.setText(self.tr("Reading {0}").format(", ".join(path.name for path in paths[:3])))
        self._how_far.setText("")
        self.cancel.show()

    def show_writing(self) -> None:
        """The confirmed rows are being written, which cannot be stopped half-way."""
        self._title.setText(self.tr("Writing the results"))
        self._how_far.setText("")
        self.cancel.hide()

    def say(self, text: str) -> None:
        """How far it is."""
        self._how_far.setText(text)
