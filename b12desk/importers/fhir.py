"""FHIR R4 laboratory results (and STU3, where it has the same shape) to candidates.

The sample time is that of the Observation, else of its DiagnosticReport, else of its Specimen; `issued` is when a
report was released and is never taken. Sources: HL7 FHIR R4, Observation, DiagnosticReport, Specimen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from b12desk.domain.errors import WorldError
from b12desk.domain.lab_units import readings
from b12desk.domain.questions import Question
from b12desk.domain.records import LabStatus
from b12desk.domain.ucum import measure
from b12desk.importers.candidates import Candidate, FilePatient, Parsed, Problem
from b12desk.importers.fhir_json import Digits, Placed, Resource, Resources, items, read_resources
from b12desk.importers.moments import read_moment
from b12desk.importers.ranges import limits
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
_COMPARATORS = frozenset({"<", "<=", ">=", ">"})


def read_fhir(path: Path, encoding: str) -> Parsed:
    """Read a FHIR JSON file.

    Raises:
        WorldError: `unreadable_file` for broken or foreign JSON, with the place.
    """
    resources = read_resources(path, encoding)
    parsed = Parsed(path.name, "fhir-ndjson" if resources.ndjson else "fhir-r4")
    observations = _Observations(resources, parsed)
    for placed in resources.of("Observation"):
        observations.add(placed)
    if not observations.seen:
        kinds = sorted({placed.resource["resourceType"] for placed in resources.placed})
        raise WorldError(
            "unreadable_file", f"{path.name} is FHIR, but without a result; it has {', '.join(kinds)[:120]}."
        )
    return parsed


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
        quantity, printed = _value(part)
        status = _text(observation.get("status")) or "unknown"
        if printed is None and not part.get("dataAbsentReason") and status not in _NO_RESULT:
            return  # a panel's heading, which has no value of its own
        unit, second_unit = _units(quantity)
        test = self._test(part, observation, unit)
        reading = self._reader.read(test, "" if status in _NO_RESULT else printed or "")
        candidate = Candidate(where, name=test.name, loinc=reading.assigned.loinc)
        candidate.analyte = reading.assigned.analyte.id if reading.assigned.analyte else None
        candidate.value, candidate.comparator, candidate.text = (
            reading.value,
            reading.comparator,
            reading.text,
        )
        candidate.unit = reading.assigned.unit
        candidate.unit_reported = _text(quantity.get("unit")) or unit or reading.assigned.unit_reported
        candidate.questions = reading.questions + _unit_conflict(unit, second_unit)
        candidate.status = _STATUS.get(status, "unknown")
        candidate.flag = _concept(part.get("interpretation"))
        candidate.method = _concept(observation.get("method"))
        candidate.note = _note(observation)
        self._add_surroundings(candidate, observation)
        _add_range(candidate, items(part, "referenceRange"), unit)
        self._keep(candidate, reading)

    def _keep(self, candidate: Candidate, reading: Reading) -> None:
        if reading.assigned.analyte is None:
            if not reading.excluded:
                self._parsed.unmapped.append(candidate)
            return
        if reading.excluded:
            candidate.state, candidate.reason = "excluded", f"The result {reading.excluded}."
            self._parsed.problems.append(Problem(candidate.where, f"{candidate.name}: {reading.excluded}"))
        self._parsed.candidates.append(candidate)

    def _test(self, part: Resource, observation: Resource, unit: str | None) -> Test:
        code = part.get("code")
        codings = items(code, "coding")
        loincs = [
            text
            for coding in codings
            if coding.get("system") in _LOINC
            if (text := _text(coding.get("code")))
        ]
        others = [
            (system, text)
            for coding in codings
            if (system := _text(coding.get("system"))) and system not in _LOINC
            if (text := _text(coding.get("code")))
        ]
        known = [loinc for loinc in loincs if self._reader.assign(Test("", loinc, None)).analyte]
        shown = [text for coding in codings if (text := _text(coding.get("display")))]
        codes = [text for coding in codings if (text := _text(coding.get("code")))]
        name = (_text(code.get("text")) if isinstance(code, dict) else None) or next(
            iter([*shown, *codes]), ""
        )
        loinc = next(iter([*known, *loincs]), None)
        return Test(name, loinc, unit, next(iter(others), None), self._specimen_kind(observation))

    def _specimen_kind(self, observation: Resource) -> str | None:
        reference = observation.get("specimen")
        specimen = self._resources.target(reference, observation)
        kind = _concept(specimen.get("type")) if specimen else None
        return kind or (_text(reference.get("display")) if isinstance(reference, dict) else None)

    def _add_surroundings(self, candidate: Candidate, observation: Resource) -> None:
        """Sample time, person, laboratory and sample number."""
        parent = self._parents.get(id(observation))
        report = parent if parent and parent["resourceType"] == "DiagnosticReport" else None
        specimens = [self._resources.target(observation.get("specimen"), observation)]
        if report:
            specimens += [self._resources.target(item, report) for item in items(report, "specimen")[:1]]
        specimen = next((found for found in specimens if found), None)
        candidate.specimen = _specimen_number(specimen)
        candidate.lab = self._performer(observation) or (self._performer(report) if report else None)
        candidate.patient = self._patient(observation) if observation.get("subject") else None
        if candidate.patient is None and report:
            candidate.patient = self._patient(report)
        collection = specimen.get("collection") if specimen else None
        printed = _effective(observation) or _effective(parent) or _effective(collection, "collected")
        moment = read_moment(printed) if printed else None
        if moment is None:
            said = f"“{printed}” names no single day" if printed else "The file has no sample date"
            asked = Question("sample_date", f"{said}. On which day was the sample taken?", ())
            candidate.questions += (asked,)
        else:
            candidate.collected = moment.iso

    def _performer(self, holder: Resource) -> str | None:
        for performer in items(holder, "performer"):
            reference = performer.get("actor") if isinstance(performer.get("actor"), dict) else performer
            target = self._resources.target(reference, holder)
            if target is not None and target["resourceType"] != "Organization":
                continue
            name = _text(target.get("name")) if target else _text(reference.get("display"))
            if name and (target or "Practitioner" not in str(reference.get("reference"))):
                return name
        return None

    def _patient(self, holder: Resource) -> int | None:
        reference = holder.get("subject")
        if not isinstance(reference, dict):
            return None
        patient = self._resources.target(reference, holder)
        shown = _text(reference.get("display"))
        key = _text(reference.get("reference")) or shown
        if patient is not None:
            key = str(id(patient))
        if key is None or (patient is None and shown is None and len(self._people) == 0):
            return self._unnamed(key)
        if key not in self._people:
            self._people[key] = len(self._parsed.patients)
            self._parsed.patients.append(_person(patient) if patient else FilePatient(shown, None, key))
        return self._people[key]

    def _unnamed(self, key: str | None) -> int | None:
        """A person known by a reference only, "Patient/123"."""
        if key is None:
            return None
        self._people[key] = len(self._parsed.patients)
        self._parsed.patients.append(FilePatient(None, None, key))
        return self._people[key]


def _value(part: Resource) -> tuple[Resource, str | None]:
    """The quantity (empty where the value is of another type) and the printed value with its comparator."""
    quantity = part.get("valueQuantity")
    if isinstance(quantity, dict):
        value, comparator = quantity.get("value"), _text(quantity.get("comparator"))
        if not isinstance(value, str) or not value:
            return quantity, None
        return quantity, f"{comparator if comparator in _COMPARATORS else ''}{value}"
    for name in ("valueString", "valueInteger"):
        if _text(part.get(name)):
            return {}, _text(part.get(name))
    if part.get("valueCodeableConcept"):
        return {}, _concept(part["valueCodeableConcept"])
    ratio = part.get("valueRatio")
    if isinstance(ratio, dict):
        parts = [ratio.get(side) for side in ("numerator", "denominator")]
        printed = [str(item.get("value")) for item in parts if isinstance(item, dict) and item.get("value")]
        return {}, ":".join(printed) if len(printed) == 2 else None
    return {}, None


def _units(quantity: Resource) -> tuple[str | None, str | None]:
    """The unit to read by, the code before the text, and the other one where both are given."""
    code, text = _text(quantity.get("code")), _text(quantity.get("unit"))
    if code and (readings(code) or not text):
        return code, text
    return text, code


def _unit_conflict(unit: str | None, other: str | None) -> tuple[Question, ...]:
    """Ask where the unit's code and its text mean different units."""
    one, two = readings(unit or ""), readings(other or "")
    if not one or not two or {measure(code) for code in one} & {measure(code) for code in two}:
        return ()
    text = f"The result's unit is coded {unit} but written {other}. Is {unit} what the report says?"
    return (Question("unit_likely_other", text),)


