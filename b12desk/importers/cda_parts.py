"""The parts of a CDA result, each read on its own: value, unit, range, code, time, person.

Sources: HL7 CDA R2 data types (PQ, IVL_PQ, CD, ED, nullFlavor); C-CDA R2.1, Result Observation. What a part
lacks counts as not there: a nullFlavor is never turned into a value.
"""

from __future__ import annotations

from typing import NamedTuple

from b12desk.domain.lab_units import readings
from b12desk.importers.candidates import FilePatient
from b12desk.importers.cda_tree import Node
from b12desk.importers.moments import read_compact
from b12desk.importers.ranges import NONE, Range, limits, same_unit

LOINC = "2.16.840.1.113883.6.1"
_CODED = frozenset({"CD", "CE", "CO", "CV", "CS"})
_NUMBERS = frozenset({"PQ", "REAL", "INT", "MO"})


class Quantity(NamedTuple):
    """A number as printed, with its comparator, and its unit; both None where there is none."""

    value: str | None
    unit: str | None


class Narrative:
    """The text of a section for people, found by the IDs that coded entries point to."""

    def __init__(self, section: Node) -> None:
        self._nodes: dict[str, Node] = {}
        self._texts: dict[str, str | None] = {}
        for node in section.walk():
            if mark := node.get("ID"):
                self._nodes.setdefault(mark, node)

    def text(self, mark: str) -> str | None:
        """The text under an ID, or None."""
        if mark not in self._texts:
            node = self._nodes.get(mark)
            self._texts[mark] = node.text if node is not None else None
        return self._texts[mark]


def quantity_of(node: Node | None) -> Quantity:
    """Value and unit of a PQ; without a value of its own, or a unit, those of its translation."""
    if node is None:
        return Quantity(None, None)
    value, unit = node.get("value"), _unit_of(node)
    for translation in node.all("translation"):
        own = translation.get("value")
        if value is None and own is not None:
            return Quantity(own, _unit_of(translation))
        if unit is None and own in (None, value) and readings(_unit_of(translation) or ""):
            unit = _unit_of(translation)
    return Quantity(value, unit)


def _unit_of(node: Node) -> str | None:
    unit = node.get("unit")
    if unit == "1":  # UCUM's word for "no unit"
        unit = None
    words = node.first("originalText")
    return unit or (words.text if words is not None else None)


def value_of(node: Node, narrative: Narrative) -> Quantity:
    """The value of an observation by its type: a quantity, one limit, words, or a ratio such as 1:128."""
    kind = (node.get("type") or "").rpartition(":")[2]
    if kind == "IVL_PQ" or node.first("low") or node.first("high"):
        return _limit_of(node)
    if kind in _NUMBERS or (not kind and node.get("value")):
        return quantity_of(node)
    if kind.startswith("RTO"):
        parts = [quantity_of(node.first(side)).value for side in ("numerator", "denominator")]
        return Quantity(":".join(part for part in parts if part) if all(parts) else None, None)
    if kind in _CODED or node.get("code"):
        return Quantity(words_of(node, narrative), None)
    return Quantity(_pointed(node, narrative) or node.text or node.get("value"), None)


def _limit_of(node: Node) -> Quantity:
    """An interval as it is printed: "<0.01" where one side is open, "3-5" where both are given."""
    low, high = quantity_of(node.first("low")), quantity_of(node.first("high"))
    if low.value and high.value:
        return Quantity(low.value if low == high else f"{low.value}-{high.value}", high.unit or low.unit)
    for side, sign, limit in (("high", "<", high), ("low", ">", low)):
        end = node.first(side)
        if limit.value and end is not None:
            closed = "=" if end.get("inclusive") == "true" else ""
            return Quantity(f"{sign}{closed}{limit.value}", limit.unit)
    return quantity_of(node.first("center")) if node.first("center") else Quantity(None, None)


def words_of(node: Node | None, narrative: Narrative) -> str | None:
    """What a code says in words: its original text, its display name, those of its translations, the code."""
    if node is None:
        return None
    original = node.first("originalText")
    shown = (_pointed(original, narrative) or original.text) if original is not None else None
    translated = (one.get("displayName") for one in node.all("translation"))
    return (
        shown
        or node.get("displayName")
        or next((text for text in translated if text), None)
        or node.get("code")
    )


def _pointed(node: Node, narrative: Narrative) -> str | None:
    """The text of the section that a `<reference value="#id"/>` points to."""
    reference = node.first("reference")
    target = reference.get("value") if reference is not None else None
    return narrative.text(target.removeprefix("#")) if target else None


def loincs_of(code: Node | None) -> list[str]:
    """The LOINC codes of an observation: its own before those of its translations."""
    if code is None:
        return []
    coded = (code, *code.all("translation"))
    return [text for one in coded if one.get("codeSystem") == LOINC and (text := one.get("code"))]


def range_of(observation: Node, unit: str | None) -> Range:
    """The first range; one in another unit than the value is text only and is never drawn."""
    found = next(observation.all("referenceRange", "observationRange"), None)
    if found is None:
        return NONE
    text, value = found.first("text"), found.first("value")
    words = text.text if text is not None else None
    if value is None:
        return Range(None, None, words)
    low, high = quantity_of(value.first("low")), quantity_of(value.first("high"))
    if not low.value and not high.value:
        return Range(None, None, words or value.text)
    other = next((one.unit for one in (low, high) if one.unit and not same_unit(one.unit, unit)), None)
    if other is not None:
        return Range(None, None, words or f"{low.value or ''} - {high.value or ''} {other}".strip())
    return limits(low.value or "", high.value or "", ".")


def time_of(node: Node | None) -> str | None:
    """The printed time of an `effectiveTime`: its value, else the start, centre or end of its interval."""
    if node is None:
        return None
    parts = (node, node.first("low"), node.first("center"), node.first("high"))
    return next((text for part in parts if part is not None and (text := part.get("value"))), None)


def person_of(role: Node) -> FilePatient:
    """The person of a `patientRole`; a legal name goes before others, words before parts."""
    patient = role.first("patient") or role.first("patientPatient")
    names = list(patient.all("name")) if patient is not None else []
    chosen = next((name for name in names if name.get("use") == "L"), names[0] if names else None)
    name = None
    if chosen is not None:
        parts = [part.text for kind in ("given", "family") for part in chosen.all(kind)]
        name = " ".join(part for part in parts if part) or chosen.text
    born = patient.first("birthTime") if patient is not None else None
    day = read_compact(born.get("value") or "") if born is not None else None
    number = next((text for one in role.all("id") if (text := one.get("extension"))), None)
    return FilePatient(name, day[:10] if day else None, number)
