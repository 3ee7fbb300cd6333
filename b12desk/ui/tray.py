"""The tray icon, where the desktop has a tray: a way back to the window, and the last pop-up channel."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from b12desk.reminders.channels import Offer, Result


class Tray(QObject):
    """An icon while the window is open; a reminder channel that any thread may use.

    Signals:
        window_wanted: the icon or its message was clicked.
        quit_wanted: the menu's last entry.
    """

    name = "tray"

    window_wanted = Signal()
    quit_wanted = Signal()
    _message = Signal(str, str)

    def __init__(self, icon: QIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._there = QSystemTrayIcon.isSystemTrayAvailable()
        self._icon = QSystemTrayIcon(icon, self)
        self._menu = QMenu()
        self._open = QAction(self.tr("Open B12 Desk"), self._menu)
        self._quit = QAction(self.tr("Quit"), self._menu)
        self._menu.addActions([self._open, self._quit])
        self._icon.setContextMenu(self._menu)
        self._icon.setToolTip("B12 Desk")
        self._connect()
        self._icon.setVisible(self._there)

    def available(self) -> bool:
        """Whether the desktop had a tray when the window was opened."""
        return self._there

    def send(self, title: str, text: str, offer: Offer | None = None) -> Result:
        """Show a message at the icon; nobody tells whether it was seen. It has no buttons."""
        self._message.emit(title, text)
        return "unknown"

    def close(self) -> None:
        """Take the icon away; its menu has no window to belong to."""
        self._icon.hide()
        self._menu.deleteLater()

    def _connect(self) -> None:
        self._message.connect(self._icon.showMessage, Qt.ConnectionType.QueuedConnection)
        self._icon.messageClicked.connect(self.window_wanted)
        self._icon.activated.connect(self._on_activated)
        self._open.triggered.connect(self.window_wanted)
        self._quit.triggered.connect(self.quit_wanted)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.window_wanted.emit()
