"""The reminder book: the desk's projection of the diary for the agent, and the ledger of what was said.

One small SQLite file beside the diary, through the standard library so that a pass starts fast. The desk
writes the projection and drains the inbox; the agent writes ledger and inbox only (RULES R9). It keeps
the default rollback journal: passes hardly ever write, and it works on network folders, unlike WAL.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from b12desk.domain.errors import ErrorCode, WorldError
from b12desk.reminders.book_rows import (
    DERIVED,
    ENTRY_COLUMNS,
    SCHEMA,
    VERSION,
    Entry,
    Wish,
    entry_from_row,
    entry_to_row,
    item_from_row,
    item_to_row,
    utc,
    wish_from_row,
)
from b12desk.reminders.planner import Key, OpenItem
from b12desk.reminders.shown import Pending, showing

__all__ = ["Book", "Entry", "Pending", "Wish"]

BUSY_SECONDS = 5.0
BOOK_SUFFIX = "-reminders.db"
VOID_AFTER = timedelta(hours=24)


class Book:
    """An open reminder book; close it or use it as a context manager.

    Every method raises `WorldError` (busy, read_only, disk_full, damaged) when the file cannot do it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def open(cls, path: str | os.PathLike[str], now: datetime) -> Book:
        """Open the book, making it where there is none; the desk's door.

        A damaged book is renamed and a new one begun, since all but the ledger comes from the diary: a
        reminder said twice does less harm than one that never comes.
        """
        try:
            return cls._opened(os.fspath(path), whole=True)
        except WorldError as error:
            if error.code != "damaged":
                raise
        aside = f"{os.fspath(path)}-damaged-{now:%Y%m%dT%H%M%S}"
        try:
            os.replace(path, aside)  # noqa: PTH105 - pathlib is slow to load
        except OSError as error:
            raise WorldError(
                "read_only", f"The damaged reminder book cannot be renamed ({error.strerror})."
            ) from error
        return cls._opened(os.fspath(path))

    @classmethod
    def existing(cls, path: str | os.PathLike[str]) -> Book | None:
        """Open a book that is there, or None; the agent's door, which never makes one."""
        return cls._opened(os.fspath(path)) if os.path.exists(path) else None  # noqa: PTH110

    @classmethod
    def _opened(cls, path: str, whole: bool = False) -> Book:
        new = not os.path.exists(path)  # noqa: PTH110
        with _world():
            if new:
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        book = cls(connection)
        try:
            book._prepare()
            if whole:
                book._check()
        except BaseException:
            connection.close()
            raise
        return book

    def _prepare(self) -> None:
        with _world():
            version = self._version()
            if version > VERSION:
                raise WorldError("newer_file", "The reminder book was written by a newer B12 Desk.")
            if version < VERSION:
                with self._writing():
                    self._make(self._version())  # asked again: another process may have been first

    def _make(self, version: int) -> None:
        """Make the tables; in a book of an older version those that the diary can fill again.

        The ledger stays: what was said must not be said twice. Without a change counter the book counts as
        behind, so the next look of the desk fills it.
        """
        if version >= VERSION:
            return
        for name in DERIVED:
            self._db.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in SCHEMA:
            self._db.execute(statement.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1))
        self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _check(self) -> None:
        with _world():
            found = self._db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise WorldError("damaged", "The reminder book is damaged.")

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What the desk does

    def mark_stale(self, now: datetime) -> None:
        """Say that the diary is about to change; passes until `rewrite` add a wish to check (RULES R8)."""
        with self._writing():
            self._db.execute("INSERT OR IGNORE INTO about VALUES ('stale_since', ?)", (utc(now),))

    def rewrite(self, projection: Iterable[OpenItem], counter: int, now: datetime) -> None:
        """Replace the projection by that of the diary at this change counter; it is no longer stale."""
        rows = [item_to_row(item) for item in projection]
        with self._writing():
            self._db.execute("DELETE FROM open_item")
            self._db.executemany(f"INSERT INTO open_item VALUES ({', '.join('?' * 17)})", rows)  # noqa: S608
            self._db.execute("DELETE FROM about WHERE name = 'stale_since'")
            self._db.executemany(
                "INSERT OR REPLACE INTO about VALUES (?, ?)",
                [("counter", str(counter)), ("written_at", utc(now))],
            )

    def counter(self) -> int | None:
        """The change counter of the diary that the projection reflects; None while stale or never written."""
        return None if self.stale() else _number(self._about("counter"))

    def forget_wishes(self, done: Iterable[int]) -> None:
        """Take wishes that are in the diary now out of the inbox."""
        with self._writing():
            self._db.executemany("DELETE FROM inbox WHERE id = ?", [(number,) for number in done])

    # What both read

    def stale_since(self) -> datetime | None:
        """Since when the projection may lag behind the diary."""
        since = self._about("stale_since")
        return datetime.fromisoformat(since) if since else None

    def stale(self) -> bool:
        """Whether the projection may lag behind the diary."""
        return self.stale_since() is not None

    def is_of_today(self, now: datetime) -> bool:
        """Whether the projection was made on the local day of `now`.

        A new day matters even to an unchanged diary: a plan that starts today takes over open dates.
        """
        written = self._about("written_at")
        return (
            written is not None
            and datetime.fromisoformat(written).astimezone(now.tzinfo).date() == now.date()
        )

    def pending(self, now: datetime) -> list[Pending]:
        """What the list in the window shows at `now`, oldest planned date first."""
        return showing(self.items(), now, self.stale())

    def items(self) -> list[OpenItem]:
        """The projection, oldest planned date first; a snooze that waits in the inbox counts already."""
        with _world():
            rows = self._db.execute("SELECT * FROM open_item ORDER BY planned, person_id, kind").fetchall()
        wishes = self.wishes().values()
        silent = {wish[:3]: date.fromisoformat(wish.value) for wish in wishes if wish.value}
        found = [item_from_row(row) for row in rows]
        return [_silenced(item, silent.get(item.named)) for item in found] if silent else found

    def wishes(self) -> dict[int, Wish]:
        """What pop-ups asked for and is not in the diary yet, by number, oldest first."""
        with _world():
            rows = self._db.execute("SELECT * FROM inbox ORDER BY id").fetchall()
        return {row[0]: wish_from_row(row[1:]) for row in rows}

    def ledger(self, limit: int) -> list[Entry]:
        """The newest entries, newest first, for the reminder check page."""
        with _world():
            newest_first = f"SELECT {ENTRY_COLUMNS} FROM ledger ORDER BY at DESC, moment DESC LIMIT ?"  # noqa: S608
            return [entry_from_row(row) for row in self._db.execute(newest_first, (limit,))]

    def last_sent(self) -> Entry | None:
        """The newest entry that went out; None before the first."""
        newest = (
            f"SELECT {ENTRY_COLUMNS} FROM ledger WHERE state = 'sent' ORDER BY at DESC, moment DESC LIMIT 1"  # noqa: S608
        )
        with _world():
            row = self._db.execute(newest).fetchone()
        return entry_from_row(row) if row else None

    def entry(self, key: Key, now: datetime) -> Entry | None:
        """What the ledger has about a step; an entry over a day in the future of `now` is void (RULES R5)."""
        where = "person_id = ? AND kind = ? AND on_day = ? AND step = ?"
        with _world():
            row = self._db.execute(f"SELECT {ENTRY_COLUMNS} FROM ledger WHERE {where}", key).fetchone()  # noqa: S608
        found = entry_from_row(row) if row else None
        return None if found is None or found.at > now + VOID_AFTER else found

    # What the agent writes

    def record(self, entries: Iterable[Entry]) -> None:
        """Put entries into the ledger in one transaction, each over an older one of its key."""
        rows = [entry_to_row(entry) for entry in entries]
        marks = ", ".join("?" * len(Entry._fields))
        with self._writing():
            self._db.executemany(f"INSERT OR REPLACE INTO ledger ({ENTRY_COLUMNS}) VALUES ({marks})", rows)  # noqa: S608

    def wish(self, wishes: Iterable[Wish]) -> None:
        """Leave wishes in the inbox."""
        rows = [(*wish[:5], utc(wish.at)) for wish in wishes]
        with self._writing():
            self._db.executemany(
                "INSERT INTO inbox (person_id, kind, on_day, wish, value, at) VALUES (?, ?, ?, ?, ?, ?)", rows
            )

    def _about(self, name: str) -> str | None:
        with _world():
            row = self._db.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with _world():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._db.in_transaction:  # a full disk has already rolled back
                    self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


