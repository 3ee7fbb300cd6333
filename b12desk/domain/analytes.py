"""What is known about each laboratory analyte: names and codes, units with exact factors, soft limits.

The data is resources/presets/analytes.json. A value is converted for display and comparison only; the
report's own value and unit are what is kept. Soft limits ask whether a value was read right and never
judge it. A LOINC code that is not listed stays unassigned, and a look-alike (glycated haemoglobin, a urine
test) is never assigned by its name.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import Any

from b12desk.domain import ucum
from b12desk.domain.conversion import EXACT, Factor, across, family, multiply, power_of_ten, within_dimension
from b12desk.paths import read_resource

MAX_NAME = 300
"""Longer than any test's name; comparing such a text would take long and find nothing."""

_UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue"))


@dataclass(frozen=True, slots=True)
class SoftLimits:
    """Where a value is rare enough to ask about it, in `unit`; None where there is no limit on that side."""

    unit: str
    low: Fraction | None
    high: Fraction | None


@dataclass(frozen=True, eq=False)
class Analyte:
    """One analyte.

    Attributes:
        units: a UCUM code to its factor to `si`, or None where the two are never converted (antibody units).
        loinc: LOINC code to the unit that its property stands for, or None where any unit fits.
        takes_text: results such as "negative" are results of it.
        excluded: words of a name that make it something else.
        not_in: words of a specimen that a name without a code does not stand for this analyte in.
    """

    id: str
    label: str
    si: str | None
    units: Mapping[str, Factor | None]
    soft: SoftLimits | None
    loinc: Mapping[str, str | None]
    takes_text: bool
    urine: bool
    excluded: frozenset[str]
    not_in: frozenset[str] = frozenset()
    _cached_factors: dict[tuple[str, str], Factor | None] = field(default_factory=dict, repr=False)
    _cached_limits: dict[str, tuple[float | None, float | None]] = field(default_factory=dict, repr=False)

    def accept(self, readings: Iterable[str]) -> str | None:
        """The first of several readings of a printed unit that this analyte can have."""
        return next((code for code in readings if family(self.units, code)), None)

    def factor(self, source: str, target: str) -> Factor | None:
        """The factor from one unit of this analyte to another, or None where there is none."""
        key = (source, target)
        if key not in self._cached_factors:
            self._cached_factors[key] = self._factor(source, target)
        return self._cached_factors[key]

    def _factor(self, source: str, target: str) -> Factor | None:
        if source == target:
            return EXACT
        one, other = family(self.units, source), family(self.units, target)
        if one is None or other is None:
            return None
        same = within_dimension(source, target)
        if same is not None:
            return same, None
        if self.units[one] is None or self.units[other] is None:
            return None
        return across((source, one, self.units[one]), (target, other, self.units[other]))

    def convert(self, value: str, source: str | None, target: str | None) -> str | None:
        """`value` in another unit, rounded half-even to the factor's digits; None where there is no factor.

        Example:
            serum_b12.convert("200", "pg/mL", "pmol/L") is "147.6"; "16.0" g/dL of haemoglobin is "160" g/L.
        """
        if source is None or target is None:
            return None
        factor = self.factor(source, target)
        return None if factor is None else multiply(value, factor)

    def to_si(self, value: str, unit: str | None) -> str | None:
        """`value` in the SI unit `si`, or None."""
        return self.convert(value, unit, self.si)

    def rare(self, value: float, unit: str) -> bool:
        """Whether a value lies outside the soft limits; False where there are none for this unit."""
        low, high = self._limits_in(unit)
        return (low is not None and value < low) or (high is not None and value > high)

    def _limits_in(self, unit: str) -> tuple[float | None, float | None]:
        limits = self._cached_limits.get(unit)
        if limits is None:
            factor = self.factor(self.soft.unit, unit) if self.soft else None
            low, high = (self.soft.low, self.soft.high) if self.soft and factor else (None, None)
            by = factor[0] if factor else Fraction(1)
            limits = (None if low is None else float(low * by), None if high is None else float(high * by))
            self._cached_limits[unit] = limits
        return limits


