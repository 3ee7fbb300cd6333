"""Which column of a table holds what, told from its header in the usual languages, never from the numbers.

Two layouts are known: long (a row a test) and wide (a column a test, a row a day or a person). The titles are
data, in resources/presets/lab_words.json.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from b12desk.domain.analytes import MAX_NAME, catalogue, normal
from b12desk.domain.lab_units import readings
from b12desk.importers.words import words

_UNIT_IN_HEADER = re.compile(
    r"(.*?)\s*(?:\(([^()]+(?:\([^()]*\))?)\)|\[([^\[\]]+(?:\[[^\]]*\][^\[\]]*)?)\])\s*\Z"
)


@dataclass(frozen=True, slots=True)
class WideColumn:
    """A column of a wide table that holds one test."""

    index: int
    header: str
    name: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised header: the column index of each role and, in a wide table, the columns of the tests."""

    roles: dict[str, int]
    wide: tuple[WideColumn, ...] = ()
    width: int = 0

    @property
    def certainty(self) -> int:
        """How many columns were recognised; the best of several delimiters has the most."""
        return len(self.roles) + len(self.wide)


def recognise(header: Sequence[str]) -> Layout | None:
    """The layout that a header row announces, or None where it announces no laboratory table."""
    roles = _roles_of([normal(title) for title in header])
    if "date" not in roles and "time" in roles:
        roles["date"] = roles.pop("time")
    if "value" in roles and ("name" in roles or "loinc" in roles):
        return Layout(roles, (), len(header))
    titles = [normal(title) for title in header]
    if "date" not in roles and "name" in roles and titles[roles["name"]] == "name":
        roles["patient_name"] = roles.pop("name")  # a row a person: no column says of what test a row is
        if "patient" not in roles and "id" in titles:
            roles["patient"] = titles.index("id")
    wide = _wide_columns(header, set(roles.values()))
    if "date" in roles:
        return Layout(roles, wide, len(header)) if wide else None
    has_people = not roles.keys().isdisjoint(("patient", "patient_name"))
    return Layout(roles, wide, len(header)) if has_people and len(wide) > 1 else None


def _roles_of(titles: Sequence[str]) -> dict[str, int]:
    """The column of each role; the more telling title wins; a "name" beside a test is a person's."""
    known, general = words().roles, words().general
    roles: dict[str, int] = {}
    for index, title in enumerate(titles):
        role = known.get(title)
        if role is None:
            continue
        if role not in roles:
            roles[role] = index
        elif title not in general and titles[roles[role]] in general:
            if titles[roles[role]] == "name":
                roles["patient_name"] = roles[role]
            roles[role] = index
        elif title == "name":
            roles.setdefault("patient_name", index)
    return roles


def split_unit(title: str) -> tuple[str, str | None]:
    """A title "Hb (g/dL)" to its name and its unit; brackets that hold no unit stay in the name."""
    title = title.strip()
    found = _UNIT_IN_HEADER.match(title) if len(title) <= MAX_NAME else None
    if found is None:
        return title, None
    unit = found[2] or found[3]
    return (found[1], unit.strip()) if found[1] and readings(unit) else (title, None)


def _wide_columns(header: Sequence[str], taken: set[int]) -> tuple[WideColumn, ...]:
    known = catalogue()
    columns = []
    for index, title in enumerate(header):
        name, unit = split_unit(title)
        if index not in taken and known.by_name(name):
            columns.append(WideColumn(index, title.strip(), name, unit))
    return tuple(columns)
