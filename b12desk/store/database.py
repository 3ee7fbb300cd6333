"""The connection to a diary file, plain or encrypted, and the one place where driver errors get sentences.

sqlcipher3 serves both kinds of file: without a key it is plain SQLite. Its exceptions are no subclasses of
the standard library's, so everything here catches both families.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from sqlcipher3 import dbapi2

from b12desk.domain.errors import BugError, ErrorCode, WorldError

Connection = sqlite3.Connection
"""Only the type: sqlcipher3's connection has the same methods, but is no subclass and has no stubs."""

DRIVER_ERRORS: tuple[type[Exception], ...] = (dbapi2.Error, sqlite3.Error)

# sqlcipher3 searches for an adapter for every None it binds and finds none: 1.5 microseconds each, two thirds
# of the time of an import. With one registered (None stays None) the search ends at once.
dbapi2.register_adapter(type(None), {}.get)

BUSY_TIMEOUT_MS = 5000
_PLAIN_HEADER = b"SQLite format 3\x00"
_NEARLY_FULL_BYTES = 1 << 20


def _primary_code(error: Exception) -> int:
    """SQLite's result code without its extended bits, 0 when the driver itself complained."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def is_unique_violation(error: Exception) -> bool:
    """Whether a driver error says that a row with this id is there already."""
    return _breaks(error, "UNIQUE")


def _breaks(error: Exception, rule: str) -> bool:
    """Whether a rule of a table was broken; sqlcipher3 gives no extended code, so the text tells which."""
    return _primary_code(error) == sqlite3.SQLITE_CONSTRAINT and str(error).startswith(rule)


def world_error(error: Exception, path: Path) -> Exception:
    """The driver's error as one sentence for a person, or as our own bug where it is one."""
    code = _primary_code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL):
        return WorldError(
            "busy", f"Another program is writing to {path}; nothing was saved, please try again."
        )
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _nearly_full(path)):
        return WorldError("disk_full", f"The disk that holds {path} is full; nothing was saved.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return WorldError("read_only", f"{path}, or the folder it is in, cannot be written to.")
    if code == sqlite3.SQLITE_NOTADB:
        return WorldError("damaged", f"{path} is not a B12 Desk diary.")
    if code == sqlite3.SQLITE_CORRUPT:
        return WorldError("damaged", f"{path} is damaged; restore it from a backup.")
    if code == sqlite3.SQLITE_IOERR:
        return WorldError("damaged", f"The disk that holds {path} reported an error; nothing was saved.")
    if _breaks(error, "FOREIGN KEY"):
        return WorldError("invalid", "Other entries refer to what this would remove; remove those first.")
    return BugError(f"{type(error).__name__}: {error}")


def _nearly_full(path: Path) -> bool:
    """A full disk shows as an input/output error where SQLite enlarges its shared memory file."""
    try:
        return shutil.disk_usage(path.parent).free < _NEARLY_FULL_BYTES
    except OSError:
        return False


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Let no driver error out: inside, each becomes a `WorldError` about `path`, or a `BugError`."""
    try:
        yield
    except DRIVER_ERRORS as error:
        raise world_error(error, path) from error


def new_file(path: Path) -> None:
    """Make an empty file that only this user can read; SQLite gives its -wal and -shm the same mode.

    Raises:
        WorldError: something is there already, or the folder cannot be written to.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise WorldError("exists", f"{path} exists already.") from error
    except OSError as error:
        code: ErrorCode = "disk_full" if error.errno == errno.ENOSPC else "read_only"
        raise WorldError(code, f"{path} cannot be made: {error.strerror}.") from error


def connect(path: Path, key: bytes | None) -> Connection:
    """Open `path` with the raw 32-byte key, or plain with None; nothing is read from or written to it yet."""
    connection = cast("Connection", dbapi2.connect(str(path), isolation_level=None))
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    return connection


def prepare(connection: Connection) -> None:
    """Set what every connection to a diary needs; the file must already be known to be one.

    A network folder refuses WAL; there the rollback journal is used.
    """
    try:
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    except DRIVER_ERRORS as error:
        if _primary_code(error) not in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL):
            raise
        mode = "refused"
    if mode != "wal":
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute(f"PRAGMA journal_size_limit = {4 << 20}")


@contextmanager
def transaction(connection: Connection, path: Path) -> Iterator[None]:
    """One writing transaction, from the first statement on: all of it is kept, or none.

    Foreign keys are checked at its end, so records may come in any order.
    """
    with sentences(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("PRAGMA defer_foreign_keys = ON")
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def looks_plain(path: Path) -> bool:
    """Whether the file begins as an unencrypted SQLite file does."""
    with path.open("rb") as file:
        return file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER
