"""CSV tables: harmless in a spreadsheet, and without loss when read back as documented."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b12desk.domain.codec import columns, from_row
from b12desk.domain.records import BY_KIND, Record
from b12desk.exporters.tables import safe, write_folder, write_zip
from tests.exporters.samples import HARD, RECORDS, records


def read_cell(cell: str) -> str:
    """What docs/data-format.md says a reader has to do."""
    return cell[1:] if cell.startswith("'") else cell


def read_back(text: str, kind: str) -> list[Record]:
    """The records of one table, by the documented rules."""
    found = []
    for line in csv.DictReader(io.StringIO(text, newline="")):
        row: dict[str, str | int | None] = {name: read_cell(cell) or None for name, cell in line.items()}
        for name in [name for name in row if name.endswith("_unit")]:
            value, unit = row.get(name.removesuffix("_unit")), row.pop(name)
            if unit is not None:
                row[name.removesuffix("_unit")] = f"{value} {unit}"
        numbers = [name for name, kept in columns(BY_KIND[kind]).items() if kept == "INTEGER"]
        row |= {name: int(str(row[name])) for name in numbers if row[name] is not None}
        found.append(from_row(BY_KIND[kind], row))
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(tmp_path, records)
    return tmp_path


def test_only_kinds_with_records_have_a_table(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        "event.csv",
        "injection.csv",
        "lab_result.csv",
        "person.csv",
        "product.csv",
        "score.csv",
    ]


@pytest.mark.parametrize("kind", ["injection", "event", "product"])
def test_nothing_is_lost(folder: Path, kind: str) -> None:
    text = (folder / f"{kind}.csv").read_bytes().decode("utf-8")
    expected = [record for record in RECORDS if record.kind == kind]
    assert sorted(read_back(text, kind), key=lambda one: one.id) == sorted(expected, key=lambda one: one.id)


def test_names_stand_beside_ids_and_units_beside_numbers(folder: Path) -> None:
    with (folder / "injection.csv").open(encoding="utf-8", newline="") as stream:
        first, second = csv.DictReader(stream)
    assert (first["person"], first["product"]) == ("Ada", "'-Hydroxo")
    assert (second["dose"], second["dose_unit"], second["on"]) == ("1.10", "mg", "2026-01-07")


def test_no_cell_is_a_formula_and_numbers_stay_numbers(folder: Path) -> None:
    with (folder / "injection.csv").open(encoding="utf-8", newline="") as stream:
        notes = [line["note"] for line in csv.DictReader(stream)]
    assert notes[0] == "'" + HARD
    with (folder / "lab_result.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.DictReader(stream))["value"] == "-1.50"


@given(st.text())
def test_the_apostrophe_can_always_be_taken_off_again(text: str) -> None:
    cell = safe(text)
    assert isinstance(cell, str)
    assert read_cell(cell) == text


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_what_begins_like_a_formula_does_not_any_more(text: str) -> None:
    assert safe(text) == "'" + text


def test_the_zip_has_the_same_tables_and_stable_bytes(folder: Path) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_zip(first, records)
    write_zip(second, records)
    assert first.getvalue() == second.getvalue()
    with zipfile.ZipFile(first) as archive:
        assert archive.read("score.csv") == (folder / "score.csv").read_bytes()
