"""Excel workbooks: numbers as they are shown, several sheets, people in rows, and hostile archives."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from b12desk.domain.errors import WorldError
from b12desk.importers.candidates import Candidate, FilePatient, Parsed
from b12desk.importers.detect import read_file
from b12desk.importers.review import review
from b12desk.importers.settle import settle
from tests.importers.labs import DATA, TODAY, reviewed

HEADER = ("Date", "Test", "Result", "Unit")


def workbook(folder: Path, rows: Sequence[Sequence[Any]], formats: dict[str, str] | None = None) -> Parsed:
    """A workbook of one sheet, written and read; `formats` are number formats by cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for cell, shown_as in (formats or {}).items():
        sheet[cell].number_format = shown_as
    path = folder / "labs.xlsx"
    book.save(path)
    return read_file(path)


def only(parsed: Parsed) -> Candidate:
    [candidate] = parsed.candidates
    return candidate


def repacked(folder: Path, changes: dict[str, bytes]) -> Path:
    """Our workbook with other contents of some of its parts."""
    path = folder / "labs.xlsx"
    with (
        zipfile.ZipFile(DATA / "workbook.xlsx") as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in dict.fromkeys((*source.namelist(), *changes)):
            out.writestr(name, changes[name] if name in changes else source.read(name))
    return path


def test_our_workbook_of_two_sheets_is_read_and_the_hidden_one_is_not() -> None:
    parsed = read_file(DATA / "workbook.xlsx")
    found = reviewed(parsed)
    assert parsed.format == "xlsx"
    assert list(found) == [
        *(f"Labor, row {row}" for row in range(4, 9)),
        *("2023, row 2, Hb (g/dL)", "2023, row 2, MCV (fL)"),
    ]
    haemoglobin = found["Labor, row 4"]
    assert (haemoglobin.value, haemoglobin.reference_low, haemoglobin.reference_high) == (
        "16.0",
        "12.0",
        "16.0",
    )
    assert found["Labor, row 5"].collected == "2024-01-02T08:30"
    assert found["Labor, row 5"].value == "246"
    assert (found["Labor, row 6"].value, found["Labor, row 6"].collected) == ("0.37", "2024-02-03")
    assert (found["Labor, row 7"].value, found["Labor, row 7"].questions) == ("1.234", ())
    assert (found["Labor, row 8"].value, found["Labor, row 8"].unit) == ("41", "%")
    assert found["2023, row 2, Hb (g/dL)"].value == "13.25"


def test_a_row_a_person_asks_for_the_person_the_day_and_the_unit() -> None:
    parsed = read_file(DATA / "workbook-people.xlsx")
    result = review(parsed, [], today=TODAY)
    assert parsed.patients == [
        FilePatient("Ada", None, "1"),
        FilePatient("Ben", None, "2"),
        FilePatient("Ada", None, "3"),
    ]
    assert result.choose_patient
    assert settle(result, accept_questions=True).write == []
    assert {candidate.state for candidate in parsed.candidates} == {"question"}
    assert [candidate.value for candidate in parsed.candidates if candidate.analyte == "white_cells"] == [
        *("7.5", "8.2", "8.2", "9")
    ]


@pytest.mark.parametrize(
    ("number", "shown_as", "value"),
    [
        (16, "General", "16"),
        (16, "0.00", "16.00"),
        (8.199999999999999, "General", "8.2"),
        (0.1 + 0.2, "0.0", "0.3"),
        (8.257, "0.0", "8.257"),
        (1234.5, "#,##0.00", "1234.50"),
        (1.234, "General", "1.234"),
        (1e-7, "General", "0.0000001"),
        (250000, "0.00E+00", "250000"),
    ],
)
def test_a_number_has_the_digits_that_the_spreadsheet_shows(
    tmp_path: Path, number: float, shown_as: str, value: str
) -> None:
    row = (date(2024, 1, 2), "Ferritin", number, "ng/mL")
    candidate = only(workbook(tmp_path, [HEADER, row], {"C2": shown_as}))
    assert candidate.value == value
    assert "ambiguous_number" not in [question.id for question in candidate.questions]


def test_texts_with_a_decimal_comma_do_not_turn_true_numbers(tmp_path: Path) -> None:
    rows = [
        HEADER,
        (date(2024, 1, 2), "Ferritin", "12,5", "ng/mL"),
        (date(2024, 1, 3), "Ferritin", "<1,234", "ng/mL"),
        (date(2024, 1, 4), "Ferritin", 1.234, "ng/mL"),
    ]
    parsed = workbook(tmp_path, rows)
    assert [(one.comparator, one.value) for one in parsed.candidates] == [
        *((None, "12.5"), ("<", "1.234"), (None, "1.234"))
    ]


def test_a_text_that_can_be_read_two_ways_is_asked_about(tmp_path: Path) -> None:
    rows = [
        HEADER,
        (date(2024, 1, 2), "Ferritin", "1,000", "ng/mL"),
        (date(2024, 1, 3), "Ferritin", 50, "ng/mL"),
    ]
    parsed = workbook(tmp_path, rows)
    assert [question.id for question in parsed.candidates[0].questions] == ["ambiguous_number"]


def test_one_person_on_two_sheets_is_one_person(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("b")):
        sheet.append(["Patient ID", "Date", "Hb (g/dL)"])
        sheet.append(["P1", date(2024, 1, 2), 14.2])
    book.save(tmp_path / "labs.xlsx")
    parsed = read_file(tmp_path / "labs.xlsx")
    assert len(parsed.patients) == 1
    assert [candidate.state for candidate in reviewed(parsed).values()] == ["new", "duplicate"]


def test_a_workbook_without_a_table_of_results_says_so(tmp_path: Path) -> None:
    parsed = workbook(tmp_path, [("hello",), ("world",)])
    assert "no column says" in parsed.problems[0].what


def test_a_day_as_a_bare_number_is_no_date(tmp_path: Path) -> None:
    candidate = only(workbook(tmp_path, [HEADER, (45000, "Ferritin", 50, "ng/mL")]))
    assert candidate.state == "excluded"


SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({SHEET: MAIN}, "damaged Excel workbook"),
        ({SHEET: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + MAIN + b"&b;"}, "entities of its own"),
        ({SHEET: MAIN + b"<row>" + b"<c/>" * 200_000}, "row without end"),
        ({SHEET: MAIN + b" " * (65 * 2**20)}, "unpack to"),
        ({"xl/styles.xml": b" " * 9_000_000}, "has a part of 8 MB"),
        ({"../evil.xml": b"x"}, "points out of it"),
        ({"[Content_Types].xml": b"<nothing/>"}, "damaged Excel workbook"),
        (
            {SHEET: MAIN + b'<row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData></worksheet>'},
            "last one",
        ),
    ],
    ids=("cut", "entity", "row", "bomb", "part", "path", "types", "beyond"),
)
def test_a_hostile_or_damaged_workbook_is_refused_in_one_sentence(
    tmp_path: Path, changes: dict[str, bytes], told: str
) -> None:
    path = repacked(tmp_path, changes)
    with pytest.raises(WorldError, match=told) as refused:
        read_file(path)
    assert refused.value.code == "unreadable_file"
    assert refused.value.message.startswith("labs.xlsx ")
    assert "\n" not in refused.value.message


def test_a_workbook_cut_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labs.xlsx"
    path.write_bytes((DATA / "workbook.xlsx").read_bytes()[:4000])
    with pytest.raises(WorldError, match="damaged ZIP"):
        read_file(path)


def test_sheets_of_one_title_have_places_of_their_own(tmp_path: Path) -> None:
    with zipfile.ZipFile(DATA / "workbook.xlsx") as source:
        listed = source.read("xl/workbook.xml").replace(b'name="2023"', b'name="Labor"')
    parsed = read_file(repacked(tmp_path, {"xl/workbook.xml": listed}))
    places = [candidate.where for candidate in parsed.candidates]
    assert len(set(places)) == len(places) == 7
