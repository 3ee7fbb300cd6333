"""People: the subjects of the diary, kept apart by their ids."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from b12desk.desk.context import Context
from b12desk.desk.outcome import Outcome
from b12desk.domain.errors import Invalid, NotFound, WorldError
from b12desk.domain.names import read_name
from b12desk.domain.records import Person, Product
from b12desk.domain.wording import long_day
from b12desk.store.diary import Change

COLOURS = ("teal", "plum", "amber", "blue", "olive", "rose")
"""Names of the colours that tell people apart, in the order in which they are given out."""


class People:
    """Operations on people."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self) -> list[Person]:
        """Everyone in the diary, in the order of being added."""
        return sorted(
            self._context.diary.records(Person), key=lambda person: (person.recorded_at, person.name)
        )

    def find(self, name_or_id: str | None) -> Person:
        """The person of this name or id; without one the only person.

        Raises:
            WorldError: `usage` when several could be meant, `not_found` when none is.
        """
        people = self.list()
        if name_or_id is None:
            if len(people) == 1:
                return people[0]
            if not people:
                raise NotFound("There is nobody in this diary yet; add a person first.")
            names = ", ".join(person.name for person in people)
            raise WorldError("usage", f"This diary has several people; say which one: {names}.")
        wanted = name_or_id.strip().casefold()
        found = [person for person in people if person.id == name_or_id or person.name.casefold() == wanted]
        if not found:
            raise NotFound(f"There is nobody called “{name_or_id}” in this diary.")
        if len(found) > 1:
            ids = ", ".join(person.id for person in found)
            raise WorldError("usage", f"Several people are called “{name_or_id}”; give the id: {ids}.")
        return found[0]

    def add(self, name: str, **values: Any) -> Outcome:
        """Add a person, and with them the product "unknown", which stands for what nobody can name (S65).

        Raises:
            Invalid: no name, a field that a person does not have, a birth date in the future.
            WorldError: `exists` when the name is taken.
        """
        name = read_name(name, "A person")
        if any(person.name.casefold() == name.casefold() for person in self.list()):
            raise WorldError("exists", f"There is already a person called “{name}” in this diary.")
        known = {field.name for field in fields(Person)} - {
            "id",
            "person_id",
            "recorded_by",
            "recorded_at",
            "name",
        }
        for key in values:
            if key not in known:
                raise Invalid(f"A person has no field “{key}”.")
        born = values.get("birth_date")
        if isinstance(born, date) and born > self._context.today():
            raise Invalid(f"{long_day(born)} is in the future.", "birth_date")
        values.setdefault("colour", self._free_colour())
        stamp = self._context.stamp("")
        stamp["person_id"] = stamp["id"]
        person = Person(**stamp, name=name, **values)
        unknown = Product(**self._context.stamp(person.id), name="unknown")
        changes = [Change(None, person), Change(None, unknown)]
        return self._context.write("add person", f"Added {name}", person.id, changes)

    def _free_colour(self) -> str:
        taken = [person.colour for person in self.list()]
        return min(COLOURS, key=taken.count)
