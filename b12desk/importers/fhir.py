"""FHIR R4 laboratory results (and STU3, where it has the same shape) to candidates.

The sample time is that of the Observation, else of its DiagnosticReport, else of its Specimen; `issued` is
when a report was released and is never taken. Sources: HL7 FHIR R4, Observation, DiagnosticReport, Specimen.
"""

from __future__ import annotations

from pathlib import Path

from b12desk.domain.errors import WorldError
from b12desk.domain.records import LabStatus
from b12desk.importers.candidates import NO_SAMPLE_DATE, Candidate, FilePatient, Parsed, Problem
from b12desk.importers.fhir_json import Placed, Resource, Resources, items, read_resources
from b12desk.importers.fhir_parts import (
    concept_of,
    effective_of,
    note_of,
    person_of,
    range_of,
    specimen_number,
    text_of,
    unit_conflict,
    units_of,
    value_of,
)
from b12desk.importers.moments import read_moment
from b12desk.importers.reading import Reader, Reading, Test

_LOINC = ("http://loinc.org", "https://loinc.org", "urn:oid:2.16.840.1.113883.6.1")
_STATUS: dict[str, LabStatus] = {
    "preliminary": "preliminary",
    "final": "final",
    "amended": "corrected",
    "corrected": "corrected",
    "entered-in-error": "entered_in_error",
}
_NO_RESULT = frozenset({"registered", "cancelled"})


def read_fhir(path: Path, encoding: str) -> Parsed:
    """Read a FHIR JSON file.

    Raises:
        WorldError: `unreadable_file` for broken or foreign JSON, with the place.
    """
    resources = read_resources(path, encoding)
    parsed = Parsed(path.name, "fhir-ndjson" if resources.ndjson else "fhir-r4")
    if not read_observations(parsed, resources):
        kinds = sorted({placed.resource["resourceType"] for placed in resources.placed})
        raise WorldError(
            "unreadable_file", f"{path.name} is FHIR, but without a result; it has {', '.join(kinds)[:120]}."
        )
    return parsed


def read_observations(parsed: Parsed, resources: Resources) -> int:
    """Add the results of all Observations to `parsed`; returns how many Observations there are."""
    observations = _Observations(resources, parsed)
    for placed in resources.of("Observation"):
        observations.add(placed)
    return observations.seen


