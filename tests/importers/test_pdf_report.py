"""Printed reports: certain rows only, every column under its own date, and what cannot be read is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from b12desk.domain.errors import WorldError
from b12desk.importers import pdf_pages
from b12desk.importers.candidates import Parsed
from b12desk.importers.detect import read_file
from b12desk.importers.review import review
from b12desk.importers.settle import settle
from tests.helpers.pdf_files import ENGLISH, PICTURE, Text, pdf, table, text_page
from tests.importers.labs import DATA, TODAY, recorded, reviewed

LEFTS = (40, 200, 260, 320)


def printed(folder: Path, *pages: list[Text]) -> Parsed:
    path = folder / "report.pdf"
    path.write_bytes(pdf([text_page(page) for page in pages]))
    return read_file(path)


def values(parsed: Parsed) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(one.analyte, one.value, one.unit, one.collected) for one in parsed.candidates]


def refused(path: Path) -> str:
    with pytest.raises(WorldError) as raised:
        read_file(path)
    assert raised.value.code == "unreadable_file"
    assert raised.value.message.startswith(path.name)
    return raised.value.message


def test_an_english_report_is_read_with_person_time_flag_and_range() -> None:
    parsed = read_file(DATA / "english-report.pdf")
    assert parsed.format == "pdf"
    assert [(one.name, one.birth_date) for one in parsed.patients] == [("Anna Berg", "1970-02-03")]
    time = "2024-05-12T08:15"
    assert values(parsed) == [
        ("haemoglobin", "118", "g/L", time),
        ("mcv", "101.0", "fL", time),
        ("serum_b12", "148", "ng/L", time),
        ("mma_serum", "0.90", "umol/L", time),
        ("parietal_cell_antibody", None, None, time),
    ]
    rows = reviewed(parsed)
    b12 = rows["page 1, line 9"]
    assert (b12.reference_low, b12.reference_high, b12.flag, b12.state) == ("190", "900", "L", "new")
    acid = rows["page 1, line 10"]
    assert (acid.comparator, acid.reference_low, acid.reference_high) == (">", None, "0.28")
    assert rows["page 1, line 11"].text == "Positive"


def test_urine_stays_unassigned_and_a_comment_stays_text() -> None:
    parsed = read_file(DATA / "english-report.pdf")
    assert [one.name for one in parsed.unmapped] == ["Sodium", "Creatinine"]
    left = [one.what for one in parsed.unread]
    assert "Comment: 3 of 4 values were checked again." in left
    assert "Page 1 of 1" in left


def test_each_column_of_a_german_report_has_its_own_date() -> None:
    parsed = read_file(DATA / "german-cumulative.pdf")
    assert [(one.name, one.birth_date) for one in parsed.patients] == [("Anna Berg", "1970-02-03")]
    assert values(parsed)[:6] == [
        ("serum_b12", "148", "ng/L", "2024-01-11T07:45"),
        ("serum_b12", "1250", "ng/L", "2024-06-28T08:10"),
        ("haemoglobin", "11.8", "g/dL", "2024-01-11T07:45"),
        ("haemoglobin", "12.6", "g/dL", "2024-03-15"),
        ("haemoglobin", "13.1", "g/dL", "2024-06-28T08:10"),
        ("ferritin", "1000", "ug/L", "2024-03-15"),
    ]
    rows = reviewed(parsed)
    assert {one.status for one in rows.values()} == {"final"}
    pending = rows["page 1, line 10, column 3"]
    assert (pending.state, pending.value) == ("excluded", None)
    assert [problem.where for problem in parsed.problems] == ["page 1, line 10, column 3"]


def test_a_line_without_columns_is_read_where_test_and_unit_are_known() -> None:
    assert values(read_file(DATA / "typewriter.pdf")) == [("serum_b12", "148", "pg/mL", "2024-05-12")]


def test_a_day_of_printing_is_no_sample_date(tmp_path: Path) -> None:
    rows = [("Test", "Result", "Units"), ("Vitamin B12", "148", "ng/L")]
    parsed = printed(
        tmp_path, [(40, 40, "Date: 12.05.2024"), (300, 40, "Printed 13.05.2024"), *table(rows, LEFTS)]
    )
    assert values(parsed) == [("serum_b12", "148", "ng/L", None)]
    assert [question.id for question in parsed.candidates[0].questions] == ["sample_date"]


def test_a_sample_time_below_the_table_counts_when_it_is_the_only_one(tmp_path: Path) -> None:
    rows = [("Test", "Result", "Units"), ("Vitamin B12", "148", "ng/L")]
    parsed = printed(tmp_path, [*table(rows, LEFTS), (40, 300, "Sample taken on 12 May 2024 at 08:15")])
    assert values(parsed) == [("serum_b12", "148", "ng/L", "2024-05-12T08:15")]
    assert parsed.candidates[0].questions == ()


def test_a_date_that_can_be_two_days_is_asked_about(tmp_path: Path) -> None:
    rows = [("Test", "Result", "Units"), ("Vitamin B12", "148", "ng/L")]
    parsed = printed(tmp_path, [(40, 40, "Collected: 03/04/2024"), *table(rows, LEFTS)])
    asked = parsed.candidates[0].questions
    assert [(question.id, question.options) for question in asked] == [
        ("sample_date", ("2024-04-03", "2024-03-04"))
    ]
    assert settle(review(parsed, [], today=TODAY)).write == []


def test_a_column_that_prints_the_year_only_is_set_aside_and_said_so(tmp_path: Path) -> None:
    rows = [
        ("Entnahmedatum", "2019", "10.11.2020"),
        ("Analyse", "", "Resultat", "Einheit"),
        ("Ferritin", "12", "31", "µg/l"),
        ("Natrium", "139", "", "mmol/l"),
    ]
    parsed = printed(tmp_path, table(rows, LEFTS))
    assert [(one.value, one.collected, one.state) for one in parsed.candidates] == [
        ("12", None, "excluded"),
        ("31", "2020-11-10", "new"),
    ]
    assert "“2019” only" in parsed.problems[0].what
    assert [one.what for one in parsed.unread] == ["Natrium  139  mmol/l"]


@pytest.mark.parametrize(
    "cells",
    [
        ("Vitamin B12", "148", "212", "ng/L"),
        ("Vitamin B12", "148", "see comment", "ng/L"),
        ("12345", "148", "ng/L"),
        ("Vitamin B12", "ng/L", "pg/mL", "148"),
    ],
)
def test_a_line_that_can_mean_several_things_stays_text(tmp_path: Path, cells: tuple[str, ...]) -> None:
    parsed = printed(tmp_path, table([cells], LEFTS))
    assert parsed.candidates == parsed.unmapped == []
    assert [one.what for one in parsed.unread] == ["  ".join(cells)]
    assert "no line can be read" in parsed.problems[-1].what


def test_a_value_beside_an_earlier_one_is_told_by_the_header(tmp_path: Path) -> None:
    rows = [("Test", "Result", "Previous", "Units"), ("Ferritin", "31", "12", "µg/l")]
    assert values(printed(tmp_path, table(rows, LEFTS)))[0][:2] == ("ferritin", "31")


def test_a_number_that_can_be_read_in_two_ways_is_asked_about(tmp_path: Path) -> None:
    rows = [("Test", "Result", "Units"), ("Ferritin", "1.250", "µg/l")]
    asked = printed(tmp_path, table(rows, LEFTS)).candidates[0].questions
    assert "ambiguous_number" in [question.id for question in asked]


def test_a_batch_of_reports_asks_whose_results_are_meant(tmp_path: Path) -> None:
    rows = [("Test", "Result", "Units"), ("Ferritin", "31", "µg/l")]
    pages = [
        [(40, 40, f"Patient: {name}"), (40, 60, "Collected: 2024-05-12"), *table(rows, LEFTS)]
        for name in ("Anna Berg", "Otto Lund", "Anna Berg")
    ]
    parsed = printed(tmp_path, *pages)
    assert [one.name for one in parsed.patients] == ["Anna Berg", "Otto Lund"]
    assert [one.patient for one in parsed.candidates] == [0, 1, 0]
    found = review(parsed, [], today=TODAY)
    assert found.choose_patient
    assert settle(found).write == []


def test_the_same_report_twice_adds_nothing() -> None:
    first = settle(review(read_file(DATA / "german-cumulative.pdf"), [], today=TODAY))
    kept = [recorded(candidate, str(number)) for number, (candidate, _) in enumerate(first.write)]
    assert len(kept) == 6
    again = review(read_file(DATA / "german-cumulative.pdf"), kept, today=TODAY)
    assert settle(again, accept_questions=True).write == []


def test_pictures_locks_and_emptiness_are_said(tmp_path: Path) -> None:
    assert "PDF of pictures" in refused(DATA / "scan.pdf")
    assert "locked with a password" in refused(DATA / "locked.pdf")
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(pdf([b""]))
    assert "is an empty PDF" in refused(empty)


def test_a_scanned_page_among_others_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mixed.pdf"
    path.write_bytes(pdf([text_page(ENGLISH), PICTURE]))
    parsed = read_file(path)
    assert len(parsed.candidates) == 5
    assert [(one.where, one.what) for one in parsed.problems] == [
        ("page 2", "it is a picture and cannot be read")
    ]


@pytest.mark.parametrize("share", [0.001, 0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_cut_off_report_is_refused_or_read_but_never_breaks(tmp_path: Path, share: float) -> None:
    whole = pdf([text_page(ENGLISH)])
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole[: max(5, int(len(whole) * share))])
    told = ""
    try:
        assert len(read_file(path).candidates) <= 5
    except WorldError as error:
        told = error.message
    assert "\n" not in told


@pytest.mark.parametrize(
    ("name", "limit", "told"),
    [
        ("MAX_PAGES", 2, "3 pages"),
        ("MAX_FILE", 500, "too large"),
        ("MAX_CHARACTERS", 10, "more on page 1"),
        ("MAX_CONTENT", 10, "more on page 1"),
        ("MAX_UNPACKED", 1000, "would unpack to more"),
    ],
)
def test_a_pdf_beyond_any_report_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, limit: int, told: str
) -> None:
    monkeypatch.setattr(pdf_pages, name, limit)
    path = tmp_path / "large.pdf"
    path.write_bytes(pdf([text_page(ENGLISH)] * 3))
    assert told in refused(path)


def test_reading_says_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf([text_page(ENGLISH)] * 3))
    counts: list[int] = []
    read_file(path, counts.append)
    assert counts == [16, 32, 48]

    def stop(_count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_file(path, stop)
