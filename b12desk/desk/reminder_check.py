"""Will a reminder reach this person? What the scheduler, pop-ups and the ledger say, in plain words."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import platformdirs

from b12desk import paths
from b12desk.clock import Clock
from b12desk.domain.wording import day_and_time
from b12desk.reminders import scheduled
from b12desk.reminders.agent import run_pass
from b12desk.reminders.book import Book
from b12desk.reminders.book_rows import Entry
from b12desk.reminders.channels import Tried, channels_named, deliver
from b12desk.reminders.os_schedule.installer import (
    Folders,
    Installer,
    Run,
    Standing,
    installer_for,
    run_command,
)
from b12desk.reminders.os_schedule.job import EVERY_MINUTES, Job
from b12desk.reminders.own_program import own_program

KINDS = {
    "systemd": "this computer's systemd timer",
    "launchd": "launchd",
    "task_scheduler": "the Windows Task Scheduler",
    "autostart": "an autostart entry of your desktop",
}
OFF = (
    "A computer that is switched off cannot remind you. "
    "For a reminder on your phone, export a calendar file (.ics) and open it there."
)
TEST_TITLE = "A test from B12 Desk"
TEST_TEXT = "If you can read this, reminders reach this screen."


class Checked(NamedTuple):
    """How it stands with reminders on this computer.

    Attributes:
        standing: the scheduler's entry.
        last_run: when the scheduler last started a pass (aware); None if it never did.
        pop_up: the channel that a reminder would go to; None where only the list shows it.
        last_sent: the newest ledger entry that went out; None before the first.
        next_at: when the next step of an open injection is due.
        stale: the book may be behind the diary.
        told: all of this in sentences, with what to do.
    """

    standing: Standing
    last_run: datetime | None
    pop_up: str | None
    last_sent: Entry | None
    next_at: datetime | None
    stale: bool
    told: tuple[str, ...]


class ReminderCheck:
    """Looks at what reminds, sends a test, and installs or removes the scheduler's entry.

    It needs no open diary: a locked one reminds too.
    """

    def __init__(self, diary: Path, clock: Clock, run: Run = run_command) -> None:
        self._book = paths.beside(diary).reminders
        self._clock = clock
        self._installer = _installer(diary.absolute(), run)

    def look(self) -> Checked:
        """How it stands; nothing is changed.

        Raises:
            WorldError: the book cannot be read.
        """
        standing = self._installer.status()
        last_run = scheduled.last_run(str(self._book))
        pop_up = next((channel.name for channel in channels_named(None) if channel.available()), None)
        last_sent, next_at, stale = self._from_book()
        zone = self._clock().tzinfo
        here = last_run.astimezone(zone) if last_run else None
        found = Checked(standing, here, pop_up, last_sent, next_at, stale, ())
        return found._replace(told=tuple(_words(found, self._clock())))

    def install(self) -> Standing:
        """Let the scheduler start passes from now on; only on the person's word.

        Raises:
            WorldError: it could not be written or switched on; nothing is left behind.
        """
        return self._installer.install()

    def remove(self) -> bool:
        """Take the scheduler's entry away again; whether there was one."""
        there = self._installer.remove()
        scheduled.forget(str(self._book))
        return there

    def send_test(self, channel: str | None = None) -> list[Tried]:
        """Send one test message now; the channels that were tried, empty where there is none."""
        return deliver(channels_named(channel), TEST_TITLE, TEST_TEXT)

    def _from_book(self) -> tuple[Entry | None, datetime | None, bool]:
        book = Book.existing(self._book)
        if book is None:
            return None, None, False
        with book:
            sent = book.last_sent()
        coming = run_pass(self._book, self._clock(), (), dry_run=True)
        return sent, coming.next_check, coming.stale


def _installer(diary: Path, run: Run) -> Installer:
    home = os.environ.get(paths.HOME_VARIABLE)
    places = paths.places()
    if home:
        folders = Folders(places.autostart, places.autostart, places.autostart, heeded=False)
    else:
        units = platformdirs.user_config_path() / "systemd" / "user"
        folders = Folders(places.autostart, units, places.settings.parent)
    base = Path(home).expanduser().absolute() if home else None
    job = Job(own_program(), diary, base, diary == places.diary)
    return installer_for(job, folders, run, sys.platform)


def _words(found: Checked, now: datetime) -> list[str]:
    told = [*_about_scheduler(found, now), _about_pop_ups(found)]
    sent = found.last_sent
    if sent is None:
        told.append("No reminder has gone out yet.")
    else:
        at = day_and_time(sent.at.astimezone(now.tzinfo))
        where = "in the list" if sent.channel == "list" else f"through {sent.channel}"
        told.append(f"The last reminder went out {where} on {at}.")
    if found.next_at is not None:
        told.append(f"The next one is due on {day_and_time(found.next_at)}.")
    if found.stale:
        told.append("The reminders may be behind the diary: open B12 Desk once.")
    return [*told, OFF]


def _about_scheduler(found: Checked, now: datetime) -> list[str]:
    standing = found.standing
    name = KINDS[standing.kind]
    if not standing.installed:
        return [
            (
                "B12 Desk reminds only while its window is open. To be reminded with the window closed, "
                f"install the reminders: {name} then looks every {EVERY_MINUTES} minutes."
            )
        ]
    told = [f"The reminders are installed through {name}.", *standing.problems]
    if found.last_run is None:
        told.append("It has not run yet. A first run follows within minutes, or at your next log-in.")
    else:
        told.append(f"It last ran on {day_and_time(found.last_run)}.")
        if (now - found.last_run).total_seconds() > scheduled.GAP_SECONDS:
            told.append("That is a while ago. If this computer was on since then, install them again.")
    return told


def _about_pop_ups(found: Checked) -> str:
    if found.pop_up is None:
        return (
            "No notification service answers, so nothing pops up here. Every reminder is in the list on the "
            "Today page. On Linux, a notification daemon brings the pop-ups back."
        )
    return f"Pop-ups go through {found.pop_up}."
