"""Bringing a diary's tables up to date: all missing steps in one transaction, after a verified copy."""

from __future__ import annotations

from pathlib import Path

from b12desk import paths
from b12desk.domain.errors import WorldError
from b12desk.store.database import Connection, transaction
from b12desk.store.schema import MIGRATION_NAMES, MIGRATION_SET


def missing(connection: Connection, path: Path) -> tuple[str, ...]:
    """The names of the steps that this file has not seen yet, in their order.

    Raises:
        WorldError: the file has seen steps that this program does not know.
    """
    sql = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
    applied = {name for (name,) in connection.execute(sql, (MIGRATION_SET,))}
    if applied - set(MIGRATION_NAMES):
        raise WorldError(
            "newer_file",
            f"{path} was written by a newer B12 Desk; please install the newest version. It was not changed.",
        )
    return tuple(name for name in MIGRATION_NAMES if name not in applied)


def make_tables(connection: Connection, path: Path) -> None:
    """Run every missing step; a failing one leaves the file as it was."""
    from sqlite_utils import Database  # numpy comes with it and costs 0.15 s, so only where it is needed

    from b12desk.store.migrations import diary_migrations

    with transaction(connection, path):
        diary_migrations.apply(Database(connection, execute_plugins=False))


def bring_up_to_date(connection: Connection, path: Path, key: bytes | None) -> Path | None:
    """Copy an older diary into its backups folder, then run the missing steps; the copy, or None."""
    names = missing(connection, path)
    if not names:
        return None
    from b12desk.store.backups import copy_verified

    folder = paths.ensure(paths.beside(path).backups)
    copy = folder / f"{path.stem}-before-{names[0]}.db"
    number = 2
    while copy.exists():
        copy = folder / f"{path.stem}-before-{names[0]}-{number}.db"
        number += 1
    copy_verified(connection, copy, key)
    make_tables(connection, path)
    return copy