def _add_range(candidate: Candidate, ranges: list[Resource], unit: str | None) -> None:
    """The first range for everyone; one in another unit than the value is kept as text only, so that it is not drawn."""
    if not ranges:
        return
    chosen = next((item for item in ranges if not item.get("appliesTo") and not item.get("age")), ranges[0])
    sides = [chosen.get(side) if isinstance(chosen.get(side), dict) else {} for side in ("low", "high")]
    low, high = (str(side.get("value") or "") for side in sides)
    found = limits(low, high, ".")
    text = _text(chosen.get("text"))
    units = {
        side_unit for side in sides for side_unit in [_units(side)[0]] if side_unit and side.get("value")
    }
    mine = {measure(code) for code in readings(unit or "")}
    for other in units:
        if other != unit and not mine & {measure(code) for code in readings(other)}:
            candidate.reference_text = text or f"{low} - {high} {other}"
            return
    candidate.reference_low, candidate.reference_high = found.low, found.high
    candidate.reference_text = text if found.low is None and found.high is None and text else found.text


def _effective(holder: Any, stem: str = "effective") -> str | None:
    """`effectiveDateTime`, the start of `effectivePeriod`, or `effectiveInstant`; the same for `collected`."""
    if not isinstance(holder, dict):
        return None
    period = holder.get(f"{stem}Period")
    start = period.get("start") if isinstance(period, dict) else None
    return _text(holder.get(f"{stem}DateTime")) or _text(start) or _text(holder.get(f"{stem}Instant"))


