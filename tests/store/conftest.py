"""A diary for each test, once plain and once encrypted, with a person in it and helpers to write more."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from b12desk.domain.records import RECORD_TYPES, Person, Product, Record, Score
from b12desk.store.diary import Action, Change, Diary
from b12desk.store.history import Reversal

RAW_KEY = bytes(range(32))
MOMENT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@dataclass
class Scribe:
    """Writes into one diary with ids that count up, and can close and open it again.

    Attributes:
        diary: the open diary.
        key: its raw key, None for a plain one.
    """

    diary: Diary
    key: bytes | None
    _numbers: Iterator[int] = field(init=False)

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1000 * self.diary.counter() + 1)

    def new_id(self) -> str:
        return f"id-{next(self._numbers):06}"

    def do(self, *changes: Change, name: str = "edit", text: str | None = None) -> str:
        """Write one action and return its id."""
        return self.stream(changes, name=name, text=text)

    def stream(
        self,
        changes: Iterable[Change],
        contents: Mapping[str, bytes] | None = None,
        *,
        name: str = "import",
        text: str | None = None,
    ) -> str:
        action = Action(self.new_id(), name, text or name, "self", MOMENT, "ann")
        self.diary.write(action, changes, contents)
        return action.id

    def add(self, *records: Record, name: str = "add", text: str | None = None) -> str:
        return self.do(*(Change(None, record) for record in records), name=name, text=text)

    def undo(self, action_id: str | None = None) -> Reversal:
        return self.diary.undo(action_id, new_id=self.new_id(), by="self", at=MOMENT)

    def redo(self) -> Reversal:
        return self.diary.redo(new_id=self.new_id(), by="self", at=MOMENT)

    def reopen(self) -> Diary:
        self.diary.close()
        self.diary = Diary.open(self.diary.path, key=self.key)
        return self.diary

    def all_records(self) -> dict[str, Record]:
        return {record.id: record for cls in RECORD_TYPES for record in self.diary.records(cls)}


def ann() -> Person:
    return Person(id="ann", person_id="ann", recorded_at=MOMENT, name="Ann")


def score(record_id: str, points: int = 3, on: date = date(2026, 11, 20), **more: object) -> Score:
    fields: dict[str, object] = {"symptom": "fatigue", "on": on, "score": points, "recorded_at": MOMENT}
    return Score(id=record_id, person_id="ann", **(fields | more))  # type: ignore[arg-type]


def product(record_id: str = "vial") -> Product:
    return Product(id=record_id, person_id="ann", recorded_at=MOMENT, name="Vial")


@pytest.fixture(params=[None, RAW_KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> bytes | None:
    """The raw key of the diary under test; every test that uses it runs twice."""
    found: bytes | None = request.param
    return found


@pytest.fixture
def make_scribe(key: bytes | None) -> Iterator[Callable[[Path], Scribe]]:
    """Make a diary at a path, with Ann in it, and close it after the test."""
    made: list[Scribe] = []

    def make(path: Path) -> Scribe:
        scribe = Scribe(Diary.create(path, key=key), key)
        made.append(scribe)
        scribe.add(ann(), text="Ann added")
        return scribe

    yield make
    for scribe in made:
        scribe.diary.close()


@pytest.fixture
def scribe(make_scribe: Callable[[Path], Scribe], tmp_path: Path) -> Scribe:
    """A diary with Ann in it."""
    return make_scribe(tmp_path / "diary.db")
