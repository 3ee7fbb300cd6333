"""Copies of a diary that are known to open, made with the backup API: copying a file in use loses rows."""

from __future__ import annotations

import os
from pathlib import Path

from b12desk.domain.errors import WorldError
from b12desk.store.database import Connection, connect, new_file, sentences


def copy_verified(connection: Connection, target: Path, key: bytes | None) -> None:
    """Copy an open diary to the new file `target` under the same key, then open the copy and check it.

    Raises:
        WorldError: `target` exists, cannot be written, or the copy is not sound; it is removed again.
    """
    new_file(target)
    try:
        with sentences(target):
            copy = connect(target, key)
            try:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            finally:
                copy.close()
            _verify(connection, target, key)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    _sync(target)


def _verify(connection: Connection, target: Path, key: bytes | None) -> None:
    count = "SELECT (SELECT count(*) FROM sqlite_schema), (SELECT max(rowid) FROM change)"
    copy = connect(target, key)
    try:
        sound = copy.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        same = copy.execute(count).fetchone() == connection.execute(count).fetchone()
    finally:
        copy.close()
    if not (sound and same):
        raise WorldError("damaged", f"The copy {target} is not the same as the diary; it was removed.")


def _sync(path: Path) -> None:
    """Have the copy on the disk before anything relies on it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
