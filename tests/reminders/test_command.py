"""`b12desk remind` without click: what it reads, prints, loads, and leaves to the full command line."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from b12desk import paths
from b12desk.reminders import command
from b12desk.reminders.book import Book
from b12desk.reminders.command import BOOK_SUFFIX, Asked, read
from tests.helpers.clock import FixedClock
from tests.reminders.fakes import Desk, item

HEAVY = ("PySide6", "shiboken6", "click", "sqlite_utils", "sqlcipher3", "matplotlib", "numpy", "dateutil")
SLOW = (
    "dataclasses",
    "inspect",
    "argparse",
    "pathlib",
    "zoneinfo",
    "logging",
    "jeepney",
    "plyer",
    "subprocess",
)


@pytest.fixture
def diary(tmp_path: Path, clock: FixedClock) -> Path:
    """A diary that nobody can read; its book has Anna's injection planned for 5 June, Ben's for 3 July."""
    clock.set("2026-06-05T08:00")
    desk = Desk(tmp_path / f"diary.db{BOOK_SUFFIX}", clock)
    desk.project(item("2026-06-05"), item("2026-07-03", person_id="p2", person_name="Ben"))
    locked = tmp_path / "diary.db"
    locked.write_bytes(b"locked: no program without the passphrase can read this")
    return locked


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int | None, str]:
    code = command.main(argv, FixedClock("2026-06-05T09:00"))
    return code, capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("remind", Asked()),
        ("remind --json", Asked(json=True)),
        ("--json remind --dry-run", Asked(json=True, dry_run=True)),
        ("--diary d.db --person Anna remind --channel list", Asked("d.db", "Anna", channel="list")),
        ("--diary=d.db --now=2026-06-05T09:00 remind", Asked("d.db", now="2026-06-05T09:00")),
        ("remind --diary d.db", Asked("d.db")),
        ("--passphrase-file - remind", Asked(passphrase_file="-")),
        ("", None),
        ("remind --help", None),
        ("remind --channel tray", None),
        ("remind --channel", None),
        ("remind now", None),
        ("reminders status", None),
        ("--diary remind due", None),
        ("log event note --text remind", None),
        ("remind --json=yes", None),
    ],
)
def test_only_a_plain_remind_is_read(line: str, asked: Asked | None) -> None:
    assert read(line.split()) == asked


@pytest.mark.parametrize(
    ("line", "ordered"),
    [
        ("remind --diary d.db --json", "--diary=d.db remind --json"),
        ("--json remind --now x --channel list --dry-run", "--now=x remind --channel=list --json --dry-run"),
        ("remind --help --diary d.db", "remind --help --diary d.db"),
        ("log event note --text remind", "log event note --text remind"),
    ],
)
def test_global_options_may_stand_on_either_side(line: str, ordered: str) -> None:
    assert command.in_order(line.split()) == ordered.split()


def test_the_answer_has_the_agreed_shape(diary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "--diary", str(diary), "remind", "--channel", "list", "--json")
    assert code == 0
    step = {"occurrence": "plan-1/1/2026-06-05", "person": "p1", "kind": "take", "on": "2026-06-05"}
    assert json.loads(out) == {
        "sent": [
            {
                **step,
                "step": "day",
                "channel": "list",
                "result": "accepted",
                "title": "Anna: B12 injection planned for 5 June (today)",
                "text": "Your B12 injection is planned for 5 June.",
                "retried": False,
            }
        ],
        "skipped": [{**step, "step": "before-3"}, {**step, "step": "before-1"}],
        "pending": [
            {"occurrence": "plan-1/1/2026-06-05", "step": "after-1", "at": "2026-06-06T09:00+02:00"},
            {"occurrence": "plan-1/1/2026-07-03", "step": "before-3", "at": "2026-06-30T09:00+02:00"},
        ],
        "next_check": "2026-06-06T09:00+02:00",
        "stale": False,
        "busy": False,
    }


def test_without_a_notification_service_it_ends_well(diary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "--diary", str(diary), "remind", "--json")
    assert code == 0
    assert [sent["channel"] for sent in json.loads(out)["sent"]] == ["list"]


def test_for_people_it_prints_ids_and_no_names(diary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = run(capsys, "--diary", str(diary), "remind", "--channel", "list")
    assert first == (0, "list: day of plan-1/1/2026-06-05, accepted\nNext: 2026-06-06 09:00\n")
    again = run(capsys, "--diary", str(diary), "remind", "--channel", "list")
    assert again == (0, "Nothing to say.\nNext: 2026-06-06 09:00\n")


@pytest.mark.parametrize("option", [("--channel", "none"), ("--dry-run",)])
def test_what_only_looks_leaves_it_to_be_said(
    option: tuple[str, ...], diary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, looked = run(capsys, "--diary", str(diary), "remind", "--json", *option)
    assert bool(json.loads(looked)["sent"]) is (option == ("--dry-run",))
    assert json.loads(looked)["pending"]
    _, out = run(capsys, "--diary", str(diary), "remind", "--json")
    assert len(json.loads(out)["sent"]) == 1


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("2026-06-05T08:59:00+02:00", ["before-1"]),
        ("2026-06-05T09:00:00+02:00", ["day"]),
        ("2026-06-05T06:59:00Z", ["before-1"]),
        ("2026-06-05T09:00:00Z", ["day"]),
    ],
)
def test_now_may_bear_a_zone(
    typed: str, sent: list[str], diary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out = run(capsys, "--diary", str(diary), "--now", typed, "--person", "Anna", "remind", "--json")
    assert [one["step"] for one in json.loads(out)["sent"]] == sent


def test_now_without_a_zone_is_the_time_of_this_computer(
    diary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out = run(capsys, "--diary", str(diary), "--now", "2026-06-05T09:00", "remind", "--json")
    assert [one["step"] for one in json.loads(out)["sent"]] == ["day"]


@pytest.mark.parametrize(
    "options",
    [
        ("--now", "tomorrow", "remind"),
        ("--now", "2026-06-05", "remind"),
        ("--person", "Nobody", "remind"),
        ("--channel", "pigeon", "remind"),
    ],
)
def test_what_it_cannot_answer_is_left_to_the_full_command_line(
    options: tuple[str, ...], diary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "--diary", str(diary), *options) == (None, "")


def test_a_diary_that_is_gone_is_left_to_the_full_command_line(
    diary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    diary.unlink()
    assert run(capsys, "--diary", str(diary), "remind") == (None, "")


def test_a_book_of_another_day_is_left_to_the_full_command_line(
    diary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--diary", str(diary), "--now", "2026-06-06T00:00+02:00", "remind")
    assert run(capsys, *asked) == (None, "")


def test_a_book_that_is_missing_or_behind_is_left_to_the_full_command_line(
    diary: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    new = diary.with_name("new.db")
    new.touch()
    assert run(capsys, "--diary", str(new), "remind") == (None, "")
    with Book.open(f"{diary}{BOOK_SUFFIX}", clock()) as book:
        book.mark_stale(clock())
    assert run(capsys, "--diary", str(diary), "remind") == (None, "")
    with Book.open(f"{diary}{BOOK_SUFFIX}", clock()) as book:
        assert book.ledger(10) == []


@pytest.mark.parametrize("home", ["~/stick", "relative", None])
def test_the_book_is_where_paths_says(home: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if home is None:
        monkeypatch.delenv(paths.HOME_VARIABLE)
    else:
        monkeypatch.setenv(paths.HOME_VARIABLE, home)
    usual = paths.places().diary
    assert Path(command._usual_diary()) == usual
    assert Path(command._usual_diary() + BOOK_SUFFIX) == paths.beside(usual).reminders


def test_the_usual_diary_is_taken_where_none_is_named(
    clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    usual = paths.places().diary
    paths.ensure(usual.parent)
    usual.touch()
    clock.set("2026-06-05T08:00")
    Desk(paths.beside(usual).reminders, clock).project(item("2026-06-05"))
    assert run(capsys, "remind", "--channel", "list")[0] == 0


SPY = """
import sys
before = set(sys.modules)
opened = []
watched = ("open", "sqlite3.connect")
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event in watched else None)
sys.argv[0] = "b12desk"
from b12desk.__main__ import main
try:
    main()
