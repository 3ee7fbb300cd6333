"""New, duplicate, conflict, question, excluded: against the diary, within a file, and between files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from b12desk.domain.errors import Invalid, NotFound
from b12desk.domain.records import LabResult, LabStatus
from b12desk.importers.candidates import Candidate, Parsed
from b12desk.importers.detect import read_file
from b12desk.importers.review import give_date, review
from b12desk.importers.samples import RecordedRow
from b12desk.importers.settle import settle
from tests.importers.labs import ANNA, DATA, NOW, TODAY, recorded, reviewed, table


def ferritin(
    value: str = "23", unit: str = "ug/L", collected: str | None = "2026-01-05", **more: object
) -> Candidate:
    candidate = Candidate(
        "row 2", analyte="ferritin", name="Ferritin", collected=collected, value=value, unit=unit
    )
    for name, given in more.items():
        setattr(candidate, name, given)
    return candidate


def parsed_of(*candidates: Candidate) -> Parsed:
    for number, candidate in enumerate(candidates, start=2):
        candidate.place = number
    return Parsed("labs.csv", "csv", list(candidates))


def states(*candidates: Candidate, existing: tuple[LabResult, ...] = ()) -> list[str]:
    return [candidate.state for candidate in reviewed(parsed_of(*candidates), list(existing)).values()]


@pytest.mark.parametrize(
    ("one", "other", "state"),
    [
        (ferritin("23"), ferritin("23"), "duplicate"),
        (ferritin("23.0"), ferritin("23"), "duplicate"),
        (ferritin("23"), ferritin("23", "ng/mL"), "duplicate"),
        (ferritin("23"), ferritin("23", collected="2026-01-06"), "new"),
        (ferritin("23", collected="2026-01-05T08:30"), ferritin("23"), "duplicate"),
        (
            ferritin("23", collected="2026-01-05T08:30"),
            ferritin("23", collected="2026-01-05T08:30:00"),
            "duplicate",
        ),
        (ferritin("23", collected="2026-01-05T08:30"), ferritin("23", collected="2026-01-05T12:30"), "new"),
        (
            ferritin("23", collected="2026-01-05T08:30"),
            ferritin("26", collected="2026-01-05T08:30"),
            "conflict",
        ),
        (ferritin("23", collected="2026-01-05T08:30"), ferritin("26"), "conflict"),
        (ferritin("23"), ferritin("26"), "question"),
        (ferritin("23", specimen="A"), ferritin("26", specimen="B"), "new"),
        (ferritin("23", specimen="A"), ferritin("23", specimen="B"), "new"),
        (ferritin("23", specimen="A"), ferritin("23"), "duplicate"),
        (ferritin("23"), ferritin("23", comparator=">"), "question"),
        (ferritin("23"), ferritin("23", analyte="iron"), "new"),
        (ferritin("23"), ferritin("23", reference_high="300", flag="L"), "duplicate"),
    ],
)
def test_a_second_result_gets_its_state_within_a_file_and_against_the_diary(
    one: Candidate, other: Candidate, state: str
) -> None:
    """One rule for both: the same pair in one file, and the first recorded before the second comes."""
    assert states(replace(one), replace(other)) == ["new", state]
    assert states(replace(other), existing=(recorded(one),)) == [state]


def test_a_result_in_the_other_unit_is_a_duplicate_at_the_fewer_digits() -> None:
    conventional = ferritin("200", "pg/mL", analyte="serum_b12")
    si = ferritin("148", "pmol/L", analyte="serum_b12")
    assert states(replace(conventional), replace(si)) == ["new", "duplicate"]
    assert states(replace(conventional), ferritin("149", "pmol/L", analyte="serum_b12")) == [
        "new",
        "question",
    ]


def test_a_duplicate_says_when_only_its_range_differs() -> None:
    parsed = parsed_of(ferritin(), ferritin(flag="L"))
    assert "range or flag" in (reviewed(parsed)["row 3"].reason or "")


@pytest.mark.parametrize("status", ["corrected"])
def test_a_corrected_value_replaces_the_old_one(status: LabStatus) -> None:
    old = recorded(ferritin("23", collected="2026-01-05T08:30"), "old")
    new = ferritin("26", collected="2026-01-05T08:30", status=status)
    result = review(parsed_of(new), [old], today=TODAY)
    assert (new.state, new.replaces, new.other) == ("new", True, "old")
    assert settle(result).write == [(new, "old")]


def test_a_corrected_value_wins_within_a_file_in_either_order() -> None:
    wrong, right = ferritin("23"), ferritin("26", status="corrected")
    assert states(replace(wrong), replace(right)) == ["excluded", "new"]
    assert states(replace(right), replace(wrong)) == ["new", "excluded"]


def test_the_own_example_has_a_correction_a_repetition_and_another_test() -> None:
    found = reviewed(read_file(DATA / "english-long.csv"))
    assert {place: one.state for place, one in found.items()} == {
        "row 2": "question",
        "row 3": "new",
        "row 4": "excluded",
        "row 6": "new",
        "row 7": "duplicate",
    }


def test_what_was_entered_in_error_or_lies_in_the_future_is_excluded_with_its_reason() -> None:
    withdrawn, future = ferritin(status="entered_in_error"), ferritin(collected="2026-11-22")
    today = ferritin(collected="2026-11-21T23:00")
    assert states(withdrawn, future, today) == ["excluded", "excluded", "new"]
    assert "future" in (future.reason or "")


def test_results_without_a_date_are_not_compared_and_need_one(tmp_path: Path) -> None:
    parsed = table(tmp_path, "Test,Result,Unit\nFerritin,23,ug/L\nFerritin,23,ug/L\nHb,14.2,g/dL\n")
    assert [one.state for one in reviewed(parsed).values()] == ["question"] * 3
    assert settle(review(parsed, [], today=TODAY), accept_questions=True).write == []
    with pytest.raises(Invalid, match="sample date"):
        recorded(parsed.candidates[0])
    give_date(parsed, date(2026, 1, 5))
    assert [one.state for one in reviewed(parsed).values()] == ["new", "duplicate", "new"]


def test_a_review_can_be_done_again_after_a_choice() -> None:
    parsed = read_file(DATA / "english-long.csv")
    first = {place: (one.state, one.reason, one.questions) for place, one in reviewed(parsed).items()}
    again = {place: (one.state, one.reason, one.questions) for place, one in reviewed(parsed).items()}
    assert first == again


def test_several_people_stop_the_import_until_one_is_chosen() -> None:
    parsed = read_file(DATA / "two-people.csv")
    opened = review(parsed, [], today=TODAY, person=ANNA)
    assert opened.choose_patient
    assert settle(opened, accept_questions=True, conflicts="replace").write == []
    chosen = review(parsed, [], today=TODAY, person=ANNA, patient="anna berg")
    assert [one.state for one in parsed.candidates] == ["new", "excluded", "new"]
    assert len(settle(chosen).write) == 2
    with pytest.raises(NotFound, match="Bo Lund"):
        review(parsed, [], today=TODAY, patient="Carla")


@pytest.mark.parametrize(
    ("name", "born", "asked"),
    [
        ("Anna Berg", date(1970, 2, 3), False),
        ("Mum", None, True),
        ("Anna", date(1971, 2, 3), True),
        ("Berg, A.", None, False),
    ],
)
def test_a_file_about_somebody_else_is_asked_about(name: str, born: date | None, asked: bool) -> None:
    parsed = read_file(DATA / "bundle-r4.json")
    result = review(parsed, [], today=TODAY, person=replace(ANNA, name=name, birth_date=born))
    assert [question.id for question in result.questions] == (["other_patient"] if asked else [])
    assert (settle(result).write == []) is asked
    review(parsed, [], today=TODAY, person=replace(ANNA, name=name), patient="Anna Maria Berg")
    assert parsed.candidates[0].state == "new"


def test_yes_writes_what_is_new_and_leaves_the_rest_out() -> None:
    conflicting = ferritin("26", collected="2026-01-05T08:30")
    new = ferritin("30", collected="2026-02-05")
    existing = recorded(ferritin("23", collected="2026-01-05T08:30"), "old")
    asked = ferritin("31", collected="2026-02-05")
    result = review(parsed_of(conflicting, new, asked), [existing], today=TODAY)
    assert settle(result).write == [(new, None)]
    assert settle(result).left_out == [conflicting, asked]
    assert settle(result, conflicts="keep").write == [(new, None)]
    assert settle(result, conflicts="replace").write == [(conflicting, "old"), (new, None)]
    assert settle(result, accept_questions=True).write == [(new, None), (asked, None)]


def test_a_conflict_within_a_file_is_replaced_and_never_kept_twice() -> None:
    first, second = (ferritin(value, collected="2026-01-05T08:30") for value in ("23", "26"))
    result = review(parsed_of(first, second), [], today=TODAY)
    assert settle(result).write == [(first, None)]
    settled = settle(result, conflicts="replace")
    assert (settled.write, settled.left_out) == ([(second, None)], [first])


def test_a_result_is_known_again_in_another_file_of_the_same_import() -> None:
    one, other = parsed_of(ferritin()), parsed_of(ferritin(), ferritin("99", collected="2026-03-05"))
    review(one, [], today=TODAY)
    review(other, [], today=TODAY, before=[one])
    assert [candidate.state for candidate in other.candidates] == ["duplicate", "new"]
    assert other.candidates[0].reason == "It stands in labs.csv, row 2 already."


def test_the_json_of_a_candidate_has_the_promised_keys() -> None:
    parsed = read_file(DATA / "english-long.csv")
    reviewed(parsed)
    data = parsed.to_json()
    assert list(data) == ["file", "format", "patients", "results", "unmapped", "problems"]
    promised = (
        *("analyte", "loinc", "name", "collected_at", "value", "comparator", "text", "unit", "unit_reported"),
        *(
            "value_si",
            "unit_si",
            "reference_low",
            "reference_high",
            "reference_text",
            "flag",
            "status",
            "state",
        ),
        *("questions", "where"),
    )
    assert set(promised) <= set(data["results"][0])
    haemoglobin = data["results"][1]
    assert (haemoglobin["value"], haemoglobin["value_si"], haemoglobin["unit_si"]) == ("16.0", "160", "g/L")
    assert haemoglobin["where"] == "row 3"
    assert read_file(DATA / "two-people.csv").to_json()["patients"][0] == {
        "name": "Anna Berg",
        "birth_date": None,
        "results": 2,
    }


def test_a_light_row_of_the_diary_serves_as_a_recorded_result() -> None:
    record = recorded(ferritin())
    row = RecordedRow._make(getattr(record, name) for name in RecordedRow._fields)
    again = parsed_of(ferritin())
    review(again, [row], today=TODAY)
    assert (again.candidates[0].state, again.candidates[0].other) == ("duplicate", "r1")


def test_a_record_keeps_all_that_the_file_said() -> None:
    candidate = reviewed(read_file(DATA / "english-long.csv"))["row 6"]
    result = recorded(candidate)
    assert (result.value, result.unit, result.unit_reported) == ("26", "ng/mL", "ng/mL")
    assert (result.status, result.lab, result.specimen, result.where) == (
        "corrected",
        "City Lab",
        "A-1",
        "row 6",
    )
    assert (result.document_id, result.recorded_at, result.on) == ("d1", NOW, date(2026, 1, 5))
