"""One open diary file: reading its records, writing them with their history, undo and checks.

A `Diary` belongs to the thread that opened it; another thread opens its own on the same file, which costs a
few milliseconds. Every error is a `WorldError` with a sentence, or a `BugError`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from b12desk import paths
from b12desk.domain.codec import R
from b12desk.domain.errors import BugError, NotFound, WorldError
from b12desk.domain.records import Record
from b12desk.store import reading, upgrade
from b12desk.store.database import Connection, connect, looks_plain, new_file, prepare, sentences, transaction
from b12desk.store.reading import Where
from b12desk.store.schema import APPLICATION_ID
from b12desk.store.writing import Action, Batch, Change, add_action

if TYPE_CHECKING:
    from b12desk.store.check import Problem
    from b12desk.store.history import Logged, Reversal

__all__ = ["Action", "Change", "Diary"]


class Diary:
    """An open diary.

    Attributes:
        path: the file.
        upgraded_from: the copy made before the tables were brought up to date, None when they were.
    """

    def __init__(self, connection: Connection, path: Path, upgraded_from: Path | None = None) -> None:
        self._connection = connection
        self.path = path
        self.upgraded_from = upgraded_from

    @classmethod
    def create(cls, path: Path, *, key: bytes | None = None) -> Diary:
        """Make a new, empty diary (mode 0600), encrypted when a raw 32-byte `key` is given.

        Raises:
            WorldError: `exists` when anything is at `path`, `read_only`, `disk_full`; nothing is left behind.
        """
        new_file(path)
        try:
            connection = connect(path, key)
            try:
                with sentences(path):
                    prepare(connection)
                upgrade.make_tables(connection, path)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            for ending in ("", "-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
            raise
        return cls(connection, path)

    @classmethod
    def open(cls, path: Path, *, key: bytes | None = None) -> Diary:
        """Open a diary; one from an older version is copied into its backups folder and brought up to date.

        Raises:
            WorldError: `no_diary`, `damaged` (also: not a diary at all), `locked` (it needs a key),
                `wrong_passphrase` (it has none, but a key is given), `newer_file`, `read_only`,
                `busy`, `disk_full`.
        """
        _refuse_what_is_no_diary(path, key)
        connection = connect(path, key)
        try:
            with sentences(path):
                _refuse_other_database(connection, path, key)
                upgrade.missing(connection, path)
                prepare(connection)
                copy = upgrade.bring_up_to_date(connection, path, key)
        except BaseException:
            connection.close()
            raise
        return cls(connection, path, copy)

    def close(self) -> None:
        """Close the file; the object is of no use afterwards."""
        self._connection.close()

    def __enter__(self) -> Diary:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def records(
        self,
        cls: type[R],
        *,
        person_id: str | None = None,
        since: date | None = None,
        until: date | None = None,
        where: Where | None = None,
    ) -> list[R]:
        """The records of one kind, ordered by local date, time, when recorded, and id.

        `since` and `until` are both included. `where` gives columns the cell they must have, None for no
        value, or a tuple of cells for any of them.
        """
        with sentences(self.path):
            return reading.records(
                self._connection, cls, person_id=person_id, since=since, until=until, where=where
            )

    def rows(
        self,
        cls: type[Record],
        columns: Sequence[str],
        *,
        person_id: str | None = None,
        since: date | None = None,
        until: date | None = None,
        where: Where | None = None,
    ) -> Iterator[tuple[Any, ...]]:
        """The named cells of the same rows, by date, without building records: for charts and duplicates."""
        with sentences(self.path):
            yield from reading.rows(
                self._connection,
                cls.kind,
                columns,
                person_id=person_id,
                since=since,
                until=until,
                where=where,
            )

    def get(self, cls: type[R], record_id: str) -> R:
        """The record of this kind and id, or `NotFound`."""
        with sentences(self.path):
            found = reading.record(self._connection, cls, record_id)
        if found is None:
            raise NotFound(f"No {cls.kind.replace('_', ' ')} has the id {record_id}.")
        return found

    def find(self, record_id: str) -> Record:
        """The record of any kind that has this id, or `NotFound`."""
        with sentences(self.path):
            found = reading.find(self._connection, record_id)
        if found is None:
            raise NotFound(f"Nothing in the diary has the id {record_id}.")
        return found

    def count(self, cls: type[Record], person_id: str | None = None) -> int:
        """How many records of a kind there are, of one person or of all."""
        with sentences(self.path):
            return reading.count(self._connection, cls.kind, person_id)

    def content(self, sha256: str) -> bytes:
        """The bytes of a kept document by their SHA-256 in hexadecimal, or `NotFound`."""
        sql = "SELECT data FROM document_content WHERE sha256 = ?"
        with sentences(self.path):
            row = self._connection.execute(sql, (sha256,)).fetchone()
        if row is None:
            raise NotFound("The original file was not kept in the diary.")
        return zlib.decompress(row[0])

    def counter(self) -> int:
        """The number of the newest action, 0 in an empty diary; it grows with each, whoever wrote it."""
        with sentences(self.path):
            return int(self._connection.execute("SELECT coalesce(max(seq), 0) FROM action").fetchone()[0])

    def actions(self, limit: int, person_id: str | None = None) -> list[Logged]:
        """The newest actions first, undos among them; with a person, also those that concern several."""
        from b12desk.store import history

        with sentences(self.path):
            return history.actions(self._connection, limit, person_id)

    def write(
        self, action: Action, changes: Iterable[Change], contents: Mapping[str, bytes] | None = None
    ) -> None:
        """Write all the changes of one action with their history, or nothing at all.

        `contents` holds the bytes of new documents by their SHA-256. `changes` is used up as it goes, so
        an import streams through.

        Raises:
            WorldError: a record is no longer as a change's `before` says, or the file said no.
        """
        with transaction(self._connection, self.path):
            Batch(self._connection, add_action(self._connection, action)).add_all(changes)
            self._keep(contents or {})

    def _keep(self, contents: Mapping[str, bytes]) -> None:
        """Add the bytes of documents; those that are there already stay as they are."""
        from hashlib import sha256  # loads OpenSSL

        sql = "INSERT OR IGNORE INTO document_content (sha256, data) VALUES (?, ?)"
        for digest, data in contents.items():
            if sha256(data).hexdigest() != digest:
                raise BugError("a document's bytes do not have its SHA-256")
            self._connection.execute(sql, (digest, zlib.compress(data)))

    def to_undo(self, action_id: str | None = None) -> Logged:
        """The action that `undo` would take back; raises like it where there is none."""
        from b12desk.store import history

        with sentences(self.path):
            return history.to_undo(self._connection, action_id)

    def undo(self, action_id: str | None = None, *, new_id: str, by: str, at: datetime) -> Reversal:
        """Take back the newest action of anyone that is not undone, or the one named (RULES U1).

        `new_id` becomes the id of the undo itself.

        Raises:
            WorldError: nothing is left to undo, or later actions (named) touch the same records.
            NotFound: no action has this id.
        """
        from b12desk.store import history

        with transaction(self._connection, self.path):
            return history.undo(self._connection, action_id, new_id=new_id, by=by, at=at)

    def redo(self, *, new_id: str, by: str, at: datetime) -> Reversal:
        """Do again what was undone last; `WorldError` when nothing was, or something new was done since."""
        from b12desk.store import history

        with transaction(self._connection, self.path):
            return history.redo(self._connection, new_id=new_id, by=by, at=at)

    def check(self, full: bool = True) -> list[Problem]:
        """What is wrong with the file, worst first; quick: its structure only (RULES F7)."""
        from b12desk.store import check

        with sentences(self.path):
            return check.problems(self._connection, full)


def _refuse_what_is_no_diary(path: Path, key: bytes | None) -> None:
    """Tell apart, from outside the file, what cannot be opened."""
    if not path.is_file():
        what = "is a folder, not a diary" if path.is_dir() else "does not exist"
        raise WorldError("no_diary", f"{path} {what}.")
    try:
        empty, plain = path.stat().st_size == 0, looks_plain(path)
    except OSError as error:
        raise WorldError("read_only", f"{path} cannot be read: {error.strerror}.") from error
    if empty:
        raise WorldError(
            "damaged", f"{path} is empty; restore it from a backup, or delete it and start anew."
        )
    if key is not None and plain:
        raise WorldError("wrong_passphrase", f"{path} has no passphrase; open it without one.")
    if key is None and not plain:
        if paths.beside(path).keys.exists():
            raise WorldError("locked", f"{path} is protected with a passphrase.")
        raise WorldError(
            "damaged", f"{path} is not a B12 Desk diary, or it has a passphrase and its key file is missing."
        )


def _refuse_other_database(connection: Connection, path: Path, key: bytes | None) -> None:
    """Tell a diary from another program's database; nothing is written yet.

    A wrong passphrase has already failed at the key file, so a key that does not fit means damage.
    """
    try:
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
    except Exception as error:
        if key is not None and getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise WorldError(
                "damaged", f"{path} is damaged, or belongs to another key file; restore both from a backup."
            ) from error
        raise
    if not tables and not application_id:
        raise WorldError(
            "damaged", f"{path} is empty; restore it from a backup, or delete it and start anew."
        )
    if application_id != APPLICATION_ID or "_sqlite_migrations" not in tables:
        raise WorldError("damaged", f"{path} is not a B12 Desk diary.")
