"""HL7 v2 messages: separators, line ends, codes, times, statuses, and what is broken."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from b12desk.domain.errors import WorldError
from b12desk.importers.candidates import Candidate, FilePatient, Parsed
from b12desk.importers.detect import read_file
from tests.importers.labs import DATA, reviewed

HEAD = "MSH|^~\\&|LAB|North|||20240101||ORU^R01|1|P|2.5\rPID|1||7||Berg^Anna||19700203\r"
ORDER = "OBR|1||A1|X^Panel|||202401020815\r"


def message(folder: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8") -> Parsed:
    """A message of these segments, written and read."""
    path = folder / "labs.hl7"
    path.write_bytes((head + "\r".join(lines) + "\r").encode(encoding))
    return read_file(path)


def only(parsed: Parsed) -> Candidate:
    [candidate] = parsed.candidates
    return candidate


def test_our_latin_1_file_with_cr_is_read_whole() -> None:
    parsed = read_file(DATA / "hl7-latin-1.hl7")
    found = {candidate.analyte: candidate for candidate in parsed.candidates}
    assert parsed.format == "hl7v2"
    assert parsed.patients == [FilePatient("Anna M. Berg", "1970-02-03", "P-17")]
    assert set(found) == {"serum_b12", "creatinine", "egfr", "folate_red_cell"}
    b12 = found["serum_b12"]
    assert (b12.value, b12.unit, b12.unit_reported) == ("259", "pmol/L", "pmol/l")
    assert b12.collected == "2024-03-11"
    assert (b12.reference_low, b12.reference_high, b12.status) == ("140", "725", "final")
    assert (b12.lab, b12.specimen) == ("Testlabor Nord", "A-500")
    assert b12.note == "Bitte nüchtern wiederholen.\nKontrolle in 6 Wochen: 300"
    assert found["creatinine"].unit == "umol/L"
    assert (found["egfr"].value, found["egfr"].comparator) == ("60", ">")
    assert [candidate.name for candidate in parsed.unmapped] == ["Creatinkinase", "Folsäure"]


def test_a_batch_with_two_kinds_of_separators_and_a_correction() -> None:
    parsed = read_file(DATA / "hl7-batch.hl7")
    found = reviewed(parsed)
    assert len(parsed.patients) == 1
    assert found["line 6, OBX 1 under OBR 1"].state == "excluded"
    corrected = found["line 17, OBX 1 under OBR 1"]
    assert (corrected.value, corrected.status, corrected.state) == ("215", "corrected", "new")
    assert corrected.name == "Cobalamin % more"
    assert found["line 6, OBX 1 under OBR 1"].method is None
    by_analyte = {candidate.analyte: candidate for candidate in parsed.candidates}
    assert (by_analyte["mma_serum"].comparator, by_analyte["mma_serum"].value) == ("<", "0.10")
    assert by_analyte["if_antibody"].text == "Negative"
    assert by_analyte["potassium"].loinc is None
    assert by_analyte["ferritin"].state == "excluded"
    assert [candidate.text for candidate in parsed.unmapped] == ["1:128"]
    told = " ".join(problem.what for problem in parsed.problems)
    assert "type ACK" in told
    assert "embedded document" in told


def test_oddities_are_asked_about_or_set_aside_never_guessed() -> None:
    found = {
        candidate.name: candidate for candidate in reviewed(read_file(DATA / "hl7-oddities.hl7")).values()
    }
    assert (found["Kalium"].value, found["Kalium"].comparator) == ("10.0", ">")
    assert found["Kalium"].collected == "2024-04-29T10:11:12"
    assert found["Ferritin"].unit is None
    assert found["Ferritin"].state == "question"
    assert found["LDH"].state == "excluded"
    assert found["HEMOGLOBIN"].unit == "g/L"
    assert found["WBC COUNT"].unit == "10*9/L"
    assert found["PLATELETS"].state == "excluded"
    assert found["TSH"].status == "entered_in_error"
    assert found["TSH"].state == "excluded"
    assert found["MMA"].analyte == "mma_urine"
    assert found["Vitamin B12"].collected is None
    assert "Leukozyten" not in found


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n"])
def test_every_line_end_gives_the_same(tmp_path: Path, ending: str) -> None:
    text = HEAD + ORDER + "OBX|1|NM|2132-9^B12^LN||210|pg/mL|200-900||||F"
    path = tmp_path / "labs.txt"
    path.write_text("\x0b" + text.replace("\r", ending) + ending + "\x1c", newline="")
    assert only(read_file(path)).value == "210"


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("20240102", "2024-01-02"),
        ("202401020000", "2024-01-02"),
        ("20240102000000-0500", "2024-01-02"),
        ("20240102081530.1234+0100", "2024-01-02T08:15:30.1234+01:00"),
        ("202401020815-500", "2024-01-02T08:15"),
        ("202401029999", "2024-01-02"),
    ],
)
def test_sample_times_keep_their_precision_and_offset(tmp_path: Path, printed: str, iso: str) -> None:
    parsed = message(tmp_path, f"OBR|1||A|X|||{printed}", "OBX|1|NM|B12^Vitamin B12||210|pmol/L|||||F")
    assert only(parsed).collected == iso


@pytest.mark.parametrize("printed", ["2024", "202413", "20240230", "00000101", "soon"])
def test_a_time_that_names_no_day_sets_the_result_aside(tmp_path: Path, printed: str) -> None:
    parsed = message(tmp_path, f"OBR|1||A|X|||{printed}", "OBX|1|NM|B12^Vitamin B12||210|pmol/L|||||F")
    assert only(parsed).state == "excluded"
    assert only(parsed).collected is None


def test_the_year_9999_is_set_aside_as_in_the_future(tmp_path: Path) -> None:
    parsed = message(tmp_path, "OBR|1||A|X|||99991231", "OBX|1|NM|B12^Vitamin B12||210|pmol/L|||||F")
    [candidate] = reviewed(parsed).values()
    assert candidate.state == "excluded"
    assert "future" in (candidate.reason or "")


@pytest.mark.parametrize("printed", ["NaN", "1e999", "Infinity", "--5", "1.2.3"])
def test_what_is_no_number_is_set_aside(tmp_path: Path, printed: str) -> None:
    parsed = message(tmp_path, ORDER.strip(), f"OBX|1|NM|B12^Vitamin B12||{printed}|pmol/L|||||F")
    assert only(parsed).state == "excluded"
    assert only(parsed).value is None


def test_a_number_with_a_comma_in_a_text_field_is_asked_about(tmp_path: Path) -> None:
    parsed = message(tmp_path, ORDER.strip(), "OBX|1|ST|B12^Vitamin B12||1,000|pmol/L|||||F")
    assert [question.id for question in only(parsed).questions][:1] == ["ambiguous_number"]


def test_a_line_end_within_a_value_never_shortens_it(tmp_path: Path) -> None:
    parsed = message(tmp_path, ORDER.strip(), "OBX|1|NM|B12^Vitamin B12||21", "0|pmol/L|||||F")
    assert only(parsed).value is None
    assert only(parsed).state == "excluded"


def test_escapes_are_resolved_with_the_separators_of_the_message(tmp_path: Path) -> None:
    parsed = message(
        tmp_path, ORDER.strip(), "OBX|1|ST|X^A\\T\\B \\F\\ \\X41\\ \\H\\c\\N\\\\.br\\||1|x|||||F"
    )
    assert [candidate.name for candidate in parsed.unmapped] == ["A&B | A c"]


def test_two_people_in_one_file_are_kept_apart(tmp_path: Path) -> None:
    result = "OBX|1|NM|B12^Vitamin B12||210|pmol/L|||||F"
    other = "PID|1||8||Lind^Eva||19810930"
    parsed = message(tmp_path, ORDER.strip(), result, other, ORDER.strip(), result)
    assert [patient.name for patient in parsed.patients] == ["Anna Berg", "Eva Lind"]
    assert [candidate.patient for candidate in parsed.candidates] == [0, 1]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("MSH|^~\\&|", "without a laboratory result"),
        ("MSH|^~\\&|||||||ADT^A01|1|P|2.5\rPID|1||7", "type ADT"),
        ("MSH|^~\\&|||||||ADT\nof ours|1|P|2.5\rPID|1||7", "type ADT of ours"),
        ("MSH||||\rOBX|1|NM|x||1", "separators in line 1"),
        ("MSH|^^^^|x\rOBX|1", "separators in line 1"),
        (HEAD + "NTE|1\r" * 200_001, "more than 200000 segments"),
        (HEAD + ORDER + "OBX|1|NM|B12^Vitamin B12||21", "cut off"),
    ],
)
def test_a_broken_or_foreign_message_is_refused_in_one_sentence(
    tmp_path: Path, content: str, told: str
) -> None:
    path = tmp_path / "labs.hl7"
    path.write_text(content, newline="")
    with pytest.raises(WorldError, match=told) as refused:
        read_file(path)
    assert refused.value.code == "unreadable_file"
    assert refused.value.message.startswith("labs.hl7 ")


def test_fields_and_components_without_end_stay_cheap(tmp_path: Path) -> None:
    many = "^" * 2_000_000
    before = time.process_time()
    parsed = message(tmp_path, ORDER.strip(), f"OBX|1|CWE|X^Y{many}||{many}|{many}|{'|' * 2_000_000}")
    assert time.process_time() - before < 2
    assert parsed.candidates == []


def test_bytes_of_no_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "labs.hl7"
    path.write_bytes((HEAD + ORDER).encode() + b"OBX|1|ST|X^\x81\x8d||1\r")
    with pytest.raises(WorldError, match="byte"):
        read_file(path)