def _specimen_number(specimen: Resource | None) -> str | None:
    if specimen is None:
        return None
    accession = specimen.get("accessionIdentifier")
    identifiers = [accession] if isinstance(accession, dict) else items(specimen, "identifier")
    return next((text for item in identifiers if (text := _text(item.get("value")))), None)


def _person(patient: Resource) -> FilePatient:
    names = items(patient, "name")
    chosen = next((name for name in names if name.get("use") == "official"), names[0] if names else {})
    given = chosen.get("given")
    parts = [
        *_texts(chosen.get("prefix")),
        *_texts(given),
        *_texts([chosen.get("family")]),
    ]
    born = _text(patient.get("birthDate"))
    identifier = next(
        (text for item in items(patient, "identifier") if (text := _text(item.get("value")))), None
    )
    number = identifier or _text(patient.get("id"))
    return FilePatient(_text(chosen.get("text")) or " ".join(parts) or None, born, number)


def _concept(value: Any) -> str | None:
    """The text of a CodeableConcept, or of the first of several; for flags the code is the text."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, dict):
        return None
    coding = next(iter(items(value, "coding")), {})
    return _text(value.get("text")) or _text(coding.get("display")) or _text(coding.get("code"))


def _note(observation: Resource) -> str | None:
    notes = [_text(note.get("text")) for note in items(observation, "note")] + [
        _text(observation.get("comment"))
    ]
    return "\n".join(note for note in notes if note) or None


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _texts(value: Any) -> list[str]:
    return [text for item in value if (text := _text(item))] if isinstance(value, list) else []
