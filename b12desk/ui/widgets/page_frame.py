"""The frame of a page: its title, a line beside it, buttons at the right, and a body that scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.scroller import Scroller


class PageFrame(QWidget):
    """Put things into `self.body`; `scrolls=False` gives a table the whole height."""

    def __init__(self, title: str, *, scrolls: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.subtitle = label("", "muted")
        self._actions = QHBoxLayout()
        self._actions.setSpacing(GAP * 2)
        self.body = QVBoxLayout()
        self.body.setSpacing(GAP * 4)
        self.body.setContentsMargins(GAP * 8, GAP, GAP * 8, GAP * 4)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._build_header(title))
        if scrolls:
            outer.addWidget(self._build_scroller(), 1)
        else:
            outer.addLayout(self.body, 1)

    def add_action(self, button: QPushButton) -> None:
        """Put a button at the right of the title."""
        self._actions.addWidget(button)

    def _build_header(self, title: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(GAP * 8, GAP * 6, GAP * 8, GAP * 3)
        row.setSpacing(GAP * 3)
        row.addWidget(label(title, "page"), 0, Qt.AlignmentFlag.AlignBottom)
        self.subtitle.setContentsMargins(0, 0, 0, 3)
        row.addWidget(self.subtitle, 1, Qt.AlignmentFlag.AlignBottom)
        row.addLayout(self._actions)
        return row

    def _build_scroller(self) -> Scroller:
        inside = QWidget()
        inside.setObjectName("page")
        inside.setLayout(self.body)
        return Scroller(inside)
