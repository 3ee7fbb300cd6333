"""CDA documents and excerpts: coded entries, values in odd places, and XML that is broken or hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

from b12desk.domain.errors import WorldError
from b12desk.importers.candidates import Candidate, FilePatient, Parsed
from b12desk.importers.detect import read_file
from tests.importers.labs import DATA, reviewed

LOINC = 'codeSystem="2.16.840.1.113883.6.1"'


def excerpt(
    folder: Path, value: str, code: str = "2132-9", around: str = "", when: str = "20240102"
) -> Parsed:
    """An excerpt with one result, written and read."""
    path = folder / "labs.xml"
    path.write_text(
        f'<section><code code="30954-2" {LOINC}/>{around}<entry><observation><code code="{code}" '
        f'displayName="A test" {LOINC}/><statusCode code="completed"/><effectiveTime value="{when}"/>{value}'
        "</observation></entry></section>",
        encoding="utf-8",
    )
    return read_file(path)


def only(parsed: Parsed) -> Candidate:
    [candidate] = parsed.candidates
    return candidate


def test_our_document_is_read_by_its_coded_entries_only() -> None:
    parsed = read_file(DATA / "cda-document.xml")
    found = {candidate.analyte: candidate for candidate in reviewed(parsed).values()}
    assert parsed.format == "cda"
    assert parsed.patients == [FilePatient("Anna Berg", "1970-02-03", "N-4")]
    assert set(found) == {"serum_b12", "if_antibody", "mma_serum", "ferritin"}
    b12 = found["serum_b12"]
    assert (b12.value, b12.unit, b12.loinc, b12.name) == ("210.0", "pg/mL", "2132-9", "Vitamin B12, serum")
    assert b12.collected == "2024-05-02T08:30+02:00"
    assert (b12.reference_low, b12.reference_high, b12.flag, b12.status) == ("200", "900", "Low", "final")
    assert (b12.lab, b12.method, b12.specimen) == ("Testlabor Nord", "Immunoassay", "S-9")
    assert found["if_antibody"].text == "negative"
    mma = found["mma_serum"]
    assert (mma.comparator, mma.value, mma.status, mma.collected) == (
        "<",
        "0.10",
        "preliminary",
        "2024-05-03",
    )
    assert (mma.reference_low, mma.reference_high, mma.reference_text) == (None, None, "0 - 400 nmol/L")
    assert found["ferritin"].state == "excluded"
    assert [candidate.name for candidate in parsed.unmapped] == ["Urea nitrogen"]


def test_our_excerpt_with_an_undeclared_prefix_is_read() -> None:
    platelets, b12 = read_file(DATA / "cda-excerpt.xml").candidates
    assert (platelets.value, platelets.unit, platelets.unit_reported) == ("152", "10*3/uL", "THOUS/MCL")
    assert platelets.name == "Platelet count"
    assert (platelets.reference_low, platelets.reference_high) == ("150", "400")
    assert platelets.collected == "2024-02-13T10:37:00-06:00"
    assert [question.id for question in b12.questions] == ["sample_date"]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ('<value type="PQ" value="210" unit="pg/mL"/>', (None, "210", "pg/mL")),
        ('<value value="210" unit="pg/mL"/>', (None, "210", "pg/mL")),
        (
            '<value xsi:type="PQ" value="210"><translation value="210" unit="pg/mL"/></value>',
            (None, "210", "pg/mL"),
        ),
        ('<value xsi:type="IVL_PQ"><low value="2000" unit="pg/mL"/></value>', (">", "2000", "pg/mL")),
        (
            '<value xsi:type="IVL_PQ"><high value="50" unit="pg/mL" inclusive="true"/></value>',
            ("<=", "50", "pg/mL"),
        ),
        ('<value xsi:type="ST">210 pg/mL</value>', (None, "210", "pg/mL")),
    ],
)
def test_values_are_found_where_senders_put_them(
    tmp_path: Path, value: str, read: tuple[str | None, str, str]
) -> None:
    candidate = only(excerpt(tmp_path, value))
    assert (candidate.comparator, candidate.value, candidate.unit) == read


@pytest.mark.parametrize(
    "value",
    [
        '<value xsi:type="PQ" nullFlavor="NA"/>',
        '<value xsi:type="PQ" value="NaN" unit="pg/mL"/>',
        '<value xsi:type="PQ" value="1e999" unit="pg/mL"/>',
        '<value xsi:type="IVL_PQ"><low value="3" unit="pg/mL"/><high value="5" unit="pg/mL"/></value>',
        '<value xsi:type="CD" code="260415000" displayName="Not detected"/>',
    ],
)
def test_what_is_no_number_is_never_made_one(tmp_path: Path, value: str) -> None:
    candidate = only(excerpt(tmp_path, value))
    assert candidate.value is None
    assert candidate.state == "excluded"


@pytest.mark.parametrize(("when", "told"), [("2024", "no single day"), ("00000101", "no single day")])
def test_a_time_without_a_day_sets_the_result_aside(tmp_path: Path, when: str, told: str) -> None:
    candidate = only(excerpt(tmp_path, '<value xsi:type="PQ" value="1" unit="pg/mL"/>', when=when))
    assert told in (candidate.reason or "")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<ClinicalDocument><a>", "is cut off: it ends in line 1"),
        ("<ClinicalDocument>\n<a></b></ClinicalDocument>", "broken XML in line 2"),
        ("<ClinicalDocument/>", "without laboratory results"),
        ("<html><body/></html>", "XML or HTML"),
        ("<?xml version='1.0' encoding='no-such'?><section/>", "cannot be read|unknown encoding"),
        ("<section>" * 100_000, "nested without end"),
        ("<section>" + "<a/>" * 600_000, "more than 500000 elements"),
        ("<section>&nbsp;</section>", "undefined entity"),
    ],
)
def test_broken_or_foreign_xml_is_refused_in_one_sentence(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "labs.xml"
    path.write_text(content)
    with pytest.raises(WorldError, match=told) as refused:
        read_file(path)
    assert refused.value.code == "unreadable_file"
    assert refused.value.message.startswith("labs.xml ")


@pytest.mark.parametrize(
    "dtd",
    [
        '<!DOCTYPE section [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE section [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE section [<!ENTITY % a SYSTEM "http://example.invalid/x">%a;]>',
    ],
)
def test_entities_are_refused_before_they_are_resolved(tmp_path: Path, dtd: str) -> None:
    path = tmp_path / "labs.xml"
    path.write_text(f"{dtd}<section>&b;&a;</section>")
    with pytest.raises(WorldError, match="defines an entity of its own"):
        read_file(path)


def test_a_document_about_several_people_is_refused(tmp_path: Path) -> None:
    role = "<recordTarget><patientRole><id extension='{}'/></patientRole></recordTarget>"
    path = tmp_path / "labs.xml"
    path.write_text(f"<ClinicalDocument>{role.format(1)}{role.format(2)}</ClinicalDocument>")
    with pytest.raises(WorldError, match="several people"):
        read_file(path)


def test_results_on_one_line_have_places_of_their_own(tmp_path: Path) -> None:
    value = '<value xsi:type="PQ" value="1" unit="pg/mL"/>'
    more = f'<entry><observation><code code="2276-4" displayName="F" {LOINC}/>{value}</observation></entry>'
    parsed = excerpt(tmp_path, value, around=more)
    assert [candidate.where for candidate in parsed.candidates] == ["line 1, result 1", "line 1, result 2"]
