"""`b12desk remind` without click: reads its few options, runs one pass, prints what it did.

It serves the plain case, which the system's scheduler starts every few minutes. Whatever else is asked (help,
a wrong option, a book that is missing or behind its diary) is left to the full command line.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from b12desk import plain_options
from b12desk.domain.errors import WorldError
from b12desk.reminders.agent import Coming, PassResult, Sent, run_pass
from b12desk.reminders.book import BOOK_SUFFIX, Book
from b12desk.reminders.channels import channels_named
from b12desk.reminders.scheduled import begin

if TYPE_CHECKING:
    from b12desk.reminders.planner import Alert

WORD = "remind"
SCHEDULED = "scheduled"
WATCH = "watch"
CHANNELS = ("list", "dbus", "plyer", "none")


class Asked(NamedTuple):
    """The options of one `remind`."""

    diary: str | None = None
    person: str | None = None
    now: str | None = None
    passphrase_file: str | None = None
    channel: str | None = None
    json: bool = False
    dry_run: bool = False
    scheduled: bool = False
    watch: bool = False


GLOBAL = ("diary", "person", "now", "passphrase_file")
VALUES = (*GLOBAL, "channel")
FLAGS = ("json", "dry_run", SCHEDULED, WATCH)


def main(
    argv: Sequence[str], clock: Callable[[], datetime], pause: Callable[[float], None] = time.sleep
) -> int | None:
    """Do `remind` if that is what `argv` (without the program's name) asks; the exit code.

    `pause` lets a computer wake up before a scheduled pass sends something.

    Returns:
        None where the full command line has to take over: it can rebuild the book, and word a refusal.
    """
    asked = read(argv)
    if asked is None:
        return None
    moment = _moment(asked.now, clock())
    if moment is None:
        return None
    diary = asked.diary or _usual_diary()
    path = diary + BOOK_SUFFIX
    if asked.watch:
        return stay(diary, clock, pause)
    if asked.scheduled:
        begin(path, moment, pause)
    try:
        if not (os.path.exists(diary) and _usable(path, moment, asked.person)):  # noqa: PTH110
            return None
        result = remind(path, moment, asked.channel, asked.dry_run, asked.person)
    except WorldError:
        return None
    _print_json(result) if asked.json else _print(result)
    return 0


def read(argv: Sequence[str]) -> Asked | None:
    """The options of a plain `remind`, or None if this is anything else."""
    line = plain_options.read(argv, VALUES, FLAGS)
    if line is None:
        return None
    found, commands = line
    asked = Asked(**cast("dict[str, Any]", found))
    return asked if commands == [WORD] and (asked.channel or "list") in CHANNELS else None


def in_order(argv: Sequence[str]) -> list[str]:
    """The same line with the global options first, as the full command line wants them."""
    asked = read(argv)
    if asked is None:
        return list(argv)
    given = asked._asdict()
    line = [f"--{name.replace('_', '-')}={given[name]}" for name in GLOBAL if given[name]]
    channel = [f"--channel={asked.channel}"] if asked.channel else []
    flags = [f"--{name.replace('_', '-')}" for name in FLAGS if given[name]]
    return [*line, WORD, *channel, *flags]


def stay(diary: str, clock: Callable[[], datetime], pause: Callable[[float], None] = time.sleep) -> int:
    """Run a pass every few minutes until the desktop session ends."""
    from b12desk.reminders.desktop_bus import session_is_there
    from b12desk.reminders.own_program import own_program
    from b12desk.reminders.watch import run_to_end, watch

    one_pass = run_to_end((*own_program(), WORD, f"--diary={diary}", f"--{SCHEDULED}"))
    return watch(diary + BOOK_SUFFIX, clock, pause, one_pass, session_is_there())


def remind(
    path: str, now: datetime, channel: str | None, dry_run: bool = False, person: str | None = None
) -> PassResult:
    """One pass as `--channel` says: `none` sends and notes nothing, and tells what is still to come."""
    if channel == "none":
        return run_pass(path, now, (), dry_run=True, person=person)._replace(sent=(), skipped=())
    return run_pass(path, now, channels_named(channel), dry_run, person)


def as_data(result: PassResult) -> dict[str, Any]:
    """The object that `remind --json` prints."""
    return {
        "sent": [_sent(sent) for sent in result.sent],
        "skipped": [_step(alert) for alert in result.skipped],
        "pending": [_pending(coming) for coming in result.pending],
        "next_check": result.next_check.isoformat(timespec="minutes") if result.next_check else None,
        "stale": result.stale,
        "busy": result.busy,
    }


def as_lines(result: PassResult) -> list[str]:
    """What `remind` prints for people: ids and channels only, since the scheduler keeps it in its log."""
    lines = [
        f"{sent.channel}: {sent.alert.step.name} of {sent.alert.item.occurrence_id}, {sent.result}"
        for sent in result.sent
    ]
    if result.busy:
        lines.append("Another pass is at work.")
    elif not lines:
        lines.append("Nothing to say.")
    if result.next_check:
        lines.append(f"Next: {result.next_check:%Y-%m-%d %H:%M}")
    return lines


def _usable(path: str, now: datetime, person: str | None) -> bool:
    """Whether the book is there, of today, not marked stale, and has the person who was named."""
    book = Book.existing(path)
    if book is None:
        return False
    with book:
        if book.counter() is None or not book.is_of_today(now):
            return False
        named = person.casefold() if person else None
        return named is None or any(
            person == item.person_id or named == item.person_name.casefold() for item in book.items()
        )


def _moment(typed: str | None, now: datetime) -> datetime | None:
    """The clock of this command; None for a date alone, whose hour is the full command line's affair."""
    if typed is None:
        return now
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return None
    if len(typed) <= len("2026-01-05"):
        return None
    return moment if moment.tzinfo else moment.astimezone()


def _usual_diary() -> str:
    """The diary that is meant when none is named.

    It says again what `b12desk.paths` says, because loading that takes as long as the rest of the pass; a
    test holds the two together.
    """
    home = os.environ.get("B12DESK_HOME")
    if home:
        return os.path.abspath(os.path.join(os.path.expanduser(home), "diary.db"))  # noqa: PTH100, PTH111, PTH118
    import platformdirs

    return os.path.join(platformdirs.user_data_dir("b12desk", appauthor=False), "diary.db")  # noqa: PTH118


def _sent(sent: Sent) -> dict[str, Any]:
    told = {"channel": sent.channel, "result": sent.result, "title": sent.title, "text": sent.text}
    return {**_step(sent.alert), **told, "retried": sent.retried}


def _step(alert: Alert) -> dict[str, Any]:
    item = alert.item
    return {
        "occurrence": item.occurrence_id,
        "person": item.person_id,
        "kind": item.kind,
        "step": alert.step.name,
        "on": item.on.isoformat() if item.on else None,
    }


def _pending(coming: Coming) -> dict[str, Any]:
    alert = coming.alert
    return {
        "occurrence": alert.item.occurrence_id,
        "step": alert.step.name,
        "at": coming.at.isoformat(timespec="minutes"),
    }


def _print_json(result: PassResult) -> None:
    import json

    print(json.dumps(as_data(result), ensure_ascii=False))  # noqa: T201 - the command's answer


def _print(result: PassResult) -> None:
    for line in as_lines(result):
        print(line)  # noqa: T201 - the command's answer
