"""Finding records: the queries over the record tables, whole or a few columns at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from b12desk.domain import codec
from b12desk.domain.codec import Cell, R
from b12desk.domain.errors import BugError
from b12desk.domain.records import BY_KIND, Record
from b12desk.store.database import Connection
from b12desk.store.images import columns

Where = Mapping[str, Cell | date | tuple[Cell, ...]]
"""Column to what it must hold: a cell, a date, None for "no value", or one of a tuple of cells."""

_DAY_COLUMN = {
    "plan": "started_on",
    "not_given": "planned",
    "lab_result": "collected",
    "snooze": "occurrence_on",
} | dict.fromkeys(("phase_step", "agreed_date", "injection", "reaction", "score", "trend", "event"), "on")
_TIMED = frozenset({"injection", "reaction", "score"})


def quoted(names: Sequence[str]) -> str:
    """Column names for SQL; several of them ("on", "where", "until") are words of the language."""
    return ", ".join(f'"{name}"' for name in names)


@cache
def _by_id(kind: str) -> str:
    return f'SELECT {quoted(columns(kind))} FROM "{kind}" WHERE id = ?'


def _order(kind: str) -> str:
    """Local date, then time (a day without one first), then when it was recorded, then id."""
    keys = [_DAY_COLUMN[kind]] if kind in _DAY_COLUMN else []
    keys += ["at"] if kind in _TIMED else []
    return quoted([*keys, "recorded_at", "id"])


def _conditions(
    kind: str, person_id: str | None, since: date | None, until: date | None, where: Where | None
) -> tuple[str, list[Cell]]:
    """The WHERE clause, empty without any condition, and its parameters; both dates are included."""
    parts: list[str] = []
    values: list[Cell] = []
    if person_id is not None:
        parts.append("person_id = ?")
        values.append(person_id)
    if (since or until) and kind not in _DAY_COLUMN:
        raise BugError(f"a {kind} has no date to search by")
    if since is not None:
        parts.append(f'"{_DAY_COLUMN[kind]}" >= ?')
        values.append(since.isoformat())
    if until is not None:  # a sample time goes on after its date, so compare with the day after
        parts.append(f'"{_DAY_COLUMN[kind]}" < ?')
        values.append((until + timedelta(days=1)).isoformat() if until < date.max else "~")
    for column, wanted in (where or {}).items():
        if column not in columns(kind):
            raise BugError(f"a {kind} has no column {column}")
        options = wanted if isinstance(wanted, tuple) else (wanted,)
        parts.append("(" + (" OR ".join(f'"{column}" IS ?' for _ in options) or "0") + ")")
        values.extend(option.isoformat() if isinstance(option, date) else option for option in options)
    return (" WHERE " + " AND ".join(parts) if parts else ""), values


def rows(
    connection: Connection,
    kind: str,
    names: Sequence[str],
    *,
    person_id: str | None = None,
    since: date | None = None,
    until: date | None = None,
    where: Where | None = None,
    in_order: bool = False,
) -> Iterator[tuple[Any, ...]]:
    """Cells of the named columns, a tuple for each row.

    With `in_order` they come in the order of `records`; without, only by date, which the index gives for
    nothing.
    """
    unknown = set(names) - set(columns(kind))
    if unknown:
        raise BugError(f"a {kind} has no {', '.join(sorted(unknown))}")
    clause, values = _conditions(kind, person_id, since, until, where)
    order = _order(kind) if in_order else quoted([_DAY_COLUMN.get(kind, "id")])
    sql = f'SELECT {quoted(names)} FROM "{kind}"{clause} ORDER BY {order}'
    yield from connection.execute(sql, values)


def records(connection: Connection, cls: type[R], **conditions: Any) -> list[R]:
    """The records of one kind, ordered by local date, time, when recorded, and id."""
    found = rows(connection, cls.kind, columns(cls.kind), in_order=True, **conditions)
    return [codec.from_cells(cls, row) for row in found]


def cells(connection: Connection, kind: str, record_id: str) -> tuple[Cell, ...] | None:
    """One record's row, or None."""
    row: tuple[Cell, ...] | None = connection.execute(_by_id(kind), (record_id,)).fetchone()
    return row


def record(connection: Connection, cls: type[R], record_id: str) -> R | None:
    """One record by its id, or None."""
    row = cells(connection, cls.kind, record_id)
    return None if row is None else codec.from_cells(cls, row)


def find(connection: Connection, record_id: str) -> Record | None:
    """One record of any kind by its id, or None."""
    found = (record(connection, cls, record_id) for cls in BY_KIND.values())
    return next((each for each in found if each is not None), None)


def count(connection: Connection, kind: str, person_id: str | None) -> int:
    """How many records of a kind there are, of one person or of all."""
    clause, values = _conditions(kind, person_id, None, None, None)
    sql = f'SELECT count(*) FROM "{kind}"{clause}'
    return int(connection.execute(sql, values).fetchone()[0])


def links(connection: Connection) -> list[tuple[str, str, str]]:
    """Which column of which record kind refers to which kind: (kind, column, kind referred to)."""
    return [
        (kind, str(column), str(parent))
        for kind in BY_KIND
        for _, _, parent, column, *_ in connection.execute(f'PRAGMA foreign_key_list("{kind}")')
    ]
