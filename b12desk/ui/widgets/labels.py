"""Texts in the roles that the style sheet knows, and the box that says something in place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from b12desk.ui.tokens import GAP


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A text: roles are page, title, lead, strong, muted, small, field, error, brand; none is body text.

    It is plain text always: what a person typed is never read as markup.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if wrap:
        made.setMinimumWidth(GAP * 20)
    return made


def rule() -> QFrame:
    """A hairline between rows."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line


class Notice(QFrame):
    """One sentence that stands where it belongs, with buttons below it if there is something to do."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP * 4, GAP * 3, GAP * 4, GAP * 3)
        rows.setSpacing(GAP * 2)
        self._text = label(text, wrap=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GAP * 2)
        self._buttons.addStretch(1)
        rows.addWidget(self._text)
        rows.addLayout(self._buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setVisible(bool(text))

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, text: str) -> None:
        """Show a sentence; an empty one hides the box."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def add_button(self, button: QPushButton) -> None:
        """Put a button below the sentence."""
        self._buttons.insertWidget(self._buttons.count() - 1, button)
