"""Tests that no reader can assign, given their analyte by the person, now and for the next file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from b12desk.domain.analytes import Analyte, normal
from b12desk.domain.errors import Invalid
from b12desk.domain.lab_questions import value_questions
from b12desk.domain.lab_units import readings
from b12desk.importers.candidates import Candidate, Parsed


class RawTest(NamedTuple):
    """A test as a laboratory prints it; the unit belongs to it, as "Neutrophils" in % is another test."""

    lab: str
    name: str
    unit: str


def raw_test(lab: str | None, name: str | None, unit_reported: str | None) -> RawTest:
    """The key under which an assignment is remembered."""
    return RawTest(normal(lab or ""), normal(name or ""), (unit_reported or "").strip())


def raw_test_of(candidate: Candidate) -> RawTest:
    """The key of a result; one without any name has its code in its place."""
    return raw_test(candidate.lab, candidate.name or candidate.loinc, candidate.unit_reported)


def assign(parsed: Parsed, chosen: Mapping[RawTest, Analyte]) -> int:
    """Move the unmapped results of these tests among the results; returns how many.

    A word where the analyte wants a number stays unmapped.
    """
    left: list[Candidate] = []
    for candidate in parsed.unmapped:
        analyte = chosen.get(raw_test_of(candidate))
        if analyte is None or not fits(candidate, analyte):
            left.append(candidate)
            continue
        _give(candidate, analyte)
        parsed.candidates.append(candidate)
    moved = len(parsed.unmapped) - len(left)
    parsed.unmapped[:] = left
    return moved


def take_back(parsed: Parsed, test: RawTest) -> None:
    """Make the results of a test unmapped again, where its assignment was the wrong one."""
    back = [one for one in parsed.candidates if one.assigned_by_hand and raw_test_of(one) == test]
    for candidate in back:
        parsed.candidates.remove(candidate)
        candidate.analyte, candidate.assigned_by_hand, candidate.accepted = None, False, None
        candidate.questions = tuple(
            asked for asked in candidate.questions if asked.id not in ("unit_likely_other", _RARE)
        )
    parsed.unmapped.extend(back)


def fits(candidate: Candidate, analyte: Analyte) -> bool:
    """Whether the result can be one of this analyte: a number, or a word where words are results."""
    return candidate.value is not None or analyte.takes_text


def check(candidate: Candidate, analyte: Analyte) -> None:
    """Refuse an assignment that could never be kept.

    Raises:
        Invalid: the result is a word and the analyte wants a number.
    """
    if not fits(candidate, analyte):
        raise Invalid(f"“{candidate.text}” is not a number, so it is no {analyte.label}.", candidate.where)


_RARE = "value_outside_soft_limits"


def _give(candidate: Candidate, analyte: Analyte) -> None:
    candidate.analyte, candidate.assigned_by_hand = analyte.id, True
    printed = (candidate.unit_reported or "").strip()
    candidate.unit = analyte.accept((*readings(printed), printed)) or candidate.unit
    if candidate.value is not None and analyte.units:
        candidate.questions += value_questions(
            analyte, candidate.value, candidate.unit, candidate.unit_reported
        )
