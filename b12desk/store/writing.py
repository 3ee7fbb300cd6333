"""Writing the changes of one action: rows and their before and after images, in one stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from b12desk.domain import codec
from b12desk.domain.codec import Cell
from b12desk.domain.errors import BugError, WorldError
from b12desk.domain.records import Record
from b12desk.store import reading
from b12desk.store.database import DRIVER_ERRORS, Connection, is_unique_violation
from b12desk.store.images import COLUMNS, image, shows
from b12desk.store.reading import quoted

_CHUNK = 1000
_ADD_CHANGE = "INSERT INTO change (action_seq, kind, record_id, before, after) VALUES (?, ?, ?, ?, ?)"
_INSERT = {
    kind: f'INSERT INTO "{kind}" ({quoted(names)}) VALUES ({", ".join("?" for _ in names)})'
    for kind, names in COLUMNS.items()
}
_UPDATE = {
    kind: f'UPDATE "{kind}" SET ' + ", ".join(f'"{name}" = ?' for name in names) + " WHERE id = ?"
    for kind, names in COLUMNS.items()
}
_DELETE = {kind: f'DELETE FROM "{kind}" WHERE id = ?' for kind in COLUMNS}


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person did, undone as a whole.

    Attributes:
        id: UUID text, given by the caller.
        name: what was done, as a code: "log_injection", "import".
        text: the same for people, as the history page shows it.
        by: who did it, "self" or a caregiver's name.
        at: when, aware of its zone.
        person_id: whose diary, None when it concerns several people.
    """

    id: str
    name: str
    text: str
    by: str
    at: datetime
    person_id: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after; None before: it is new, None after: it is deleted."""

    before: Record | None
    after: Record | None


def add_action(connection: Connection, action: Action, undoes: str | None = None) -> int:
    """Write the action's own line and return its number, which grows with each action."""
    cursor = connection.execute(
        'INSERT INTO action (id, name, text, "by", at, person_id, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)',
        (action.id, action.name, action.text, action.by, action.at.isoformat(), action.person_id, undoes),
    )
    if cursor.lastrowid is None:
        raise BugError("an inserted action has no number")
    return cursor.lastrowid


class Batch:
    """The changes of one action on their way into the open transaction.

    New records wait for company and go in by the thousand through `executemany`: measured on 100,000 lab
    results, sqlite-utils' own `insert_all` takes four times as long for the same rows.
    """

    def __init__(self, connection: Connection, action_seq: int) -> None:
        self._connection = connection
        self._action_seq = action_seq
        self._waiting: list[tuple[str, list[Cell]]] = []

    def add_all(self, changes: Iterable[Change]) -> None:
        """Take each change in turn and write out what is still waiting at the end."""
        for change in changes:
            self._add(change)
        self.flush()

    def _add(self, change: Change) -> None:
        before, after = change.before, change.after
        if before is not None and after is not None and (before.kind, before.id) != (after.kind, after.id):
            raise BugError("a change must keep the kind and the id of its record")
        if before is None:
            if after is None:
                raise BugError("a change needs a record")
            self.insert(after.kind, codec.to_cells(after))
            return
        new = None if after is None else codec.to_cells(after)
        self.replace(before.kind, before.id, image(before.kind, codec.to_cells(before)), new)

    def insert(self, kind: str, cells: list[Cell]) -> None:
        """Add one new row."""
        self._waiting.append((kind, cells))
        if len(self._waiting) >= _CHUNK:
            self.flush()

    def replace(self, kind: str, record_id: str, before: str, cells: list[Cell] | None) -> None:
        """Put `cells` in the place of the row that the image `before` shows, or delete it with None.

        Raises:
            WorldError: the row in the diary is another one by now.
        """
        self.flush()
        current = reading.cells(self._connection, kind, record_id)
        if current is None or not shows(kind, before, current):
            raise _changed_meanwhile(kind)
        after = None
        if cells is None:
            self._connection.execute(_DELETE[kind], (record_id,))
        else:
            after = image(kind, cells)
            self._connection.execute(_UPDATE[kind], (*cells, record_id))
        self._connection.execute(_ADD_CHANGE, (self._action_seq, kind, record_id, before, after))

    def flush(self) -> None:
        """Write out the new rows that are waiting, those of one kind together."""
        waiting, self._waiting = self._waiting, []
        for kind in Counter(kind for kind, _ in waiting):
            rows = [cells for other, cells in waiting if other == kind]
            try:
                self._connection.executemany(_INSERT[kind], rows)
            except DRIVER_ERRORS as error:
                if is_unique_violation(error):
                    raise _changed_meanwhile(kind) from error
                raise
        self._connection.executemany(
            _ADD_CHANGE,
            ((self._action_seq, kind, cells[0], None, image(kind, cells)) for kind, cells in waiting),
        )


def _changed_meanwhile(kind: str) -> WorldError:
    what = kind.replace("_", " ")
    return WorldError(
        "invalid", f"The {what} was changed in the meantime; nothing was saved, please look again."
    )
