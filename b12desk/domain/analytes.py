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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from b12desk.domain import ucum
from b12desk.domain.numbers import plain
from b12desk.domain.questions import Question
from b12desk.paths import read_resource

Factor = tuple[Fraction, int | None]
"""An exact factor and the significant digits it supports; None where it is exact (a power of ten)."""

_EXACT: Factor = (Fraction(1), None)


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
    _cached_limits: dict[str, tuple[float | None, float | None]] = field(default_factory=dict, repr=False)

    def accept(self, readings: Iterable[str]) -> str | None:
        """The first of several readings of a printed unit that this analyte can have."""
        return next((code for code in readings if _family(self.units, code)), None)

    def factor(self, source: str, target: str) -> Factor | None:
        """The factor from one unit of this analyte to another, or None where there is none."""
        if source == target:
            return _EXACT
        one, other = _family(self.units, source), _family(self.units, target)
        if one is None or other is None:
            return None
        same = _scale(source, target)
        if same is not None:
            return same, None
        if self.units[one] is None or self.units[other] is None:
            return None
        return _across((source, one, self.units[one]), (target, other, self.units[other]))

    def convert(self, value: str, source: str | None, target: str | None) -> str | None:
        """`value` in another unit, rounded half-even to the factor's digits; None where it cannot be converted.

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


def multiply(value: str, factor: Factor) -> str:
    """`value` times a factor: its digits kept for a power of ten, else rounded to the factor's digits."""
    exact, digits = factor
    if exact == 1:
        return value
    if digits is None and (power := _power_of_ten(exact)) is not None:
        return f"{Decimal(value).scaleb(power):f}"
    product = Fraction(value) * exact
    context = Context(prec=digits or 28, rounding=ROUND_HALF_EVEN)
    return plain(context.divide(Decimal(product.numerator), Decimal(product.denominator)))


def _power_of_ten(factor: Fraction) -> int | None:
    up, down = str(factor.numerator), str(factor.denominator)
    if up.rstrip("0") != "1" or down.rstrip("0") != "1":
        return None
    return len(up) - len(down)


@cache
def _scale(source: str, target: str) -> Fraction | None:
    """The exact factor within one dimension; ratios ("%", "mg/g{creat}") have none and are listed one by one."""
    measured = ucum.measure(source)
    return ucum.ratio(source, target) if measured and measured.dimension else None


def _family(units: Mapping[str, Factor | None], code: str) -> str | None:
    """The listed unit that `code` is, or is a decimal multiple of."""
    if code in units:
        return code
    return next((listed for listed in units if _scale(code, listed) is not None), None)


def _across(one: tuple[str, str, Factor | None], other: tuple[str, str, Factor | None]) -> Factor | None:
    """From a unit of one family to SI and on to a unit of another one."""
    total, digits = Fraction(1), [10_000]
    for (unit, listed, factor), direction in ((one, 1), (other, -1)):
        scale = Fraction(1) if unit == listed else _scale(unit, listed)
        if scale is None or factor is None:
            return None
        total *= (scale * factor[0]) ** direction
        digits.append(factor[1] or 10_000)
    return total, None if min(digits) == 10_000 else min(digits)

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
        for text in (name, re.sub(r"\[[^\]]*\]|\([^)]*\)", " ", name)):
            found = self._names.get(normal(text)) or self._names.get(self._bare(text))
            if found:
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

    def _bare(self, name: str) -> str:
        """The name without words for specimen and method at its ends ("B-Hämoglobin", "Ferritin level")."""
        words = normal(name).split()
        while len(words) > 1 and words[-1] in self._noise:
            words.pop()
        while len(words) > 1 and words[0] in self._noise:
            words.pop(0)
        return " ".join(words)


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
    digits = None if _power_of_ten(factor) is not None else len(text.replace(".", "").lstrip("0"))
    return (factor if "times" in unit else 1 / factor), digits


def normal(name: str) -> str:
    """A name for comparison: lower case, no accents, words of letters and digits only."""
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", text))


def _umlauts(name: str) -> set[str]:
    """The name with its umlauts written out, as some systems export them ("Haemoglobin" for "Hämoglobin")."""
    spelled = name.translate(
        str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
    )
    return {normal(spelled)} if spelled != name else set()


def value_questions(analyte: Analyte, value: str, unit: str | None) -> tuple[Question, ...]:
    """Ask about a value outside the soft limits, and about the unit where another one would make it common.

    `value` is a plain number; `unit` is UCUM, None where the report prints none. At most one question.
    """
    shown = f"{analyte.label} {value}"
    if unit is None:
        return (Question("unit_likely_other", f"The report gives {shown} without a unit. Keep it so?"),)
    if analyte.accept((unit,)) is None:
        text = f"{shown} {unit}: reports do not give this test in {unit}. Is it what the report says?"
        return (Question("unit_likely_other", text),)
    number = float(value)
    if not analyte.rare(number, unit):
        return ()
    for other in (*analyte.units, analyte.si):
        if (
            other is not None
            and analyte.factor(unit, other) not in (None, _EXACT)
            and not analyte.rare(number, other)
        ):
            text = f"{shown} {unit} is rare on reports; {value} would be common in {other}. Keep {unit} as printed?"
            return (Question("unit_likely_other", text),)
    return (
        Question(
            "value_outside_soft_limits", f"{shown} {unit} is rare on reports. Is it what the report says?"
        ),
    )


def code_question(analyte: Analyte, loinc: str, unit: str | None) -> Question | None:
    """Ask where a LOINC code stands for another kind of unit than the printed one, which is kept."""
    meant = analyte.loinc.get(loinc)
    if meant is None or unit is None or meant == unit:
        return None
    one, other = ucum.measure(meant), ucum.measure(unit)
    if one is None or other is None or one.dimension == other.dimension:
        return None
    if analyte.factor(meant, unit) == _EXACT or {meant, unit} <= {"mmol/L", "meq/L"}:
        return None
    text = (
        f"The report's code {loinc} stands for a result in {meant}, but the printed unit is {unit}. "
        f"The printed unit is kept. Is {unit} right?"
    )
    return Question("unit_likely_other", text)


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
