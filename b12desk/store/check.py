"""Looking for damage: the file's structure, its links, and every record against its history (RULES F7).

SQLite keeps no checksums, so a flipped bit can change a value in silence; the newest after-image in the
history is the second copy to compare with.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from b12desk.domain.records import BY_KIND
from b12desk.store.database import DRIVER_ERRORS, Connection
from b12desk.store.images import columns, shows

ProblemCode = Literal["structure", "link", "differs", "lost", "unrecorded", "document"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        code: `structure` of the file, `link` to a record that is gone, `differs` from its history, `lost`
            though its history says it is there, `unrecorded` in any history, `document` whose bytes changed.
        text: one sentence.
        kind: the record's kind, None where the problem concerns no single record.
        record_id: its id, likewise.
    """

    code: ProblemCode
    text: str
    kind: str | None = None
    record_id: str | None = None


def problems(connection: Connection, full: bool) -> list[Problem]:
    """What is wrong, the file's structure first; only that and the links unless `full`."""
    found = list(_structure(connection, full))
    try:
        found.extend(_links(connection))
        if full:
            found.extend(_against_history(connection))
            found.extend(_documents(connection))
    except DRIVER_ERRORS as error:
        found.append(Problem("structure", f"Part of the file cannot be read: {error}."))
    return found


def _structure(connection: Connection, full: bool) -> Iterator[Problem]:
    pragma = "integrity_check" if full else "quick_check"
    try:
        for (line,) in connection.execute(f"PRAGMA {pragma}"):
            if line != "ok":
                yield Problem("structure", f"The file is damaged: {line}.")
        for (line,) in connection.execute("PRAGMA cipher_integrity_check"):
            yield Problem("structure", f"The encrypted file is damaged: {line}.")
    except DRIVER_ERRORS as error:
        yield Problem("structure", f"The file is damaged: {error}.")


def _links(connection: Connection) -> Iterator[Problem]:
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
        row = connection.execute(f'SELECT id FROM "{table}" WHERE rowid = ?', (rowid,)).fetchone()
        record_id = None if row is None else str(row[0])
        yield Problem("link", f"A {table} refers to a {parent} that is not there.", table, record_id)


_NEWEST = (
    "DROP TABLE IF EXISTS temp.newest",
    "CREATE TEMP TABLE newest (record_id TEXT PRIMARY KEY, kind TEXT, seq INTEGER) WITHOUT ROWID",
    "INSERT INTO temp.newest SELECT record_id, kind, max(seq) FROM change GROUP BY record_id",
)


def _against_history(connection: Connection) -> Iterator[Problem]:
    """Every record against its newest after-image, and the other way round."""
    for statement in _NEWEST:
        connection.execute(statement)
    for kind in BY_KIND:
        yield from _kind_against_history(connection, kind)
    connection.execute("DROP TABLE temp.newest")


def _kind_against_history(connection: Connection, kind: str) -> Iterator[Problem]:
    what = kind.replace("_", " ")
    names = ", ".join(f't."{name}"' for name in columns(kind))
    recorded = (
        f"SELECT n.record_id, c.after, {names} FROM temp.newest n JOIN change c ON c.seq = n.seq"
        f' LEFT JOIN "{kind}" t ON t.id = n.record_id WHERE n.kind = ?'
    )
    for record_id, after, *cells in connection.execute(recorded, (kind,)):
        there = cells[0] is not None
        if after is None and there:
            yield Problem("unrecorded", f"A {what} is there, but the history deleted it.", kind, record_id)
        elif after is not None and not there:
            yield Problem("lost", f"A {what} is in the history and no longer in the diary.", kind, record_id)
        elif after is not None and not shows(kind, after, cells):
            yield Problem("differs", f"A {what} is not as the history says.", kind, record_id)
    unrecorded = f'SELECT id FROM "{kind}" WHERE id NOT IN (SELECT record_id FROM temp.newest)'
    for (record_id,) in connection.execute(unrecorded):
        yield Problem("unrecorded", f"A {what} is not in the history.", kind, record_id)


def _documents(connection: Connection) -> Iterator[Problem]:
    sql = (
        "SELECT d.id, d.sha256, c.data FROM document d"
        " LEFT JOIN document_content c ON c.sha256 = d.sha256 WHERE d.kept"
    )
    for record_id, sha256, data in connection.execute(sql):
        if data is None or not _has_digest(data, sha256):
            yield Problem("document", "A kept file is missing or has changed.", "document", str(record_id))


def _has_digest(data: bytes, sha256: str) -> bool:
    try:
        return hashlib.sha256(zlib.decompress(data)).hexdigest() == sha256
    except zlib.error:
        return False
