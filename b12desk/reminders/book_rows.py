"""The rows of the reminder book: its tables, and open items, ledger entries and wishes to rows and back.

Moments are kept as UTC text, days and clock times as ISO text; so the file says the same in every zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from b12desk.reminders.planner import Key, Ladder, OpenItem

VERSION = 2
DERIVED = ("about", "open_item", "inbox")
"""The tables that a book of an older version loses: the desk fills them from the diary."""
SCHEMA = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    """CREATE TABLE open_item (
        person_id TEXT NOT NULL, person_name TEXT NOT NULL, occurrence_id TEXT NOT NULL,
        planned TEXT NOT NULL, on_day TEXT, window_end TEXT, interval_days INTEGER, state TEXT NOT NULL,
        grace_days INTEGER NOT NULL, snoozed_until TEXT, clock_time TEXT NOT NULL,
        quiet_from TEXT, quiet_to TEXT, neutral INTEGER NOT NULL, kind TEXT NOT NULL,
        lead_weeks INTEGER NOT NULL, ladder TEXT NOT NULL) STRICT""",
    """CREATE TABLE ledger (
        person_id TEXT NOT NULL, kind TEXT NOT NULL, on_day TEXT NOT NULL, step TEXT NOT NULL,
        occurrence_id TEXT NOT NULL, moment TEXT NOT NULL, at TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('intent', 'sent', 'skipped')), attempts INTEGER NOT NULL,
        channel TEXT, result TEXT CHECK (result IN ('accepted', 'failed', 'unknown')),
        owed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (person_id, kind, on_day, step)) STRICT""",
    """CREATE TABLE inbox (
        id INTEGER PRIMARY KEY, person_id TEXT NOT NULL, kind TEXT NOT NULL, on_day TEXT NOT NULL,
        wish TEXT NOT NULL, value TEXT, at TEXT NOT NULL) STRICT""",
)


class Entry(NamedTuple):
    """One ledger row: what was decided about one step, and what came of it.

    Attributes:
        person_id, kind, on_day, step: the key (RULES R2).
        moment: when the step became due. at: when this was decided (both UTC).
        state: `intent` before sending, `sent` after it, `skipped` where a newer step was sent instead.
        attempts: 1, or 2 after a pass was cut off between intent and result.
        channel, result: the last one tried; `list` alone where there was no pop-up service.
        owed: no pop-up service was there, so a later pass may still show this step once.
    """

    person_id: str
    kind: str
    on_day: str
    step: str
    occurrence_id: str
    moment: datetime
    at: datetime
    state: str
    attempts: int
    channel: str | None
    result: str | None
    owed: bool = False

    @property
    def key(self) -> Key:
        return (self.person_id, self.kind, self.on_day, self.step)


class Wish(NamedTuple):
    """What someone asked for on a pop-up, for the desk to carry out (RULES R9, R11).

    It names its item as the ledger's key does. `wish` is `snooze` (value: the day as ISO text); `at` is UTC.
    """

    person_id: str
    kind: str
    on_day: str
    wish: str
    value: str | None
    at: datetime


ENTRY_COLUMNS = ", ".join(Entry._fields)


def utc(moment: datetime) -> str:
    """A moment as the file has it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def item_to_row(item: OpenItem) -> tuple[str | int | None, ...]:
    """In the order of the table `open_item`."""
    quiet = item.quiet or (None, None)
    return (
        item.person_id,
        item.person_name,
        item.occurrence_id,
        item.planned.isoformat(),
        _iso(item.on),
        _iso(item.window_end),
        item.interval_days,
        item.state,
        item.grace_days,
        _iso(item.snoozed_until),
        item.clock_time.isoformat(),
        _iso(quiet[0]),
        _iso(quiet[1]),
        int(item.neutral),
        item.kind,
        item.lead_weeks,
        _ladder_text(item.ladder),
    )


def item_from_row(row: tuple[Any, ...]) -> OpenItem:
    """The way back."""
    quiet = (time.fromisoformat(row[11]), time.fromisoformat(row[12])) if row[11] and row[12] else None
    return OpenItem(
        person_id=row[0],
        person_name=row[1],
        occurrence_id=row[2],
        planned=date.fromisoformat(row[3]),
        on=_day(row[4]),
        window_end=_day(row[5]),
        interval_days=row[6],
        state=row[7],
        grace_days=row[8],
        snoozed_until=_day(row[9]),
        clock_time=time.fromisoformat(row[10]),
        quiet=quiet,
        neutral=bool(row[13]),
        kind=row[14],
        lead_weeks=row[15],
        ladder=_ladder(row[16]),
    )


def entry_to_row(entry: Entry) -> tuple[str | int | None, ...]:
    """In the order of `ENTRY_COLUMNS`."""
    return (*entry[:5], utc(entry.moment), utc(entry.at), *entry[7:11], int(entry.owed))


def entry_from_row(row: tuple[Any, ...]) -> Entry:
    """The way back."""
    moment, at = datetime.fromisoformat(row[5]), datetime.fromisoformat(row[6])
    return Entry._make((*row[:5], moment, at, *row[7:11], bool(row[11])))


def wish_from_row(row: tuple[Any, ...]) -> Wish:
    """From the columns of the table `inbox` after its id."""
    return Wish._make((*row[:5], datetime.fromisoformat(row[5])))


def _ladder_text(ladder: Ladder) -> str:
    """ "3,1/1,3,7/56/28"."""
    days = (",".join(map(str, part)) for part in ladder[:2])
    return "/".join((*days, *map(str, ladder[2:])))


def _ladder(text: str) -> Ladder:
    before, after, weekly_until, then_every = text.split("/")
    return Ladder(_days(before), _days(after), int(weekly_until), int(then_every))


def _days(text: str) -> tuple[int, ...]:
    return tuple(int(day) for day in text.split(",") if day)


def _iso(value: date | time | None) -> str | None:
    return value.isoformat() if value else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
