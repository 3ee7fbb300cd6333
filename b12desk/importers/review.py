"""The review before an import: each candidate against what is recorded and against the rest of its file (RULES L1).

Nothing is written here. `review` sets the states; `settle` says what would be written under the person's choices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

from b12desk.domain.analytes import Analyte, catalogue, normal
from b12desk.domain.conversion import rounded
from b12desk.domain.questions import Question
from b12desk.domain.records import Comparator, LabResult, Person
from b12desk.importers.candidates import Candidate, FilePatient, Parsed, place_text

Conflicts = Literal["keep", "replace"]
Key = tuple[str | None, str]

SECOND_SAMPLE = "second_sample"
SAMPLE_DATE = "sample_date"


class _Result(Protocol):
    """What candidates and recorded results have in common."""

    @property
    def collected(self) -> str | None: ...
    @property
    def value(self) -> str | None: ...
    @property
    def comparator(self) -> Comparator | None: ...
    @property
    def text(self) -> str | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def specimen(self) -> str | None: ...
    @property
    def reference_low(self) -> str | None: ...
    @property
    def reference_high(self) -> str | None: ...
    @property
    def reference_text(self) -> str | None: ...
    @property
    def flag(self) -> str | None: ...


@dataclass
class Review:
    """A reviewed file.

    Attributes:
        patient: index of the chosen person, None where the file has at most one or nobody is chosen yet.
        choose_patient: several people are in the file and one must be chosen before anything is written.
    """

    parsed: Parsed
    patient: int | None = None
    choose_patient: bool = False
    questions: tuple[Question, ...] = ()


@dataclass
class Settled:
    """What an import would write: candidates with the id of the recorded result that each replaces, or None."""

    write: list[tuple[Candidate, str | None]] = field(default_factory=list)
    left_out: list[Candidate] = field(default_factory=list)


def review(
    parsed: Parsed,
    existing: Iterable[LabResult],
    *,
    today: date,
    person: Person | None = None,
    patient: str | None = None,
) -> Review:
    """Set the state of every candidate of a file.

    Args:
        existing: the recorded results of the person that the import is for.
        today: results dated later are excluded.
        person: whom the import is for; a file that names somebody else raises the question `other_patient`.
        patient: the name or number chosen among several people of the file.
    """
    chosen, choose = _choose(parsed.patients, patient)
    result = Review(parsed, chosen, choose)
    if not choose and patient is None and person is not None:
        result.questions = _other_patient(parsed.patients, person)
    recorded = _by_key(existing)
    in_file: dict[tuple[int | None, Key], list[Candidate]] = {}
    for candidate in (*parsed.candidates, *parsed.unmapped):
        _reset(candidate)
        if candidate.state == "excluded" or _excluded(candidate, today, chosen):
            continue
        if candidate.questions or result.questions:
            candidate.state = "question"
        key = _key(candidate)
        earlier = in_file.setdefault((candidate.patient, key), [])
        if not _against_file(candidate, earlier) and key in recorded:
            _against_recorded(candidate, recorded[key])
        if candidate.state != "duplicate":
            earlier.append(candidate)
    return result


def settle(review: Review, *, accept_questions: bool = False, conflicts: Conflicts | None = None) -> Settled:
    """What to write: `new` and replacements always, questions and conflicts where the person accepted them.

    A result without a sample date, a test that is not assigned, and everything while a person of the file
    is still to be chosen are left out.
    """
    settled = Settled()
    kept: dict[int | str, int] = {}
    for candidate in review.parsed.candidates:
        allowed = candidate.state == "new"
        allowed = allowed or (candidate.state == "question" and accept_questions)
        allowed = allowed or (candidate.state == "conflict" and conflicts == "replace")
        if not allowed or candidate.collected is None or review.choose_patient:
            settled.left_out.append(candidate)
            continue
        earlier = kept.get(candidate.other_place) if candidate.other_place is not None else None
        if candidate.state == "conflict" and earlier is not None:
            settled.left_out.append(settled.write[earlier][0])
            settled.write[earlier] = (candidate, settled.write[earlier][1])
            kept[candidate.place] = earlier
            continue
        kept[candidate.place] = len(settled.write)
        replaced = candidate.other if candidate.replaces or candidate.state == "conflict" else None
        settled.write.append((candidate, replaced))
    return settled


def give_date(parsed: Parsed, day: date) -> None:
    """Set the sample date that the person gave for the results of a file that have none."""
    for candidate in (*parsed.candidates, *parsed.unmapped):
        if candidate.collected is None:
            candidate.collected = day.isoformat()
            candidate.questions = tuple(asked for asked in candidate.questions if asked.id != SAMPLE_DATE)


def _choose(patients: Sequence[FilePatient], wanted: str | None) -> tuple[int | None, bool]:
    """The index of the chosen person and whether one is still to be chosen."""
    if wanted is not None:
        folded = normal(wanted)
        for index, patient in enumerate(patients):
            if folded and folded in (normal(patient.name or ""), normal(patient.number or "")):
                return index, False
    return None, len(patients) > 1


def _other_patient(patients: Sequence[FilePatient], person: Person) -> tuple[Question, ...]:
    """Ask where the one person of the file has another name or birth date than the person of the diary."""
    if len(patients) != 1:
        return ()
    patient = patients[0]
    words = set(normal(patient.name or "").split())
    other_name = bool(words) and words.isdisjoint(normal(person.name).split())
    born = person.birth_date.isoformat() if person.birth_date else None
    other_birth = born is not None and patient.birth_date is not None and patient.birth_date != born
    if not other_name and not other_birth:
        return ()
    detail = f", born {patient.birth_date}" if patient.birth_date else ""
    text = f"The file is about {patient.label}{detail}. Is that {person.name}?"
    return (Question("other_patient", text),)


def _reset(candidate: Candidate) -> None:
    """Forget an earlier review, so that one file can be reviewed again after a choice."""
    if candidate.state == "excluded" and not candidate.set_aside:
        return
    candidate.questions = tuple(question for question in candidate.questions if question.id != SECOND_SAMPLE)
    candidate.state, candidate.reason, candidate.set_aside = "new", None, False
    candidate.other, candidate.other_place, candidate.replaces = None, None, False


def _excluded(candidate: Candidate, today: date, chosen: int | None) -> bool:
    reason = None
    if chosen is not None and candidate.patient != chosen:
        reason = "It belongs to another person of the file."
    elif candidate.status == "entered_in_error":
        reason = "The laboratory marked it as entered in error."
    elif candidate.collected is not None and candidate.collected[:10] > today.isoformat():
        reason = f"Its sample date {candidate.collected[:10]} lies in the future."
    if reason is None:
        return False
    candidate.state, candidate.reason, candidate.set_aside = "excluded", reason, True
    return True


def _key(result: Candidate | LabResult) -> Key:
    return result.analyte or "=" + normal(result.name or result.loinc or ""), (result.collected or "")[:10]


def _by_key(existing: Iterable[LabResult]) -> dict[Key, list[LabResult]]:
    recorded: dict[Key, list[LabResult]] = {}
    for result in existing:
        recorded.setdefault(_key(result), []).append(result)
    return recorded


def _against_file(candidate: Candidate, earlier: list[Candidate]) -> bool:
    """Compare with earlier candidates of the file; True where that decides."""
    for other in earlier:
        if not _same_sample(candidate, other):
            continue
        candidate.other_place = other.place
        if _equal(candidate, other):
            _repeat(candidate, other, f"It stands in {place_text(other.place)} already.")
        elif candidate.status == "corrected" and other.status != "corrected":
            _supersede(other, candidate)
            earlier.remove(other)
            candidate.other_place, candidate.other, candidate.replaces = None, other.other, other.replaces
            return False
        elif other.status == "corrected" and candidate.status != "corrected":
            _supersede(candidate, other)
        else:
            _differ(
                candidate, other, f"{place_text(other.place)} has {_shown(other)} for the same sample time."
            )
        return True
    return False


def _against_recorded(candidate: Candidate, recorded: list[LabResult]) -> None:
    """Compare with what is recorded: an equal result wins over a different one."""
    same = [result for result in recorded if _same_sample(candidate, result)]
    for result in same:
        if _equal(candidate, result):
            candidate.other = result.id
            _repeat(candidate, result, "It is recorded already.")
            return
    if same:
        result = same[0]
        candidate.other = result.id
        if candidate.status == "corrected":
            candidate.replaces = True
            candidate.reason = f"The corrected value replaces {_shown(result)}."
        else:
            _differ(candidate, result, f"Recorded is {_shown(result)} for the same sample time.")


def _supersede(old: Candidate, new: Candidate) -> None:
    old.state, old.reason, old.set_aside = (
        "excluded",
        f"{place_text(new.place)} has the corrected value.",
        True,
    )
    old.other_place = new.place


def _repeat(candidate: Candidate, other: _Result, reason: str) -> None:
    candidate.state, candidate.reason = "duplicate", reason
    ranges = ("reference_low", "reference_high", "reference_text", "flag")
    if any(getattr(candidate, name) not in (None, getattr(other, name)) for name in ranges):
        candidate.reason += " Only its range or flag differs."


def _differ(candidate: Candidate, other: _Result, reason: str) -> None:
    """Two values of one time contradict each other; two of one day without a time may be two samples."""
    candidate.reason = reason
    if len(candidate.collected or "") <= 10 and len(other.collected or "") <= 10:
        text = f"{reason} Is {_shown(candidate)} a second sample of that day?"
        candidate.state = "question"
        candidate.questions = (*candidate.questions, Question(SECOND_SAMPLE, text))
    else:
        candidate.state = "conflict"


def _shown(result: _Result) -> str:
    return f"{result.comparator or ''}{result.value or result.text or ''} {result.unit or ''}".strip()


def _same_sample(one: _Result, other: _Result) -> bool:
    """Whether two results of one test and day are of one sample: equal at the coarser precision of their times."""
    if one.specimen and other.specimen and one.specimen != other.specimen:
        return False
    mine, theirs = one.collected or "", other.collected or ""
    if mine == theirs:
        return True
    length = min(len(mine), len(theirs), 19 if min(len(mine), len(theirs)) >= 19 else 16)
    return mine[:length] == theirs[:length]


def _equal(one: _Result, other: _Result) -> bool:
    """Same comparator and equal value, or equal after an exact factor at the fewer digits; or the same text."""
    if one.comparator != other.comparator or (one.value is None) != (other.value is None):
        return False
    if one.value is None or other.value is None:
        return (one.text or "").strip().casefold() == (other.text or "").strip().casefold()
    if one.unit == other.unit:
        return one.value == other.value or Decimal(one.value) == Decimal(other.value)
    return _equal_across(one, other, _analyte_of(one) or _analyte_of(other))


def _analyte_of(result: _Result) -> Analyte | None:
    return catalogue().by_id.get(getattr(result, "analyte", None) or "")


def _equal_across(one: _Result, other: _Result, analyte: Analyte | None) -> bool:
    if analyte is None or one.value is None or other.value is None or not one.unit or not other.unit:
        return False
    turned = analyte.convert(one.value, one.unit, other.unit)
    if turned is None:
        return False
    digits = min(len(Decimal(value).as_tuple().digits) for value in (one.value, other.value))
    return rounded(turned, digits) == rounded(other.value, digits)
