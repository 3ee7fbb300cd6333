"""Helpers of the import tests: our own files, tables written on the spot, records made of candidates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from b12desk.domain.records import LabResult, Person
from b12desk.importers.candidates import Candidate, Parsed
from b12desk.importers.detect import read_file
from b12desk.importers.review import review

DATA = Path(__file__).resolve().parents[1] / "data" / "labs"
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
ANNA = Person(id="anna", person_id="anna", recorded_at=NOW, name="Anna Berg", birth_date=date(1970, 2, 3))

HEADER = "Date,Test,Result,Unit\n"


def table(folder: Path, text: str, name: str = "labs.csv", encoding: str = "utf-8") -> Parsed:
    """A table written to a file and read."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return read_file(path)


def reviewed(parsed: Parsed, existing: list[LabResult] | None = None) -> dict[str, Candidate]:
    """The candidates after a review, by place."""
    review(parsed, existing or [], today=TODAY)
    return {candidate.where: candidate for candidate in parsed.candidates}


def recorded(candidate: Candidate, new_id: str = "r1") -> LabResult:
    """The record of a candidate."""
    return candidate.to_lab_result(
        new_id, person_id="anna", recorded_by="import", recorded_at=NOW, document_id="d1"
    )
