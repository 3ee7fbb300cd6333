"""Apple Health exports: clinical records are read, food is not, and no file can exhaust the memory."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from b12desk.domain.errors import WorldError
from b12desk.importers import apple_health, xml_stream
from b12desk.importers.detect import read_file
from tests.helpers.apple_export import (
    CLINICAL,
    DIETARY,
    RECORDS,
    STEPS,
    export_xml,
    observation,
    write_export,
)
from tests.importers.labs import DATA, reviewed


def refused(path: Path) -> str:
    with pytest.raises(WorldError) as raised:
        read_file(path)
    assert raised.value.code == "unreadable_file"
    assert raised.value.message.startswith(path.name)
    return raised.value.message


def test_clinical_records_are_read_with_their_person_and_place(tmp_path: Path) -> None:
    parsed = read_file(write_export(tmp_path / "export.zip", export_xml(STEPS, CLINICAL)))
    assert parsed.format == "apple-health"
    assert [(person.name, person.birth_date) for person in parsed.patients] == [("Anna Berg", "1970-02-03")]
    rows = reviewed(parsed)
    first = rows["clinical-records/Observation-1.json"]
    assert (first.analyte, first.value, first.unit) == ("serum_b12", "212.0", "pmol/L")
    assert first.collected == "2024-05-01T09:30:00+02:00"
    assert (first.reference_low, first.reference_high, first.state) == ("145", "569", "new")
    contained = rows["clinical-records/DiagnosticReport-5.json.contained[0]"]
    assert (contained.analyte, contained.value) == ("haemoglobin", "13.2")
    assert contained.collected == "2024-05-20T08:00:00+02:00"
    assert len(rows) == 3


def test_the_committed_export_is_read() -> None:
    parsed = read_file(DATA / "apple-export.zip")
    assert [(one.analyte, one.value) for one in parsed.candidates] == [
        ("serum_b12", "212.0"),
        ("serum_b12", "640.0"),
        ("haemoglobin", "13.2"),
    ]


def test_vitamin_b12_in_food_is_never_a_result(tmp_path: Path) -> None:
    path = write_export(tmp_path / "export.zip", export_xml(DIETARY, DIETARY), {})
    parsed = read_file(path)
    assert parsed.candidates == parsed.unmapped == []
    said = [problem.what for problem in parsed.problems]
    assert said == [
        "2 entries of vitamin B12 in food: no blood level, so not taken",
        "no laboratory results found",
    ]


@pytest.mark.parametrize("before", ["", "<!DOCTYPE HealthData SYSTEM 'http://127.0.0.1:9/health.dtd'>\n"])
def test_the_export_alone_says_that_the_records_stand_beside_it(tmp_path: Path, before: str) -> None:
    path = tmp_path / "export.xml"
    path.write_text(export_xml(STEPS, CLINICAL, before=before), encoding="utf-8")
    parsed = read_file(path)
    assert parsed.patients[0].birth_date == "1970-02-03"
    assert "names 1 laboratory records" in parsed.problems[0].what
    assert parsed.problems[-1].what == "no laboratory results found"


def test_the_export_is_found_whatever_the_phones_language_calls_it(tmp_path: Path) -> None:
    path = write_export(tmp_path / "Export.zip", export_xml(STEPS), name="exportación.xml")
    assert len(read_file(path).candidates) == 3


def test_a_broken_record_is_told_and_keeps_no_other_back(tmp_path: Path) -> None:
    records = {
        **RECORDS,
        "Observation-3.json": '{"resourceType": "Observation", ',
        "Observation-4.json": "[" * 100_000,
        "Observation-5.json": '{"resourceType": "Observation", "valueQuantity": {"value": NaN}}',
    }
    parsed = read_file(write_export(tmp_path / "export.zip", export_xml(), records))
    assert len(parsed.candidates) == 3
    assert [problem.where for problem in parsed.problems] == [
        f"clinical-records/Observation-{number}.json" for number in (3, 4, 5)
    ]


def test_records_of_two_hospitals_are_one_persons_unless_they_name_others(tmp_path: Path) -> None:
    second = {
        "resourceType": "Patient",
        "id": "x",
        "name": [{"text": "ANNA M. BERG"}],
        "birthDate": "1970-02-03",
    }
    other = {**second, "id": "y", "name": [{"text": "Otto Berg"}]}
    records = {
        **RECORDS,
        "Observation-7.json": observation(7, subject={"reference": "Patient/x"}),
        "Observation-8.json": observation(8, subject={"reference": "Patient/unknown"}),
        "Patient-x.json": second,
    }
    parsed = read_file(write_export(tmp_path / "one.zip", export_xml(), records))
    assert len(parsed.patients) == 1
    assert {one.patient for one in parsed.candidates} == {0}
    records |= {
        "Observation-9.json": observation(9, subject={"reference": "Patient/y"}),
        "Patient-y.json": other,
    }
    parsed = read_file(write_export(tmp_path / "two.zip", export_xml(), records))
    assert [person.name for person in parsed.patients] == ["Anna Berg", "Otto Berg"]


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ('<!DOCTYPE HealthData [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', "entity"),
        ('<!DOCTYPE HealthData [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "entity"),
        ('<!DOCTYPE HealthData [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;]>', "entity"),
    ],
)
def test_entities_are_refused(tmp_path: Path, before: str, told: str) -> None:
    path = tmp_path / "export.xml"
    path.write_text(export_xml(STEPS, before=before), encoding="utf-8")
    assert told in refused(path)


@pytest.mark.parametrize(
    ("tail", "told"),
    [
        ("<Record>" * 60_000, "nested without end"),
        ('<Record type="' + "x" * 6_000_000, "a tag does not end"),
        ("".join(f"<a{number}/>" for number in range(80_000)), "kinds of tags"),
        ("<Record", "broken XML in line"),
        ("\x00", "broken XML in line"),
    ],
    ids=["deep", "endless", "names", "cut", "zero"],
)
def test_xml_made_to_harm_or_cut_off_is_refused_with_the_line(tmp_path: Path, tail: str, told: str) -> None:
    path = tmp_path / "export.xml"
    path.write_text(export_xml(STEPS).removesuffix("</HealthData>\n") + tail, encoding="utf-8")
    message = refused(path)
    assert told in message
    assert "line " in message


def test_a_cut_off_archive_and_a_wrong_checksum_are_told(tmp_path: Path) -> None:
    whole = write_export(tmp_path / "whole.zip", export_xml(*[STEPS] * 200)).read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[: len(whole) // 2])
    assert "its end is missing" in refused(cut)
    at = whole.index(b"export.xml", whole.index(b"ClinicalDocument") if b"ClinicalDocument" in whole else 0)
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(whole[: at + 60] + b"\xff" * 20 + whole[at + 80 :])
    assert "damaged" in refused(damaged)


@pytest.mark.parametrize(
    "name", ["../../outside.xml", "/etc/export.xml", "C:\\export.xml", "a\\..\\..\\b.xml"]
)
def test_a_name_that_points_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("apple_health_export/export.xml", export_xml(STEPS))
        archive.writestr(name, export_xml(STEPS))
    assert "points out of it" in refused(path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_locked_archive_is_said_to_be_locked(tmp_path: Path) -> None:
    path = write_export(tmp_path / "export.zip", export_xml(STEPS))
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(data)
    assert "locked with a password" in refused(path)


def test_a_list_of_files_that_fills_the_memory_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 2**31, 0, 0)
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 100 + end)
    assert "too many files" in refused(path)


def test_an_export_that_unpacks_to_more_than_a_phone_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_export(tmp_path / "export.zip", export_xml(*[STEPS] * 5000))
    monkeypatch.setattr(apple_health, "MAX_EXPORT", 100_000)
    assert "would unpack to" in refused(path)


def test_a_record_that_unpacks_to_too_much_is_left_out_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apple_health, "MAX_RECORD", 2000)
    large = observation(6, note=[{"text": "x" * 5000}])
    path = write_export(tmp_path / "export.zip", export_xml(), {**RECORDS, "Observation-6.json": large})
    parsed = read_file(path)
    assert len(parsed.candidates) == 3
    assert parsed.problems[0].where == "clinical-records/Observation-6.json"


def test_reading_can_be_stopped_and_says_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_stream, "CHUNK", 1000)
    path = tmp_path / "export.xml"
    path.write_text(export_xml(*[STEPS] * 500), encoding="utf-8")
    counts: list[int] = []
    read_file(path, counts.append)
    assert counts == sorted(counts)
    assert counts[-1] > 1500

    def stop(_count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_file(path, stop)
