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

from b12desk.store.database import DRIVER_ERRORS, Connection
from b12desk.store.images import COLUMNS, shows

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
            for kind in COLUMNS:
                found.extend(_against_history(connection, kind))
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


def _against_history(connection: Connection, kind: str) -> Iterator[Problem]:
    what = kind.replace("_", " ")
    names = ", ".join(f't."{name}"' for name in COLUMNS[kind])
    newest = "SELECT c.after FROM change c WHERE c.record_id = t.id ORDER BY c.seq DESC LIMIT 1"
    for *cells, after in connection.execute(f'SELECT {names}, ({newest}) FROM "{kind}" t'):
        if after is None:
            yield Problem("unrecorded", f"A {what} is not in the history.", kind, str(cells[0]))
        elif not shows(kind, after, cells):
            yield Problem("differs", f"A {what} is not as the history says.", kind, str(cells[0]))
    lost = (
        "SELECT c.record_id FROM change c WHERE c.kind = ? AND c.after IS NOT NULL"
        " AND c.seq = (SELECT max(d.seq) FROM change d WHERE d.record_id = c.record_id)"
        f' AND NOT EXISTS (SELECT 1 FROM "{kind}" t WHERE t.id = c.record_id)'
    )
    for (record_id,) in connection.execute(lost, (kind,)):
        yield Problem("lost", f"A {what} is in the history and no longer in the diary.", kind, str(record_id))


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
