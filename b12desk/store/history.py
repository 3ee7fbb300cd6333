"""The diary's memory of every action: what was done, and taking it back or doing it again (RULES U1).

Undoing is an action too, with the images turned round, so a record's newest after-image always is the
record itself. Nothing is ever taken out of the history; a deletion stays in it as a change without an
after-image.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from b12desk.domain.errors import NotFound, WorldError
from b12desk.store import reading
from b12desk.store.database import Connection
from b12desk.store.images import cells_of, shows
from b12desk.store.writing import Action, Batch, add_action

IMPORT = "import"
"""The action name whose undo leaves alone what was edited since."""

UNDO, REDO = "undo", "redo"

_UNDONE = (
    "coalesce((SELECT u.name FROM action u WHERE u.undoes = a.id ORDER BY u.seq DESC LIMIT 1), '') = 'undo'"
)
_COLUMNS = f'a.seq, a.id, a.name, a.text, a."by", a.at, a.person_id, a.undoes, {_UNDONE}'
_NAMED_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Logged:
    """One line of the history.

    Attributes:
        seq: its number; later actions have greater ones.
        action: what was done.
        undoes: for an undo or redo the id of the action concerned, otherwise None.
        undone: whether it is taken back at present.
    """

    seq: int
    action: Action
    undoes: str | None
    undone: bool

    @property
    def can_undo(self) -> bool:
        """Whether an undo may be tried; a later action on the same records can still forbid it."""
        return self.undoes is None and not self.undone


@dataclass(frozen=True, slots=True)
class Reversal:
    """What an undo or redo did.

    Attributes:
        action: the undo or redo itself.
        of: the action that was taken back or done again.
        records: (kind, id) of each record that changed.
        left: (kind, id) of each record that an import brought and that stays, because it was edited since
            or another entry refers to it.
    """

    action: Action
    of: Action
    records: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Image:
    kind: str
    record_id: str
    before: str | None
    after: str | None


def actions(connection: Connection, limit: int, person_id: str | None = None) -> list[Logged]:
    """The newest actions first; with a person, those of this diary and those that concern several."""
    person = "" if person_id is None else "WHERE (a.person_id = :person OR a.person_id IS NULL)"
    sql = f"SELECT {_COLUMNS} FROM action a {person} ORDER BY a.seq DESC LIMIT :limit"
    return [_logged(row) for row in connection.execute(sql, {"person": person_id, "limit": limit})]


def undo(connection: Connection, action_id: str | None, *, new_id: str, by: str, at: datetime) -> Reversal:
    """Take back the newest action that is not undone, or the one named; inside an open transaction.

    Raises:
        WorldError: nothing is left to undo, or later actions touched the same records (they are named).
        NotFound: no action has this id.
    """
    target = to_undo(connection, action_id)
    if not target.can_undo:
        raise WorldError("invalid", f"“{target.action.text}” is undone already, or is an undo itself.")
    lenient = target.action.name == IMPORT
    if not lenient:
        _refuse_when_touched_since(connection, target)
    action = Action(new_id, UNDO, f"Undone: {target.action.text}", by, at, target.action.person_id)
    return _Reverser(connection, action, target, lenient).run(target.seq)


def to_undo(connection: Connection, action_id: str | None) -> Logged:
    """The newest action that is not undone, or the one named.

    Raises:
        WorldError: nothing is left to undo.
        NotFound: no action has this id.
    """
    return _newest_live(connection) if action_id is None else _by_id(connection, action_id)


def redo(connection: Connection, *, new_id: str, by: str, at: datetime) -> Reversal:
    """Do again what was undone last, as long as nothing new was done since; inside an open transaction.

    Raises:
        WorldError: there is nothing to do again.
    """
    undoing = connection.execute(
        "SELECT max(u.seq) FROM action u JOIN action a ON a.id = u.undoes WHERE u.name = 'undo'"
        " AND u.seq = (SELECT max(other.seq) FROM action other WHERE other.undoes = a.id)"
        " AND u.seq > (SELECT max(seq) FROM action WHERE undoes IS NULL)"
    ).fetchone()[0]
    if undoing is None:
        raise WorldError("invalid", "There is nothing to redo.")
    (target_id,) = connection.execute("SELECT undoes FROM action WHERE seq = ?", (undoing,)).fetchone()
    target = _by_id(connection, target_id)
    action = Action(new_id, REDO, f"Redone: {target.action.text}", by, at, target.action.person_id)
    return _Reverser(connection, action, target, lenient=False).run(undoing)


class _Reverser:
    """Applies the turned-round images of one action, last change first."""

    def __init__(self, connection: Connection, action: Action, target: Logged, lenient: bool) -> None:
        self._connection = connection
        self._action = action
        self._target = target
        self._lenient = lenient
        self._left: dict[tuple[str, str], None] = {}

    def run(self, seq: int) -> Reversal:
        """Turn round the changes of the action numbered `seq`."""
        if self._lenient:
            self._keep_what_was_edited(seq)
        batch = Batch(self._connection, add_action(self._connection, self._action, self._target.action.id))
        done: dict[tuple[str, str], None] = {}
        for change in _images(self._connection, seq):
            key = (change.kind, change.record_id)
            if key not in self._left:
                before = None if change.before is None else cells_of(change.kind, change.before)
                batch.add(change.kind, change.record_id, change.after, before)
                done[key] = None
        batch.flush()
        _refuse_dangling(self._connection, {kind for kind, _ in done})
        return Reversal(self._action, self._target.action, tuple(done), tuple(self._left))

    def _keep_what_was_edited(self, seq: int) -> None:
        """Leave each record that is no longer as the import wrote it, and whatever those that stay need."""
        brought: dict[str, set[str]] = {}
        for change in _images(self._connection, seq):
            current = reading.cells(self._connection, change.kind, change.record_id)
            if current is None or change.after is None or not shows(change.kind, change.after, current):
                self._left[change.kind, change.record_id] = None
            else:
                brought.setdefault(change.kind, set()).add(change.record_id)
        while needed := self._needed_by_others(brought):
            for kind, record_id in needed:
                brought[kind].discard(record_id)
                self._left[kind, record_id] = None

    def _needed_by_others(self, brought: dict[str, set[str]]) -> set[tuple[str, str]]:
        """Those of the records to be taken back that a record which stays refers to."""
        needed: set[tuple[str, str]] = set()
        for child, column, parent in reading.links(self._connection):
            if parent not in brought:
                continue
            pairs = reading.rows(self._connection, child, ("id", column))
            staying = brought.get(child, set())
            needed |= {(parent, to) for own, to in pairs if to in brought[parent] and own not in staying}
        return needed


def _logged(row: tuple[object, ...]) -> Logged:
    seq, action_id, name, text, by, at, person_id, undoes, undone = row
    action = Action(
        str(action_id),
        str(name),
        str(text),
        str(by),
        datetime.fromisoformat(str(at)),
        None if person_id is None else str(person_id),
    )
    return Logged(int(str(seq)), action, None if undoes is None else str(undoes), bool(undone))


def _newest_live(connection: Connection) -> Logged:
    live = f"a.undoes IS NULL AND NOT {_UNDONE}"
    sql = f"SELECT {_COLUMNS} FROM action a WHERE {live} ORDER BY a.seq DESC LIMIT 1"
    row = connection.execute(sql).fetchone()
    if row is None:
        raise WorldError("invalid", "There is nothing to undo.")
    return _logged(row)


def _by_id(connection: Connection, action_id: str) -> Logged:
    sql = f"SELECT {_COLUMNS} FROM action a WHERE a.id = ?"
    row = connection.execute(sql, (action_id,)).fetchone()
    if row is None:
        raise NotFound(f"No action in the history has the id {action_id}.")
    return _logged(row)


def _images(connection: Connection, seq: int) -> Iterator[_Image]:
    """The changes of one action, last first."""
    sql = "SELECT kind, record_id, before, after FROM change WHERE action_seq = ? ORDER BY seq DESC"
    return (_Image(*row) for row in connection.execute(sql, (seq,)))


def _refuse_when_touched_since(connection: Connection, target: Logged) -> None:
    sql = (
        "SELECT DISTINCT a.seq, a.text FROM action a JOIN change later ON later.action_seq = a.seq"
        f" WHERE a.seq > :seq AND a.undoes IS NULL AND NOT {_UNDONE}"
        " AND later.record_id IN (SELECT record_id FROM change WHERE action_seq = :seq) ORDER BY a.seq DESC"
    )
    later = [text for _, text in connection.execute(sql, {"seq": target.seq})]
    if later:
        raise _blocked(later)


def _refuse_dangling(connection: Connection, kinds: set[str]) -> None:
    """Refuse when a record refers to one that is gone, naming the actions that wrote it last.

    Looked at are the kinds that changed and those that refer to them.
    """
    sql = (
        "SELECT a.text FROM change c JOIN action a ON a.seq = c.action_seq"
        " WHERE c.record_id = ? ORDER BY c.seq DESC LIMIT 1"
    )
    suspects = kinds | {child for child, _, parent in reading.links(connection) if parent in kinds}
    broken = [row for kind in suspects for row in connection.execute(f'PRAGMA foreign_key_check("{kind}")')]
    texts: dict[str, None] = {}
    for table, rowid, *_ in broken:
        (record_id,) = connection.execute(f'SELECT id FROM "{table}" WHERE rowid = ?', (rowid,)).fetchone()
        row = connection.execute(sql, (record_id,)).fetchone()
        texts[row[0] if row else record_id] = None
    if texts:
        raise _blocked(list(texts))


def _blocked(texts: list[str]) -> WorldError:
    named = ", ".join(f"“{text}”" for text in texts[:_NAMED_AT_MOST])
    more = f" and {len(texts) - _NAMED_AT_MOST} more" if len(texts) > _NAMED_AT_MOST else ""
    return WorldError(
        "invalid", f"Undo these first, they came later and touch the same entries: {named}{more}."
    )
