"""Reads a day or a time of day as people type it, and says in words what was understood."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, time, timedelta

from b12desk.domain.wording import MONTHS, count, long_day

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})\.?\s+([A-Za-z]{3,})\.?,?(?:\s+(\d{4}))?", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([./ -])(\d{1,2})\2(\d{4})", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2}) ?[./ -] ?(\d{4})", re.ASCII)
_YEAR_MONTH = re.compile(r"(\d{4})[./ -](\d{1,2})", re.ASCII)
_NAMED_MONTH = re.compile(r"([A-Za-z]{3,})\.?,? (\d{4})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:.h ]?(\d{2})?\s*(am|pm)?", re.ASCII | re.IGNORECASE)


def read_day(text: str, today: date) -> date:
    """A day from "2026-11-21", "21 Nov", "21 November 2026", "21.11.2026", "yesterday" or "10 weeks ago".

    Numbers alone count as day, month, year; where that and month, day, year are both possible and differ, the
    day is refused rather than guessed.

    Raises:
        ValueError: with one sentence saying what is wrong.
    """
    text = " ".join(text.split())
    relative = _relative(text.casefold(), today)
    if relative is not None:
        return relative
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
        return _day(year, month, day)
    if match := _NAMED.fullmatch(text):
        return _named(match, today)
    if match := _NUMBERS.fullmatch(text):
        return _numbers(match)
    raise ValueError("Type a day like 21 November 2026, or 2026-11-21.")


def read_expiry(text: str, today: date) -> date:
    """The day of a pack's expiry; "05/2027", "2027-05" and "May 2027" mean the last day of that month.

    Raises:
        ValueError: with one sentence saying what is wrong.
    """
    text = " ".join(text.split())
    if match := _MONTH_YEAR.fullmatch(text):
        return _month_end(int(match[2]), int(match[1]))
    if match := _YEAR_MONTH.fullmatch(text):
        return _month_end(int(match[1]), int(match[2]))
    if match := _NAMED_MONTH.fullmatch(text):
        return _month_end(int(match[2]), _month(match[1]))
    try:
        return read_day(text, today)
    except ValueError:
        raise ValueError("Type it as the pack says, like 05/2027 or 31 May 2027.") from None


def read_time(text: str) -> time:
    """A time of day from "9:30", "0930", "9.30", "9 pm".

    Raises:
        ValueError: with one sentence.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError("Type a time like 9:30.")
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").casefold()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23 or minute > 59:
        raise ValueError("Type a time between 0:00 and 23:59.")
    return time(hour, minute)


def weekday_and_day(day: date) -> str:
    """ "Tuesday 1 December 2026"."""
    return f"{_WEEKDAYS[day.weekday()]} {long_day(day)}"


def distance(day: date, today: date) -> str:
    """ "today", "in 10 days", "10 weeks ago": whole weeks from two weeks on where they fit."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[days]
    size = abs(days)
    words = count(size // 7, "week") if size >= 14 and size % 7 == 0 else count(size, "day")
    return f"in {words}" if days > 0 else f"{words} ago"


def _relative(text: str, today: date) -> date | None:
    if text in ("today", "yesterday", "tomorrow"):
        return today + timedelta(days={"today": 0, "yesterday": -1, "tomorrow": 1}[text])
    match = re.fullmatch(r"(\d{1,4}) (day|week)s? ago", text)
    if match is None:
        return None
    days = int(match[1]) * (7 if match[2] == "week" else 1)
    if days >= today.toordinal():
        return None
    return today - timedelta(days=days)


def _named(match: re.Match[str], today: date) -> date:
    return _day(int(match[3]) if match[3] else today.year, _month(match[2]), int(match[1]))


def _month(name: str) -> int:
    found = [number for number, known in enumerate(MONTHS, 1) if known.casefold().startswith(name.casefold())]
    if len(found) != 1:
        raise ValueError(f"“{name}” is no month.")
    return found[0]


def _month_end(year: int, month: int) -> date:
    if not 1 <= month <= 12:
        raise ValueError("There is no such month.")
    return _day(year, month, monthrange(year, month)[1])


def _numbers(match: re.Match[str]) -> date:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] == "/" and first != second and first <= 12 and second <= 12:
        raise ValueError(
            f"{match[0]} can mean two days; type it like {_day(year, second, first).isoformat()}."
        )
    return _day(year, second, first) if second <= 12 else _day(year, first, second)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("There is no such day in the calendar.") from None