class _Observations:
    """The Observations of one file with what surrounds them: reports, specimens, people."""

    def __init__(self, resources: Resources, parsed: Parsed) -> None:
        self.seen = 0
        self._resources = resources
        self._parsed = parsed
        self._reader = Reader(mark=".")
        self._people: dict[str, int] = {}
        self._parents = self._find_parents()

    def _find_parents(self) -> dict[int, Resource]:
        """For each Observation (by identity) the report or panel that lists it; a report before a panel."""
        parents: dict[int, Resource] = {}
        for kind, lists in (("DiagnosticReport", ("result",)), ("Observation", ("hasMember", "related"))):
            for placed in self._resources.of(kind):
                for reference in (item for name in lists for item in items(placed.resource, name)):
                    target = self._resources.target(reference.get("target") or reference, placed.resource)
                    if target is not None:
                        parents.setdefault(id(target), placed.resource)
        return parents

    def add(self, placed: Placed) -> None:
        """Read one Observation and its components."""
        self.seen += 1
        observation = placed.resource
        self._add_result(placed.where, observation, observation)
        for number, component in enumerate(items(observation, "component")):
            self._add_result(f"{placed.where}.component[{number}]", component, observation)

    def _add_result(self, where: str, part: Resource, observation: Resource) -> None:
        quantity, printed = value_of(part)
        status = text_of(observation.get("status")) or "unknown"
        if printed is None and not part.get("dataAbsentReason") and status not in _NO_RESULT:
            if any(name.startswith("value") for name in part):
                self._parsed.problems.append(Problem(where, "its value has no form that can be read"))
            return  # a panel's heading, which has no value of its own
        unit, second_unit = units_of(quantity)
        test = self._test(part, observation, unit)
        reading = self._reader.read(test, "" if status in _NO_RESULT else printed or "")
        candidate = Candidate(where, name=test.name, loinc=reading.assigned.loinc)
        candidate.analyte = reading.assigned.analyte.id if reading.assigned.analyte else None
        candidate.value, candidate.comparator = reading.value, reading.comparator
        candidate.text = reading.text
        candidate.unit = reading.assigned.unit
        candidate.unit_reported = text_of(quantity.get("unit")) or unit or reading.assigned.unit_reported
        candidate.questions = reading.questions + unit_conflict(unit, second_unit)
        candidate.status = _STATUS.get(status, "unknown")
        candidate.flag = concept_of(part.get("interpretation"))
        candidate.method = concept_of(observation.get("method"))
        candidate.note = note_of(observation)
        unreadable = self._add_surroundings(candidate, observation)
        found = range_of(part, unit)
        candidate.reference_low, candidate.reference_high, candidate.reference_text = found
        self._keep(candidate, reading, unreadable)

    def _keep(self, candidate: Candidate, reading: Reading, unreadable: str | None) -> None:
        if reading.assigned.analyte is None:
            if not reading.excluded and not unreadable:
                self._parsed.unmapped.append(candidate)
            return
        fault = reading.excluded or unreadable
        if fault:
            candidate.state, candidate.reason = "excluded", f"The result cannot be kept: {fault}."
            self._parsed.problems.append(Problem(candidate.where, f"{candidate.name}: {fault}"))
        self._parsed.candidates.append(candidate)

    def _test(self, part: Resource, observation: Resource, unit: str | None) -> Test:
        code = part.get("code")
        codings = items(code, "coding")
        loincs = [
            text
            for coding in codings
            if coding.get("system") in _LOINC
            if (text := text_of(coding.get("code")))
        ]
        others = [
            (system, text)
            for coding in codings
            if (system := text_of(coding.get("system"))) and system not in _LOINC
            if (text := text_of(coding.get("code")))
        ]
        known = [loinc for loinc in loincs if self._reader.assign(Test("", loinc, None)).analyte]
        shown = [text for coding in codings if (text := text_of(coding.get("display")))]
        codes = [text for coding in codings if (text := text_of(coding.get("code")))]
        name = (text_of(code.get("text")) if isinstance(code, dict) else None) or next(
            iter([*shown, *codes]), ""
        )
        loinc = next(iter([*known, *loincs]), None)
        return Test(name, loinc, unit, next(iter(others), None), self._specimen_kind(observation))

    def _specimen_kind(self, observation: Resource) -> str | None:
        reference = observation.get("specimen")
        specimen = self._resources.target(reference, observation)
        kind = concept_of(specimen.get("type")) if specimen else None
        return kind or (text_of(reference.get("display")) if isinstance(reference, dict) else None)

    def _add_surroundings(self, candidate: Candidate, observation: Resource) -> str | None:
        """Add sample time, person, laboratory and sample number; says why a printed time is none."""
        parent = self._parents.get(id(observation))
        report = parent if parent and parent["resourceType"] == "DiagnosticReport" else None
        specimens = [self._resources.target(observation.get("specimen"), observation)]
        if report:
            specimens += [self._resources.target(item, report) for item in items(report, "specimen")[:1]]
        specimen = next((found for found in specimens if found), None)
        candidate.specimen = specimen_number(specimen)
        candidate.lab = self._performer(observation) or (self._performer(report) if report else None)
        candidate.patient = self._patient(observation) if observation.get("subject") else None
        if candidate.patient is None and report:
            candidate.patient = self._patient(report)
        collection = specimen.get("collection") if specimen else None
        printed = effective_of(observation) or effective_of(parent) or effective_of(collection, "collected")
        moment = read_moment(printed) if printed else None
        if moment is not None:
            candidate.collected = moment.iso
        elif printed:
            return f"“{printed[:40]}” names no single day"
        else:
            candidate.questions += (NO_SAMPLE_DATE,)
        return None

    def _performer(self, holder: Resource) -> str | None:
        for performer in items(holder, "performer"):
            reference = performer.get("actor") if isinstance(performer.get("actor"), dict) else performer
            target = self._resources.target(reference, holder)
            if target is not None and target["resourceType"] != "Organization":
                continue
            name = text_of(target.get("name")) if target else text_of(reference.get("display"))
            if name and (target or "Practitioner" not in str(reference.get("reference"))):
                return name
        return None

    def _patient(self, holder: Resource) -> int | None:
        reference = holder.get("subject")
        if not isinstance(reference, dict):
            return None
        patient = self._resources.target(reference, holder)
        shown = text_of(reference.get("display"))
        key = text_of(reference.get("reference")) or shown
        if patient is not None:
            key = str(id(patient))
        if key is None or (patient is None and shown is None and len(self._people) == 0):
            return self._unnamed(key)
        if key not in self._people:
            self._people[key] = len(self._parsed.patients)
            self._parsed.patients.append(person_of(patient) if patient else FilePatient(shown, None, key))
        return self._people[key]

    def _unnamed(self, key: str | None) -> int | None:
        """A person known by a reference only, "Patient/123"."""
        if key is None:
            return None
        self._people[key] = len(self._parsed.patients)
        self._parsed.patients.append(FilePatient(None, None, key))
        return self._people[key]
