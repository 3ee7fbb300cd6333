"""One window for one diary: a second start raises the first window and ends (RULES F5)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

LONGEST = 1000
"""Bytes of a wish: a person's id and a date."""
PATIENCE = 3000
"""Milliseconds to wait for the first window to answer, which may itself be starting."""


class SingleWindow(QObject):
    """Holds the right to be the only window of a diary.

    The lock file decides; the local socket only carries the wish to come to the front. QtNetwork is not
    imported before the first paint: it costs 25 ms.
    """

    def __init__(
        self, diary: Path, raise_window: Callable[[str], None], parent: QObject | None = None
    ) -> None:
        """`raise_window` is given what the later start wanted to show, as it gave it to `raise_first`."""
        super().__init__(parent)
        self._raise_window = raise_window
        self._diary = diary
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
        name = self._name()
        QLocalServer.removeServer(name)  # what a killed window left; the lock says that it is gone
        self._server.newConnection.connect(self._on_connection)
        self._server.listen(name)

    def raise_first(self, wish: str = "") -> bool:
        """Ask the window that holds the lock to come to the front, and show `wish`; whether it heard."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name())
        if not socket.waitForConnected(PATIENCE):
            return False
        socket.write(f"{wish}\n".encode())
        heard = socket.waitForBytesWritten(PATIENCE)
        socket.disconnectFromServer()
        return heard

    def release(self) -> None:
        """Give the right back."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _name(self) -> str:
        from hashlib import sha256  # loads OpenSSL

        return "b12desk-" + sha256(str(self._diary.resolve()).encode()).hexdigest()[:24]

    def _on_connection(self) -> None:
        if self._server is None:
            return
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda: self._on_wish(socket))

    def _on_wish(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            self._raise_window(bytes(socket.readLine(LONGEST).data()).decode(errors="replace").strip())
