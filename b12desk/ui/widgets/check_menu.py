"""A button with a menu in which several things can be ticked; the menu stays open while one ticks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from b12desk.ui.widgets.buttons import Button


class CheckMenu(Button):
    """Says how many are ticked.

    Signals:
        changed: the person ticked or unticked something.
    """

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self._name = name
        self._menu = QMenu(self)
        self._menu.installEventFilter(self)
        self._actions: dict[str, QAction] = {}
        self.setMenu(self._menu)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ticked ones, in the order of the menu."""
        return tuple(value for value, action in self._actions.items() if action.isChecked())

    def set_choices(self, choices: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        """Pairs of value and text, and the values that are ticked."""
        self._menu.clear()
        self._actions = {}
        for value, text in choices:
            action = self._menu.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value in chosen)
            action.triggered.connect(self._on_ticked)
            self._actions[value] = action
        self._say()

    def tick(self, value: str, on: bool) -> None:
        """Tick as the person would."""
        if self._actions[value].isChecked() != on:
            self._actions[value].trigger()

    def _on_ticked(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        words = self.tr("{0}: {1} of {2}").format(self._name, len(self.chosen), len(self._actions))
        self.setText(words)
        self.setAccessibleName(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._menu:
            released = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
            space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
            if released or (space and event.type() == QEvent.Type.KeyPress):
                action = self._menu.activeAction()
                if action is not None:
                    action.trigger()
                    return True
        return super().eventFilter(watched, event)