class Catalogue:
    """All analytes, found by id, LOINC code, code of another system, or printed name."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._noise = frozenset(data["noise"])
        self._specimens = frozenset(data["other_specimens"])
        self._look_alikes = frozenset(data["look_alikes"])
        self.by_id: dict[str, Analyte] = {}
        self._loinc: dict[str, Analyte] = {}
        self._codes: dict[tuple[str, str], Analyte] = {}
        self._names: dict[str, tuple[Analyte, ...]] = {}
        for item in data["analytes"]:
            self._add(item)

    def _add(self, item: Mapping[str, Any]) -> None:
        analyte = _analyte(item)
        self.by_id[analyte.id] = analyte
        self._loinc.update(dict.fromkeys(analyte.loinc, analyte))
        for system, codes in item.get("codes", {}).items():
            self._codes.update({(system, code): analyte for code in codes})
        for name in item["names"]:
            for key in {normal(name), *_umlauts(name)}:
                known = self._names.get(key, ())
                if analyte not in known:
                    self._names[key] = (*known, analyte)

    def by_loinc(self, code: str) -> Analyte | None:
        """The analyte of a LOINC code, or None for any that is not listed."""
        return self._loinc.get(code)

    def by_code(self, system: str, code: str) -> Analyte | None:
        """The analyte of a code of another system, given by its FHIR address (Read v2), or None."""
        return self._codes.get((system, code))

    def by_name(self, name: str) -> tuple[Analyte, ...]:
        """The analytes that a name can mean ("RDW" is two, told apart by the unit); none for look-alikes."""
        if len(name) > MAX_NAME:
            return ()
        for text in (name, re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", name)):
            for key in self._barer(text):
                if found := self._names.get(key):
                    return tuple(analyte for analyte in found if not self.looks_like_other(name, analyte))
        return ()

    def looks_like_other(self, name: str, analyte: Analyte) -> bool:
        """Whether a word of the name says that it is another test or another specimen than this analyte."""
        words = set(normal(name).split())
        if "%" in name:
            words.add("%")
        others = self._look_alikes if analyte.urine else self._look_alikes | self._specimens
        return not words.isdisjoint(others) or not words.isdisjoint(analyte.excluded)

    def other_specimen(self, text: str) -> bool:
        """Whether a specimen's description names urine or another fluid than blood."""
        return not self._specimens.isdisjoint(normal(text).split())

    def fits_specimen(self, analyte: Analyte, text: str) -> bool:
        """Whether a test known only by its name can be this analyte in the specimen that a report names."""
        words = set(normal(text).split())
        return words.isdisjoint(analyte.not_in) and (analyte.urine or words.isdisjoint(self._specimens))

    def _barer(self, name: str) -> Iterator[str]:
        """The name, then without words for specimen and method at its ends ("B-Hämoglobin", "TSH level")."""
        words = normal(name).split()
        yield " ".join(words)
        for place in (-1, 0):
            while len(words) > 1 and words[place] in self._noise:
                words.pop(place)
                yield " ".join(words)


def _analyte(item: Mapping[str, Any]) -> Analyte:
    soft, si = item.get("soft"), item["si"]
    limits = None
    if soft:
        low, high = (Fraction(soft[side]) if side in soft else None for side in ("low", "high"))
        limits = SoftLimits(soft["unit"], low, high)
    units = {unit["unit"]: _listed_factor(unit, si) for unit in item["units"]}
    return Analyte(
        id=item["id"],
        label=item["label"],
        si=si,
        units=units,
        soft=limits,
        loinc=item["loinc"],
        takes_text=item.get("text", False),
        urine=item.get("urine", False),
        excluded=frozenset(item.get("not", ())),
        not_in=frozenset(item.get("not_in", ())),
    )


def _listed_factor(unit: Mapping[str, str], si: str | None) -> Factor | None:
    """The factor to SI: published ("times", "over"), or the exact one between two units of one dimension."""
    if si is None:
        return None
    text = unit.get("times") or unit.get("over")
    if text is None:
        exact = Fraction(1) if unit["unit"] == si else ucum.ratio(unit["unit"], si)
        return None if exact is None else (exact, None)
    factor = Fraction(text)
    digits = None if power_of_ten(factor) is not None else len(text.replace(".", "").lstrip("0"))
    return (factor if "times" in unit else 1 / factor), digits


def normal(name: str) -> str:
    """A name for comparison: lower case, no accents, words of letters and digits only."""
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", text))


def _umlauts(name: str) -> set[str]:
    """The name with its umlauts written out, as some systems export them ("Haemoglobin" for "Hämoglobin")."""
    spelled = name
    for umlaut, letters in _UMLAUTS:
        spelled = spelled.replace(umlaut, letters)
    return {normal(spelled)} if spelled != name else set()


def is_loinc(code: str) -> bool:
    """Whether a text has the form of a LOINC code and its check digit (mod 10, Luhn) is right."""
    if not re.fullmatch(r"\d{1,7}-\d", code):
        return False
    total = 0
    for place, char in enumerate(reversed(code.replace("-", ""))):
        digit = int(char) * (2 if place % 2 else 1)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def load(text: str) -> Catalogue:
    """The catalogue from the text of analytes.json."""
    return Catalogue(json.loads(text))


@cache
def catalogue() -> Catalogue:
    """The catalogue that the app ships."""
    return load(read_resource("presets/analytes.json"))
