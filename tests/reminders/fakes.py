"""Stand-ins for the reminder tests: an open item in one line, channels that note what they were given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from b12desk.reminders.agent import PassResult, run_pass
from b12desk.reminders.book import Book
from b12desk.reminders.channels import Channel, Offer, Result
from b12desk.reminders.planner import OpenItem
from tests.helpers.clock import FixedClock


class Killed(BaseException):
    """The process dies here; no handler of the program may see it."""


class FakeChannel:
    """A pop-up channel of the test's choosing.

    Attributes:
        shown: (title, text) of what appeared on its screen.
        kill: None, or the moment at which the process dies: "before" or "after" the message appears.
    """

    def __init__(self, name: str = "dbus", result: Result = "accepted", there: bool = True) -> None:
        self.name = name
        self.result: Result = result
        self.there = there
        self.kill: str | None = None
        self.shown: list[tuple[str, str]] = []

    def available(self) -> bool:
        return self.there

    def send(self, title: str, text: str, offer: Offer | None = None) -> Result:
        if self.kill == "before":
            raise Killed
        if self.result != "failed":
            self.shown.append((title, text))
        if self.kill == "after":
            raise Killed
        return self.result


def item(on: str | None, **other: Any) -> OpenItem:
    """An open injection planned for `on`, every 28 days, of a person called Anna."""
    day = date.fromisoformat(on) if on else None
    planned = other.pop("planned", None) or day
    values: dict[str, Any] = {
        "person_id": "p1",
        "person_name": "Anna",
        "occurrence_id": f"plan-1/1/{on}",
        "planned": planned,
        "on": day,
        "interval_days": 28,
    }
    return OpenItem(**(values | other))


class Desk:
    """What the desk does to a book, and passes over it, on a clock that the test moves."""

    def __init__(self, path: Path, clock: FixedClock) -> None:
        self.path = path
        self.clock = clock
        self.changes = 0

    def project(self, *items: OpenItem) -> None:
        """Write these items as the diary's open injections."""
        self.changes += 1
        with Book.open(self.path, self.clock()) as book:
            book.rewrite(items, self.changes, self.clock())

    def run(self, *channels: Channel, dry_run: bool = False, person: str | None = None) -> PassResult:
        return run_pass(self.path, self.clock(), channels, dry_run, person)

    def killed(self, channel: FakeChannel, when: str) -> None:
        """A pass whose process dies `when` ("before" or "after") the channel has shown its message."""
        channel.kill = when
        try:
            self.run(channel)
        except Killed:
            pass
        else:
            raise AssertionError("the pass had nothing to send")
        finally:
            channel.kill = None

    def ledger(self) -> list[tuple[str, str, str | None]]:
        """(day, step, result or state) of every entry, in order of steps' moments."""
        with Book.open(self.path, self.clock()) as book:
            entries = sorted(book.ledger(10_000), key=lambda entry: entry.moment)
        return [(entry.on_day, entry.step, entry.result or entry.state) for entry in entries]


def steps_of(result: PassResult) -> list[str]:
    """The names of the steps that went out, once each."""
    return list(dict.fromkeys(sent.alert.step.name for sent in result.sent))


def channels_of(result: PassResult) -> Sequence[tuple[str, str]]:
    """(channel, result) of everything that went out."""
    return [(sent.channel, sent.result) for sent in result.sent]
