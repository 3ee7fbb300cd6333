"""Amounts as people type them, and both units of a dose beside each other.

Units are UCUM codes inside the app (`ug`, not `mcg`). Doses are written out as the Institute for Safe
Medication Practices asks: "micrograms" in full, no trailing zero (1 mg), a leading zero (0.5 mg).
Sources: S41, S42.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction

from b12desk.domain.errors import Invalid
from b12desk.domain.numbers import plain, read_number
from b12desk.domain.records import Amount

_MICROGRAMS = {"ug": Fraction(1), "mg": Fraction(1000), "g": Fraction(1_000_000)}
_DOSE_UNITS = {
    **dict.fromkeys(("ug", "mcg", "microg", "microgram", "micrograms", "microgramme", "microgrammes"), "ug"),
    **dict.fromkeys(("mikrogramm", "mikrogram", "microgrammi", "microgramos", "gamma"), "ug"),
    **dict.fromkeys(("mg", "milligram", "milligrams", "milligramm", "milligramme", "milligrammes"), "mg"),
    **dict.fromkeys(("g", "gram", "grams", "gramm"), "g"),
    **dict.fromkeys(("ml", "cc", "millilitre", "millilitres", "milliliter", "milliliters"), "mL"),
    **dict.fromkeys(("iu", "[iu]", "ie", "ui"), "[IU]"),
}
MASSES = (*_MICROGRAMS, "[IU]")
VOLUMES = ("mL",)
_AMOUNT = re.compile(r"\s*([\d.,'’\s]*\d)\s*([^\d\s].*?)\s*\Z")
_PER_VOLUME = re.compile(r"(.+?)\s*(?:/|\bper\b|\bin\b|\bpro\b)\s*([\d.,]*)\s*(mL|ml|ML|cc)\Z")
_MICRO = str.maketrans({"\u00b5": "u", "\u03bc": "u", "\u00a0": " ", "\u202f": " ", "\u2009": " "})


def read_amount(
    text: str, path: str = "", *, units: Collection[str] | None = None, per_volume: bool = False
) -> Amount:
    """Read a typed amount such as "1000 ug", "1 mg", "0,5 mL", "1000 mcg"; the digits are kept.

    `units` limits what is meant: `MASSES` for a dose, `VOLUMES` for a volume; without it either is taken.
    `per_volume` reads a strength: "1000 ug/mL", also "1500 mcg/2 mL", which becomes 750 ug/mL.

    Raises:
        Invalid: no such amount, a unit missing or unknown, zero, or a number that can be read in two ways
            ("1,000"); names `path`.
    """
    cleaned = text.translate(_MICRO).strip()
    if per_volume:
        return _read_strength(cleaned, text, path)
    found = _AMOUNT.match(cleaned)
    if found is None:
        raise Invalid(f"“{text}” is not an amount; write a number and a unit, as in “1000 ug”.", path)
    unit = _DOSE_UNITS.get(found[2].casefold().rstrip("."))
    allowed = units if units is not None else (*MASSES, *VOLUMES)
    if unit is None or unit not in allowed:
        raise Invalid(f"“{found[2]}” is not a unit that fits here; there are {', '.join(allowed)}.", path)
    return Amount(_typed_number(found[1], text, path), unit)


def _typed_number(digits: str, text: str, path: str) -> Decimal:
    number = read_number(digits)
    if number is None:
        raise Invalid(f"“{text}” has no number that can be read.", path)
    if number.other is not None:
        one, other = plain(Decimal(number.value)), plain(Decimal(number.other))
        raise Invalid(
            f"“{digits}” can mean {one} or {other}; please write it without the mark between.", path
        )
    value = Decimal(number.value)
    if value <= 0:
        raise Invalid(f"“{text}” is not more than zero.", path)
    return value


def _read_strength(cleaned: str, text: str, path: str) -> Amount:
    found = _PER_VOLUME.match(cleaned)
    if found is None:
        raise Invalid(f"“{text}” is not a strength; write it per millilitre, as in “1000 ug/mL”.", path)
    mass = read_amount(found[1], path, units=MASSES)
    volume = _typed_number(found[2], text, path) if found[2] else Decimal(1)
    if volume == 1:
        return Amount(mass.value, f"{mass.unit}/mL")
    exact = Fraction(mass.value) / Fraction(volume)
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    if Fraction(value) != exact:
        raise Invalid(
            f"“{text}” is no whole amount per millilitre; write the strength of one millilitre.", path
        )
    return Amount(Decimal(plain(value)), f"{mass.unit}/mL")


def micrograms(amount: Amount) -> Fraction | None:
    """The exact micrograms of a mass, or None for a volume or an arbitrary unit."""
    factor = _MICROGRAMS.get(amount.unit)
    return None if factor is None else Fraction(amount.value) * factor


def both_units(amount: Amount) -> str:
    """A dose or a strength in the unit typed, the other one beside it: "1000 micrograms (1 mg)" (S41)."""
    unit, slash, volume = amount.unit.partition("/")
    size = micrograms(Amount(amount.value, unit))
    if size is None:
        return f"{plain(amount.value)} {amount.unit}"
    other_unit = "mg" if unit == "ug" else "ug"
    other = size / _MICROGRAMS[other_unit]
    other_value = Decimal(other.numerator) / Decimal(other.denominator)
    shown, beside = _written(amount.value, unit), _written(other_value, other_unit)
    return f"{shown}{slash}{volume} ({beside}{slash}{volume})"


def _written(value: Decimal, unit: str) -> str:
    if unit == "ug":
        return f"{plain(value)} microgram{'' if value == 1 else 's'}"
    return f"{plain(value)} {unit}"
