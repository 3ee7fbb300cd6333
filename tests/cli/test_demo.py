"""The sample diary through the program, and the whole program as processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run

MADE = ("demo", "--years", 1, "--seed", 7, "--end", "2026-11-21", "--no-window")


def start(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, in the plainest locale."""
    plain = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    plain |= {"LC_ALL": "C", **environment}
    return subprocess.run(
        [sys.executable, "-m", "b12desk", *map(str, words)],
        capture_output=True,
        text=True,
        env=plain,
        check=False,
        timeout=120,
    )


def test_equal_arguments_give_byte_equal_exports(run: Run, tmp_path: Path) -> None:
    exports = []
    for number, now in enumerate(("2026-11-21T08:00", "2027-03-01T23:00")):
        diary, out = tmp_path / f"{number}.db", tmp_path / f"{number}.json"
        told = run(*MADE, at=diary, now=now)
        assert told.code == 0
        assert told.data["counts"]["injection"] > 10
        run("export", "--format", "json", out, at=diary)
        exports.append(out.read_bytes())
    assert exports[0] == exports[1]


def test_it_ends_today_unless_told_otherwise(run: Run) -> None:
    run("demo", "--years", 1, "--no-window", now="2025-05-05")
    newest = run("history", "--limit", 1).data["actions"][0]
    assert newest["at"].startswith("2025-05-04")


def test_everything_works_on_it(run: Run, tmp_path: Path) -> None:
    assert run(*MADE).code == 0
    data = run("due", now="2026-11-21").data
    assert data["person"]["name"] == "Sample Person"
    assert data["due"][0]["on"] > "2026-11"
    assert run("check").data["ok"]
    assert run("remind", "--channel", "none").code == 0
    for chart in ("timeline", "cycles"):
        assert run("chart", chart, tmp_path / f"{chart}.png").code == 0


def test_a_diary_of_somebody_is_never_replaced(started: Run, diary: Path) -> None:
    before = diary.read_bytes()
    result = started(*MADE)
    assert (result.code, result.error) == (1, "exists")
    assert diary.read_bytes() == before


def test_without_a_diary_it_goes_to_a_temporary_folder(tmp_path: Path) -> None:
    made = start(*MADE, "--json", TMPDIR=str(tmp_path), TEMP=str(tmp_path))
    assert made.returncode == 0, made.stderr
    diary = Path(json.loads(made.stdout)["diary"])
    assert tmp_path in diary.parents
    assert diary.is_file()
    assert tempfile.gettempdir() != str(diary.parent)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a screen")
def test_without_a_screen_one_line_names_the_ways() -> None:
    plain = start(QT_QPA_PLATFORM="")
    assert (plain.returncode, plain.stdout) == (1, "")
    assert len(plain.stderr.splitlines()) == 1
    assert "xvfb-run" in plain.stderr


def test_the_program_speaks_english_in_the_plainest_locale(tmp_path: Path) -> None:
    diary = tmp_path / "d.db"
    assert start("--diary", diary, "person", "add", "Zoë").returncode == 0
    again = start("--diary", diary, "person", "add", "Zoë")
    assert again.returncode == 1
    assert again.stderr.startswith("b12desk: There is already a person called")


@pytest.mark.skipif(sys.platform == "win32", reason="there a word always is text")
def test_a_word_that_is_no_text_is_refused(tmp_path: Path) -> None:
    diary = tmp_path / "d.db"
    words = ["--diary", diary, "--json", "person", "add", os.fsdecode(b"Zo\xeb")]
    refused = start(*words)
    assert (refused.returncode, json.loads(refused.stdout)["error"]["code"]) == (2, "usage")
    assert json.loads(start("--diary", diary, "person", "list", "--json").stdout) == {"people": []}


def test_remind_takes_the_short_way_and_the_long_way_alike(tmp_path: Path) -> None:
    diary = tmp_path / "d.db"
    start("--diary", diary, *MADE)
    words = ("--diary", diary, "--now", "2027-02-01T10:00", "remind", "--channel", "list", "--json")
    short = json.loads(start(*words).stdout)
    assert [sent["channel"] for sent in short["sent"]] == ["list"]
    long_way = json.loads(start("--by", "self", *words).stdout)
    assert long_way["sent"] == []
    assert long_way["pending"] == short["pending"]
