"""Bad input gets one clear sentence, and the diary is byte for byte what it was."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

NOW = "2026-01-05T10:00"
ROOT = sys.platform != "win32" and os.geteuid() == 0
AS_SOMEBODY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if ROOT else []
"""Takes from the superuser the right to write everywhere."""

RIGHTS_COUNT = sys.platform != "win32" and (not ROOT or shutil.which("setpriv") is not None)


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (["log", "injection", "--at", "2026-02-30"], 1, "invalid"),
        (["log", "injection", "--at", "2026-01-06"], 1, "invalid"),
        (["log", "injection", "--at", "2026-01-05T10:01"], 1, "invalid"),
        (["log", "injection", "--at", "2026-01-05T25:00"], 1, "invalid"),
        (["log", "injection", "--at", "2026-01-05T09:00+01:00"], 1, "invalid"),
        (["log", "injection", "--at", "5.1.2026"], 1, "invalid"),
        (["log", "injection", "--at", "2026-01-05", "--precision", "minute"], 1, "invalid"),
        (["log", "injection", "--dose", "1000 mg"], 3, "question"),
        (["log", "injection", "--dose", "1000"], 1, "invalid"),
        (["log", "injection", "--dose", "0 ug"], 1, "invalid"),
        (["log", "injection", "--dose", "1,000 ug"], 1, "invalid"),
        (["log", "injection", "--dose", "many"], 1, "invalid"),
        (["log", "injection", "--answers", "2026-03-03"], 1, "invalid"),
        (["log", "injection", "--expiry", "2027-02-29"], 1, "invalid"),
        (["log", "injection", "--product", "nothing"], 1, "not_found"),
        (["log", "not-given", "--planned", "2026-03-03", "--reason", "missed"], 1, "invalid"),
        (["log", "not-given", "--planned", "2026-01-05", "--reason", "postponed"], 1, "invalid"),
        (["log", "symptom", "fog", "11"], 1, "invalid"),
        (["log", "symptom", "fog", "3.5"], 1, "invalid"),
        (["log", "symptom", "fog", "½"], 1, "invalid"),
        (["log", "symptom", "nonsense", "3"], 1, "not_found"),
        (["log", "symptom", "fog", "3", "--at", "2026-01-06"], 1, "invalid"),
        (["log", "trend", "better", "--since", "2026-01-06"], 1, "invalid"),
        (["log", "lab", "serum_b12", "400", "pg/mL", "--at", "2026-01-06"], 1, "invalid"),
        (["log", "lab", "serum_b12", "400", "bananas", "--at", "2026-01-04"], 1, "invalid"),
        (["log", "lab", "nonsense", "400", "pg/mL", "--at", "2026-01-04"], 1, "not_found"),
        (["log", "reaction", " "], 1, "invalid"),
        (["log", "event", "travel", "--from", "2026-01-05", "--to", "2026-01-04"], 1, "invalid"),
        (["product", "add", "X", "--form", "other", "--strength", "strong"], 1, "invalid"),
        (["product", "add", "hydroxo", "--form", "other"], 1, "exists"),
        (["person", "add", "ada"], 1, "exists"),
        (["person", "add", "Ben", "--birth-date", "2027-01-01"], 1, "invalid"),
        (["plan", "agree", "--on", "2026-01-05", "--told-by", "nurse"], 1, "invalid"),
        (["edit", "nothing", "note=x"], 1, "not_found"),
        (["delete", "nothing"], 1, "not_found"),
        (["undo", "nothing"], 1, "not_found"),
        (["redo"], 1, "invalid"),
    ],
)
def test_a_bad_entry_is_refused_and_nothing_is_written(
    started: Run, exported: Callable[[], bytes], words: list[str], code: int, error: str
) -> None:
    before = exported()
    result = started(*words, now=NOW)
    assert (result.code, result.error) == (code, error), result.data
    assert exported() == before
    assert len(started("history").data["actions"]) == 3


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", "unreadable_file"),
        (b"{", "unreadable_file"),
        (b"[1]", "unreadable_file"),
        (b"\xff\xfe\x00\x01", "unreadable_file"),
        (b"[" * 100_000, "unreadable_file"),
        (b"{}", "invalid"),
        (b'{"started_on": "2026-02-30", "anchor": "fixed_dates", "phases": []}', "invalid"),
        (b'{"started_on": "2026-01-05", "anchor": "fixed_dates", "phases": [], "colour": 1}', "invalid"),
    ],
)
def test_a_bad_plan_file_is_refused(
    started: Run, exported: Callable[[], bytes], tmp_path: Path, content: bytes, error: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(content)
    before = exported()
    result = started("plan", "set", file, now=NOW)
    assert (result.code, result.error) == (1, error), result.data
    assert exported() == before


def test_a_plan_file_that_is_not_there_or_too_large_is_refused(started: Run, tmp_path: Path) -> None:
    assert started("plan", "set", tmp_path / "none.json").error == "not_found"
    large = tmp_path / "large.json"
    with large.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    assert started("plan", "set", large).error == "unreadable_file"


@pytest.mark.parametrize(
    "content", [b"", b"not a diary at all" * 300, b"SQLite format 3\x00" + b"\x00" * 5000]
)
def test_a_diary_that_is_no_database_is_left_as_it_is(run: Run, diary: Path, content: bytes) -> None:
    diary.write_bytes(content)
    for words in (["person", "list"], ["person", "add", "Ada"], ["due"], ["undo"], ["check"]):
        result = run(*words)
        assert (result.code, result.error) == (1, "damaged"), result.data
    assert diary.read_bytes() == content


def test_a_folder_given_as_diary_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("due", at=tmp_path).code == 1
    assert run("person", "add", "Ada", at=tmp_path).code == 1


@pytest.mark.skipif(not RIGHTS_COUNT, reason="the superuser writes everywhere")
@pytest.mark.parametrize("words", [["person", "add", "Ada"], ["demo", "--no-window"]])
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, words: list[str]) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    for diary in (folder / "d.db", folder / "new" / "d.db"):
        command = [*AS_SOMEBODY, sys.executable, "-m", "b12desk", "--diary", str(diary), "--json", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 1, done.stderr
        assert json.loads(done.stdout)["error"]["code"] == "read_only"
    assert list(folder.iterdir()) == []


def test_an_export_into_nowhere_or_onto_the_diary_leaves_nothing(
    started: Run, diary: Path, tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    nowhere = tmp_path / "none" / "out"
    assert started("export", "--format", "json", nowhere).error == "not_found"
    assert started("export", "--format", "csv", nowhere).error == "not_found"
    assert started("export", "--format", "json", diary).error == "exists"
    assert started("export", "--format", "csv", tmp_path).error == "exists"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_said(started: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    monkeypatch.setattr(
        "b12desk.exporters.new_file.tempfile.mkstemp", lambda **_: (full, str(tmp_path / "x"))
    )
    (tmp_path / "x").touch()
    result = started("export", "--format", "json", tmp_path / "out.json")
    assert (result.code, result.error) == (1, "disk_full")
    assert not (tmp_path / "out.json").exists()
    assert not (tmp_path / "x").exists()
