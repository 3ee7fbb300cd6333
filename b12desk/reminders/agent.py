"""One idempotent reminder pass: say what is due and not yet said; note it before and after (RULES R3, R4).

It reads and writes the reminder book only and never opens the diary, so it works while the diary is locked.
The window runs it every minute, `b12desk remind` once; several passes at one moment say everything once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from b12desk.domain.errors import WorldError
from b12desk.reminders.book import BOOK_SUFFIX, Book
from b12desk.reminders.book_rows import Entry
from b12desk.reminders.channels import Channel, Offer, Tried, deliver
from b12desk.reminders.pass_lock import pass_lock
from b12desk.reminders.planner import Alert, Decision, OpenItem, Step, alert_of, look, zone_of
from b12desk.reminders.wording import Said, message

LIST = Tried("list", "accepted")
ATTEMPTS = 2


class Sent(NamedTuple):
    """One step as it went out through one channel; grouped steps share title and text.

    `retried` marks the second attempt after a pass that was cut off before it could note a result.
    """

    alert: Alert
    channel: str
    result: str
    title: str
    text: str
    retried: bool = False


class Coming(NamedTuple):
    """The next step of an open item, and when (aware, in the computer's zone)."""

    alert: Alert
    at: datetime


class PassResult(NamedTuple):
    """What a pass did.

    Attributes:
        sent: what went out, by person. skipped: steps that a newer one overtook, newly noted.
        pending: the next step of each open item, soonest first; quiet hours count.
        next_check: the soonest of those moments, None where nothing is open.
        stale: the diary may have changed since the book was written (RULES R8).
        busy: another pass was at work, so this one said nothing.
    """

    sent: tuple[Sent, ...]
    skipped: tuple[Alert, ...]
    pending: tuple[Coming, ...]
    next_check: datetime | None
    stale: bool = False
    busy: bool = False


class _Task(NamedTuple):
    """One newest step that is not settled: `entry` is what the ledger has of it, None while fresh."""

    alert: Alert
    older: tuple[Step, ...]
    entry: Entry | None


def run_pass(
    book_path: str | os.PathLike[str],
    now: datetime,
    channels: Sequence[Channel],
    dry_run: bool = False,
    person: str | None = None,
) -> PassResult:
    """Run one pass at `now` (aware) over the book.

    Args:
        channels: pop-up channels in order; empty for the list alone, which is always served.
        dry_run: say what would be sent (a pop-up's result is `unknown`), and change nothing.
        person: only this person's items (id, or name in any case); None for everyone.

    Raises:
        WorldError: no_diary where there is no book; busy, read_only, disk_full or damaged from the book. What
            could not be noted as an intent has not been sent.
    """
    book = Book.existing(book_path)
    if book is None:
        raise WorldError("no_diary", "There is no reminder book beside this diary yet; open B12 Desk once.")
    with book:
        return _Pass(book, os.fspath(book_path), now, channels, person).run(dry_run)


class _Pass:
    """The state of one pass over an open book."""

    def __init__(
        self, book: Book, path: str, now: datetime, channels: Sequence[Channel], person: str | None
    ) -> None:
        self._book = book
        self._path = path
        self._now = now
        self._channels = channels
        self._zone: tzinfo | None = zone_of(now)
        self._today = now.astimezone(self._zone).date()
        self._stale = book.stale()
        items = [
            item for item in book.items() if person is None or _is(person, item.person_id, item.person_name)
        ]
        self._decisions = [look(item, now, self._zone) for item in items]
        self._available: bool | None = None
        self._sent: list[Sent] = []
        self._skipped: list[Alert] = []

    def run(self, dry_run: bool) -> PassResult:
        if not self._tasks():
            return self._result()
        if dry_run:
            for tasks in _by_person(self._tasks()):
                self._rehearse(tasks)
            return self._result()
        with pass_lock(self._path) as mine:
            if not mine:
                return self._result(busy=True)
            for tasks in _by_person(self._tasks()):  # asked again: the ledger may have grown meanwhile
                self._say(tasks)
        return self._result()

    def _tasks(self) -> list[_Task]:
        found = []
        for decision in self._decisions:
            if decision.newest is None or decision.held_until is not None:
                continue
            entry = self._book.entry(decision.newest.key, self._now)
            if self._unsettled(entry):
                found.append(_Task(decision.newest, decision.older, entry))
        return found

    def _unsettled(self, entry: Entry | None) -> bool:
        if entry is None or entry.state == "intent":
            return True
        return entry.owed and self._service()

    def _service(self) -> bool:
        """Whether any pop-up channel can be used; asked once a pass, and only if it matters."""
        if self._available is None:
            self._available = any(channel.available() for channel in self._channels)
        return self._available

    def _say(self, tasks: Sequence[_Task]) -> None:
        """One message for one person: skipped steps and intents committed, then sent, then the results."""
        given_up = [task.entry for task in tasks if task.entry is not None and _tired(task.entry)]
        self._book.record(self._settled(entry) for entry in given_up)
        tasks = [task for task in tasks if not _tired(task.entry)]
        if not tasks:
            return
        overtaken, skipped = self._overtaken(tasks)
        intents = [self._entry(task.alert, "intent", 1 + _attempts(task.entry)) for task in tasks]
        self._book.record([*overtaken, *intents])
        self._skipped += skipped
        said = message([task.alert for task in tasks], self._today, self._stale)
        tried = deliver(self._channels, *said, self._offer([task.alert.item for task in tasks]))
        last = tried[-1] if tried else LIST
        owed = not tried and bool(self._channels)
        self._book.record(
            intent._replace(state="sent", channel=last.channel, result=last.result, owed=owed)
            for intent in intents
        )
        self._note(tasks, said, tried)

    def _offer(self, items: Sequence[OpenItem]) -> Offer:
        """What the buttons of a message about these items do; the window opens at the oldest."""
        first = items[0]
        return Offer(
            self._path,
            self._path.removesuffix(BOOK_SUFFIX),
            first.person_id,
            tuple(item.named[1:] for item in items),
            (first.on or first.planned).isoformat(),
        )

    def _rehearse(self, tasks: Sequence[_Task]) -> None:
        tasks = [task for task in tasks if not _tired(task.entry)]
        if not tasks:
            return
        said = message([task.alert for task in tasks], self._today, self._stale)
        first = next((channel.name for channel in self._channels if channel.available()), None)
        tried = [Tried(first, "unknown")] if first else []
        self._note(tasks, said, tried)
        self._skipped += self._overtaken(tasks)[1]

    def _note(self, tasks: Sequence[_Task], said: Said, tried: Sequence[Tried]) -> None:
        for task in tasks:
            listed_before = task.entry is not None and task.entry.owed
            for channel, result in tried if listed_before else (LIST, *tried):
                retried = task.entry is not None and task.entry.state == "intent"
                self._sent.append(Sent(task.alert, channel, result, *said, retried))

    def _overtaken(self, tasks: Iterable[_Task]) -> tuple[list[Entry], list[Alert]]:
        """Entries that settle the steps before the newest, and which of those were never tried (RULES R3)."""
        entries, skipped = [], []
        overtaken = ((task.alert.item, step) for task in tasks for step in task.older)
        for alert in (alert_of(item, step, self._zone) for item, step in overtaken):
            entry = self._book.entry(alert.key, self._now)
            if entry is None:
                entries.append(self._entry(alert, "skipped", 0))
                skipped.append(alert)
            elif entry.state == "intent":
                entries.append(self._settled(entry))
            elif entry.owed:
                entries.append(entry._replace(owed=False))
        return entries, skipped

    def _settled(self, intent: Entry) -> Entry:
        """An intent of which nobody will learn more, dated now: a wrong clock's verdict is void too."""
        return intent._replace(state="sent", result="unknown", at=self._now)

    def _entry(self, alert: Alert, state: str, attempts: int) -> Entry:
        occurrence = alert.item.occurrence_id
        return Entry(
            *alert.key, occurrence, alert.moment, self._now, state, attempts, channel=None, result=None
        )

    def _result(self, busy: bool = False) -> PassResult:
        pending = sorted(self._coming(), key=lambda coming: coming.at)
        next_check = pending[0].at if pending else None
        return PassResult(
            tuple(self._sent), tuple(self._skipped), tuple(pending), next_check, self._stale, busy
        )

    def _coming(self) -> Iterable[Coming]:
        for decision in self._decisions:
            held = self._held(decision)
            if held:
                yield held
            elif decision.coming:
                yield Coming(decision.coming, decision.coming.moment.astimezone(self._zone))

    def _held(self, decision: Decision) -> Coming | None:
        """The step that quiet hours hold back, at their end."""
        newest, until = decision.newest, decision.held_until
        if newest is None or until is None or not self._unsettled(self._book.entry(newest.key, self._now)):
            return None
        return Coming(newest, until.astimezone(self._zone))


def _by_person(tasks: Iterable[_Task]) -> list[list[_Task]]:
    groups: dict[str, list[_Task]] = {}
    for task in tasks:
        groups.setdefault(task.alert.item.person_id, []).append(task)
    return list(groups.values())


def _attempts(entry: Entry | None) -> int:
    """Attempts so far that count; a step that waits for a pop-up service has had none of that."""
    return entry.attempts if entry is not None and entry.state == "intent" else 0


def _tired(entry: Entry | None) -> bool:
    """Whether both attempts were cut off; a third might be a third pop-up, so the list alone keeps it."""
    return entry is not None and entry.state == "intent" and entry.attempts >= ATTEMPTS


def _is(person: str, person_id: str, name: str) -> bool:
    return person == person_id or person.casefold() == name.casefold()
