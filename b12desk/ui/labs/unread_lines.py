"""The lines of printed reports that were not read as results: folded away, to compare with the paper."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from b12desk.desk.labs import Import
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button

HEIGHT = 140


class UnreadLines(QWidget):
    """A button with the number of lines, which shows and hides them; nothing where every line was read."""

    def __init__(self, looked: Import, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lines = [
            f"{one.path.name}, {line.where}: {line.what}"
            for one in looked.files
            for line in one.review.parsed.unread
        ]
        self._count = len(lines)
        self.text = QPlainTextEdit("\n".join(lines))
        self.text.setReadOnly(True)
        self.text.setFixedHeight(HEIGHT)
        self.text.setAccessibleName(self.tr("Lines that were not read as results"))
        self.text.hide()
        self.toggle = Button("")
        self.toggle.clicked.connect(self._on_toggle)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.addWidget(self.toggle)
        rows.addWidget(self.text)
        self._say()
        self.setVisible(bool(lines))

    def _on_toggle(self) -> None:
        self.text.setVisible(self.text.isHidden())
        self._say()

    def _say(self) -> None:
        words = self.tr("Show {0} lines that were not read as results")
        words = words if self.text.isHidden() else self.tr("Hide the {0} lines")
        self.toggle.setText(words.format(self._count))
        self.toggle.setAccessibleName(self.toggle.text())
