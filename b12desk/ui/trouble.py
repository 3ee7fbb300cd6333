"""A small window that says why the diary is not open, or that the program made a mistake."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.labels import label


class TroubleWindow(QWidget):
    """One sentence, where the diary is, and a way out."""

    def __init__(self, text: str, diary: str) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("B12 Desk")
        self.setMinimumWidth(GAP * 130)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP * 8, GAP * 8, GAP * 8, GAP * 8)
        rows.setSpacing(GAP * 4)
        rows.addWidget(label(self.tr("B12 Desk cannot go on"), "title"))
        rows.addWidget(label(text, wrap=True))
        rows.addWidget(label(self.tr("Diary: {0}").format(diary), "small", wrap=True))
        self.close_button = Button(self.tr("Close"), "primary")
        self.close_button.clicked.connect(self.close)
        rows.addWidget(self.close_button)
