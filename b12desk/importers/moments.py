"""Sample times as files print them to ISO 8601 at the file's own precision; nothing is shifted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal, NamedTuple

Order = Literal["dmy", "mdy"]

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?\Z"
)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[T ,]+(\d{1,2}:\d{2}(?::\d{2})?))?\Z")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(?:\d{2})?)?\Z")
_YEAR_LAST = re.compile(
    r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[T ,]+(\d{1,2}:\d{2}(?::\d{2})?)\s*([aApP][mM])?(?: Uhr)?)?\Z"
)
_NAMED = re.compile(r"(\d{1,2})[. -]+([^\W\d_]{3,})\.?[ -]+(\d{4})\Z|([^\W\d_]{3,})\.? (\d{1,2}),? (\d{4})\Z")
_HL7 = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}(?:\.\d{1,6})?)?)?(?:\d*)([+-]\d{1,4})?\Z")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene gen",
            "feb fev",
            "mar mrz mae maa",
            "apr avr abr",
            "may mai mei mag",
            "jun giu",
            "jul lug",
            "aug ago aou",
            "sep set",
            "oct okt ott out",
            "nov",
            "dec dez dic des",
        ),
        start=1,
    )
    for name in names.split()
}


class Moment(NamedTuple):
    """A sample time in ISO 8601; `other` is the second reading of a date such as 03/04/2024."""

    iso: str
    other: str | None = None


def read_moment(text: str, order: Order | None = None) -> Moment | None:
    """Read one printed date, with or without time, or None where it is no real date with a full year.

    `order` is what the file's other dates prove; without it 03/04/2024 has two readings.
    """
    text = text.strip()
    if found := _ISO.match(text):
        day = _day(found[1], found[2], found[3])
        return _with_time(day, found[4], found[5] or "") if day else None
    if found := _YEAR_FIRST.match(text) or _COMPACT.match(text):
        day = _day(found[1], found[2], found[3])
        clock = found[4] if ":" in (found[4] or "") else None
        if found.re is _COMPACT and found[4]:
            clock = f"{found[4]}:{found[5]}"
        return _with_time(day, clock, "") if day else None
    if found := _YEAR_LAST.match(text):
        return _year_last(found, order)
    return _named_month(text)


def read_compact(text: str) -> str | None:
    """A time as HL7 writes it, YYYYMMDD[HHMM[SS[.S]]][+ZZZZ], or None where it names no single real day.

    Midnight sharp is how senders fill up a day without a time; a zone that is no zone is left out.
    """
    found = _HL7.match(text.strip())
    day = _day(found[1], found[2], found[3]) if found else None
    if found is None or day is None:
        return None
    clock, zone = found[4], found[7] or ""
    if clock is None or f"{clock}{found[5]}{found[6] or ''}".strip("0.") == "":
        return day
    zone = f"{zone[:3]}:{zone[3:]}" if len(zone) == 5 else ""
    seconds = f":{found[6][:9]}" if found[6] else ""
    moment = _with_time(day, f"{clock}:{found[5]}{seconds}", zone)
    return moment.iso if moment else day


def day_order(texts: Iterable[str]) -> Order | None:
    """The order that printed dates prove: a first part over 12 is a day, a second part over 12 is one too."""
    orders: set[Order] = set()
    for text in texts:
        if found := _YEAR_LAST.match(text.strip()):
            if found[2] == "." or int(found[1]) > 12:
                orders.add("dmy")
            elif int(found[3]) > 12:
                orders.add("mdy")
    return orders.pop() if len(orders) == 1 else None


def _year_last(found: re.Match[str], order: Order | None) -> Moment | None:
    first, second, year = found[1], found[3], found[4]
    clock = _twelve_hour(found[5], found[6])
    day_first, month_first = _day(year, second, first), _day(year, first, second)
    if found[2] == ".":
        order = "dmy"
    if order is not None:
        day = day_first if order == "dmy" else month_first
        return _with_time(day, clock, "") if day else None
    day = day_first or month_first
    moment = _with_time(day, clock, "") if day else None
    if moment is None or day_first is None or month_first is None or day_first == month_first:
        return moment
    other = _with_time(month_first, clock, "")
    return Moment(moment.iso, other.iso if other else None)


def _twelve_hour(clock: str | None, half: str | None) -> str | None:
    if clock is None:
        return None
    hour, rest = clock.split(":", 1)
    number = int(hour)
    if half:
        number = number % 12 + (12 if half.lower() == "pm" else 0)
    return f"{number:02d}:{rest}"


def _named_month(text: str) -> Moment | None:
    found = _NAMED.match(text)
    if found is None:
        return None
    day, name, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
    folded = name.casefold().replace("ä", "ae").replace("é", "e").replace("û", "u")
    month = _MONTHS.get(folded[:3])
    if folded.startswith(("juin", "juil")):
        month = 6 if folded.startswith("juin") else 7
    iso = _day(year, str(month), day) if month else None
    return Moment(iso) if iso else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat() if int(year) >= 1900 else None
    except ValueError:
        return None


def _with_time(day: str, clock: str | None, offset: str) -> Moment | None:
    if clock is None:
        return Moment(day)
    iso = f"{day}T{clock.zfill(5) if clock.count(':') == 1 else clock.zfill(8)}{offset}".replace(",", ".")
    try:
        datetime.fromisoformat(iso)
    except ValueError:
        return None
    return Moment(iso)
