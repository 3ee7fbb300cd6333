"""The part of UCUM that laboratories use: a unit code to its exact scale and dimension.

Equal units are seen as equal (10*3/uL and 10*9/L), and a conversion within one dimension is an exact
fraction. Source: The Unified Code for Units of Measure, section 2 (the grammar). Two deviations,
both on purpose: an amount of substance (mol, eq) and arbitrary units (U, [IU]) are dimensions of their
own, and the note {1.73_m2} is a factor, because mL/min is not mL/min/{1.73_m2}.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

MAX_LENGTH = 60


class Measure(NamedTuple):
    """A unit: so many base units (`scale`) of a dimension, given as sorted (base, exponent) pairs."""

    scale: Fraction
    dimension: tuple[tuple[str, int], ...]


_ONE = Fraction(1)
_PREFIXES = {
    "k": Fraction(1000),
    "d": Fraction(1, 10),
    "c": Fraction(1, 100),
    "m": Fraction(1, 10**3),
    "u": Fraction(1, 10**6),
    "n": Fraction(1, 10**9),
    "p": Fraction(1, 10**12),
    "f": Fraction(1, 10**15),
}
_METRIC: dict[str, tuple[Fraction, tuple[tuple[str, int], ...]]] = {
    "g": (_ONE, (("g", 1),)),
    "m": (_ONE, (("m", 1),)),
    "s": (_ONE, (("s", 1),)),
    "L": (Fraction(1, 1000), (("m", 3),)),
    "l": (Fraction(1, 1000), (("m", 3),)),
    "mol": (_ONE, (("mol", 1),)),
    "eq": (_ONE, (("eq", 1),)),
    "U": (_ONE, (("U", 1),)),
    "kat": (_ONE, (("kat", 1),)),
    "[IU]": (_ONE, (("[IU]", 1),)),
    "[iU]": (_ONE, (("[IU]", 1),)),
}
_FIXED: dict[str, tuple[Fraction, tuple[tuple[str, int], ...]]] = {
    "%": (Fraction(1, 100), ()),
    "[ppth]": (Fraction(1, 1000), ()),
    "min": (Fraction(60), (("s", 1),)),
    "h": (Fraction(3600), (("s", 1),)),
    "d": (Fraction(86400), (("s", 1),)),
    "[arb'U]": (_ONE, (("[arb'U]", 1),)),
}
_BODY_SURFACE = "{1.73_m2}"
_TOKEN = re.compile(
    r"(?P<op>[./])|(?P<open>\()|(?P<close>\))|(?P<note>\{[!-z|~]*\})|(?P<power>10[*^](?P<ten>[+-]?\d{1,2}))"
    r"|(?P<factor>\d+(?=[./)]|\Z))|(?P<atom>\[[^\]\s]+\]|%|[A-Za-z]+(?:\[[^\]\s]+\])?)(?P<exponent>[+-]?\d{1,2})?"
)


class _Malformed(Exception):
    """Not a code of this grammar."""


@lru_cache(maxsize=4096)
def measure(code: str) -> Measure | None:
    """The measure of a UCUM code, or None where it is no code or has a unit that laboratories do not use."""
    if not code or len(code) > MAX_LENGTH:
        return None
    try:
        tokens = _tokens(code)
        scale, powers, rest = _term(tokens, 0)
    except _Malformed:
        return None
    if rest != len(tokens):
        return None
    return Measure(scale, tuple(sorted((base, power) for base, power in powers.items() if power)))


def ratio(source: str, target: str) -> Fraction | None:
    """The exact factor from `source` to `target`, or None where they measure different things."""
    one, other = measure(source), measure(target)
    if one is None or other is None or one.dimension != other.dimension:
        return None
    return one.scale / other.scale


def canonical(code: str) -> str:
    """One spelling for equal codes: L for litre, [IU], 10* for 10^, and no notes but those that say of what.

    Example:
        "{cells}/ul" becomes "/uL", "pg/{cell}" becomes "pg"; {1.73_m2} and {creat} stay.
    """
    code = re.sub(r"\{(?!1\.73_m2\}|creat)[^}]*\}", "", code).replace("[iU]", "[IU]").replace("10^", "10*")
    return re.sub(r"(?<![A-Za-z\[{])([fpnumcdk]?)l(?![A-Za-z])", r"\1L", code).removesuffix("/")


def _tokens(code: str) -> list[re.Match[str]]:
    tokens, position = [], 0
    while position < len(code):
        token = _TOKEN.match(code, position)
        if token is None:
            raise _Malformed
        tokens.append(token)
        position = token.end()
    return tokens


def _term(tokens: list[re.Match[str]], at: int) -> tuple[Fraction, dict[str, int], int]:
    """One term up to its end or its closing bracket: its scale, its powers and where reading stopped."""
    scale, sign, wanted = _ONE, 1, True
    total: dict[str, int] = {}
    if at < len(tokens) and tokens[at][0] == "/":
        sign, at = -1, at + 1
    while at < len(tokens) and not tokens[at]["close"]:
        token = tokens[at]
        if token["op"]:
            if wanted:
                raise _Malformed
            sign, wanted, at = (-1 if token[0] == "/" else 1), True, at + 1
            continue
        if not wanted and not token["note"]:
            raise _Malformed
        if token["note"] and not wanted and token[0] != _BODY_SURFACE:
            at += 1
            continue
        part_scale, part, at = _component(tokens, at)
        scale *= part_scale if sign > 0 else 1 / part_scale
        for base, power in part.items():
            total[base] = total.get(base, 0) + sign * power
        wanted = False
    if wanted:
        raise _Malformed
    return scale, total, at


def _component(tokens: list[re.Match[str]], at: int) -> tuple[Fraction, dict[str, int], int]:
    token = tokens[at]
    if token["open"]:
        scale, powers, at = _term(tokens, at + 1)
        if at >= len(tokens) or not tokens[at]["close"]:
            raise _Malformed
        return scale, powers, at + 1
    if token["note"]:
        return _ONE, ({_BODY_SURFACE: 1} if token[0] == _BODY_SURFACE else {}), at + 1
    if token["power"]:
        return Fraction(10) ** int(token["ten"]), {}, at + 1
    if token["factor"]:
        if not int(token["factor"]):
            raise _Malformed
        return Fraction(int(token["factor"])), {}, at + 1
    exponent = int(token["exponent"] or 1)
    scale, bases = _atom(token["atom"])
    return scale**exponent, {base: power * exponent for base, power in bases}, at + 1


def _atom(name: str) -> tuple[Fraction, tuple[tuple[str, int], ...]]:
    if name in _FIXED:
        return _FIXED[name]
    if name in _METRIC:
        return _METRIC[name]
    if name[:1] in _PREFIXES and name[1:] in _METRIC:
        scale, bases = _METRIC[name[1:]]
        return _PREFIXES[name[0]] * scale, bases
    raise _Malformed
