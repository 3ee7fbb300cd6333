"""What every operation needs: the open diary, the clock, who is typing, and the one way to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import TypedDict

from b12desk.clock import Clock
from b12desk.desk.outcome import Outcome, Ref
from b12desk.domain.errors import WorldError
from b12desk.domain.questions import Answers, Message, Question, QuestionsOpen
from b12desk.domain.records import Person, Record
from b12desk.store.diary import Action, Change, Diary

Listener = Callable[[Outcome], None]

SCHEDULE_KINDS = frozenset(
    {"person", "product", "plan", "phase_step", "agreed_date", "injection", "not_given", "snooze"}
)


class Stamp(TypedDict):
    """The fields that every new record shares."""

    id: str
    person_id: str
    recorded_by: str
    recorded_at: datetime


class Context:
    """One open diary and the single path by which records get into it.

    Attributes:
        diary: the open file.
        clock: gives now, aware, in the computer's zone.
        by: who is typing: "self" or a caregiver's name.
        before_write, after_write: called around each write that may move the schedule (RULES R8).
    """

    def __init__(self, diary: Diary, clock: Clock, ids: Callable[[], str], by: str, zone: str) -> None:
        self.diary = diary
        self.clock = clock
        self.ids = ids
        self.by = by
        self.zone = zone
        self.before_write: Callable[[], None] = lambda: None
        self.after_write: Callable[[], None] = lambda: None
        self._listeners: list[Listener] = []
        self._seen = diary.counter()

    def today(self) -> date:
        """The local date of now."""
        return self.clock().date()

    def refuse_other_person(self, what: str, owner: str | None, person_id: str | None) -> None:
        """Refuse what belongs to `owner` when the work is for another person; None stands for anyone.

        Raises:
            WorldError: it is somebody else's; the message names them.
        """
        if owner is None or person_id is None or owner == person_id:
            return
        name = next((one.name for one in self.diary.records(Person) if one.id == owner), "somebody else")
        raise WorldError("invalid", f"This {what} belongs to {name}; nothing was changed.")

    def stamp(self, person_id: str) -> Stamp:
        """A fresh id and who and when, for a new record of this person.

        The microseconds count the actions so far: two entries of one second, or of one `--now`, keep the
        order of logging, by which the rules break ties (RULES P10, P15).
        """
        return {
            "id": self.ids(),
            "person_id": person_id,
            "recorded_by": self.by,
            "recorded_at": self.clock().replace(microsecond=self.diary.counter() % 1_000_000),
        }

    def write(
        self,
        name: str,
        text: str,
        person_id: str | None,
        changes: Iterable[Change],
        *,
        messages: Sequence[Message] = (),
        contents: Mapping[str, bytes] | None = None,
        moves_schedule: bool = True,
    ) -> Outcome:
        """Write one action with its history, or nothing; then tell everybody what changed.

        Without changes nothing is written and the outcome names no action; a stream must have some.
        `moves_schedule` False says of a stream that nothing in it can move what is due.
        """
        if isinstance(changes, Sequence) and not changes:
            return Outcome(None, (), frozenset(), tuple(messages))
        seen: list[tuple[str, str]] = []

        def noted() -> Iterable[Change]:
            for change in changes:
                record = change.after or change.before
                if record is not None:
                    seen.append((record.kind, record.id))
                yield change

        stamp = self.stamp(person_id or "")
        action = Action(stamp["id"], name, text, self.by, stamp["recorded_at"], person_id)
        with self.writing(moves_schedule and may_move_schedule(changes)):
            self.diary.write(action, noted(), contents)
        refs = tuple(Ref(kind, record_id) for kind, record_id in seen)
        return self.tell(Outcome(action.id, refs, changed_by(refs), tuple(messages)))

    @contextmanager
    def writing(self, schedule: bool = True) -> Iterator[None]:
        """Around each write to the diary; with `schedule` the reminder book is marked and made anew."""
        if not schedule:
            yield
            return
        self.before_write()
        try:
            yield
        finally:
            self.after_write()

    def add(
        self, name: str, text: str, records: Sequence[Record], messages: Sequence[Message] = ()
    ) -> Outcome:
        """Write new records of one person as one action."""
        changes = [Change(None, record) for record in records]
        return self.write(name, text, records[0].person_id if records else None, changes, messages=messages)

    def tell(self, outcome: Outcome) -> Outcome:
        """Pass an outcome to the listeners and hand it back."""
        self._seen = self.diary.counter()
        for listener in tuple(self._listeners):
            listener(outcome)
        return outcome

    def subscribe(self, listener: Listener) -> None:
        """Call `listener` with the outcome of every write from now on."""
        self._listeners.append(listener)

    def changed_elsewhere(self) -> bool:
        """Whether another process has written since the last write or look of this one."""
        return self.diary.counter() != self._seen


def changed_by(refs: Iterable[Ref]) -> frozenset[str]:
    """The kinds among the records, with "due" when one of them can move the schedule."""
    kinds = frozenset(ref.kind for ref in refs)
    return kinds | {"due"} if kinds & SCHEDULE_KINDS else kinds


def may_move_schedule(changes: Iterable[Change]) -> bool:
    """Whether one of the changes can move what is due; a stream that cannot be looked at twice may."""
    if not isinstance(changes, Sequence):
        return True
    records = (change.after or change.before for change in changes)
    return any(record is not None and record.kind in SCHEDULE_KINDS for record in records)


def settle(questions: Iterable[Question], answers: Answers) -> dict[str, str]:
    """The answer to each question, by its id.

    Raises QuestionsOpen with those that have none, and with those answered "no": a "no" means that the
    person wants to look again, so nothing may be written.
    """
    settled: dict[str, str] = {}
    left = []
    for question in questions:
        answer = answers.to(question)
        if answer is None or answer == "no":
            left.append(question)
        else:
            settled[question.id] = answer
    if left:
        raise QuestionsOpen(left)
    return settled