except SystemExit as end:
    assert end.code == 0, end.code
print(*sorted({name.partition(".")[0] for name in set(sys.modules) - before}))
print(*opened)
"""


def spied(*argv: str) -> tuple[set[str], list[str]]:
    """The packages that a process of its own loads for a command, and the files that it opens."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", SPY, *argv],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(path for path in sys.path if path), "PATH": ""},
    )
    *_, loaded, opened = done.stdout.splitlines()
    return set(loaded.split()), opened.split()


def test_a_pass_with_nothing_due_loads_next_to_nothing(diary: Path) -> None:
    at_eight = ("--diary", str(diary), "--person", "Ben", "--now", "2026-06-05T08:00")
    loaded, _ = spied(*at_eight, "remind")
    assert "b12desk" in loaded
    assert not loaded & {*HEAVY, *SLOW}


def test_a_pass_that_sends_loads_nothing_heavy(diary: Path) -> None:
    loaded, _ = spied("--diary", str(diary), "--now", "2026-06-05T09:00", "remind", "--json")
    assert not loaded & set(HEAVY)


def test_the_diary_is_never_opened(diary: Path) -> None:
    _, opened = spied("--diary", str(diary), "--now", "2026-06-05T09:00", "remind")
    assert f"{diary}{BOOK_SUFFIX}" in opened
    assert str(diary) not in opened


def test_a_year_of_passes_on_a_locked_diary_never_falls_silent(tmp_path: Path) -> None:
    clock = FixedClock("2026-01-05T10:00")
    desk = Desk(tmp_path / "book.db", clock)
    first = clock().date()
    every_12_weeks = [first + timedelta(weeks=12 * number) for number in range(5)]
    desk.project(*(item(day.isoformat(), interval_days=84) for day in every_12_weeks))
    said: list[datetime] = []
    for _ in range(365):
        if desk.run().sent:
            said.append(clock())
        clock.advance(days=1)
    gaps = [later - earlier for earlier, later in pairwise(said)]
    assert max(gaps) <= timedelta(days=28)
