"""What leaves the diary: exports, charts and the pages for the clinic; and the reminder pass."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run

NOW = "2026-01-06T10:00"


@pytest.fixture
def filled(started: Run) -> Run:
    """A diary with one injection and a score."""
    started("log", "injection", "--site", "thigh", now="2026-01-05T09:00")
    started("log", "symptom", "fog", 4, now="2026-01-05T20:00")
    return started


def test_json_of_everyone_or_of_one(filled: Run, tmp_path: Path) -> None:
    filled("person", "add", "Ben")
    everyone, one = tmp_path / "all.json", tmp_path / "one.json"
    told = filled("export", "--format", "json", everyone).data
    filled("--person", "Ben", "export", "--format", "json", one)
    assert told["counts"]["person"] == 2
    records = json.loads(one.read_bytes())["records"]
    assert [person["name"] for person in records["person"]] == ["Ben"]
    assert records["injection"] == []


def test_tables_in_a_folder_or_a_zip(filled: Run, tmp_path: Path) -> None:
    folder, zipped = tmp_path / "tables", tmp_path / "tables.zip"
    assert filled("export", "--format", "csv", folder).code == 0
    assert filled("export", "--format", "csv", zipped).code == 0
    with (folder / "injection.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["person"], row["product"], row["dose"], row["dose_unit"]) == ("Ada", "Hydroxo", "1000", "ug")
    with zipfile.ZipFile(zipped) as archive:
        assert sorted(archive.namelist()) == sorted(path.name for path in folder.iterdir())
    assert filled("export", "--format", "csv", folder).error == "exists"


@pytest.mark.parametrize("chart", ["timeline", "cycles", "labs", "intervals"])
@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "csv"])
def test_each_chart_is_drawn_in_each_format(filled: Run, tmp_path: Path, chart: str, ending: str) -> None:
    out = tmp_path / f"chart.{ending}"
    assert filled("chart", chart, out, now=NOW).code == 0
    start = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF", "csv": b""}[ending]
    assert out.read_bytes().startswith(start)
    assert out.stat().st_size > 20


def test_a_chart_can_be_limited_to_a_range_and_symptoms(filled: Run, tmp_path: Path) -> None:
    filled("log", "symptom", "tingling", 2, now="2026-01-06T09:00")
    out = tmp_path / "t.csv"
    told = filled("chart", "timeline", out, "--symptom", "fog", "--from", "2026-01-05", "--to", "2026-01-05")
    assert (told.data["from"], told.data["to"]) == ("2026-01-05", "2026-01-05")
    with out.open(encoding="utf-8", newline="") as stream:
        kinds = [(row["kind"], row["value"]) for row in csv.DictReader(stream)]
    assert ("score", "4") in kinds
    assert ("score", "2") not in kinds


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (["chart", "timeline", "out.gif"], 2, "usage"),
        (["chart", "timeline", "none/out.png"], 1, "not_found"),
        (["chart", "timeline", "out.png", "--from", "2026-02-30"], 1, "invalid"),
        (["chart", "timeline", "out.png", "--from", "2026-01-05", "--to", "2026-01-04"], 1, "invalid"),
        (["chart", "timeline", "out.png", "--symptom", "nonsense"], 1, "not_found"),
        (["report", "out.txt"], 2, "usage"),
        (["report", "out.pdf", "--items", "plan,everything"], 2, "usage"),
        (["report", "out.pdf", "--paper", "A5"], 2, "usage"),
        (["report", "out.pdf", "--to", "2026-02-30"], 1, "invalid"),
    ],
)
def test_a_picture_that_cannot_be_made_leaves_nothing(
    filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, error: str
) -> None:
    before = sorted(tmp_path.iterdir())
    monkeypatch.chdir(tmp_path)
    result = filled(*words, now=NOW)
    assert (result.code, result.error) == (code, error), result.data
    assert sorted(tmp_path.iterdir()) == before


def test_the_report_is_a_pdf_made_without_a_screen(filled: Run, diary: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    words = ["--diary", str(diary), "--now", NOW, "report", str(out), "--items", "injections,plan", "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "b12desk", *words], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["items"] == ["plan", "injections"]
    assert out.read_bytes().startswith(b"%PDF")


def test_a_reminder_is_said_once(filled: Run) -> None:
    first = filled("remind", "--channel", "list", now="2026-01-07T10:00").data
    assert [sent["channel"] for sent in first["sent"]] == ["list"]
    assert first["sent"][0]["on"] == "2026-01-07"
    again = filled("remind", "--channel", "list", now="2026-01-07T10:01").data
    assert again["sent"] == []


def test_a_rehearsal_says_nothing(filled: Run) -> None:
    for _ in range(2):
        rehearsed = filled("remind", "--dry-run", "--channel", "list", now="2026-01-07T10:00").data
        assert len(rehearsed["sent"]) == 1


def test_a_closed_injection_is_not_reminded_of(filled: Run) -> None:
    filled("log", "injection", now="2026-01-07T08:00")
    assert filled("remind", "--channel", "list", now="2026-01-07T10:00").data["sent"] == []
