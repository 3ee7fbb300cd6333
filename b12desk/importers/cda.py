"""C-CDA and CDA documents, and excerpts of them: the coded entries of result sections to candidates.

Only coded entries count; the section's text for people is used for names that point into it. The sample time
is the observation's own, else its organizer's. Sources: HL7 C-CDA R2.1, Results Section and Result
Observation; IHE PCC 1.3.6.1.4.1.19376.1.3.3.2.1 (laboratory specialty section).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from b12desk.domain.errors import WorldError
from b12desk.domain.records import LabStatus
from b12desk.importers.candidates import NO_SAMPLE_DATE, Candidate, Parsed
from b12desk.importers.cda_parts import Narrative, loincs_of, person_of, range_of, time_of, value_of, words_of
from b12desk.importers.cda_tree import Node, read_tree
from b12desk.importers.keeping import fill, keep
from b12desk.importers.moments import read_compact
from b12desk.importers.reading import Reader, Test

_CODES = frozenset({"30954-2", "26436-6", "18717-9", "18719-5", "18723-7", "18725-2", "18727-8", "11502-2"})
_TEMPLATES = (
    "2.16.840.1.113883.10.20.22.2.3",
    "2.16.840.1.113883.10.20.1.14",
    "1.3.6.1.4.1.19376.1.3.3.2.",
    "1.3.6.1.4.1.19376.1.5.3.1.3.27",
    "1.3.6.1.4.1.19376.1.5.3.1.3.28",
)
_STATUS: dict[str, LabStatus] = {
    "completed": "final",
    "active": "preliminary",
    "nullified": "entered_in_error",
}
_HOLDERS = frozenset({"entry", "component", "section", "organizer", "act", "observation"})
_NO_RESULT = frozenset({"aborted", "cancelled", "held", "suspended"})


@dataclass(frozen=True)
class _Around:
    """What an observation inherits from the organizers and sections that it stands in."""

    narrative: Narrative
    time: str | None = None
    lab: str | None = None
    specimen: str | None = None
    specimen_words: str | None = None


def read_cda(path: Path) -> Parsed:
    """Read a CDA document, or an excerpt from a section downwards.

    Raises:
        WorldError: `unreadable_file` for broken or foreign XML, and for a document without results.
    """
    root = read_tree(path)
    parsed = Parsed(path.name, "cda")
    roles = list(root.all("recordTarget", "patientRole"))
    parsed.patients = list(dict.fromkeys(person_of(role) for role in roles))
    if len(parsed.patients) > 1:
        raise WorldError("unreadable_file", f"{path.name} is one document about several people.")
    sections = _result_sections(root)
    if root.name != "ClinicalDocument" and not sections:
        sections = [] if root.name == "section" else [root]
    results = _Results(parsed)
    for section in sections:
        results.add(section, _Around(Narrative(section)))
    if not results.seen:
        raise WorldError("unreadable_file", f"{path.name} is a CDA document, but without laboratory results.")
    return parsed


def _result_sections(root: Node) -> list[Node]:
    """The outermost sections of results; a section within one belongs to it."""
    if root.name == "section" and _is_results(root):
        return [root]
    return [section for child in root.children for section in _result_sections(child)]


def _is_results(section: Node) -> bool:
    code = section.first("code")
    if code is not None and code.get("code") in _CODES:
        return True
    roots = [template.get("root") or "" for template in section.all("templateId")]
    return any(root == one or root.startswith(f"{one.rstrip('.')}.") for root in roots for one in _TEMPLATES)


class _Results:
    """Walks the entries of a document and reads each observation that has a value."""

    def __init__(self, parsed: Parsed) -> None:
        self.seen = 0
        self._parsed = parsed
        self._patient = 0 if parsed.patients else None
        self._reader = Reader(mark=".")

    def add(self, node: Node, around: _Around) -> None:
        """Read a node and all below it; what was planned or denied is passed over."""
        if node.get("negationInd") == "true" or node.get("moodCode") not in (None, "EVN"):
            return
        if node.name in ("organizer", "act", "observation"):
            around = _within(node, around)
        if node.name == "observation" and node.first("value") is not None:
            self._add_result(node, around)
            return  # what hangs on a result is no result of its own
        for child in node.children:
            if child.name in _HOLDERS or (
                child.name == "entryRelationship" and child.get("typeCode") in (None, "COMP")
            ):
                self.add(child, around)

    def _add_result(self, observation: Node, around: _Around) -> None:
        self.seen += 1
        value = observation.first("value")
        printed = value_of(value, around.narrative) if value is not None else None
        code = observation.first("code")
        name = words_of(code, around.narrative)
        if printed is None or name is None:
            return
        loincs = loincs_of(code)
        known = [loinc for loinc in loincs if self._reader.assign(Test("", loinc, None)).analyte]
        test = Test(name, next(iter([*known, *loincs]), None), printed.unit, None, around.specimen_words)
        state = observation.first("statusCode")
        status = (state.get("code") if state is not None else None) or "completed"
        reading = self._reader.read(test, "" if status in _NO_RESULT else printed.value or "")
        place = f"line {observation.line}, result {self.seen}"
        candidate = Candidate(
            place, name=name, flag=words_of(observation.first("interpretationCode"), around.narrative)
        )
        fill(candidate, reading)
        limits = range_of(observation, printed.unit)
        candidate.reference_low, candidate.reference_high, candidate.reference_text = limits
        candidate.status = _STATUS.get(status, "unknown")
        candidate.method = words_of(observation.first("methodCode"), around.narrative)
        candidate.lab, candidate.specimen, candidate.patient = around.lab, around.specimen, self._patient
        keep(self._parsed, candidate, reading, _set_time(candidate, around.time))


def _within(node: Node, around: _Around) -> _Around:
    """The surroundings below an organizer, act or observation: its own words go before inherited ones."""
    lab = node.first("performer", "assignedEntity", "representedOrganization", "name")
    role = node.first("specimen", "specimenRole")
    number = role.first("id") if role is not None else None
    kind = role.first("specimenPlayingEntity", "code") if role is not None else None
    return replace(
        around,
        time=time_of(node.first("effectiveTime")) or around.time,
        lab=(lab.text if lab is not None else None) or around.lab,
        specimen=(number.get("extension") if number is not None else None) or around.specimen,
        specimen_words=words_of(kind, around.narrative) or around.specimen_words,
    )


def _set_time(candidate: Candidate, printed: str | None) -> str | None:
    """Set the sample time, or ask for it; the return value says why a printed one cannot be read."""
    if printed is None:
        candidate.questions += (NO_SAMPLE_DATE,)
        return None
    candidate.collected = read_compact(printed)
    return None if candidate.collected else f"“{printed[:40]}” names no single day"
