"""A reminder on a real notification daemon: dunst under Xvfb, with a session bus of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
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

    def press(self) -> None:
        """Press the button that this desktop was set up with, once the message is on the screen."""
        _until(lambda: self.screen.ask("dunstctl", "count", "displayed").strip() != "0")
        self.screen.ask("dunstctl", "action")

    def waiters(self) -> list[int]:
        """The processes of this screen's bus that wait for buttons."""
        bus = f"DBUS_SESSION_BUS_ADDRESS={self.screen.env['DBUS_SESSION_BUS_ADDRESS']}".encode()
        return [
            number for number, words, told in _processes() if b"wait-for-buttons" in words and bus in told
        ]


def _processes() -> Iterator[tuple[int, bytes, bytes]]:
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            yield int(folder.name), (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()


@pytest.fixture
def desktop(screen: Screen, tmp_path: Path, clock: FixedClock, request: pytest.FixtureRequest) -> Desktop:
    """A desktop whose daemon presses the button that the test names as its parameter."""
    missing = [tool for tool in DAEMON if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)} on this machine")
    screen.env["TZ"] = "Europe/Berlin"
    settings = tmp_path / "dunstrc"
    settings.write_text(f"[every]\nsummary = *\naction_name = {getattr(request, 'param', 'default')}\n")
    screen.start("dunst", "-conf", str(settings))
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


def made_diary(desktop: Desktop) -> None:
    """A real diary with an injection planned for 5 June, every four weeks."""
    desktop.diary.unlink()
    phase = {"name": "Maintenance", "dose": "1000 ug", "product": "unknown", "route": "IM"}
    phase |= {"every": {"days": 28}, "until": "no_end"}  # type: ignore[dict-item]
    plan = {"started_on": "2026-05-08", "anchor": "last_injection", "phases": [phase]}
    file = desktop.diary.with_name("plan.json")
    file.write_text(json.dumps(plan))
    desktop.do("person", "add", "Anna")
    desktop.do("plan", "set", str(file))
    desktop.do("log", "injection", "--at", "2026-05-08", "--dose", "1000 ug")


@pytest.mark.parametrize("desktop", ["snooze"], indirect=True)
def test_snooze_works_with_the_window_closed_and_is_in_the_history(desktop: Desktop) -> None:
    made_diary(desktop)
    desktop.remind()
    (waiter,) = desktop.waiters()
    assert _resident_megabytes(waiter) < 25
    desktop.press()
    book = f"{desktop.diary}-reminders.db"
    _until(lambda: _wishes(book) == 1)
    _until(lambda: desktop.waiters() == [])
    history = json.loads(desktop.do("history", "--json"))["actions"]
    assert history[0]["name"] == "snooze"
    assert _wishes(book) == 0
    assert desktop.remind() == []


@pytest.mark.parametrize("desktop", ["log", "default"], indirect=True)
def test_log_opens_the_window_at_the_planned_injection(desktop: Desktop) -> None:
    made_diary(desktop)
    desktop.remind()
    desktop.press()
    _until(lambda: "Anna – B12 Desk" in _titles(desktop.screen), seconds=60)
    (window,) = [
        words for _, words, _ in _processes() if b"--planned=2026-06-05" in words and b"wait" not in words
    ]
    assert f"--diary={desktop.diary}".encode() in window.split(b"\0")
    desktop.screen.ask("xdotool", "search", "--name", "Anna – B12 Desk", "windowclose")


def test_one_waiter_serves_later_passes_and_ends_with_its_messages(desktop: Desktop) -> None:
    desktop.project(item("2026-06-05"), item("2026-06-05", person_id="p2", person_name="Ben"))
    desktop.remind("--person", "Anna")
    first = desktop.waiters()
    desktop.remind("--person", "Ben")
    assert desktop.waiters() == first
    assert len(first) == 1
    desktop.screen.ask("dunstctl", "close-all")
    _until(lambda: desktop.waiters() == [])


def test_without_a_daemon_the_list_has_it_and_status_says_so(screen: Screen, tmp_path: Path) -> None:
    screen.env["TZ"] = "Europe/Berlin"
    config, address = tmp_path / "bus.conf", f"unix:path={tmp_path / 'bus'}"
    config.write_text(_BARE_BUS.format(address=address))  # one that cannot start a daemon either
    screen.start("dbus-daemon", f"--config-file={config}", "--nofork")
    _until((tmp_path / "bus").exists)
    screen.env["DBUS_SESSION_BUS_ADDRESS"] = address
    desktop = Desktop(screen, tmp_path / "diary.db", FixedClock("2026-06-05T08:00"))
    desktop.diary.touch()
    made_diary(desktop)
    assert desktop.remind() == [("list", "accepted")]
    (line,) = json.loads(desktop.do("reminders", "list", "--json"))["pending"]
    assert line["on"] == "2026-06-05"
    status = json.loads(desktop.do("reminders", "status", "--json"))
    assert status["pop_up"] is None
    assert "No notification service answers" in " ".join(status["text"])
    assert status["last_sent"]["channel"] == "list"


_BARE_BUS = """<busconfig>
<type>session</type>
<listen>{address}</listen>
<policy context="default">
<allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/>
</policy>
</busconfig>"""


@pytest.mark.parametrize(("channel", "result"), [("dbus", "accepted"), ("plyer", "unknown")])
def test_a_test_message_reaches_the_daemon(desktop: Desktop, channel: str, result: str) -> None:
    answer = json.loads(desktop.do("reminders", "test", "--channel", channel, "--json"))
    assert answer["sent"] == [{"channel": channel, "result": result}]
    assert [title for title, _ in desktop.history()] == ["A test from B12 Desk"]


def _resident_megabytes(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    (line,) = [line for line in lines if line.startswith("VmRSS:")]
    return int(line.split()[1]) / 1024


def _wishes(book: str) -> int:
    opened = Book.existing(book)
    assert opened is not None
    with opened:
        return len(opened.wishes())


def _titles(screen: Screen) -> str:
    try:
        return screen.ask("xdotool", "search", "--name", "B12 Desk", "getwindowname", "%@")
    except subprocess.CalledProcessError:  # no such window yet
        return ""


def _until(true: object, seconds: float = 20) -> None:
    """Ask until it is so; there is no event to wait for from another process."""
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "the notification daemon did not get there"
