"""Editing and deleting any entry, by the same checks that it had when it was new."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from b12desk.desk.context import Context, settle
from b12desk.desk.injections import Injections, place_of
from b12desk.desk.lab_entries import LabEntries
from b12desk.desk.moments import ordered, past_day
from b12desk.desk.outcome import Outcome
from b12desk.desk.products import UNKNOWN, Products
from b12desk.domain.errors import Invalid, WorldError
from b12desk.domain.names import read_name
from b12desk.domain.questions import Answers, Question
from b12desk.domain.records import (
    AgreedDate,
    Event,
    Injection,
    LabResult,
    NotGiven,
    Person,
    PhaseStep,
    Plan,
    Product,
    Reaction,
    Record,
    Score,
    Trend,
)
from b12desk.domain.typed_fields import read_field
from b12desk.store.diary import Change

UNDELETABLE = ("person", "document")


class Editing:
    """Change or take away one entry; its history keeps what was there."""

    def __init__(
        self, context: Context, products: Products, injections: Injections, labs: LabEntries
    ) -> None:
        self._context = context
        self._products = products
        self._checks: dict[str, Callable[[Any, Record], list[Question]]] = {
            Injection.kind: injections.check_edit,
            NotGiven.kind: injections.check_not_given_edit,
            LabResult.kind: labs.check_edit,
        }

    def edit(
        self,
        record_id: str,
        values: Mapping[str, str | None],
        answers: Answers | None = None,
        *,
        person_id: str | None = None,
    ) -> Outcome:
        """Set fields of one record from typed text; `product` takes a product's name, `at` a date and time.

        With `person_id` the record has to be that person's.

        Raises:
            NotFound: no record has this id.
            WorldError: the record is somebody else's.
            Invalid: a field that cannot be edited, or a value that cannot be; names the field.
            QuestionsOpen: the new values raise questions.
        """
        before = self._find(record_id, person_id)
        after = self._changed(before, dict(values))
        if after == before:
            return Outcome(None, (), frozenset())
        _check_dates(after, self._context.clock())
        self._check_names(after)
        check = self._checks.get(after.kind)
        if check:
            settle(check(after, before), answers or Answers())
        text = f"Changed {', '.join(values)} of {_name_of(after)}"
        return self._context.write("edit", text, after.person_id, [Change(before, after)])

    def delete(self, record_id: str, *, person_id: str | None = None) -> Outcome:
        """Take one entry away; undo brings it back. With `person_id` it has to be that person's.

        Raises:
            WorldError: other entries stand on it, its kind has an operation of its own, or it is somebody
                else's.
        """
        before = self._find(record_id, person_id)
        if before.kind in UNDELETABLE:
            raise WorldError("invalid", f"A {before.kind} cannot be deleted like an entry.")
        self._refuse_if_used(before)
        text = f"Deleted {_name_of(before)}"
        return self._context.write("delete", text, before.person_id, [Change(before, None)])

    def _find(self, record_id: str, person_id: str | None) -> Record:
        record = self._context.diary.find(record_id)
        self._context.refuse_other_person("entry", record.person_id, person_id)
        return record

    def _changed(self, before: Record, values: dict[str, str | None]) -> Record:
        cls = type(before)
        fields: dict[str, Any] = {}
        if "product" in values and isinstance(before, Injection):
            product = self._products.find(before.person_id, values.pop("product") or UNKNOWN)
            fields["product_id"] = product.id
        if "answers" in values and isinstance(before, Injection):
            named = values.pop("answers")
            fields["place"], fields["answers"] = place_of(named)
        moment = values.get("at")
        if moment and "T" in moment:
            day, _, clock_time = moment.partition("T")
            values |= {"on": day, "at": clock_time}
        for name, text in values.items():
            fields[name] = read_field(cls, name, text)
        return replace(before, **fields)

    def _check_names(self, after: Record) -> None:
        """A person's and a product's name stay theirs alone."""
        if not isinstance(after, (Person, Product)):
            return
        read_name(after.name, f"A {after.kind}")
        owner = after.person_id if isinstance(after, Product) else None
        for other in self._context.diary.records(type(after), person_id=owner):
            if other.id != after.id and other.name.casefold() == after.name.casefold():
                raise WorldError("exists", f"There is already a {after.kind} called “{after.name}”.")

    def _refuse_if_used(self, record: Record) -> None:
        if isinstance(record, Product):
            if record.name == UNKNOWN:
                raise WorldError("invalid", "The product “unknown” is always there.")
            diary = self._context.diary
            used = len(diary.records(Injection, person_id=record.person_id, where={"product_id": record.id}))
            plans = diary.records(Plan, person_id=record.person_id)
            used += sum(any(phase.product_id == record.id for phase in plan.phases) for plan in plans)
            if used:
                raise WorldError("invalid", f"{record.name} is named by {used} other entries, so it stays.")
        if isinstance(record, Injection):
            reactions = self._context.diary.records(
                Reaction, person_id=record.person_id, where={"injection_id": record.id}
            )
            if reactions:
                raise WorldError(
                    "invalid", "A reaction was noted for this injection; delete the reaction first."
                )


def _check_dates(record: Record, now: datetime) -> None:
    """What was true of a new entry's dates holds for an edited one."""
    if isinstance(record, (Score, Trend, Reaction, Event, PhaseStep)):
        past_day(record.on, now)
    if isinstance(record, (Reaction, Event)):
        ordered(record.on, record.until)
    if isinstance(record, Trend) and record.since is not None:
        ordered(record.since, record.on, "since")
    if isinstance(record, Score) and not 0 <= record.score <= 10:
        raise Invalid(f"A score goes from 0 (none) to 10 (worst), not {record.score}.", "score")
    if isinstance(record, Person) and record.birth_date is not None:
        past_day(record.birth_date, now, "birth_date")


def _name_of(record: Record) -> str:
    """What the entry is called in the history, without any value in it."""
    if isinstance(record, (Person, Product)):
        return f"the {record.kind} {record.name}"
    names = {NotGiven.kind: "what was not given", AgreedDate.kind: "the agreed date"}
    kind = record.kind.replace("_", " ")
    return names.get(record.kind, f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}")
