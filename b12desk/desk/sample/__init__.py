"""The sample diary: made up, the same for the same arguments, and rich enough to try everything on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

from dateutil.relativedelta import relativedelta

from b12desk import paths
from b12desk.desk.sample.cast import Cast
from b12desk.desk.sample.course import Course
from b12desk.desk.sample.days import scores
from b12desk.desk.sample.results import lab_results
from b12desk.desk.sample.setting import events, trends
from b12desk.domain.errors import WorldError
from b12desk.domain.records import RECORD_TYPES, Person, Record
from b12desk.store.diary import Action, Change, Diary

__all__ = ["LONGEST", "write_sample"]

LONGEST = 100
"""Years that a sample diary may cover."""

_ORDER = {cls: number for number, cls in enumerate(RECORD_TYPES)}


def write_sample(path: Path, *, years: int, seed: int, end: date) -> Person:
    """Make a sample diary at `path` that ends on the evening before `end`; a sample there is replaced.

    Equal `years` (1 to 100), `seed` and `end` give equal records with equal ids. The file appears under its
    name only when it is whole.

    Raises:
        WorldError: `exists` when something else is at `path`; `busy` when the sample there is open elsewhere;
            `read_only`, `disk_full`.
    """
    if path.exists() and not _is_sample(path):
        raise WorldError("exists", f"There is already something at “{path}” that is no sample diary.")
    if path.with_name(
        path.name + "-wal"
    ).exists():  # its last user takes it away; it would spoil the new file
        raise WorldError(
            "busy", f"The sample diary at “{path}” is open elsewhere; please close it there first."
        )
    paths.ensure(path.parent)
    cast = Cast(seed, end - relativedelta(years=years), end)
    unfinished = path.with_name(path.name + "-unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with Diary.create(unfinished) as diary:
            for action, changes in _actions(cast):
                diary.write(action, changes)
        paths.beside(path).reminders.unlink(missing_ok=True)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return cast.person


def _is_sample(path: Path) -> bool:
    """Whether everybody in the diary at `path` is made up; False for what opens as no diary without a key."""
    try:
        with Diary.open(path) as diary:
            people = diary.records(Person)
    except WorldError as error:
        if error.code in ("damaged", "locked", "newer_file"):
            return False
        raise
    return bool(people) and all(person.sample for person in people)


def _actions(cast: Cast) -> Iterator[tuple[Action, list[Change]]]:
    """One action for the beginning and one for each calendar year, dated by its newest entry."""
    course = Course(cast)
    later = [
        *course.records,
        *scores(cast, course.given),
        *lab_results(cast, course.started_on),
        *events(cast),
        *trends(cast, course.started_on),
    ]
    yield _action(cast, "The beginning of the sample", [*cast.records, *course.first])
    later.sort(key=lambda record: record.recorded_at)
    for year, records in groupby(later, key=lambda record: record.recorded_at.year):
        yield _action(cast, f"Sample entries of {year}", list(records))


def _action(cast: Cast, text: str, records: list[Record]) -> tuple[Action, list[Change]]:
    """What others name comes first, since a record may only name what is there."""
    records.sort(key=lambda record: _ORDER[type(record)])
    action = Action(
        id=cast.new_id(),
        name="sample",
        text=text,
        by=cast.BY,
        at=max(record.recorded_at for record in records),
        person_id=cast.person.id,
    )
    return action, [Change(None, record) for record in records]
