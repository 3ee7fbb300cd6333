"""Commands that see to it that reminders come: the system's scheduler, a test, the list, a snooze."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from b12desk.cli.parameters import command, read_day
from b12desk.cli.session import Session
from b12desk.desk.reminder_check import Checked, ReminderCheck
from b12desk.domain.errors import NotFound
from b12desk.reminders.book_rows import Entry
from b12desk.reminders.command import CHANNELS
from b12desk.reminders.os_schedule.installer import Standing
from b12desk.reminders.shown import Pending

STANDING = '"installed": bool, "scheduler", "running": bool|null, "files": [PATH], "problems": [TEXT]'
STATUS = (
    f'{{{STANDING}, "last_run": WHEN|null, "pop_up": CHANNEL|null, "last_sent": {{"at", "channel", "result", '
    '"kind", "on", "step"}|null, "next_check": WHEN|null, "stale": bool, "text": [LINE]}'
)
REMOVED = f'{{"removed": bool, {STANDING}}}'
TESTED = '{"sent": [{"channel", "result"}]}'
LISTED = (
    '{"pending": [{"occurrence", "person", "kind", "step", "on", "planned", "since", "title", "text", '
    '"snoozed_until"}]}'
)


@click.group()
def reminders() -> None:
    """What reminds when the window is closed, and what is open now."""


@command("install", group=reminders, shape=f"{{{STANDING}}}")
def install(session: Session) -> None:
    """Let the system's scheduler look every few minutes; it runs as you, and `remove` takes it away."""
    standing = _check(session).install()
    lines = [f"Written: {path}" for path in standing.files]
    session.reply(_standing(standing), [*lines, *standing.problems])


@command("remove", group=reminders, shape=REMOVED)
def remove(session: Session) -> None:
    """Take the scheduler's entry away; nothing of it stays behind."""
    check = _check(session)
    removed = check.remove()
    line = "The reminders are no longer installed." if removed else "They were not installed."
    session.reply({"removed": removed, **_standing(check.look().standing)}, [line])


@command("status", group=reminders, shape=STATUS)
def status(session: Session) -> None:
    """Say whether reminders will come, what went out last, and what to do."""
    found = _check(session).look()
    session.reply(_checked(found), found.told)


@command("test", group=reminders, shape=TESTED)
@click.option("--channel", type=click.Choice(CHANNELS), help="Only this one; without it all in order.")
def test(session: Session, channel: str | None) -> None:
    """Send one test message now."""
    tried = _check(session).send_test(channel)
    lines = [f"{one.channel}: {one.result}" for one in tried]
    none = "No pop-up channel answers here; reminders are in the list on the Today page."
    session.reply({"sent": [one._asdict() for one in tried]}, lines or [none])


@command("list", group=reminders, shape=LISTED)
def listed(session: Session) -> None:
    """List the open reminders, as the Today page shows them."""
    pending = session.desk().reminders.pending(session.only())
    lines = [f"{one.title}: {one.text}" for one in pending]
    session.reply({"pending": [_pending(one) for one in pending]}, lines or ["Nothing is open."])


@command("snooze", group=reminders)
@click.argument("planned", metavar="DATE")
@click.option("--until", metavar="DATE", required=True, help="Silent before this day; it stays in the list.")
def snooze(session: Session, planned: str, until: str) -> None:
    """Silence the reminders of the injection planned for DATE until a day."""
    desk, person = session.chosen()
    day, last = read_day(planned, "DATE"), read_day(until, "--until")
    occurrence = next((one for one in desk.plans.due(person.id).due if day in (one.on, one.planned)), None)
    if occurrence is None:
        raise NotFound(f"No open injection is planned for {planned}.")
    session.wrote(desk.reminders.snooze(person.id, occurrence, last), f"Silent until {until}.")


def _check(session: Session) -> ReminderCheck:
    return ReminderCheck(session.path, session.clock)


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "installed": standing.installed,
        "scheduler": standing.kind,
        "running": standing.running,
        "files": [str(path) for path in standing.files] if standing.installed else [],
        "problems": list(standing.problems),
    }


def _checked(found: Checked) -> dict[str, Any]:
    return {
        **_standing(found.standing),
        "last_run": _moment(found.last_run),
        "pop_up": found.pop_up,
        "last_sent": _entry(found.last_sent) if found.last_sent else None,
        "next_check": _moment(found.next_at),
        "stale": found.stale,
        "text": list(found.told),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    told = {"at": _moment(entry.at), "channel": entry.channel, "result": entry.result}
    return {**told, "kind": entry.kind, "on": entry.on_day, "step": entry.step}


def _pending(one: Pending) -> dict[str, Any]:
    return {
        "occurrence": one.occurrence_id,
        "person": one.person_id,
        "kind": one.kind,
        "step": one.step,
        "on": one.on.isoformat() if one.on else None,
        "planned": one.planned.isoformat(),
        "since": _moment(one.since),
        "title": one.title,
        "text": one.text,
        "snoozed_until": one.snoozed_until.isoformat() if one.snoozed_until else None,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="minutes") if at else None


COMMANDS = (reminders,)
