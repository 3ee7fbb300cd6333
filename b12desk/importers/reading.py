"""One printed result to an assigned and checked one: which analyte, unit and number, and what to ask.

The printed unit wins over the code; an unknown LOINC code stays unassigned; a name alone assigns only where
its unit fits. Work is remembered per test and per printed value, since a file repeats both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from b12desk.domain.analytes import Analyte, Catalogue, catalogue, is_loinc
from b12desk.domain.lab_questions import code_question, value_questions
from b12desk.domain.lab_units import readings
from b12desk.domain.numbers import Mark, ambiguous_question, read_number
from b12desk.domain.questions import Question
from b12desk.domain.records import Comparator, LabStatus
from b12desk.importers.ranges import same_unit
from b12desk.importers.words import words

MAX_REMEMBERED = 50_000
MAX_PRINTED = 300
"""Longer texts are words and never a number with its unit."""

_TRAILING_FLAG = re.compile(r"(.*\d)\s*(?:\(?([HhLlNn]{1,2}|[*!+-]{1,3}|[↑↓]+|high|low|High|Low)\)?)\Z")
_WITH_UNIT = re.compile(r"([<>=≤≥]{0,2}\s*[\d.,]*\d)\s*([^\d\s].*)\Z")


class Test(NamedTuple):
    """What a file says about which test it is: its name, codes and printed unit."""

    name: str
    loinc: str | None
    unit_reported: str | None
    code: tuple[str, str] | None = None
    specimen: str | None = None


@dataclass(frozen=True, slots=True)
class Assigned:
    """A test with its analyte (None: not assigned) and its UCUM unit, and the questions of that choice."""

    analyte: Analyte | None
    loinc: str | None
    unit: str | None
    unit_reported: str | None
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A test's printed value, read: a number, or a text, or the reason why it is neither."""

    assigned: Assigned
    value: str | None = None
    comparator: Comparator | None = None
    text: str | None = None
    flag: str | None = None
    questions: tuple[Question, ...] = ()
    excluded: str | None = None


class Reader:
    """Reads the results of one file; `mark` is the decimal mark that the file proves, or None."""

    def __init__(self, mark: Mark | None = None, known: Catalogue | None = None) -> None:
        self._mark = mark
        self._known = known or catalogue()
        self._tests: dict[Test, Assigned] = {}
        self._values: dict[tuple[Test, str], Reading] = {}

    def read(self, test: Test, printed: str) -> Reading:
        """Assign and read one result."""
        key = (test, printed)
        found = self._values.get(key)
        if found is None:
            if len(self._values) >= MAX_REMEMBERED:
                self._values.clear()
            found = self._values[key] = self._read(test, printed)
        return found

    def assign(self, test: Test) -> Assigned:
        """The analyte and the unit of a test."""
        found = self._tests.get(test)
        if found is None:
            found = self._tests[test] = self._assign(test)
        return found

    def _assign(self, test: Test) -> Assigned:
        meant = readings(test.unit_reported or "")
        loinc = test.loinc if test.loinc and is_loinc(test.loinc) else None
        analyte = self._by_code(test, loinc)
        if analyte is not None:
            return self._coded(test, analyte, loinc, meant)
        unit = meant[0] if meant else None
        if loinc is not None:
            return Assigned(None, loinc, unit, test.unit_reported)
        return self._named(test, meant)

    def _by_code(self, test: Test, loinc: str | None) -> Analyte | None:
        analyte = self._known.by_loinc(loinc) if loinc else None
        if analyte is None and loinc is None and test.code is not None:
            analyte = self._known.by_code(*test.code)
        if analyte is None or self._known.looks_like_other(test.name, analyte):
            return None
        if test.specimen and not analyte.urine and self._known.other_specimen(test.specimen):
            return None
        return analyte

    def _coded(self, test: Test, analyte: Analyte, loinc: str | None, meant: tuple[str, ...]) -> Assigned:
        unit = analyte.accept(meant) or (meant[0] if meant else None)
        asked = code_question(analyte, loinc, unit) if loinc else None
        questions: tuple[Question, ...] = (asked,) if asked else ()
        named = self._known.by_name(test.name)
        if named and analyte not in named:
            questions += (
                _other_analyte(test.name, analyte, f"its code {loinc or (test.code or ('', ''))[1]}"),
            )
        return Assigned(analyte, loinc, unit, test.unit_reported, questions)

    def _named(self, test: Test, meant: tuple[str, ...]) -> Assigned:
        named = self._known.by_name(test.name)
        if test.specimen:
            named = tuple(one for one in named if self._known.fits_specimen(one, test.specimen))
        fitting = [analyte for analyte in named if analyte.accept(meant)] if meant else list(named)
        if not fitting:
            return Assigned(None, None, meant[0] if meant else None, test.unit_reported)
        analyte = fitting[0]
        questions = () if len(fitting) == 1 else (_other_analyte(test.name, fitting[1], "its name"),)
        return Assigned(analyte, None, analyte.accept(meant), test.unit_reported, questions)

    def _read(self, test: Test, printed: str) -> Reading:
        assigned = self.assign(test)
        text = printed.strip()
        if not text or text.casefold() in words().pending:
            return Reading(assigned, excluded="there is no result yet" if text else "there is no value")
        if len(text) > MAX_PRINTED:
            return _worded(assigned, text)
        flag, number = None, read_number(text, self._mark)
        if number is None and (found := _TRAILING_FLAG.match(text)):
            flag, number = found[2], read_number(found[1], self._mark)
        if (
            number is None
            and (found := _WITH_UNIT.match(text))
            and readings(found[2])
            and (test.unit_reported is None or same_unit(found[2], test.unit_reported))
        ):
            return self.read(test._replace(unit_reported=test.unit_reported or found[2]), found[1])
        analyte = assigned.analyte
        if number is None:
            return _worded(assigned, text)
        questions = assigned.questions if analyte else ()
        if number.other is not None:
            questions += (ambiguous_question(text, number),)
        if analyte is not None:
            questions += value_questions(analyte, number.value, assigned.unit, assigned.unit_reported)
        return Reading(assigned, number.value, number.comparator, None, flag, questions)


def read_status(text: str) -> LabStatus:
    """A printed result status."""
    return words().statuses.get(text.strip().casefold(), "unknown")


def _worded(assigned: Assigned, text: str) -> Reading:
    """A result in words, which few analytes have."""
    if assigned.analyte is not None and not assigned.analyte.takes_text:
        return Reading(assigned, text=text, excluded=f"“{text[:40]}” is not a number")
    return Reading(assigned, text=text)


def _other_analyte(name: str, analyte: Analyte, because: str) -> Question:
    text = f"“{name}” may be {analyte.label} or another test, going by {because}. Is it assigned right?"
    return Question("analyte_likely_other", text)
