"""The command that reads laboratory files into the diary: looked at first, written once it is confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from b12desk.cli import output
from b12desk.cli.parameters import WRITES, answering, command, maybe_day
from b12desk.cli.session import Session
from b12desk.desk import Desk
from b12desk.desk.labs import Import, LookedAt
from b12desk.domain.analytes import normal
from b12desk.domain.errors import Invalid, NotFound
from b12desk.domain.questions import Answers, Question, QuestionsOpen
from b12desk.domain.wording import count
from b12desk.importers.candidates import Candidate, State

RESULT = (
    '{"analyte", "loinc", "name", "collected_at", "value", "comparator", "text", "unit", "unit_reported", '
    '"value_si", "unit_si", "reference_low", "reference_high", "reference_text", "flag", "status", '
    '"state": "new|duplicate|conflict|question|excluded", "questions", "where", "reason", …}'
)
SHAPE = (
    '{"files": [{"file", "format", "patients": [{"name", "birth_date", "results"}], '
    f'"results": [{RESULT}], "unmapped": […], "problems": [{{"where", "what"}}], '
    '"unread": […], "questions"}]}; '
    f'when writing also {WRITES[1:-1]}, "written": n, "left_out": n'
)
STATES: tuple[State, ...] = ("new", "question", "conflict", "duplicate", "excluded")


@command("import", shape=SHAPE)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only look; write nothing.")
@click.option("--accept-questions", is_flag=True, help="Also write the results that raise a question.")
@click.option("--conflicts", type=click.Choice(["keep", "replace"]), help="What to do with other values.")
@click.option("--patient", metavar="NAME", help="Whose results, where a file has several people.")
@click.option("--sample-date", metavar="DATE", help="For results whose file has no date of the sample.")
@click.option(
    "--assign",
    multiple=True,
    metavar="NAME=TEST",
    help="Say what an unknown test is, by its id in “labtest list”; it is remembered.",
)
@answering
def import_files(
    session: Session,
    files: tuple[Path, ...],
    dry_run: bool,
    accept_questions: bool,
    conflicts: Any,
    patient: str | None,
    sample_date: str | None,
    assign: tuple[str, ...],
    answers: Answers,
) -> None:
    """Read laboratory files of any of the kinds in docs/data-format.md and write what is new, as one action.

    Without --yes it shows what would be written and asks. Results that raise a question or contradict what is
    recorded stay out unless --accept-questions or --conflicts replace lets them in.
    """
    desk, person = session.chosen()
    looked = desk.labs.look(
        person.id,
        files,
        patient=patient or answers.given.get("patient"),
        sample_date=maybe_day(sample_date, "sample-date"),
    )
    if answers.given.get("other_patient") == "yes":
        desk.labs.look_again(looked, _named_in(looked))
    for choice in assign:
        _assign(desk, looked, choice)
    # of 100,000 results each of the two takes longer than the writing, so only the one that is printed
    data = {"files": [_file(one) for one in looked.files]} if session.as_json else {}
    if dry_run:
        session.reply(data, [] if session.as_json else list(_lines(looked)))
        return
    open_questions = list(_questions(looked, answers, accept_questions))
    if open_questions:
        session.tell([] if session.as_json else list(_lines(looked)))
        asked = output.questions(QuestionsOpen(open_questions), session.as_json, data)
        click.get_current_context().exit(asked)
    imported = desk.labs.write(looked, accept_questions=accept_questions, conflicts=conflicts)
    left_out = sum(len(settled.left_out) for settled in imported.settled)
    told = f"Wrote {count(imported.written, 'result')}, left out {left_out}."
    session.wrote(imported.outcome, told, **data, written=imported.written, left_out=left_out)


def _assign(desk: Desk, looked: Import, choice: str) -> None:
    """Take "NAME=TEST": every unknown test of this name in the files is that test."""
    name, equals, test = choice.rpartition("=")
    if not equals or not name.strip():
        raise Invalid(f"“{choice}” is not NAME=TEST.", "--assign")
    wanted = normal(name)
    found = [
        candidate
        for one in looked.files
        for candidate in one.review.parsed.unmapped
        if normal(candidate.name or candidate.loinc or "") == wanted
    ]
    if not found:
        raise NotFound(f"No unknown test in the files is called “{name.strip()}”.")
    for candidate in found:
        if candidate.analyte is None:  # another of the same kind has taken it along
            desk.labs.assign(looked, candidate, test.strip())


def _file(one: LookedAt) -> dict[str, Any]:
    asked = [{"id": q.id, "text": q.text, "options": list(q.options)} for q in one.review.questions]
    return {**one.review.parsed.to_json(), "questions": asked}


def _named_in(looked: Import) -> str:
    """The name under which the files have the person, who said that it is theirs."""
    names = (patient.label for one in looked.files for patient in one.review.parsed.patients)
    return next(names, "")


def _questions(looked: Import, answers: Answers, accept_questions: bool) -> Iterator[Question]:
    """What must be settled before anything is written: whose results, and whether they are wanted."""
    for one in looked.files:
        if one.review.choose_patient:
            names = tuple(patient.label for patient in one.review.parsed.patients)
            people = count(len(names), "person", "people")
            yield Question("patient", f"{one.path.name} has results of {people}. Whose are meant?", names)
            return
    if not accept_questions and not answers.yes_to_all:
        yield from (question for one in looked.files for question in one.review.questions)
    results = [candidate for one in looked.files for candidate in one.review.parsed.candidates]
    unsettled = [one for one in results if one.state in ("new", "question", "conflict")]
    confirm = Question("write_results", f"Write what is new of these {count(len(results), 'result')}?")
    if unsettled and answers.to(confirm) != "yes":
        yield confirm


def _lines(looked: Import) -> Iterator[str]:
    for one in looked.files:
        parsed = one.review.parsed
        states = Counter(candidate.state for candidate in parsed.candidates)
        numbers = ", ".join(f"{states[state]} {state}" for state in STATES if states[state])
        yield f"{one.path.name}: {numbers or 'no results'}"
        yield from (f"  {question.text}" for question in one.review.questions)
        for candidate in parsed.candidates:
            yield f"  {candidate.state:9}  {_result(candidate)}"
            if candidate.reason:
                yield f"             {candidate.reason}"
            yield from (f"             {question.text}" for question in candidate.questions)
        yield from (f"  not assigned  {_result(candidate)}" for candidate in parsed.unmapped)
        yield from (f"  not read   {line.where}: {line.what}" for line in parsed.unread)
        yield from (f"  {problem.where}: {problem.what}" for problem in parsed.problems)


def _result(candidate: Candidate) -> str:
    value = f"{candidate.comparator or ''}{candidate.value or candidate.text or ''}"
    name = candidate.name or candidate.analyte or candidate.loinc or "?"
    parts = (name, value, candidate.unit or candidate.unit_reported, candidate.collected, candidate.where)
    return "  ".join(part for part in parts if part)


COMMANDS = (import_files,)
