"""One window for one diary: a second start raises the first window and ends (RULES F5)."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

RAISE = b"raise"
PATIENCE = 3000
"""Milliseconds to wait for the first window to answer, which may itself be starting."""


class SingleWindow(QObject):
    """Holds the right to be the only window of a diary.

    The lock file decides; the local socket only carries the wish to come to the front. QtNetwork is not
    imported before the first paint: it costs 25 ms.
    """

    def __init__(self, diary: Path, raise_window: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._raise_window = raise_window
        self._name = "b12desk-" + sha256(str(diary.resolve()).encode()).hexdigest()[:24]
        self._lock = QLockFile(str(diary.with_name(diary.name + "-window.lock")))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def take(self) -> bool:
        """Whether this is the only window; a folder that cannot be written has no second window to fear."""
        return self._lock.tryLock(0) or self._lock.error() is QLockFile.LockError.PermissionError

    def listen(self) -> None:
        """Begin to answer later starts; called after the first paint."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)  # what a killed window left; the lock says that it is gone
        self._server.newConnection.connect(self._on_connection)
        self._server.listen(self._name)

    def raise_first(self) -> bool:
        """Ask the window that holds the lock to come to the front; whether it heard."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(PATIENCE):
            return False
        socket.write(RAISE)
        heard = socket.waitForBytesWritten(PATIENCE)
        socket.disconnectFromServer()
        return heard

    def release(self) -> None:
        """Give the right back."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _on_connection(self) -> None:
        if self._server is None:
            return
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            self._raise_window()
