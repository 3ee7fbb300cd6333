"""Reference ranges as printed: two limits with their digits, or only the text where there are no limits."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from b12desk.domain.lab_units import readings
from b12desk.domain.numbers import Mark, read_number
from b12desk.domain.ucum import measure

_NUMBER = r"[<>=≤≥]{0,2}\s*-?\d[\d.,]*"
_BETWEEN = re.compile(
    rf"[\[(]?\s*({_NUMBER})\s*(?:-|–|—|\.\.+|to|bis|tot|à|a|al|till|til)\s*({_NUMBER})\s*[\])]?\Z", re.I
)
_BELOW = re.compile(r"(?:<=?|≤|-|–|up to|bis|tot|below|unter)\s*(\d[\d.,]*)\Z", re.I)
_ABOVE = re.compile(r"(?:>=?|≥|above|über|from|ab|vanaf)\s*(\d[\d.,]*)\s*-?\Z|(\d[\d.,]*)\s*[-–]\Z", re.I)


class Range(NamedTuple):
    """A reference range; limits that cannot be drawn as a band (reversed, words) are only in `text`."""

    low: str | None
    high: str | None
    text: str | None


NONE = Range(None, None, None)


def limits(low: str, high: str, mark: Mark | None) -> Range:
    """The range of two cells; 0 and 0 is how systems print "none"."""
    low, high = low.strip(), high.strip()
    lower, upper = _plain(low, mark), _plain(high, mark)
    if (low and lower is None) or (high and upper is None):
        return Range(None, None, " - ".join(part for part in (low, high) if part) or None)
    return _ordered(lower, upper, f"{low} - {high}")


def read_range(text: str, mark: Mark | None) -> Range:
    """The range of one cell such as "13.5-17.5", "< 5", "> 50", "- 3,0", "[12 - 16]"."""
    text = text.strip()
    if not text:
        return NONE
    if found := _BETWEEN.match(text):
        lower, upper = _plain(found[1], mark), _plain(found[2], mark)
        if lower is not None and upper is not None:
            return _ordered(lower, upper, text)
    if found := _BELOW.match(text):
        return Range(None, _plain(found[1], mark), None if _plain(found[1], mark) else text)
    if found := _ABOVE.match(text):
        lower = _plain(found[1] or found[2], mark)
        return Range(lower, None, None if lower else text)
    return Range(None, None, text)


def same_unit(one: str, other: str | None) -> bool:
    """Whether two printed units can mean the same."""
    if one == other:
        return True
    measures = {measure(code) for code in readings(one)}
    return not measures.isdisjoint({measure(code) for code in readings(other or "")})


def _plain(text: str, mark: Mark | None) -> str | None:
    number = read_number(text, mark) if text else None
    return number.value if number and number.comparator is None and number.other is None else None


def _ordered(low: str | None, high: str | None, text: str) -> Range:
    if low is None or high is None:
        return Range(low, high, None)
    if Decimal(low) == Decimal(high) == 0:
        return NONE
    return Range(low, high, None) if Decimal(low) <= Decimal(high) else Range(None, None, text)
