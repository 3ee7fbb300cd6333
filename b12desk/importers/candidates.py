"""What a reader finds in a laboratory file: candidates for results, the people in it, what was not read.

Readers return these and never write. `review` gives each candidate its state; the person decides; only then
`to_lab_result` makes a record of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from b12desk.domain.analytes import catalogue
from b12desk.domain.errors import Invalid
from b12desk.domain.questions import Question
from b12desk.domain.records import Comparator, LabResult, LabStatus

State = Literal["new", "duplicate", "conflict", "question", "excluded"]
NO_SAMPLE_DATE = Question(
    "sample_date", "The file has no sample date. On which day was the sample taken?", ()
)
FileFormat = Literal["csv", "tsv", "xlsx", "fhir-r4", "fhir-ndjson", "cda", "hl7v2", "apple-health", "pdf"]


@dataclass(slots=True)
class Candidate:
    """One result as the file prints it; the fields are those of `LabResult`.

    Attributes:
        collected: None while the file has no sample date; a person must give it before it can be kept.
        place: where it stands: a row number of a table, or a path such as "Bundle.entry[3]".
        patient: index into `Parsed.patients`, None where the file names nobody.
        reason: one sentence on why it is excluded, a duplicate or a conflict.
        other: id of the recorded result that it repeats, contradicts or replaces.
        other_place: where in the same file the earlier one stands, when that is what it repeats.
        replaces: a corrected value, which takes the place of `other`.
        set_aside: excluded by the review, not by the reader.
        assigned_by_hand: the person said which analyte it is.
        accepted: the person's own word on this row, keep or leave out; None while there is none.
    """

    place: int | str
    analyte: str | None = None
    loinc: str | None = None
    name: str | None = None
    collected: str | None = None
    value: str | None = None
    comparator: Comparator | None = None
    text: str | None = None
    unit: str | None = None
    unit_reported: str | None = None
    reference_low: str | None = None
    reference_high: str | None = None
    reference_text: str | None = None
    flag: str | None = None
    status: LabStatus = "unknown"
    lab: str | None = None
    method: str | None = None
    specimen: str | None = None
    note: str | None = None
    patient: int | None = None
    questions: tuple[Question, ...] = ()
    state: State = "new"
    reason: str | None = None
    other: str | None = None
    other_place: int | str | None = None
    replaces: bool = False
    set_aside: bool = False
    assigned_by_hand: bool = False
    accepted: bool | None = None

    @property
    def where(self) -> str:
        """ "row 12" or the path in the file."""
        return place_text(self.place)

    def answer(self, option: str) -> None:
        """Take the person's answer to the first open question; "no" leaves the row out.

        An option of `ambiguous_number` is the reading that is on the report.
        """
        if option == "no":
            self.accepted = False
            return
        if self.questions:
            if self.questions[0].id == "ambiguous_number":
                self.value = option
            self.questions = self.questions[1:]
        if not self.questions:
            self.accepted = True

    def to_json(self) -> dict[str, Any]:
        """The candidate as `import --json` prints it."""
        analyte = catalogue().by_id.get(self.analyte) if self.analyte else None
        value_si = analyte.to_si(self.value, self.unit) if analyte and self.value is not None else None
        data: dict[str, Any] = {
            "analyte": self.analyte,
            "loinc": self.loinc,
            "name": self.name,
            "collected_at": self.collected,
            "value": self.value,
            "comparator": self.comparator,
            "text": self.text,
            "unit": self.unit,
            "unit_reported": self.unit_reported,
            "value_si": value_si,
            "unit_si": analyte.si if analyte and value_si is not None else None,
            "reference_low": self.reference_low,
            "reference_high": self.reference_high,
            "reference_text": self.reference_text,
            "flag": self.flag,
            "status": self.status,
            "state": self.state,
            "questions": [_question_json(question) for question in self.questions],
            "where": self.where,
            "lab": self.lab,
            "specimen": self.specimen,
            "note": self.note,
            "reason": self.reason,
            "repeats": self.other or (place_text(self.other_place) if self.other_place is not None else None),
            "replaces": self.replaces,
        }
        if self.patient is not None:
            data["patient"] = self.patient
        return data

    def to_lab_result(
        self, new_id: str, *, person_id: str, recorded_by: str, recorded_at: datetime, document_id: str | None
    ) -> LabResult:
        """The record of this candidate, once it is accepted.

        Raises:
            Invalid: it still has no sample date.
        """
        if self.collected is None:
            raise Invalid(
                "has no sample date; please give the day on which the sample was taken.", self.where
            )
        return LabResult(
            id=new_id,
            person_id=person_id,
            recorded_by=recorded_by,
            recorded_at=recorded_at,
            analyte=self.analyte,
            name=self.name,
            loinc=self.loinc,
            collected=self.collected,
            value=self.value,
            comparator=self.comparator,
            text=self.text,
            unit=self.unit,
            unit_reported=self.unit_reported,
            reference_low=self.reference_low,
            reference_high=self.reference_high,
            reference_text=self.reference_text,
            flag=self.flag,
            status=self.status,
            lab=self.lab,
            method=self.method,
            specimen=self.specimen,
            document_id=document_id,
            where=self.where,
            note=self.note,
        )


@dataclass(frozen=True, slots=True)
class FilePatient:
    """A person as the file names them; `number` is the file's own patient number."""

    name: str | None = None
    birth_date: str | None = None
    number: str | None = None

    @property
    def label(self) -> str:
        """What to call them: the name, else the number."""
        return self.name or self.number or "unnamed"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that could not be read; `where` is a place in the file, `what` one sentence."""

    where: str
    what: str


@dataclass
class Parsed:
    """One file, read.

    Attributes:
        candidates: results of the analytes that the diary knows.
        unmapped: results of other tests, kept visible and never guessed.
        patients: the people that the results belong to; several of them stop the import until one is chosen.
        unread: lines of a printed report that were not read as results, by place, for the person to see.
        reviewed: the candidates bear the states of a review.
    """

    file: str
    format: FileFormat
    candidates: list[Candidate] = field(default_factory=list)
    unmapped: list[Candidate] = field(default_factory=list)
    patients: list[FilePatient] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)
    reviewed: bool = False

    def to_json(self) -> dict[str, Any]:
        """The file as one entry of `files` in `import --json`."""
        counts = [0] * len(self.patients)
        for candidate in self.candidates:
            if candidate.patient is not None:
                counts[candidate.patient] += 1
        unread = [{"where": line.where, "what": line.what} for line in self.unread]
        return {
            "file": self.file,
            "format": self.format,
            "patients": [
                {"name": patient.label, "birth_date": patient.birth_date, "results": count}
                for patient, count in zip(self.patients, counts, strict=True)
            ],
            "results": [candidate.to_json() for candidate in self.candidates],
            "unmapped": [candidate.to_json() for candidate in self.unmapped],
            "problems": [{"where": problem.where, "what": problem.what} for problem in self.problems],
        } | ({"unread": unread} if unread else {})


def place_text(place: int | str) -> str:
    """A place for people: a row number becomes "row 12"."""
    return f"row {place}" if isinstance(place, int) else place


def _question_json(question: Question) -> dict[str, Any]:
    return {"id": question.id, "text": question.text, "options": list(question.options)}
