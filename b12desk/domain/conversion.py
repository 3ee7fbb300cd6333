"""Exact factors between the units of one analyte, and values turned by them with the digits they support."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import cache

from b12desk.domain import ucum
from b12desk.domain.numbers import plain

Factor = tuple[Fraction, int | None]
"""An exact factor and the significant digits it supports; None where it is exact (a power of ten)."""

EXACT: Factor = (Fraction(1), None)


def multiply(value: str, factor: Factor) -> str:
    """`value` times a factor: its digits kept for a power of ten, else rounded to the factor's digits."""
    exact, digits = factor
    if exact == 1:
        return value
    if digits is None and (power := power_of_ten(exact)) is not None:
        return f"{Decimal(value).scaleb(power):f}"
    product = Fraction(value) * exact
    context = Context(prec=digits or 28, rounding=ROUND_HALF_EVEN)
    return plain(context.divide(Decimal(product.numerator), Decimal(product.denominator)))


def power_of_ten(factor: Fraction) -> int | None:
    up, down = str(factor.numerator), str(factor.denominator)
    if up.rstrip("0") != "1" or down.rstrip("0") != "1":
        return None
    return len(up) - len(down)


@cache
def within_dimension(source: str, target: str) -> Fraction | None:
    """The exact factor within one dimension; ratios ("%", "mg/g{creat}") have none and are listed singly."""
    measured = ucum.measure(source)
    return ucum.ratio(source, target) if measured and measured.dimension else None


def family(units: Mapping[str, Factor | None], code: str) -> str | None:
    """The listed unit that `code` is, or is a decimal multiple of."""
    if code in units:
        return code
    return next((listed for listed in units if within_dimension(code, listed) is not None), None)


def across(one: tuple[str, str, Factor | None], other: tuple[str, str, Factor | None]) -> Factor | None:
    """From a unit of one family to SI and on to a unit of another one."""
    total, digits = Fraction(1), [10_000]
    for (unit, listed, factor), direction in ((one, 1), (other, -1)):
        scale = Fraction(1) if unit == listed else within_dimension(unit, listed)
        if scale is None or factor is None:
            return None
        total *= (scale * factor[0]) ** direction
        digits.append(factor[1] or 10_000)
    return total, None if min(digits) == 10_000 else min(digits)


def rounded(value: str, digits: int) -> Decimal:
    """`value` rounded half-even to so many significant digits."""
    return Context(prec=max(digits, 1), rounding=ROUND_HALF_EVEN).plus(Decimal(value))
