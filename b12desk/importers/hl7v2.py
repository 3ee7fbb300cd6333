"""HL7 v2 laboratory messages (ORU, OUL) to candidates.

The sample time is OBR-7, else the specimen's SPM-17, else OBX-14; times of the order, the report and the
message are never taken. A code counts as LOINC only under LOINC's name, since local codes can look like it.
Source: HL7 v2.5.1 chapter 7 (OBR, OBX, SPM), chapter 3 (PID), table 0085 (result status).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from b12desk.domain.errors import WorldError
from b12desk.domain.lab_units import readings
from b12desk.domain.numbers import decimal_mark
from b12desk.domain.records import LabStatus
from b12desk.importers.candidates import NO_SAMPLE_DATE, Candidate, FilePatient, Parsed
from b12desk.importers.fhir_parts import unit_conflict
from b12desk.importers.hl7_segments import Segment, read_segments
from b12desk.importers.keeping import add_problem, fill, keep
from b12desk.importers.moments import read_compact
from b12desk.importers.ranges import read_range
from b12desk.importers.reading import Reader, Test

_LOINC = frozenset({"LN", "LNC", "LOINC", "2.16.840.1.113883.6.1", "HTTP://LOINC.ORG"})
_RESULTS = frozenset({"ORU", "OUL", ""})
_STATUS: dict[str, LabStatus] = {
    "F": "final",
    "U": "final",
    "V": "final",
    "P": "preliminary",
    "R": "preliminary",
    "S": "preliminary",
    "C": "corrected",
    "A": "corrected",
    "D": "entered_in_error",
    "W": "entered_in_error",
}
_NO_RESULT = frozenset({"I", "N", "O", "X"})
_DOCUMENTS = frozenset({"ED", "RP"})
_CODED = frozenset({"CE", "CF", "CWE", "CNE"})


@dataclass(slots=True)
class _Group:
    """One order (OBR) with its results, their notes, and the specimen that follows them."""

    header: Segment
    order: Segment | None
    patient: int | None
    lab: str | None
    results: list[tuple[Segment, list[str]]] = field(default_factory=list)
    specimen: Segment | None = None


def read_hl7(path: Path) -> Parsed:
    """Read a file of HL7 v2 messages.

    Raises:
        WorldError: `unreadable_file` where it is no such file, is cut off, or holds no laboratory result.
    """
    parsed = Parsed(path.name, "hl7v2")
    groups = _Grouping(parsed)
    for segment in read_segments(path):
        groups.add(segment)
    results = [result for group in groups.groups for result, _ in group.results]
    if not results:
        kinds = ", ".join(sorted(groups.other_kinds))[:80]
        reason = f"it is of type {kinds}" if kinds else "without a laboratory result"
        raise WorldError("unreadable_file", f"{path.name} is an HL7 v2 message, but {reason}.")
    readers = _Readers(results)
    for group in groups.groups:
        for result, notes in group.results:
            _add_result(parsed, readers, group, result, notes)
    return parsed


class _Grouping:
    """Segments in their order to groups; what stands before the first message of results is passed over."""

    def __init__(self, parsed: Parsed) -> None:
        self.groups: list[_Group] = []
        self.other_kinds: set[str] = set()
        self._parsed = parsed
        self._people: dict[FilePatient, int] = {}
        self._header: Segment | None = None
        self._patient: int | None = None
        self._group: _Group | None = None

    def add(self, segment: Segment) -> None:
        """Take the next segment of the file."""
        if segment.name == "MSH":
            kind = " ".join(segment.text(9).split())[:20]
            self._header = segment if kind in _RESULTS else None
            self._patient = self._group = None
            if self._header is None:
                self.other_kinds.add(kind)
                add_problem(self._parsed, f"line {segment.line}", f"a message of type {kind} is not read")
        elif self._header is None:
            return
        elif segment.name == "PID":
            self._patient, self._group = self._person(segment), None
        elif segment.name == "OBR":
            self._begin(self._header, segment)
        elif segment.name == "OBX":
            group = self._group or self._begin(self._header, None)
            group.results.append((segment, []))
        elif segment.name == "NTE" and self._group and self._group.results:
            self._group.results[-1][1].append(" ".join(segment.text(3).split()))
        elif segment.name == "SPM" and self._group:
            self._group.specimen = self._group.specimen or segment

    def _begin(self, header: Segment, order: Segment | None) -> _Group:
        facility = header.text(4)
        lab = None if facility.isdigit() else facility or None
        self._group = _Group(header, order, self._patient, lab)
        self.groups.append(self._group)
        return self._group

    def _person(self, segment: Segment) -> int | None:
        family, given, middle, *_ = [*segment.components(5), "", "", ""]
        name = " ".join(part for part in (given, middle, family.split("&")[0]) if part) or None
        born = read_compact(segment.text(7))
        number = segment.text(3) or segment.text(2) or None
        person = FilePatient(name, born[:10] if born else None, number)
        if person == FilePatient():
            return None
        if person not in self._people:
            self._people[person] = len(self._parsed.patients)
            self._parsed.patients.append(person)
        return self._people[person]


class _Readers:
    """NM is printed with a point by the standard; other value types as the file proves."""

    def __init__(self, results: Iterable[Segment]) -> None:
        printed = [text for result in results for text in (result.raw(5), result.raw(7))]
        self.numeric = Reader(".")
        self.mark = decimal_mark(printed)
        self.printed = Reader(self.mark)

    def of(self, kind: str) -> Reader:
        """The reader for a value type."""
        return self.numeric if kind in ("NM", "SN") else self.printed


def _add_result(parsed: Parsed, readers: _Readers, group: _Group, result: Segment, notes: list[str]) -> None:
    kind = result.text(2)
    if kind in _DOCUMENTS:
        add_problem(parsed, _place(group, result), "an embedded document is not read")
        return
    unit, second_unit = _units(result)
    test = _test(group, result, unit)
    if not test.name:
        return
    printed = _printed(result, kind)
    status = result.text(11) or (group.order.text(25) if group.order else "")
    reading = readers.of(kind).read(test, "" if status in _NO_RESULT else printed)
    candidate = Candidate(_place(group, result), name=test.name, flag=result.text(8) or None)
    candidate.questions = unit_conflict(unit, second_unit)
    fill(candidate, reading)
    candidate.reference_low, candidate.reference_high, candidate.reference_text = read_range(
        " ".join(result.components(7)).strip(), "." if kind == "NM" else readers.mark
    )
    candidate.status = _STATUS.get(status, "unknown")
    candidate.method = result.text(17, 2) or result.text(17) or None
    candidate.lab = result.text(23) or group.lab
    candidate.note = "\n".join(note for note in notes if note) or None
    candidate.patient = group.patient
    candidate.specimen = _order_number(group)
    keep(parsed, candidate, reading, _set_time(candidate, group, result))


def _place(group: _Group, result: Segment) -> str:
    order = f" under OBR {group.order.text(1)}" if group.order and group.order.text(1) else ""
    number = f", OBX {result.text(1)}" if result.text(1) else ""
    return f"line {result.line}{number}{order}"


def _set_time(candidate: Candidate, group: _Group, result: Segment) -> str | None:
    """Set the sample time, or ask for it; the return value says why a printed one cannot be read."""
    order, specimen = group.order, group.specimen
    printed = (order.text(7) if order else "") or (specimen.text(17) if specimen else "") or result.text(14)
    if not printed.strip("0"):
        candidate.questions += (NO_SAMPLE_DATE,)
        return None
    candidate.collected = read_compact(printed)
    return None if candidate.collected else f"“{printed[:40]}” names no single day"


def _order_number(group: _Group) -> str | None:
    order = group.order
    return (order.text(3) or order.text(2) or None) if order else None


def _units(result: Segment) -> tuple[str | None, str | None]:
    """The unit to read by, the code before its text, and the other one where both are given."""
    code, text, *_ = [*result.components(6), "", ""]
    if code and (readings(code) or not text):
        return code, text or None
    return text or None, code or None


def _test(group: _Group, result: Segment, unit: str | None) -> Test:
    parts = [*result.components(3), *[""] * 9]
    coded = [(parts[at], parts[at + 1], parts[at + 2].upper()) for at in (0, 3)]
    loinc = next((code for code, _, system in coded if system in _LOINC and code), None)
    name = next((name for _, name, _ in coded if name), "") or parts[8] or parts[0]
    return Test(name, loinc, unit, None, _specimen_words(group, result) or None)


def _specimen_words(group: _Group, result: Segment) -> str:
    """All that says what was examined: the order's name and specimen, the section, the specimen segment."""
    order, specimen = group.order, group.specimen
    words = [" ".join(result.components(4))]
    if order is not None:
        words += [order.text(4, 2), " ".join(order.components(15))]
    if specimen is not None:
        words.append(" ".join(specimen.components(4)))
    return " ".join(word for word in words if word)


def _printed(result: Segment, kind: str) -> str:
    """The value as it is printed: a structured number put together, a coded one by its words."""
    if kind == "SN":
        comparator, first, separator, second, *_ = [*result.components(5), "", "", "", ""]
        return f"{comparator}{first}{separator}{second}"
    repetitions = result.repetitions(5)
    if kind in _CODED:
        shown = [_coded(parts) for parts in repetitions]
    else:
        shown = ["^".join(parts) for parts in repetitions]
    return "\n".join(text for text in shown if text).strip()


def _coded(parts: list[str]) -> str:
    padded = [*parts, *[""] * 9]
    return padded[1] or padded[8] or padded[4] or padded[0]
