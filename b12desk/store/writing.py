"""Writing the changes of one action: rows and their before and after images, in one stream."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class _Waiting:
    kind: str
    record_id: str
    before: str | None
    cells: list[Cell] | None

    @property
    def statement(self) -> str:
        if self.before is None:
            return _INSERT[self.kind]
        return _DELETE[self.kind] if self.cells is None else _UPDATE[self.kind]

    @property
    def parameters(self) -> tuple[Cell, ...]:
        own = () if self.cells is None else tuple(self.cells)
        return own if self.before is None else (*own, self.record_id)


class Batch:
    """The changes of one action on their way into the open transaction.

    They wait for company and go in by the thousand through `executemany`: measured on 100,000 lab results,
    sqlite-utils' `insert_all` of the same rows takes several times as long.
    """

    def __init__(self, connection: Connection, action_seq: int) -> None:
        self._connection = connection
        self._action_seq = action_seq
        self._waiting: dict[str, _Waiting] = {}

    def add_all(self, changes: Iterable[Change]) -> None:
        """Take each change in turn and write out what is still waiting at the end.

        Raises:
            WorldError: a record in the diary is another one than `before` by now.
        """
        for change in changes:
            before, after = change.before, change.after
            if after is not None:
                if before is not None and (before.kind, before.id) != (after.kind, after.id):
                    raise BugError("a change must keep the kind and the id of its record")
                shown = None if before is None else image(before.kind, codec.to_cells(before))
                self.add(after.kind, after.id, shown, codec.to_cells(after))
            elif before is not None:
                self.add(before.kind, before.id, image(before.kind, codec.to_cells(before)), None)
            else:
                raise BugError("a change needs a record")
        self.flush()

    def add(self, kind: str, record_id: str, before: str | None, cells: list[Cell] | None) -> None:
        """Put `cells` in the place of the row that the image `before` shows; None for no row.

        Raises:
            WorldError: the row in the diary is another one by now.
        """
        if record_id in self._waiting or len(self._waiting) >= _CHUNK:
            self.flush()
        if before is not None:
            current = reading.cells(self._connection, kind, record_id)
            if current is None or not shows(kind, before, current):
                raise _changed_meanwhile(kind)
        self._waiting[record_id] = _Waiting(kind, record_id, before, cells)

    def flush(self) -> None:
        """Write out what is waiting, equal statements together."""
        waiting, self._waiting = list(self._waiting.values()), {}
        groups: dict[str, list[_Waiting]] = {}
        for each in waiting:
            groups.setdefault(each.statement, []).append(each)
        for statement, members in groups.items():
            try:
                self._connection.executemany(statement, [each.parameters for each in members])
            except DRIVER_ERRORS as error:
                if is_unique_violation(error):
                    raise _changed_meanwhile(members[0].kind) from error
                raise
        self._connection.executemany(
            _ADD_CHANGE,
            (
                (
                    self._action_seq,
                    each.kind,
                    each.record_id,
                    each.before,
                    None if each.cells is None else image(each.kind, each.cells),
                )
                for each in waiting
            ),
        )


def _changed_meanwhile(kind: str) -> WorldError:
    what = kind.replace("_", " ")
    return WorldError(
        "invalid", f"The {what} was changed in the meantime; nothing was saved, please look again."
    )
