"""What a laboratory's unknown test is, as the person said it, and tests of the person's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from b12desk.desk.context import Context
from b12desk.desk.outcome import Outcome
from b12desk.domain.analytes import Analyte, Catalogue
from b12desk.domain.errors import Invalid, NotFound
from b12desk.domain.numbers import read_number
from b12desk.domain.own_analytes import id_for, own_unit
from b12desk.domain.records import LabAssignment, OwnAnalyte
from b12desk.importers.assigning import RawTest, raw_test
from b12desk.store.diary import Change


class LabAssignments:
    """Operations on remembered assignments and on own tests."""

    def __init__(self, context: Context, analytes: Callable[[], Catalogue]) -> None:
        self._context = context
        self._analytes = analytes

    def own(self, person_id: str) -> list[OwnAnalyte]:
        """The person's own tests in the order of being added."""
        found = self._context.diary.records(OwnAnalyte, person_id=person_id)
        return sorted(found, key=lambda one: (one.recorded_at, one.label))

    def add_own(
        self,
        person_id: str,
        label: str,
        *,
        unit: str | None = None,
        low: str | None = None,
        high: str | None = None,
    ) -> Outcome:
        """Add a test that is not in the list; its values keep this unit and are never converted.

        Raises:
            Invalid: no name, the name of a listed test, or a limit that is no plain number.
            WorldError: `exists` when the person has one of this name.
        """
        label = label.strip()
        own = OwnAnalyte(
            **self._context.stamp(person_id),
            analyte=id_for(label, self._analytes()),
            label=label,
            unit=own_unit(unit),
            reference_low=_limit(low, "low"),
            reference_high=_limit(high, "high"),
        )
        return self._context.add("add laboratory test", f"Added the laboratory test {label}", [own])

    def assigned(self, person_id: str) -> list[LabAssignment]:
        """What was assigned by hand; deleting one of them forgets it."""
        found = self._context.diary.records(LabAssignment, person_id=person_id)
        return sorted(found, key=lambda one: (one.lab or "", one.name))

    def remembered(self, person_id: str) -> dict[RawTest, Analyte]:
        """The assignments for the next file."""
        known = self._analytes().by_id
        return {_key(one): known[one.analyte] for one in self.assigned(person_id) if one.analyte in known}

    def analyte(self, analyte_id: str) -> Analyte:
        """A listed or own test by its id.

        Raises:
            NotFound: there is none.
        """
        found = self._analytes().by_id.get(analyte_id)
        if found is None:
            raise NotFound(f"There is no laboratory value “{analyte_id}”.")
        return found

    def changes(self, person_id: str, chosen: Mapping[RawTest, Analyte]) -> Iterator[Change]:
        """The records that keep new choices; a test that was another one before is changed."""
        known = {_key(one): one for one in self.assigned(person_id)}
        for test, analyte in chosen.items():
            before = known.get(test)
            if before is None:
                after = LabAssignment(
                    **self._context.stamp(person_id),
                    lab=test.lab or None,
                    name=test.name,
                    unit_reported=test.unit or None,
                    analyte=analyte.id,
                )
                yield Change(None, after)
            elif before.analyte != analyte.id:
                yield Change(before, replace(before, analyte=analyte.id))


def _key(one: LabAssignment) -> RawTest:
    return raw_test(one.lab, one.name, one.unit_reported)


def _limit(typed: str | None, path: str) -> str | None:
    if not typed:
        return None
    number = read_number(typed)
    if number is None or number.other or number.comparator:
        raise Invalid(f"“{typed}” is not a plain number.", path)
    return number.value
