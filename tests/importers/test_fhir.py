"""FHIR R4: digits, sample times, units, ranges, people, and malformed resources that break nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b12desk.domain.errors import WorldError
from b12desk.importers.candidates import Parsed
from b12desk.importers.detect import read_file
from b12desk.importers.fhir_json import Resources
from b12desk.importers.fhir_parts import (
    effective_of,
    person_of,
    range_of,
    specimen_number,
    units_of,
    value_of,
)
from tests.importers.labs import DATA, reviewed


def haemoglobin(**more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "718-7"}], "text": "Hb"},
        "effectiveDateTime": "2026-01-05",
        "valueQuantity": {"value": 14.2, "unit": "g/dL"},
        **more,
    }


def read(folder: Path, *resources: dict[str, Any]) -> Parsed:
    path = folder / "file.json"
    entries = [{"resource": resource} for resource in resources]
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}))
    return read_file(path)


def test_a_bundle_is_read_with_its_digits_times_and_people() -> None:
    parsed = read_file(DATA / "bundle-r4.json")
    found = reviewed(parsed)
    assert parsed.format == "fhir-r4"
    assert [(one.name, one.birth_date) for one in parsed.patients] == [("Anna Maria Berg", "1970-02-03")]
    first = found["Bundle.entry[3]"]
    assert (first.value, first.unit, first.flag, first.lab) == ("16.0", "g/dL", "N", "City Lab")
    assert (first.reference_low, first.reference_high) == ("12.0", "16.0")
    assert first.collected == "2026-01-05T08:30:00+01:00"  # of the report, not its release
    second = found["Bundle.entry[4]"]
    assert (second.value, second.unit, second.unit_reported) == ("5.60", "10*9/L", "x10*9/L")
    assert second.note == "checked twice"


def test_the_sample_time_falls_back_to_the_specimen_and_a_foreign_range_is_not_drawn() -> None:
    folate = reviewed(read_file(DATA / "bundle-r4.json"))["Bundle.entry[5]"]
    assert (folate.collected, folate.specimen) == ("2026-01-05T08:10:00+01:00", "S-77")
    assert (folate.reference_low, folate.reference_high) == (None, None)
    assert folate.reference_text == "7.0 - 45.0 nmol/L"


def test_the_unit_wins_over_the_code_with_a_question() -> None:
    b12 = reviewed(read_file(DATA / "bundle-r4.json"))["Bundle.entry[6]"]
    assert (b12.analyte, b12.value, b12.unit, b12.state) == ("serum_b12", "366", "pmol/L", "question")
    assert [question.id for question in b12.questions] == ["unit_likely_other"]


def test_look_alikes_other_specimens_and_days_that_are_none_stay_out() -> None:
    parsed = read_file(DATA / "bundle-r4.json")
    found = reviewed(parsed)
    assert [one.name for one in parsed.unmapped] == ["Hemoglobin A1c", "Creatinine"]  # the second is urine
    assert found["Bundle.entry[9]"].state == "excluded"
    assert [problem.where for problem in parsed.problems] == ["Bundle.entry[9]", "Bundle.entry[10]"]


def test_coded_text_and_components_are_results() -> None:
    found = reviewed(read_file(DATA / "bundle-r4.json"))
    assert found["Bundle.entry[11]"].text == "Negative"
    mcv, platelets = (found[f"Bundle.entry[12].component[{number}]"] for number in (0, 1))
    assert (mcv.analyte, mcv.value) == ("mcv", "94")
    assert (platelets.comparator, platelets.value) == ("<", "5")
    assert mcv.collected == "2026-01-05T08:30:00+01:00"


def test_one_resource_a_list_and_one_a_line_are_read_too(tmp_path: Path) -> None:
    single, listed, lines = (tmp_path / name for name in ("one.json", "list.json", "lines.ndjson"))
    single.write_text(json.dumps(haemoglobin()))
    listed.write_text(json.dumps([haemoglobin()]))
    lines.write_text(
        f"{json.dumps(haemoglobin())}\n{json.dumps(haemoglobin(effectiveDateTime='2026-02-05'))}\n"
    )
    assert [one.where for one in read_file(single).candidates] == ["Observation"]
    assert [one.where for one in read_file(listed).candidates] == ["[0]"]
    parsed = read_file(lines)
    assert parsed.format == "fhir-ndjson"
    assert [one.where for one in parsed.candidates] == ["line 1", "line 2"]


def test_a_unit_whose_code_and_text_differ_is_asked_about(tmp_path: Path) -> None:
    quantity = {"value": 14.2, "unit": "g/L", "code": "g/dL", "system": "http://unitsofmeasure.org"}
    [candidate] = read(tmp_path, haemoglobin(valueQuantity=quantity)).candidates
    assert candidate.unit == "g/dL"
    assert [question.id for question in candidate.questions] == ["unit_likely_other"]


def test_a_value_without_a_unit_is_asked_about(tmp_path: Path) -> None:
    [candidate] = read(tmp_path, haemoglobin(valueQuantity={"value": 15.0})).candidates
    assert (candidate.value, candidate.unit) == ("15.0", None)
    assert [question.id for question in candidate.questions] == ["unit_likely_other"]


def test_an_unknown_loinc_code_is_not_guessed_by_its_name(tmp_path: Path) -> None:
    code = {"coding": [{"system": "http://loinc.org", "code": "30313-1"}], "text": "Haemoglobin"}
    parsed = read(tmp_path, haemoglobin(code=code))
    assert parsed.candidates == []
    assert [(one.name, one.loinc) for one in parsed.unmapped] == [("Haemoglobin", "30313-1")]


def test_a_code_and_a_name_of_two_tests_are_asked_about(tmp_path: Path) -> None:
    code = {"coding": [{"system": "http://loinc.org", "code": "718-7"}], "text": "Ferritin"}
    [candidate] = read(tmp_path, haemoglobin(code=code)).candidates
    assert [question.id for question in candidate.questions] == ["analyte_likely_other"]


def test_a_value_of_unknown_form_is_told(tmp_path: Path) -> None:
    parsed = read(tmp_path, haemoglobin(valueQuantity=[1], valueSampledData={"data": "1 2"}))
    assert parsed.candidates == []
    assert [problem.where for problem in parsed.problems] == ["Bundle.entry[0]"]


def test_two_subjects_are_two_people(tmp_path: Path) -> None:
    parsed = read(
        tmp_path,
        haemoglobin(subject={"reference": "Patient/1"}),
        haemoglobin(subject={"reference": "Patient/2"}),
        haemoglobin(subject={"reference": "Patient/1"}, effectiveDateTime="2026-02-05"),
    )
    assert [one.label for one in parsed.patients] == ["Patient/1", "Patient/2"]
    assert [one.patient for one in parsed.candidates] == [0, 1, 0]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
FIELDS = (
    *(
        "code",
        "valueQuantity",
        "valueString",
        "valueCodeableConcept",
        "referenceRange",
        "low",
        "high",
        "value",
    ),
    *(
        "unit",
        "interpretation",
        "subject",
        "specimen",
        "effectiveDateTime",
        "effectivePeriod",
        "start",
        "status",
    ),
    *("component", "name", "given", "family", "contained", "performer", "note"),
)
PARTS = st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=6)


@given(PARTS)
def test_a_part_of_any_shape_breaks_nothing(part: dict[str, Any]) -> None:
    quantity, printed = value_of(part)
    assert printed is None or isinstance(printed, str)
    assert isinstance(units_of(quantity), tuple)
    assert isinstance(range_of(part, "g/dL"), tuple)
    assert effective_of(part) is None or isinstance(effective_of(part), str)
    assert isinstance(person_of(part).label, str)
    assert specimen_number(part) is None


@given(PARTS)
def test_a_resource_of_any_shape_breaks_nothing(
    tmp_path_factory: pytest.TempPathFactory, part: dict[str, Any]
) -> None:
    parsed = read(tmp_path_factory.mktemp("fhir"), {**part, "resourceType": "Observation"})
    for candidate in (*parsed.candidates, *parsed.unmapped):
        assert candidate.where.startswith("Bundle.entry[0]")


def test_references_are_found_by_url_by_type_and_inside_the_resource() -> None:
    resources = Resources()
    holder = {"resourceType": "Observation", "contained": [{"resourceType": "Specimen", "id": "s"}]}
    patient = {"resourceType": "Patient", "id": "1"}
    resources.add("Bundle.entry[0]", patient, "urn:uuid:1")
    for reference in (
        "urn:uuid:1",
        "Patient/1",
        "https://example.org/fhir/Patient/1",
        "Patient/1/_history/2",
    ):
        assert resources.target({"reference": reference}, holder) is patient
    assert resources.target({"reference": "#s"}, holder) == {"resourceType": "Specimen", "id": "s"}
    assert resources.target({"reference": "#x"}, holder) is None
    assert resources.target(None, holder) is None


def _of(number: int) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "2132-9"}]},
        "effectiveDateTime": f"2024-05-0{number}",
        "valueQuantity": {"value": 200 + number, "unit": "pg/mL"},
    }


def _bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "entry": [{"resource": resource} for resource in resources]}


def test_bundles_in_bundles_and_one_a_line_are_read(tmp_path: Path) -> None:
    nested, lines = tmp_path / "nested.json", tmp_path / "lines.ndjson"
    nested.write_text(json.dumps(_bundle(_of(1), _bundle(_of(2), _bundle()))), encoding="utf-8")
    assert [(one.where, one.value) for one in read_file(nested).candidates] == [
        ("Bundle.entry[0]", "201"),
        ("Bundle.entry[1].entry[0]", "202"),
    ]
    lines.write_text("\n".join(json.dumps(_bundle(_of(number))) for number in (1, 2)), encoding="utf-8")
    parsed = read_file(lines)
    assert parsed.format == "fhir-ndjson"
    assert [one.where for one in parsed.candidates] == ["line 1.entry[0]", "line 2.entry[0]"]


def test_bundles_nested_without_end_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.json"
    path.write_text('{"resourceType":"Bundle","entry":[{"resource":' * 30_000, encoding="utf-8")
    with pytest.raises(WorldError, match="nested without end"):
        read_file(path)
    start, end = '{"resourceType":"Bundle","entry":[{"resource":', "}]}"
    path.write_text(start * 60 + json.dumps(_of(1)) + end * 60, encoding="utf-8")
    with pytest.raises(WorldError, match="nested without end"):
        read_file(path)
    path.write_text(start * 20 + json.dumps(_of(1)) + end * 20, encoding="utf-8")
    assert len(read_file(path).candidates) == 1
