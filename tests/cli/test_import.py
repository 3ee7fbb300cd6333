"""Laboratory files through the program: looked at, confirmed, written as one action, and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

NOW = "2026-02-01T10:00"
TABLE = """Test,Result,Unit,Reference range,Collected
Vitamin B12,>2000,pmol/L,140-650,2026-01-20 08:40
Haemoglobin,131,g/L,120-150,2026-01-20 08:40
Ferritin,62,ug/L,15-150,2026-01-20 08:40
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A small report of one person without a name."""
    file = tmp_path / "labs.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def test_a_dry_run_shows_everything_and_writes_nothing(
    started: Run, exported: Callable[[], bytes], table: Path
) -> None:
    before = exported()
    data = started("import", table, "--dry-run", now=NOW).data
    (file,) = data["files"]
    assert file["format"] == "csv"
    values = {one["analyte"]: (one["comparator"], one["value"], one["unit"]) for one in file["results"]}
    assert values["serum_b12"] == (">", "2000", "pmol/L")
    assert [one["state"] for one in file["results"]] == ["new"] * 3
    assert exported() == before


def test_without_confirmation_it_asks(started: Run, exported: Callable[[], bytes], table: Path) -> None:
    before = exported()
    result = started("import", table, now=NOW)
    assert (result.code, result.error) == (3, "question")
    assert [question["id"] for question in result.data["questions"]] == ["write_results"]
    assert len(result.data["files"][0]["results"]) == 3
    assert exported() == before
    assert started("import", table, "--answer", "write_results=yes", now=NOW).data["written"] == 3


def test_one_action_that_one_undo_takes_back(
    started: Run, exported: Callable[[], bytes], table: Path
) -> None:
    before = exported()
    data = started("import", table, "--yes", now=NOW).data
    assert (data["written"], data["left_out"]) == (3, 0)
    assert {"document", "lab_result"} <= {record["kind"] for record in data["records"]}
    again = started("import", table, "--yes", now=NOW).data
    assert (again["written"], again["left_out"], again["action"]) == (0, 3, None)
    assert {one["state"] for one in again["files"][0]["results"]} == {"duplicate"}
    started("undo", now=NOW)
    assert exported() == before


def test_another_value_stays_out_until_it_may_replace(
    started: Run, exported: Callable[[], bytes], table: Path, tmp_path: Path
) -> None:
    started("import", table, "--yes", now=NOW)
    other = tmp_path / "other.csv"
    other.write_text(TABLE.replace("131", "113"), encoding="utf-8")
    assert started("import", other, "--yes", now=NOW).data["written"] == 0
    data = started("import", other, "--yes", "--conflicts", "replace", now=NOW).data
    assert data["written"] == 1
    values = [one["value"] for one in json.loads(exported())["records"]["lab_result"]]
    assert sorted(values) == ["113", "2000", "62"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"\x00\x01\x02\x03" * 2000,
        b"%PDF-1.7 not read yet",
        b'{"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {"resourceT',
        b'{"resourceType": "Bundle", "entry": "none"}',
        b"PK\x03\x04" + b"\x00" * 100,
    ],
)
def test_a_file_that_is_none_is_refused(
    started: Run, exported: Callable[[], bytes], tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    before = exported()
    result = started("import", file, "--yes", now=NOW)
    assert (result.code, result.error) == (1, "unreadable_file"), result.data
    assert exported() == before


@pytest.mark.parametrize("head", [b"Test,Result,Unit,Collected\n", b'{"resourceType": "Bundle", "entry": ['])
def test_a_file_of_200_mb_is_refused_at_once(started: Run, tmp_path: Path, head: bytes) -> None:
    file = tmp_path / "large"
    with file.open("wb") as stream:
        stream.write(head)
        stream.truncate(200 * 1024 * 1024)
    result = started("import", file, "--yes", now=NOW)
    assert (result.code, result.error) == (1, "unreadable_file")


def test_a_missing_file_is_named(started: Run, tmp_path: Path) -> None:
    assert started("import", tmp_path / "none.csv").error == "not_found"


def test_one_bad_file_keeps_the_good_ones_out(
    started: Run, exported: Callable[[], bytes], table: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"")
    before = exported()
    assert started("import", table, bad, "--yes", now=NOW).code == 1
    assert exported() == before


def test_of_several_people_one_must_be_chosen(
    started: Run, exported: Callable[[], bytes], tmp_path: Path
) -> None:
    file = tmp_path / "two.csv"
    file.write_text(
        "Patient,Test,Result,Unit,Collected\n"
        "Ada Grey,Ferritin,62,ug/L,2026-01-20\n"
        "Ben Grey,Ferritin,12,ug/L,2026-01-20\n",
        encoding="utf-8",
    )
    before = exported()
    result = started("import", file, "--yes", now=NOW)
    assert result.code == 3
    (question,) = result.data["questions"]
    assert (question["id"], question["options"]) == ("patient", ["Ada Grey", "Ben Grey"])
    assert exported() == before
    data = started("import", file, "--yes", "--patient", "Ada Grey", now=NOW).data
    assert data["written"] == 1
    assert [one["value"] for one in json.loads(exported())["records"]["lab_result"]] == ["62"]


def test_a_file_about_somebody_else_is_asked_about(
    started: Run, exported: Callable[[], bytes], tmp_path: Path
) -> None:
    file = tmp_path / "other.csv"
    file.write_text("Patient,Test,Result,Unit,Collected\nBen Grey,Ferritin,62,ug/L,2026-01-20\n", "utf-8")
    before = exported()
    result = started("import", file, now=NOW)
    assert result.code == 3
    assert {question["id"] for question in result.data["questions"]} == {"other_patient", "write_results"}
    assert started("import", file, "--yes", now=NOW).data["left_out"] == 1
    assert exported() == before
    both = ("--answer", "other_patient=yes", "--answer", "write_results=yes")
    assert started("import", file, *both, now=NOW).data["written"] == 1


def test_a_date_that_the_file_lacks_can_be_given(started: Run, tmp_path: Path) -> None:
    file = tmp_path / "undated.csv"
    file.write_text("Test,Result,Unit\nFerritin,62,ug/L\n", encoding="utf-8")
    assert started("import", file, "--yes", "--accept-questions", now=NOW).data["written"] == 0
    dated = started("import", file, "--yes", "--sample-date", "2026-01-20", now=NOW).data
    assert (dated["written"], dated["files"][0]["results"][0]["collected_at"]) == (1, "2026-01-20")


def test_an_unknown_test_is_named_once_and_remembered(started: Run, tmp_path: Path) -> None:
    """`--assign` takes a listed test or one that was added."""
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("Date,Test,Result,Unit\n2026-01-05,XB-COB,212,pg/mL\n2026-01-05,Zn-S,9.8,umol/L\n")
    second.write_text("Date,Test,Result,Unit\n2026-01-20,XB-COB,260,pg/mL\n")
    started("labtest", "add", "Zinc", "--unit", "umol/L", "--low", "11", now=NOW)
    listed = {one["id"]: one for one in started("labtest", "list", now=NOW).data["labtests"]}
    assert listed["own:zinc"] == {"id": "own:zinc", "label": "Zinc", "units": ["umol/L"], "own": True}
    assert listed["serum_b12"]["own"] is False
    named = ("--assign", "XB-COB=serum_b12", "--assign", "Zn-S=own:zinc")
    assert started("import", first, *named, "--yes", now=NOW).data["written"] == 2
    (file,) = started("import", second, "--dry-run", now=NOW).data["files"]
    assert [(one["analyte"], one["state"]) for one in file["results"]] == [("serum_b12", "new")]


@pytest.mark.parametrize("choice", ["XB-COB", "=serum_b12", "Nobody=serum_b12", "XB-COB=nothing"])
def test_an_assignment_that_fits_nothing_is_refused(started: Run, tmp_path: Path, choice: str) -> None:
    path = tmp_path / "labs.csv"
    path.write_text("Date,Test,Result,Unit\n2026-01-05,XB-COB,212,pg/mL\n")
    assert started("import", path, "--assign", choice, "--dry-run", now=NOW).code == 1
