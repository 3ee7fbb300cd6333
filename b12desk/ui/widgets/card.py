"""A white surface with a title: the unit of which pages are built."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.labels import label


class Card(QFrame):
    """A surface; put things into `self.body`."""

    def __init__(self, title: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(GAP * 6, GAP * 5, GAP * 6, GAP * 5)
        self.body.setSpacing(GAP * 3)
        self.header = QHBoxLayout()
        if title:
            self.setAccessibleName(title)
            self.header.addWidget(label(title, "lead", wrap=True), 1)
            if hint:
                self.header.addWidget(label(hint, "small"))
            self.body.addLayout(self.header)
