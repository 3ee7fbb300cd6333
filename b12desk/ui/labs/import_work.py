"""Reading files and writing what was confirmed, in the worker, so that the window stays free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from b12desk.desk import Desk
from b12desk.desk.labs import Import, Imported
from b12desk.domain.errors import WorldError
from b12desk.domain.records import Person
from b12desk.ui.tasks import Tasks, Ticket


class Stopped(Exception):
    """The person cancelled the reading."""


class ImportWork(QObject):
    """One import at a time.

    Signals:
        progressed: in words.
        looked: the Import to review.
        written: the Imported.
        stopped: the person cancelled.
        failed: one sentence.
    """

    progressed = Signal(str)
    looked = Signal(object)
    written = Signal(object)
    stopped = Signal()
    failed = Signal(str)

    def __init__(self, tasks: Tasks, person: Person, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._person = person
        self._ticket: Ticket | None = None

    def look(
        self, paths: Sequence[Path], patient: str | None = None, sample_date: date | None = None
    ) -> None:
        """Read files and compare them with the diary; nothing is written."""
        person_id = self._person.id
        said = QCoreApplication.translate("ImportWork", "{0} rows read")

        def work(desk: Desk, ticket: Ticket) -> Import:
            def tick(count: int) -> None:
                if ticket.cancelled():
                    raise Stopped
                ticket.progressed.emit(0.0, said.format(count))

            looked = desk.labs.look(person_id, paths, patient=patient, sample_date=sample_date, tick=tick)
            if ticket.cancelled():
                raise Stopped
            return looked

        self._ticket = None
        self._ticket = self._tasks.run(
            work,
            self.looked.emit,
            self._on_failed,
            lambda _part, what: self.progressed.emit(what),
            owner=self,
        )

    def write(self, looked: Import) -> None:
        """Write what was confirmed, in one action."""

        def work(desk: Desk, _ticket: Ticket) -> Imported:
            return desk.labs.write(looked)

        self._tasks.run(work, self.written.emit, self._on_failed, owner=self)

    def cancel(self) -> None:
        """Stop reading."""
        if self._ticket is not None:
            self._ticket.cancel()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, Stopped):
            self.stopped.emit()
        elif isinstance(error, WorldError):
            self.failed.emit(error.message)
        else:
            raise error
