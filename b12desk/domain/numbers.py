"""Numbers as people and laboratories print them: decimal comma or point, grouping, comparators, no guesses.

"1.000" and "1,000" mean one or one thousand by the country. Where nothing around such a number says
which, both readings are returned and the person is asked (question `ambiguous_number`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, cast

from b12desk.domain.questions import Question
from b12desk.domain.records import Comparator

Mark = Literal[".", ","]

MAX_DIGITS = 24
"""More digits than any laboratory prints; longer input is a broken file, not a number."""

_COMPARATORS: dict[str, Comparator | None] = {
    "<": "<",
    "<=": "<=",
    "=<": "<=",
    "≤": "<=",
    "⩽": "<=",
    ">": ">",
    ">=": ">=",
    "=>": ">=",
    "≥": ">=",
    "⩾": ">=",
    "=": None,
    "": None,
}
_SHAPE = re.compile(r"\s*([<>=≤≥⩽⩾]{0,2})\s*([+-]?)((?:\d|[.,](?=\d)|(?<=\d)[\s'’](?=\d{3}))+)\s*\Z")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_EXPONENT = re.compile(r"([+-]?)(\d+(?:\.\d+)?)[eE]([+-]?\d{1,3})\Z")
_TWO_WAYS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}\Z")
_GROUPED = {group: re.compile(rf"[1-9]\d{{0,2}}(?:\{group}\d{{3}})+") for group in ".,"}
_EVIDENCE = re.compile(r"(?<![\d.,])(?:0|\d+(?=[.,](?!\d{3}(?!\d)))|\d{4,}(?=[.,]))([.,])\d+(?![\d.,])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed: digits kept, "." as decimal mark, no grouping, no exponent.

    `other` is the second reading where both are possible ("1000" beside "1.000"); `value` is then only the
    likelier of the two and must not be stored before the person has chosen.
    """

    value: str
    comparator: Comparator | None = None
    other: str | None = None


def read_number(text: str, mark: Mark | None = None) -> Number | None:
    """Read one printed number, or None where the text is none ("Negative", "*000", "", "14.").

    `mark` is the decimal mark that the source is known to use, None where it is not known. An exponent is
    written out ("1.2e3" is "1200") while it stays within `MAX_DIGITS`.
    """
    if _PLAIN.fullmatch(text) and len(text) <= MAX_DIGITS and not _two_ways(text, mark):
        return Number(_by_mark(text, mark) or text if mark == "," else text)
    found = _SHAPE.match(text)
    if found is None:
        return _with_exponent(text.strip())
    sign, digits = found[2].replace("+", ""), re.sub(r"[\s'’]", "", found[3])
    if found[1] not in _COMPARATORS or len(digits) > MAX_DIGITS:
        return None
    comparator = _COMPARATORS[found[1]]
    value = _by_mark(digits, mark)
    if value is None:
        return None
    other = None
    if _two_ways(digits, mark):
        whole = digits.replace(".", "").replace(",", "")
        other = whole if value != whole else digits.replace(",", ".")
        other = sign + other
    return Number(sign + value, comparator, other)


def _two_ways(digits: str, mark: Mark | None) -> bool:
    return mark is None and _TWO_WAYS.match(digits) is not None


def _by_mark(digits: str, mark: Mark | None) -> str | None:
    """The digits with "." as decimal mark and no grouping, or None where the marks contradict each other."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        mark = "." if digits.rfind(".") > digits.rfind(",") else ","
    elif points + commas > 1:
        mark = "," if points else "."
    elif not _TWO_WAYS.match(digits):
        mark = "," if commas else "."  # "0.370" has no grouping, whatever the file uses elsewhere
    elif mark is None:
        mark = "."
    group = "," if mark == "." else "."
    whole, _, fraction = digits.partition(mark)
    if mark in fraction or group in fraction:
        return None
    if group in whole and not _GROUPED[group].fullmatch(whole):
        return None
    whole = whole.replace(group, "") or "0"
    return f"{whole}.{fraction}" if fraction else whole


def _with_exponent(text: str) -> Number | None:
    found = _EXPONENT.match(text)
    if found is None or abs(int(found[3])) > MAX_DIGITS or len(found[2]) > MAX_DIGITS:
        return None
    return Number(f"{Decimal(text):f}")


def decimal_mark(texts: Iterable[str]) -> Mark | None:
    """The decimal mark that printed texts of one source prove, or None where they prove none or both.

    "14.2", "0.370" and "1000.5" prove a mark; "1.000" and "12" prove nothing.
    """
    marks = {match[1] for text in texts for match in _EVIDENCE.finditer(text)}
    return cast("Mark", marks.pop()) if len(marks) == 1 else None


def ambiguous_question(printed: str, number: Number) -> Question:
    """Ask which of the two readings a number such as "1,000" has; the options are the readings themselves."""
    readings = (number.value, number.other or number.value)
    one, other = (in_words(reading) for reading in readings)
    text = f"“{printed.strip()}” can be read as {one} or as {other}. Which one is on the report?"
    return Question("ambiguous_number", text, readings)


def plain(value: Decimal) -> str:
    """A decimal for people and JSON: no exponent, no trailing zeros, a leading zero before the point."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def in_words(value: str) -> str:
    """A reading echoed so that nobody mistakes it: "1.000" is "1", "1000" is "1000 (thousands)"."""
    number = Decimal(value)
    return f"{plain(number)} (thousands)" if abs(number) >= 1000 else plain(number)
