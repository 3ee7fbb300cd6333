"""The parts of a FHIR result, each read on its own: value, units, range, time, person, texts.

A file may hold anything in any place; what has not the shape that FHIR asks for counts as not there.
"""

from __future__ import annotations

from typing import Any

from b12desk.domain.lab_units import readings
from b12desk.domain.questions import Question
from b12desk.importers.candidates import FilePatient
from b12desk.importers.fhir_json import Resource, items
from b12desk.importers.ranges import NONE, Range, limits, same_unit

_COMPARATORS = frozenset({"<", "<=", ">=", ">"})


def value_of(part: Resource) -> tuple[Resource, str | None]:
    """The quantity (empty where the value is of another type) and the printed value with its comparator."""
    quantity = part.get("valueQuantity")
    if isinstance(quantity, dict):
        value, comparator = quantity.get("value"), text_of(quantity.get("comparator"))
        if not isinstance(value, str) or not value:
            return quantity, None
        return quantity, f"{comparator if comparator in _COMPARATORS else ''}{value}"
    for name in ("valueString", "valueInteger"):
        if text_of(part.get(name)):
            return {}, text_of(part.get(name))
    if part.get("valueCodeableConcept"):
        return {}, concept_of(part["valueCodeableConcept"])
    ratio = part.get("valueRatio")
    if isinstance(ratio, dict):
        parts = [ratio.get(side) for side in ("numerator", "denominator")]
        printed = [str(item.get("value")) for item in parts if isinstance(item, dict) and item.get("value")]
        return {}, ":".join(printed) if len(printed) == 2 else None
    return {}, None


def units_of(quantity: Resource) -> tuple[str | None, str | None]:
    """The unit to read by, the code before the text, and the other one where both are given."""
    code, text = text_of(quantity.get("code")), text_of(quantity.get("unit"))
    if code and (readings(code) or not text):
        return code, text
    return text, code


def unit_conflict(unit: str | None, other: str | None) -> tuple[Question, ...]:
    """Ask where the unit's code and its text mean different units."""
    if not readings(unit or "") or not readings(other or "") or same_unit(unit or "", other):
        return ()
    text = f"The result's unit is coded {unit} but written {other}. Is {unit} what the report says?"
    return (Question("unit_likely_other", text),)


def range_of(part: Resource, unit: str | None) -> Range:
    """The first range for everyone; one in another unit than the value is text only and is never drawn."""
    ranges = items(part, "referenceRange")
    if not ranges:
        return NONE
    chosen = next((item for item in ranges if not item.get("appliesTo") and not item.get("age")), ranges[0])
    low, low_unit = _limit(chosen, "low")
    high, high_unit = _limit(chosen, "high")
    text = text_of(chosen.get("text"))
    other = next((limit for limit in (low_unit, high_unit) if limit and not same_unit(limit, unit)), None)
    if other is not None:
        return Range(None, None, text or f"{low} - {high} {other}")
    found = limits(low, high, ".")
    return found._replace(text=text) if found.low is None and found.high is None and text else found


def _limit(chosen: Resource, side: str) -> tuple[str, str | None]:
    """The digits of one limit and its unit, where it has both."""
    quantity = chosen.get(side)
    value = text_of(quantity.get("value")) if isinstance(quantity, dict) else None
    return (value, units_of(quantity)[0]) if isinstance(quantity, dict) and value else ("", None)


def effective_of(holder: Any, stem: str = "effective") -> str | None:
    """`effectiveDateTime`, the start of `effectivePeriod`, `effectiveInstant`; so too for `collected`."""
    if not isinstance(holder, dict):
        return None
    period = holder.get(f"{stem}Period")
    start = period.get("start") if isinstance(period, dict) else None
    return text_of(holder.get(f"{stem}DateTime")) or text_of(start) or text_of(holder.get(f"{stem}Instant"))


def specimen_number(specimen: Resource | None) -> str | None:
    if specimen is None:
        return None
    accession = specimen.get("accessionIdentifier")
    identifiers = [accession] if isinstance(accession, dict) else items(specimen, "identifier")
    return next((text for item in identifiers if (text := text_of(item.get("value")))), None)


def person_of(patient: Resource) -> FilePatient:
    names = items(patient, "name")
    chosen = next((name for name in names if name.get("use") == "official"), names[0] if names else {})
    given = chosen.get("given")
    parts = [
        *texts_of(chosen.get("prefix")),
        *texts_of(given),
        *texts_of([chosen.get("family")]),
    ]
    born = text_of(patient.get("birthDate"))
    identifier = next(
        (text for item in items(patient, "identifier") if (text := text_of(item.get("value")))), None
    )
    number = identifier or text_of(patient.get("id"))
    return FilePatient(text_of(chosen.get("text")) or " ".join(parts) or None, born, number)


def concept_of(value: Any) -> str | None:
    """The text of a CodeableConcept, or of the first of several; for flags the code is the text."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, dict):
        return None
    coding: Resource = next(iter(items(value, "coding")), {})
    return text_of(value.get("text")) or text_of(coding.get("display")) or text_of(coding.get("code"))


def note_of(observation: Resource) -> str | None:
    notes = [text_of(note.get("text")) for note in items(observation, "note")] + [
        text_of(observation.get("comment"))
    ]
    return "\n".join(note for note in notes if note) or None


def text_of(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def texts_of(value: Any) -> list[str]:
    return [text for item in value if (text := text_of(item))] if isinstance(value, list) else []
