"""The review before an import: each candidate against what is recorded and the rest of its file (RULES L1).

Nothing is written here: `review` sets the states, and `settle` says what the person's choices would write.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from b12desk.domain.analytes import normal
from b12desk.domain.errors import NotFound
from b12desk.domain.questions import Question
from b12desk.domain.records import Person
from b12desk.importers.candidates import Candidate, FilePatient, Parsed, place_text
from b12desk.importers.collector import held
from b12desk.importers.samples import Key, Recorded, Result, equal, key_of, same_sample, shown

SECOND_SAMPLE = "second_sample"
SAMPLE_DATE = "sample_date"


@dataclass
class Review:
    """A reviewed file.

    Attributes:
        patient: index of the chosen person, None where the file has at most one or nobody is chosen yet.
        choose_patient: several people are in the file and one must be chosen before anything is written.
        questions: about the file as a whole; while they are open its results are questions too.
    """

    parsed: Parsed
    patient: int | None = None
    choose_patient: bool = False
    questions: tuple[Question, ...] = ()


def review(
    parsed: Parsed,
    existing: Iterable[Recorded],
    *,
    today: date,
    person: Person | None = None,
    patient: str | None = None,
    before: Sequence[Parsed] = (),
) -> Review:
    """Set the state of every candidate of a file.

    Args:
        existing: the recorded results of the person that the import is for.
        today: results dated later are excluded.
        person: whom the import is for; a file that names somebody else raises the question `other_patient`.
        patient: the name or number chosen among the people of the file.
        before: files of the same import that were reviewed already; their results count like the file's own.

    Raises:
        NotFound: the file names people, and none of them is `patient`.
    """
    chosen = None if patient is None else _choose(parsed.patients, patient)
    result = Review(parsed, chosen, chosen is None and len(parsed.patients) > 1)
    if patient is None and person is not None:
        result.questions = _other_patient(parsed.patients, person)
    with held():
        _set_states(parsed, _by_key(existing), _by_key_of_files(before), today.isoformat(), result)
    parsed.reviewed = True
    return result


def _set_states(
    parsed: Parsed,
    recorded: dict[Key, list[Recorded]],
    elsewhere: dict[Key, list[tuple[str, Candidate]]],
    latest: str,
    result: Review,
) -> None:
    in_file: dict[int | None, dict[Key, list[Candidate]]] = {}
    for candidate in chain(parsed.candidates, parsed.unmapped):
        if parsed.reviewed:
            _reset(candidate)
        if candidate.state == "excluded" or _excluded(candidate, latest, result.patient):
            continue
        if candidate.questions or result.questions:
            candidate.state = "question"
        if candidate.collected is None:
            continue  # two results without a date cannot be told to be of one sample
        key = key_of(candidate)
        of_person = in_file.setdefault(candidate.patient, {})
        earlier = of_person.get(key)
        if earlier is None:
            of_person[key] = earlier = []
        decided = bool(earlier) and _against_file(candidate, earlier)
        if not decided and key in elsewhere:
            decided = _against_other_files(candidate, elsewhere[key])
        if not decided and key in recorded:
            _against_recorded(candidate, recorded[key])
        if candidate.state != "duplicate":
            earlier.append(candidate)


def give_date(parsed: Parsed, day: date) -> None:
    """Set the sample date that the person gave for the results of a file that have none."""
    for candidate in (*parsed.candidates, *parsed.unmapped):
        if candidate.collected is None:
            candidate.collected = day.isoformat()
            candidate.questions = tuple(asked for asked in candidate.questions if asked.id != SAMPLE_DATE)


def _choose(patients: Sequence[FilePatient], wanted: str) -> int | None:
    """The index of the person of the file with this name or number, or with all these words in the name."""
    folded = normal(wanted)
    for index, patient in enumerate(patients):
        if folded and folded in (normal(patient.name or ""), normal(patient.number or "")):
            return index
    words = set(folded.split())
    matches = [
        index for index, patient in enumerate(patients) if words <= set(normal(patient.name or "").split())
    ]
    if words and len(matches) == 1:
        return matches[0]
    if patients:
        names = ", ".join(patient.label for patient in patients[:10])
        raise NotFound(f"The file names nobody called {wanted}; it names {names}.")
    return None


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


def _excluded(candidate: Candidate, latest: str, chosen: int | None) -> bool:
    """Set aside what is another person's, withdrawn, or dated after `latest`."""
    reason = None
    if chosen is not None and candidate.patient != chosen:
        reason = "It is not a result of the chosen person."
    elif candidate.status == "entered_in_error":
        reason = "The laboratory marked it as entered in error."
    elif candidate.collected is not None and candidate.collected[:10] > latest:
        reason = f"Its sample date {candidate.collected[:10]} lies in the future."
    if reason is None:
        return False
    candidate.state, candidate.reason, candidate.set_aside = "excluded", reason, True
    return True


