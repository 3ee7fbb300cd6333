"""What a page says when there is nothing yet: one sentence and the one thing to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from b12desk.ui.icons import pixmap
from b12desk.ui.theme import tokens_now
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.labels import label

PICTURE = 40


class EmptyState(QWidget):
    """An icon, a title, a sentence, and `self.button` when there is something to do."""

    def __init__(
        self, icon_name: str, title: str, text: str, button: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP * 6, GAP * 12, GAP * 6, GAP * 12)
        rows.setSpacing(GAP * 2)
        self._picture = QLabel()
        self._title = label(title, "lead", wrap=True)
        self._text = label(text, "muted", wrap=True)
        self.button = Button(button, "primary")
        self.button.setVisible(bool(button))
        centre = Qt.AlignmentFlag.AlignHCenter
        for part in (self._picture, self._title, self._text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            rows.addWidget(part)
        rows.addSpacing(GAP * 2)
        rows.addWidget(self.button, 0, centre)
        self._draw()

    def say(self, title: str, text: str) -> None:
        """Change the words."""
        self._title.setText(title)
        self._text.setText(text)

    def _draw(self) -> None:
        self._picture.setPixmap(
            pixmap(self._icon_name, tokens_now().muted, PICTURE, self.devicePixelRatioF())
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_picture"):
            self._draw()
