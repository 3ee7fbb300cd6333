"""Importing laboratory files: looked over first, then written in one action that one undo takes back."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from b12desk.desk.context import Context
from b12desk.desk.lab_assignments import LabAssignments
from b12desk.desk.outcome import Outcome
from b12desk.domain.analytes import Analyte
from b12desk.domain.errors import WorldError
from b12desk.domain.questions import Message
from b12desk.domain.records import Document, LabResult, Person
from b12desk.domain.wording import count
from b12desk.importers.assigning import RawTest, assign, check, raw_test_of, take_back
from b12desk.importers.candidates import Candidate, Parsed
from b12desk.importers.detect import read_file
from b12desk.importers.review import Review, give_date, review
from b12desk.importers.samples import RecordedRow
from b12desk.importers.settle import Conflicts, Settled, settle
from b12desk.importers.tabular import Tick
from b12desk.store.diary import Change

KEPT_UP_TO = 50 * 2**20
"""Larger originals stay outside the diary; their name and SHA-256 are kept (RULES F6)."""


@dataclass
class LookedAt:
    """One file that was read and compared with the diary; nothing of it is written yet."""

    path: Path
    sha256: str
    size: int
    review: Review


@dataclass
class Import:
    """Files on their way into one person's diary, as the review table shows them.

    `patient` is the chosen one of several people in the files; `assigned` is what the person said in this
    review that unknown tests are, which is kept with the results.
    """

    person_id: str
    files: list[LookedAt] = field(default_factory=list)
    patient: str | None = None
    assigned: dict[RawTest, Analyte] = field(default_factory=dict)

    @property
    def choose_patient(self) -> bool:
        """Whether a file has several people and one must be chosen before anything is written."""
        return any(one.review.choose_patient for one in self.files)


@dataclass(frozen=True)
class Imported:
    """What an import wrote, and what stayed out."""

    outcome: Outcome
    written: int
    settled: tuple[Settled, ...]


class Labs:
    """Operations on laboratory files."""

    def __init__(self, context: Context, assignments: LabAssignments) -> None:
        self._context = context
        self._assignments = assignments

    def look(
        self,
        person_id: str,
        paths: Sequence[Path],
        *,
        patient: str | None = None,
        sample_date: date | None = None,
        tick: Tick | None = None,
    ) -> Import:
        """Read files and give each result its state against the diary (RULES L1); writes nothing.

        Args:
            patient: which of several people in a file is meant.
            sample_date: the day of results whose file has none, as the person gave it.
            tick: called with the number of rows read; what it raises stops the reading.

        Raises:
            WorldError: `unreadable_file` or `not_found`, in one sentence with the file's name.
        """
        looked = Import(person_id)
        remembered = self._assignments.remembered(person_id)
        for path in paths:
            parsed = read_file(path, tick)
            assign(parsed, remembered)
            if sample_date is not None:
                give_date(parsed, sample_date)
            digest, size = _digest(path)
            looked.files.append(LookedAt(path, digest, size, Review(parsed)))
        self.look_again(looked, patient)
        return looked

    def look_again(self, looked: Import, patient: str | None = None) -> None:
        """Compare the files with the diary anew, after a choice or when the diary has changed."""
        looked.patient = patient
        person = self._context.diary.get(Person, looked.person_id)
        cells = self._context.diary.rows(LabResult, RecordedRow._fields, person_id=looked.person_id)
        existing = [RecordedRow._make(row) for row in cells]
        before: list[Parsed] = []
        for one in looked.files:
            one.review = review(
                one.review.parsed,
                existing,
                today=self._context.today(),
                person=person,
                patient=patient,
                before=before,
            )
            before.append(one.review.parsed)

    def assign(self, looked: Import, candidate: Candidate, analyte_id: str) -> None:
        """Say what an unknown test is: in all files of this import, and later in that laboratory's next file.

        Nothing is written before `write`, the assignment no more than the results.

        Raises:
            NotFound: an unknown analyte.
            Invalid: the result is a word, and the analyte wants a number.
        """
        analyte = self._assignments.analyte(analyte_id)
        check(candidate, analyte)
        test = raw_test_of(candidate)
        looked.assigned[test] = analyte
        for one in looked.files:
            take_back(one.review.parsed, test)
            assign(one.review.parsed, {test: analyte})
        self.look_again(looked, looked.patient)

    def write(
        self, looked: Import, *, accept_questions: bool = False, conflicts: Conflicts | None = None
    ) -> Imported:
        """Write what is new, and questions and conflicts as far as they were accepted; one action.

        Raises:
            WorldError: several people are in a file and none is chosen, or a file is no longer what was read.
        """
        if looked.choose_patient:
            raise WorldError("invalid", "The file has several people; choose whose results these are.")
        settled = [
            settle(one.review, accept_questions=accept_questions, conflicts=conflicts) for one in looked.files
        ]
        written = sum(len(one.write) for one in settled)
        if not written:
            nothing = Message("nothing_new", "Nothing was written: there is nothing new to keep.")
            return Imported(Outcome(None, (), frozenset(), (nothing,)), 0, tuple(settled))
        documents: dict[str, Document] = {}
        contents: dict[str, bytes] = {}
        for one, choice in zip(looked.files, settled, strict=True):
            if choice.write and one.sha256 not in documents:
                documents[one.sha256] = self._document(looked.person_id, one, contents)
        outcome = self._context.write(
            "import",
            f"Imported {count(written, 'laboratory result')}",
            looked.person_id,
            self._changes(looked, settled, documents),
            contents=contents,
            moves_schedule=False,
        )
        return Imported(outcome, written, tuple(settled))

    def original(self, document_id: str, folder: Path) -> Path:
        """Write the original file behind imported results into a private folder, for its own program to open.

        Raises:
            WorldError: the file was too large to be kept, or the folder cannot be written.
        """
        document = self._context.diary.get(Document, document_id)
        if not document.kept:
            raise WorldError("not_found", f"{document.name} was too large to be kept in the diary.")
        target = folder / Path(document.name).name
        try:
            target.unlink(missing_ok=True)
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(self._context.diary.content(document.sha256))
        except OSError as error:
            raise WorldError("read_only", f"{document.name} cannot be opened: {error.strerror}.") from None
        return target

    def _document(self, person_id: str, one: LookedAt, contents: dict[str, bytes]) -> Document:
        """The file's own record: the one that the diary has, or a new one whose bytes go into `contents`."""
        known = self._context.diary.records(Document, person_id=person_id, where={"sha256": one.sha256})
        if known:
            return known[0]
        kept = one.size <= KEPT_UP_TO
        if kept:
            contents[one.sha256] = self._bytes(one)
        return Document(
            **self._context.stamp(person_id),
            name=one.path.name,
            sha256=one.sha256,
            size=one.size,
            format=one.review.parsed.format,
            kept=kept,
        )

    def _bytes(self, one: LookedAt) -> bytes:
        try:
            data = one.path.read_bytes()
        except OSError as error:
            raise WorldError("unreadable_file", f"{one.path.name}: {error.strerror}.") from None
        if hashlib.sha256(data).hexdigest() != one.sha256:
            raise WorldError("unreadable_file", f"{one.path.name} has changed since it was read.")
        return data

    def _changes(
        self, looked: Import, settled: Sequence[Settled], documents: dict[str, Document]
    ) -> Iterator[Change]:
        """Documents and results one after the other, so that a large import never stands in memory twice."""
        known = self._context.diary
        by = f"import: {self._context.by}"
        now = self._context.clock().replace(microsecond=0)
        fresh = {one.id for one in known.records(Document, person_id=looked.person_id)}
        for document in documents.values():
            if document.id not in fresh:
                yield Change(None, document)
        yield from self._assignments.changes(looked.person_id, _kept(looked, settled))
        for one, choice in zip(looked.files, settled, strict=True):
            for candidate, replaced in choice.write:
                result = candidate.to_lab_result(
                    replaced or self._context.ids(),
                    person_id=looked.person_id,
                    recorded_by=by,
                    recorded_at=now,
                    document_id=documents[one.sha256].id,
                )
                yield Change(known.get(LabResult, replaced) if replaced else None, result)


def _kept(looked: Import, settled: Sequence[Settled]) -> dict[RawTest, Analyte]:
    """The assignments of which a result is written; the others would be remembered for nothing."""
    if not looked.assigned:
        return {}
    written = {raw_test_of(candidate) for choice in settled for candidate, _ in choice.write}
    return {test: analyte for test, analyte in looked.assigned.items() if test in written}


def _digest(path: Path) -> tuple[str, int]:
    """SHA-256 in hexadecimal and size of a file, read in pieces."""
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return digest, stream.tell()
    except OSError as error:
        raise WorldError("unreadable_file", f"{path.name}: {error.strerror}.") from None
