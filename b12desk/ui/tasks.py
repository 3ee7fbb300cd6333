"""The one way to move work off the window's thread: it runs in a worker with a desk of its own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from b12desk.desk import Desk

OpenDesk = Callable[[], Desk]
Done = Callable[[Any], None]
Failed = Callable[[BaseException], None]
Progressed = Callable[[float, str], None]


class Ticket(QObject):
    """One piece of work under way; it lives in the window's thread, and the worker only emits through it.

    Signals:
        progressed: the part done, 0.0 to 1.0, and what it is at; emitted by the work.
        ended: the result and None, or None and the exception; emitted by the worker.
        delivered: the callbacks have been called.
    """

    progressed = Signal(float, str)
    ended = Signal(object, object)
    delivered = Signal(object)

    def __init__(
        self, done: Done | None, failed: Failed | None, progressed: Progressed | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._done = done
        self._failed = failed
        self._tell = progressed
        self._dropped = False
        self._stop = Event()
        # Slots of this object: Qt queues them into its own thread, which it does not promise for functions.
        self.progressed.connect(self._on_progressed)
        self.ended.connect(self._on_ended)

    def cancel(self) -> None:
        """Ask the work to stop at its next look."""
        self._stop.set()

    @Slot()
    def drop(self) -> None:
        """Whoever wanted the result is gone: ask the work to stop, and call nobody."""
        self.cancel()
        self._dropped = True
        self._done = self._failed = self._tell = None

    def cancelled(self) -> bool:
        """Whether somebody asked to stop; the work looks now and then."""
        return self._stop.is_set()

    @Slot(float, str)
    def _on_progressed(self, part: float, what: str) -> None:
        if self._tell is not None:
            self._tell(part, what)

    @Slot(object, object)
    def _on_ended(self, result: object, error: BaseException | None) -> None:
        self.delivered.emit(self)
        if self._dropped:
            return
        if error is None:
            if self._done is not None:
                self._done(result)
        elif self._failed is not None:
            self._failed(error)
        else:
            raise error


Work = Callable[[Desk, Ticket], Any]


class Tasks(QObject):
    """Runs work one piece after the other, in one worker thread.

    A database connection belongs to the thread that opened it, so the worker opens its own desk for each
    piece of work and closes it after.

    Signals:
        busy: whether anything is under way.
    """

    busy = Signal(bool)

    def __init__(self, open_desk: OpenDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_desk = open_desk
        self._under_way: set[Ticket] = set()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def run(
        self,
        work: Work,
        done: Done | None = None,
        failed: Failed | None = None,
        progressed: Progressed | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        """Start `work(desk, ticket)`; the callbacks are called in the window's thread.

        Once `owner` is deleted nobody is called: a page of another person may be in its place.
        Without `failed` the exception is raised again there, where the crash page sees it.
        """
        ticket = Ticket(done, failed, progressed, self)
        ticket.delivered.connect(self._tidy)
        if owner is not None:
            owner.destroyed.connect(ticket.drop)
        self._under_way.add(ticket)
        self.busy.emit(True)
        self._start(_Run(self._open_desk, work, ticket))
        return ticket

    def finish(self) -> None:
        """Ask everything to stop and wait for it; called once, when the window closes."""
        for ticket in self._under_way:
            ticket.cancel()
        self._pool.waitForDone()

    def _start(self, run: QRunnable) -> None:
        self._pool.start(run)

    @Slot(object)
    def _tidy(self, ticket: Ticket) -> None:
        self._under_way.discard(ticket)
        ticket.deleteLater()
        if not self._under_way:
            self.busy.emit(False)


class _Run(QRunnable):
    def __init__(self, open_desk: OpenDesk, work: Work, ticket: Ticket) -> None:
        super().__init__()
        self._open_desk = open_desk
        self._work = work
        self._ticket = ticket

    def run(self) -> None:
        try:
            desk = self._open_desk()
            try:
                result = self._work(desk, self._ticket)
            finally:
                desk.close()
        except BaseException as error:  # whatever it is, it has to reach the window's thread
            self._ticket.ended.emit(None, error)
        else:
            self._ticket.ended.emit(result, None)
