"""What just happened, with a way to take it back; it goes by itself and takes no focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.labels import label

STAYS = 12_000
"""Milliseconds: slow readers and unsteady hands need longer than the usual four seconds."""


class Toast(QFrame):
    """A sentence at the bottom of its parent.

    Signals:
        undo_wanted: the id of the action to take back.
    """

    undo_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("toast")
        self._action: str | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP * 4, GAP * 2, GAP * 2, GAP * 2)
        row.setSpacing(GAP * 4)
        self._text = label("", wrap=False)
        self.undo_button = Button(self.tr("Undo"))
        self.undo_button.setToolTip("Ctrl+Z")
        self.undo_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(self._text, 1)
        row.addWidget(self.undo_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS)
        self._timer.timeout.connect(self.hide)
        self.undo_button.clicked.connect(self._on_undo)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, text: str, action: str | None = None) -> None:
        """Show a sentence; with an action's id also the button that takes it back."""
        same = self.isVisible() and text == self.text and (action is None) == (self._action is None)
        self._action = action
        self._timer.start()
        if same:  # one score after another says the same; placing it again would paint all that is below
            return
        self._text.setText(text)
        self.setAccessibleName(text)
        self.undo_button.setVisible(action is not None)
        self._place()
        self.show()
        self.raise_()

    def _on_undo(self) -> None:
        action, self._action = self._action, None
        self.hide()
        if action is not None:
            self.undo_wanted.emit(action)

    def _place(self) -> None:
        parent = self._parent
        self._text.setWordWrap(False)
        width = min(self.sizeHint().width(), parent.width() - GAP * 16)
        self._text.setWordWrap(True)
        self.setFixedWidth(max(width, GAP * 60))
        self.adjustSize()
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - GAP * 12)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
