"""Putting a read result where it belongs: a result, a test that is not assigned, or set aside."""

from __future__ import annotations

from b12desk.importers.candidates import Candidate, Parsed, Problem
from b12desk.importers.reading import Reading

MAX_PROBLEMS = 200


def fill(candidate: Candidate, reading: Reading) -> None:
    """Give a candidate what the reading says: the analyte, the value with its unit, and the questions."""
    assigned = reading.assigned
    candidate.analyte = assigned.analyte.id if assigned.analyte else None
    candidate.loinc = assigned.loinc
    candidate.value, candidate.comparator = reading.value, reading.comparator
    candidate.text = reading.text
    candidate.unit, candidate.unit_reported = assigned.unit, assigned.unit_reported
    candidate.flag = candidate.flag or reading.flag
    candidate.questions += reading.questions


def keep(parsed: Parsed, candidate: Candidate, reading: Reading, fault: str | None = None) -> None:
    """Add the candidate to the results, or to the tests that are not assigned; `fault` sets it aside."""
    fault = reading.excluded or fault
    if reading.assigned.analyte is None:
        if fault is None:
            parsed.unmapped.append(candidate)
        return
    if fault is not None:
        candidate.state, candidate.reason = "excluded", f"The result cannot be kept: {fault}."
        add_problem(parsed, candidate.where, f"{candidate.name}: {fault}")
    parsed.candidates.append(candidate)


def add_problem(parsed: Parsed, place: str, what: str) -> None:
    """Note what could not be read, up to `MAX_PROBLEMS` of a file."""
    if len(parsed.problems) == MAX_PROBLEMS:
        what = "more problems follow, which are not listed"
    if len(parsed.problems) <= MAX_PROBLEMS:
        parsed.problems.append(Problem(place, what))
