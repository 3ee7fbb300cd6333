"""A reminder on a real notification daemon: dunst under Xvfb, with a session bus of its own."""

from __future__ import annotations

import json
import shutil
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from b12desk.reminders.book import Book
from b12desk.reminders.planner import OpenItem
from tests.helpers.clock import FixedClock
from tests.helpers.screen import Screen
from tests.reminders.fakes import item

pytestmark = pytest.mark.screen

DAEMON = ("dunst", "dunstctl", "notify-send")


class Desktop:
    """A screen with a notification daemon, and a diary's reminder book."""

    def __init__(self, screen: Screen, diary: Path, clock: FixedClock) -> None:
        self.screen = screen
        self.diary = diary
        self.clock = clock
        self.changes = 0

    def project(self, *items: OpenItem) -> None:
        self.changes += 1
        with Book.open(f"{self.diary}-reminders.db", self.clock()) as book:
            book.rewrite(items, self.changes, self.clock())

    def remind(self, *options: str) -> list[tuple[str, str]]:
        """One real pass in a process of its own: (channel, result) of what it sent."""
        answer = json.loads(self.do("remind", "--json", *options))
        return [(sent["channel"], sent["result"]) for sent in answer["sent"]]

    def do(self, *command: str) -> str:
        """One command at nine o'clock on 5 June; what it printed."""
        program = (sys.executable, "-m", "b12desk", "--diary", str(self.diary), "--now", "2026-06-05T09:00")
        return self.screen.ask(*program, *command)

    def history(self) -> list[tuple[str, str]]:
        """(title, text) of everything the daemon has shown, after closing what is still open."""
        self.screen.ask("dunstctl", "close-all")
        _until(lambda: self.screen.ask("dunstctl", "count", "displayed").strip() == "0")
        shown = json.loads(self.screen.ask("dunstctl", "history"))["data"][0]
        return [(one["summary"]["data"], one["body"]["data"]) for one in shown]


@pytest.fixture
def desktop(screen: Screen, tmp_path: Path, clock: FixedClock) -> Desktop:
    missing = [tool for tool in DAEMON if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)} on this machine")
    screen.env["TZ"] = "Europe/Berlin"
    screen.start("dunst", "-conf", "/dev/null")
    _until(lambda: "true" in screen.ask(*_OWNER))
    clock.set("2026-06-05T08:00")
    (tmp_path / "diary.db").touch()  # the pass looks only whether it is there
    return Desktop(screen, tmp_path / "diary.db", clock)


_OWNER = (
    "dbus-send",
    "--session",
    "--print-reply",
    "--dest=org.freedesktop.DBus",
    "/org/freedesktop/DBus",
    "org.freedesktop.DBus.NameHasOwner",
    "string:org.freedesktop.Notifications",
)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), [("list", "accepted"), ("dbus", "accepted")]),
        (("--channel", "dbus"), [("list", "accepted"), ("dbus", "accepted")]),
        (("--channel", "plyer"), [("list", "accepted"), ("plyer", "unknown")]),
    ],
)
def test_two_passes_show_one_pop_up(
    desktop: Desktop, options: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    desktop.project(item("2026-06-05"))
    assert desktop.remind(*options) == expected
    assert desktop.remind(*options) == []
    desktop.project(item("2026-06-05"))  # as undo and redo of another entry leave it
    assert desktop.remind(*options) == []
    assert desktop.history() == [
        ("Anna: B12 injection planned for 5 June (today)", "Your B12 injection is planned for 5 June.")
    ]


def test_s33_undo_and_redo_of_another_entry_show_nothing_again(desktop: Desktop) -> None:
    desktop.diary.unlink()  # this time a real diary, through the full command line
    plan = {
        "started_on": "2026-05-08",
        "anchor": "last_injection",
        "ordered_by": "Dr Example",
        "phases": [
            {
                "name": "maintenance",
                "dose": "1000 ug",
                "product": "unknown",
                "route": "IM",
                "every": {"days": 28},
                "until": "no_end",
            }
        ],
    }
    file = desktop.diary.with_name("plan.json")
    file.write_text(json.dumps(plan))
    desktop.do("person", "add", "Anna")
    desktop.do("plan", "set", str(file))
    desktop.do("log", "injection", "--at", "2026-05-08", "--dose", "1000 ug")
    assert desktop.remind() == [("list", "accepted"), ("dbus", "accepted")]
    for command in (("log", "trend", "better"), ("undo",), ("redo",)):
        desktop.do(*command)
        assert desktop.remind() == []
    assert [title for title, _ in desktop.history()] == ["Anna: B12 injection planned for 5 June (today)"]


def test_each_person_has_a_pop_up_of_their_own(desktop: Desktop) -> None:
    desktop.project(
        item("2026-06-05"),
        item("2026-06-01", occurrence_id="older", planned=date(2026, 6, 1)),
        item("2026-06-05", person_id="p2", person_name="Ben"),
    )
    desktop.remind()
    assert sorted(title for title, _ in desktop.history()) == [
        "Anna: B12 injections (1 not logged, 1 planned)",
        "Ben: B12 injection planned for 5 June (today)",
    ]


def _until(true: object, seconds: float = 20) -> None:
    """Ask until it is so; there is no event to wait for from another process."""
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "the notification daemon did not get there"
