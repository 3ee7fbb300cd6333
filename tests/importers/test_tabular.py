"""Tables of laboratory results: encodings, delimiters, headers, decimal marks, dates, both layouts."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from b12desk.importers.detect import read_file
from tests.importers.labs import DATA, HEADER, reviewed, table


def test_a_german_export_is_read_with_its_commas_and_its_code_page() -> None:
    parsed = read_file(DATA / "german-1252.csv")
    found = reviewed(parsed)
    assert parsed.format == "csv"
    haemoglobin, b12, creatinine = found["row 3"], found["row 4"], found["row 7"]
    assert (haemoglobin.analyte, haemoglobin.value, haemoglobin.unit) == ("haemoglobin", "14.2", "g/dL")
    assert (haemoglobin.reference_low, haemoglobin.reference_high) == ("12.0", "16.0")
    assert haemoglobin.collected == "2026-01-05T08:15"
    assert (b12.comparator, b12.value) == (">", "2000")
    assert (creatinine.unit, creatinine.unit_reported) == ("umol/L", "µmol/l")
    assert (creatinine.reference_low, creatinine.reference_high) == (None, "84")
    assert (found["row 5"].unit, found["row 6"].unit) == ("10*9/L", "10*3/uL")
    assert found["row 11"].text == "negativ"
    assert {candidate.state for candidate in found.values()} == {"new", "excluded"}


def test_a_result_that_is_not_there_yet_is_no_zero_and_is_told() -> None:
    parsed = read_file(DATA / "german-1252.csv")
    pending = reviewed(parsed)["row 8"]
    assert (pending.state, pending.value) == ("excluded", None)
    assert [problem.where for problem in parsed.problems] == ["row 8"]


def test_other_tests_stay_unassigned_and_visible() -> None:
    parsed = read_file(DATA / "german-1252.csv")
    assert [(one.name, one.value, one.analyte) for one in parsed.unmapped] == [
        ("Glukose", "91", None),
        ("HbA1c", "5.4", None),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_told_from_the_content(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = "Datum,Analyse,Ergebnis,Einheit\n2026-01-05,Hämoglobin,14.2,g/dl\n".replace(",", delimiter)
    parsed = table(tmp_path, text, encoding=encoding)
    [candidate] = parsed.candidates
    assert (candidate.name, candidate.value) == ("Hämoglobin", "14.2")
    assert parsed.format == ("tsv" if delimiter == "\t" else "csv")


def test_a_late_foreign_letter_restarts_the_reading_in_the_western_code_page(tmp_path: Path) -> None:
    rows = "".join(f"2020-01-{1 + number % 28:02d},Hb,{10 + number / 1000},g/dL\n" for number in range(5000))
    parsed = table(tmp_path, HEADER + rows + "2020-02-01,Eisen,80,µg/dl\n", encoding="cp1252")
    assert len(parsed.candidates) == 5001
    assert parsed.candidates[-1].unit == "ug/dL"


def test_wide_tables_have_their_units_in_the_header_or_in_a_row_below() -> None:
    wide = reviewed(read_file(DATA / "wide.csv"))
    assert [(one.analyte, one.value, one.unit) for one in wide.values()] == [
        ("serum_b12", "312", "pg/mL"),
        ("haemoglobin", "13.9", "g/dL"),
        ("mcv", "94", "fL"),
        ("serum_b12", "2000", "pg/mL"),
        ("haemoglobin", "14.2", "g/dL"),
    ]
    assert wide["row 3, Vitamin B12 (pg/mL)"].comparator == ">"
    below = reviewed(read_file(DATA / "wide-units.tsv"))
    assert [(one.value, one.unit) for one in below.values()] == [
        ("366", "pmol/L"),
        ("142", "g/L"),
        ("0.43", "L/L"),
    ]


@pytest.mark.parametrize(
    ("rows", "value", "asked"),
    [
        ('2026-01-05,Platelets,"1,000",10^9/L\n', "1000", ["ambiguous_number"]),
        ("2026-01-05,TSH,2.413,mIU/L\n", "2.413", ["ambiguous_number"]),
        ("2026-01-05,TSH,2.413,mIU/L\n2026-01-05,Hb,14.2,g/dL\n", "2.413", []),
        ('2026-01-05,Platelets,"1,000",10^9/L\n2026-01-05,Hb,14.2,g/dL\n', "1000", []),
        ('2026-01-05,TSH,"2,413",mIU/L\n2026-01-05,Hb,"14,2",g/dL\n', "2.413", []),
        ("2026-01-05,TSH,0.413,mIU/L\n", "0.413", []),
    ],
)
def test_three_digits_are_asked_about_unless_the_file_proves_its_mark(
    tmp_path: Path, rows: str, value: str, asked: list[str]
) -> None:
    first = table(tmp_path, HEADER + rows).candidates[0]
    assert first.value == value
    assert [question.id for question in first.questions] == asked


def test_a_day_that_can_be_two_days_is_asked_about_unless_the_file_proves_its_order(tmp_path: Path) -> None:
    [alone] = table(tmp_path, HEADER + "03/04/2024,Hb,14.2,g/dL\n").candidates
    assert [question.options for question in alone.questions] == [("2024-04-03", "2024-03-04")]
    proven = table(tmp_path, HEADER + "03/04/2024,Hb,14.2,g/dL\n12/31/2024,Hb,14.1,g/dL\n").candidates
    assert [one.collected for one in proven] == ["2024-03-04", "2024-12-31"]
    assert proven[0].questions == ()


def test_a_table_without_dates_asks_for_the_sample_date_and_invents_none(tmp_path: Path) -> None:
    [candidate] = table(tmp_path, "Parameter,Value,Unit\nHemoglobin,14.2,g/dL\n").candidates
    assert candidate.collected is None
    assert [question.id for question in candidate.questions] == ["sample_date"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2024-13-45,Hb,14.2,g/dL\n", "not a real date"),
        ("0000-01-01,Hb,14.2,g/dL\n", "not a real date"),
        ("2024-01-01,Hb,NaN,g/dL\n", "not a number"),
        ("2024-01-01,Hb,1e999,g/dL\n", "not a number"),
        ("2024-01-01,Hb,14.,g/dL\n", "not a number"),
        ("2024-01-01,,14.2,g/dL\n", "no test"),
        ("2024-01-01,Hb,14\n", "cut off"),
    ],
)
def test_a_row_that_cannot_be_kept_is_told_with_its_number(tmp_path: Path, row: str, told: str) -> None:
    parsed = table(tmp_path, HEADER + "2023-01-01,Hb,14.2,g/dL\n" + row)
    [problem] = parsed.problems
    assert problem.where == "row 3"
    assert told in problem.what
    assert all(one.state in ("new", "excluded") or one.questions for one in parsed.candidates)


@pytest.mark.parametrize("header", [HEADER, "Date,Hb (g/dL),MCV (fL),Ferritin (ug/L)\n"])
def test_a_value_split_by_its_own_comma_is_told_and_not_kept(tmp_path: Path, header: str) -> None:
    parsed = table(tmp_path, header + "2024-01-01,Hb,14,2,g/dL\n")
    assert (parsed.candidates, parsed.unmapped) == ([], [])
    assert "more columns" in parsed.problems[0].what


def test_empty_cells_behind_a_row_are_no_obstacle(tmp_path: Path) -> None:
    [candidate] = table(tmp_path, HEADER + "2024-01-01,Hb,14.2,g/dL,,\n").candidates
    assert candidate.value == "14.2"


def test_flags_comparators_and_units_inside_the_value_are_taken_apart(tmp_path: Path) -> None:
    rows = "2024-01-01,Hb,14.2 H,g/dL\n2024-01-02,Ferritin,<5.0*,ug/L\n2024-01-03,Ferritin,23 ng/mL,\n"
    found = table(tmp_path, HEADER + rows).candidates
    assert [(one.comparator, one.value, one.unit, one.flag) for one in found] == [
        (None, "14.2", "g/dL", "H"),
        ("<", "5.0", "ug/L", "*"),
        (None, "23", "ng/mL", None),
    ]


@pytest.mark.parametrize(
    ("name", "unit", "analyte"),
    [
        ("RDW", "%", "rdw_cv"),
        ("RDW", "fL", "rdw_sd"),
        ("Retikulozyten", "%", "reticulocytes_percent"),
        ("Retikulozyten", "G/l", "reticulocytes_count"),
        ("MMA", "nmol/L", "mma_serum"),
        ("MMA", "mmol/mol creat", "mma_urine"),
        ("Neutrophils", "%", None),
        ("Neutrophils", "G/l", "neutrophils"),
        ("Hemoglobin", "%", None),
        ("Haemoglobin", "G/L", "haemoglobin"),
    ],
)
def test_the_unit_decides_between_tests_of_one_name(
    tmp_path: Path, name: str, unit: str, analyte: str | None
) -> None:
    parsed = table(tmp_path, HEADER + f"2026-01-05,{name},12.5,{unit}\n")
    [candidate] = parsed.candidates or parsed.unmapped
    assert candidate.analyte == analyte


def test_a_name_that_can_be_two_tests_is_asked_about(tmp_path: Path) -> None:
    [candidate] = table(tmp_path, HEADER + "2026-01-05,FER,80,ug/L\n").candidates
    assert "analyte_likely_other" in [question.id for question in candidate.questions]


def test_a_lost_micro_sign_is_asked_about_and_not_repaired(tmp_path: Path) -> None:
    [candidate] = table(tmp_path, HEADER + "2026-01-05,Creatinine,79,?mol/L\n").candidates
    assert (candidate.value, candidate.unit, candidate.unit_reported) == ("79", None, "?mol/L")
    [question] = candidate.questions
    assert question.id == "unit_likely_other"
    assert "?mol/L" in question.text


def test_lines_above_the_header_and_old_line_ends_are_no_obstacle(tmp_path: Path) -> None:
    text = "City Laboratory\rPrinted 2026-02-01\r\rDate,Test,Result,Unit\r2026-01-05,Hb,14.2,g/dL\r"
    [candidate] = table(tmp_path, text).candidates
    assert candidate.where == "row 5"


def test_a_name_beside_a_test_is_the_persons(tmp_path: Path) -> None:
    parsed = table(tmp_path, "Name,Date,Test,Result,Unit\nAnna Berg,2026-01-05,Hb,14.2,g/dL\n")
    assert parsed.candidates[0].name == "Hb"
    assert parsed.patients[0].name == "Anna Berg"


def test_a_table_of_something_else_is_left_alone_and_its_columns_are_told(tmp_path: Path) -> None:
    parsed = table(tmp_path, "Item,Price\nBread,2.50\n")
    assert (parsed.candidates, parsed.unmapped) == ([], [])
    assert "Item, Price" in parsed.problems[0].what


def test_the_tick_hears_of_progress_and_can_stop_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(HEADER + "2026-01-05,Hb,14.2,g/dL\n" * 4100)
    heard: list[int] = []
    read_file(path, heard.append)
    assert heard == [2000, 4000]

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_file(path, stop)


def test_two_columns_of_one_test_have_places_of_their_own(tmp_path: Path) -> None:
    parsed = table(tmp_path, "Date,Hb (g/dL),Hb (g/dL)\n2024-01-02,14.2,14.3\n")
    assert [candidate.where for candidate in parsed.candidates] == [
        "row 2, Hb (g/dL) (column 2)",
        "row 2, Hb (g/dL) (column 3)",
    ]


def test_a_unit_in_the_value_and_in_its_own_column_is_read_once(tmp_path: Path) -> None:
    parsed = table(tmp_path, HEADER + "2024-01-02,Hct,41 %,%\n2024-01-03,Hct,41 mg,%\n")
    assert [candidate.value for candidate in parsed.candidates] == ["41", None]


def test_a_row_a_person_without_a_date_asks_for_everything(tmp_path: Path) -> None:
    parsed = table(tmp_path, "Name,Hb (g/dL),MCV (fL)\nAda,14.2,90\nBen,13.1,91\n")
    assert [patient.name for patient in parsed.patients] == ["Ada", "Ben"]
    assert {candidate.collected for candidate in parsed.candidates} == {None}


def test_a_decimal_artefact_of_a_text_table_is_kept_as_printed(tmp_path: Path) -> None:
    parsed = table(tmp_path, HEADER + "2024-01-02,Ferritin,8.199999999999999,ng/mL\n")
    assert parsed.candidates[0].value == "8.199999999999999"


@pytest.mark.parametrize("piece", ["\t", " ", "(", "1 ", "[("])
def test_a_header_without_end_does_not_take_without_end(tmp_path: Path, piece: str) -> None:
    before = time.process_time()
    table(tmp_path, f"Date,Hb,a{piece * 20_000}b\n2024-01-02,{piece * 20_000}x,1\n")
    assert time.process_time() - before < 2