def _by_key(existing: Iterable[Recorded]) -> dict[Key, list[Recorded]]:
    recorded: dict[Key, list[Recorded]] = {}
    for result in existing:
        recorded.setdefault(key_of(result), []).append(result)
    return recorded


def _against_file(candidate: Candidate, earlier: list[Candidate]) -> bool:
    """Compare with earlier candidates of the file; True where that decides."""
    for other in earlier:
        if not same_sample(candidate, other):
            continue
        candidate.other_place = other.place
        if equal(candidate, other):
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
                candidate, other, f"{place_text(other.place)} has {shown(other)} for the same sample time."
            )
        return True
    return False


def _by_key_of_files(files: Sequence[Parsed]) -> dict[Key, list[tuple[str, Candidate]]]:
    """The results of other files that an import may write, each with its file and place."""
    found: dict[Key, list[tuple[str, Candidate]]] = {}
    for parsed in files:
        for candidate in parsed.candidates:
            if candidate.state not in ("duplicate", "excluded") and candidate.collected is not None:
                found.setdefault(key_of(candidate), []).append(
                    (f"{parsed.file}, {candidate.where}", candidate)
                )
    return found


def _against_other_files(candidate: Candidate, others: list[tuple[str, Candidate]]) -> bool:
    """Compare with the files before this one; a value that differs is asked about, whatever its time."""
    for place, other in others:
        if same_sample(candidate, other):
            candidate.other_place = place
            if equal(candidate, other):
                _repeat(candidate, other, f"It stands in {place} already.")
            else:
                _ask_second_sample(candidate, f"{place} has {shown(other)} for the same sample time.")
            return True
    return False


def _against_recorded(candidate: Candidate, recorded: list[Recorded]) -> None:
    """Compare with what is recorded: an equal result wins over a different one."""
    same = [result for result in recorded if same_sample(candidate, result)]
    for result in same:
        if equal(candidate, result):
            candidate.other = result.id
            _repeat(candidate, result, "It is recorded already.")
            return
    if same:
        result = same[0]
        candidate.other = result.id
        if candidate.status == "corrected":
            candidate.replaces = True
            candidate.reason = f"The corrected value replaces {shown(result)}."
        else:
            _differ(candidate, result, f"Recorded is {shown(result)} for the same sample time.")


def _supersede(old: Candidate, new: Candidate) -> None:
    old.state, old.reason, old.set_aside = (
        "excluded",
        f"{place_text(new.place)} has the corrected value.",
        True,
    )
    old.other_place = new.place


def _repeat(candidate: Candidate, other: Result, reason: str) -> None:
    candidate.state, candidate.reason = "duplicate", reason
    mine = (candidate.reference_low, candidate.reference_high, candidate.reference_text, candidate.flag)
    theirs = (other.reference_low, other.reference_high, other.reference_text, other.flag)
    if mine != theirs and any(new not in (None, old) for new, old in zip(mine, theirs, strict=True)):
        candidate.reason += " Only its range or flag differs."


def _differ(candidate: Candidate, other: Result, reason: str) -> None:
    """Two values of one time contradict each other; two of one day without a time may be two samples."""
    candidate.reason = reason
    if len(candidate.collected or "") <= 10 and len(other.collected or "") <= 10:
        _ask_second_sample(candidate, reason)
    else:
        candidate.state = "conflict"


def _ask_second_sample(candidate: Candidate, reason: str) -> None:
    candidate.state, candidate.reason = "question", reason
    text = f"{reason} Is {shown(candidate)} a second sample?"
    candidate.questions = (*candidate.questions, Question(SECOND_SAMPLE, text))
