"""Real public laboratory files against their hand-checked answer keys, by the rules of the keys' own README.

The files are no part of this project; they are read where they are (B12DESK_LAB_FILES, or ../shared/lab_files
beside the checkout) and the module skips, saying so, where they are not.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from b12desk.domain import ucum
from b12desk.domain.errors import WorldError
from b12desk.importers.candidates import Candidate, Parsed
from b12desk.importers.detect import read_file
from b12desk.importers.review import review
from b12desk.importers.settle import settle

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("B12DESK_LAB_FILES", ROOT.parent / "shared" / "lab_files"))
TODAY = date(2026, 11, 21)
READ_NOW = (
    *("csv/*.csv", "csv/*.tsv", "xlsx/*.xlsx", "fhir/*.json", "fhir/us-core/*.json"),
    *("hl7v2/*", "cda/*.xml", "apple/*", "pdf/*.pdf"),
)

FILES = sorted(path for pattern in READ_NOW for path in FOLDER.glob(pattern)) if FOLDER.is_dir() else []

REFUSED = {"onc-NT_BadXml_r11_v2.xml": "line 59"}
"""Broken files, which end in one sentence, and the place that it names."""

READ = [path for path in FILES if path.name not in REFUSED]

pytestmark = pytest.mark.skipif(
    not FILES, reason=f"no laboratory files in {FOLDER}; set B12DESK_LAB_FILES to their folder"
)


@dataclass
class Score:
    """How a reader did on one file; everything but `found` and `held` is a fault."""

    found: int = 0
    held: int = 0
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    trapped: list[str] = field(default_factory=list)
    digits_lost: list[str] = field(default_factory=list)
    second_rank: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        return self.missing + self.wrong + self.extra + self.trapped


def key_of(path: Path) -> dict[str, Any]:
    return json.loads((FOLDER / "expected" / f"{path.name}.json").read_text(encoding="utf-8"))


def quantity(value: str | None, unit: str | None) -> tuple[object, ...]:
    """Value and unit as one quantity, so that equal units agree; meq of potassium counts as mmol."""
    if value is None:
        return (None, unit)
    measured = ucum.measure((unit or "1").replace("meq", "mmol").replace("mU/", "m[IU]/"))
    if measured is None:
        return (Fraction(value), unit)
    return (Fraction(value) * measured.scale, measured.dimension)


def same_time(ours: str | None, theirs: str | None) -> bool:
    """Equal at the coarser precision; with offsets, the same instant and the same printed day."""
    if ours is None or theirs is None:
        return ours is None and theirs is None
    if len(ours) > 19 and len(theirs) > 19:
        return datetime.fromisoformat(ours) == datetime.fromisoformat(theirs) and ours[:10] == theirs[:10]
    length = min(len(ours), len(theirs), 19)
    return ours[:length] == theirs[:length]


def same_person(parsed: Parsed, ours: Candidate, theirs: dict[str, Any]) -> bool:
    if "patient_id" not in theirs or ours.patient is None:
        return "patient_id" not in theirs
    person = parsed.patients[ours.patient]
    return theirs["patient_id"] in (person.number, person.name)


def same_test_and_time(parsed: Parsed, ours: Candidate, theirs: dict[str, Any]) -> bool:
    times = [theirs["collected_at"], *theirs.get("collected_at_also", [])]
    return (
        ours.analyte == theirs["analyte"]
        and any(same_time(ours.collected, time) for time in times)
        and same_person(parsed, ours, theirs)
    )


def same_result(parsed: Parsed, ours: Candidate, theirs: dict[str, Any]) -> bool:
    return (
        same_test_and_time(parsed, ours, theirs)
        and quantity(ours.value, ours.unit) == quantity(theirs["value"], theirs["unit"])
        and (ours.comparator or "=") == (theirs["comparator"] or "=")
        and (ours.text or "").strip().casefold() == (theirs["text"] or "").strip().casefold()
    )


def is_open(parsed: Parsed, ours: Candidate, key: dict[str, Any]) -> bool:
    """Whether the key leaves this reading open; then it must be held for review, as it is printed."""
    return any(
        ours.analyte == theirs["analyte"]
        and same_time(ours.collected, theirs.get("collected_at"))
        and same_person(parsed, ours, theirs)
        and ours.value is not None
        and Decimal(ours.value) == Decimal(theirs["value"])
        and ours.unit_reported == theirs["unit_reported"]
        for theirs in key["ambiguous"]
        if theirs["analyte"] and theirs["value"]
    )


def compare(parsed: Parsed, key: dict[str, Any]) -> Score:
    score = Score()
    ours = [candidate for candidate in parsed.candidates if candidate.state not in ("duplicate", "excluded")]
    for theirs in key["results"]:
        match = next((candidate for candidate in ours if same_result(parsed, candidate, theirs)), None)
        label = f"{theirs['analyte']} {theirs['value'] or theirs['text']} {theirs['unit']} {theirs['where']}"
        if match is None:
            near = [candidate for candidate in ours if same_test_and_time(parsed, candidate, theirs)]
            if near:
                score.wrong.append(f"{label}: {near[0].value} {near[0].unit}")
            elif not theirs.get("optional"):
                score.missing.append(label)
            continue
        ours.remove(match)
        score.found += 1
        check_digits(score, match, theirs, label)
        check_second_rank(score, match, theirs, label)
    for candidate in ours:
        if is_open(parsed, candidate, key) and candidate.state == "question":
            score.held += 1
        else:
            score.extra.append(f"{candidate.analyte} {candidate.value} {candidate.unit} {candidate.where}")
    return score


def check_digits(score: Score, ours: Candidate, theirs: dict[str, Any], label: str) -> None:
    printed = theirs["value"]
    if printed is not None and ours.value != (f"0{printed}" if printed.startswith(".") else printed):
        score.digits_lost.append(f"{label}: {ours.value}")


def check_second_rank(score: Score, ours: Candidate, theirs: dict[str, Any], label: str) -> None:
    for name in ("loinc", "name", "reference_low", "reference_high", "status"):
        mine, wanted = getattr(ours, name), theirs[name]
        if name == "status":
            mine, wanted = mine.replace("unknown", ""), wanted or ""
        if name.startswith("reference") and (ours.reference_text or not mine or not wanted):
            continue  # an odd range is kept as text
        if name.startswith("reference"):
            mine, wanted = Decimal(mine), Decimal(wanted)
        if mine != wanted and wanted is not None:
            score.second_rank.append(f"{label}: {name} {mine!r}, key {wanted!r}")


def unique(key: dict[str, Any]) -> dict[str, Any]:
    """The key with exact duplicates collapsed, as its rules say."""
    fields = ("patient_id", "analyte", "collected_at", "value", "comparator", "text", "unit")
    seen: Counter[tuple[object, ...]] = Counter()
    kept = []
    for result in key["results"]:
        identity = tuple(result.get(name) for name in fields)
        seen[identity] += 1
        if seen[identity] == 1:
            kept.append(result)
    return {**key, "results": kept}


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_every_file_agrees_with_its_key(path: Path) -> None:
    parsed = read_file(path)
    review(parsed, [], today=TODAY)
    score = compare(parsed, unique(key_of(path)))
    assert score.faults == []
    assert score.digits_lost == []
    assert score.second_rank == []


@pytest.mark.parametrize("path", [path for path in FILES if path.name in REFUSED], ids=lambda path: path.name)
def test_a_file_that_must_be_refused_names_the_place(path: Path) -> None:
    assert key_of(path)["must_refuse"]
    with pytest.raises(WorldError, match=REFUSED[path.name]) as refused:
        read_file(path)
    assert refused.value.code == "unreadable_file"


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_nothing_is_filed_where_the_key_leaves_it_open(path: Path) -> None:
    """What the key leaves open is never among what an import without further answers writes."""
    parsed, key = read_file(path), key_of(path)
    settled = settle(review(parsed, [], today=TODAY))
    written = [candidate for candidate, _ in settled.write]
    assert [candidate for candidate in written if is_open(parsed, candidate, key)] == []


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_several_people_stop_the_import_and_one_is_named(path: Path) -> None:
    parsed, key = read_file(path), key_of(path)
    reviewed = review(parsed, [], today=TODAY)
    if key.get("multi_patient"):
        assert reviewed.choose_patient
        assert settle(reviewed).write == []
        return
    assert len(parsed.patients) <= 1
    name, born = key["patient"]["name"], key["patient"]["birth_date"]
    if name is not None:
        assert parsed.patients[0].name is not None
        assert set(parsed.patients[0].name.casefold().split()) == set(name.casefold().split())
        assert parsed.patients[0].birth_date == born


@pytest.mark.parametrize("path", READ, ids=lambda path: path.name)
def test_a_second_import_of_the_same_file_brings_nothing_new(path: Path) -> None:
    parsed = read_file(path)
    choice = parsed.patients[0].label if len(parsed.patients) > 1 else None
    first = settle(review(parsed, [], today=TODAY, patient=choice), accept_questions=True)
    stamp = datetime.fromisoformat("2026-11-21T10:00:00+00:00")
    recorded = [
        candidate.to_lab_result(
            str(number), person_id="p", recorded_by="import", recorded_at=stamp, document_id=None
        )
        for number, (candidate, _) in enumerate(first.write)
    ]
    again = read_file(path)
    settled = settle(review(again, recorded, today=TODAY, patient=choice), accept_questions=True)
    assert [(candidate.where, candidate.reason) for candidate, _ in settled.write] == []