_SAID_NO: Mapping[int, tuple[ErrorCode, str]] = {
    sqlite3.SQLITE_BUSY: ("busy", "The reminder book is in use by another program; please try again."),
    sqlite3.SQLITE_LOCKED: ("busy", "The reminder book is in use by another program; please try again."),
    sqlite3.SQLITE_READONLY: (
        "read_only",
        "The reminder book cannot be written: the file or its folder is read-only.",
    ),
    sqlite3.SQLITE_CANTOPEN: ("read_only", "The reminder book cannot be opened or made in this folder."),
    sqlite3.SQLITE_FULL: ("disk_full", "The disk is full; the reminder book could not be written."),
    sqlite3.SQLITE_CORRUPT: ("damaged", "The reminder book is damaged."),
    sqlite3.SQLITE_NOTADB: ("damaged", "The reminder book is damaged: it is no database."),
}


@contextmanager
def _world() -> Iterator[None]:
    """Turn what the file system and SQLite refuse into one sentence; anything else is our own bug."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        known = _SAID_NO.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if known is None:
            raise
        raise WorldError(*known) from error
    except OSError as error:
        raise WorldError("read_only", f"The reminder book cannot be made here ({error.strerror}).") from error


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _silenced(item: OpenItem, until: date | None) -> OpenItem:
    if until is None or (item.snoozed_until is not None and item.snoozed_until > until):
        return item
    return item._replace(snoozed_until=until)
