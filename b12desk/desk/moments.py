"""Dates that entries may carry: never the future, always a real day."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from b12desk.domain.errors import Invalid
from b12desk.domain.wording import long_day

EARLIEST = date(1900, 1, 1)


def past_day(day: date, now: datetime, path: str = "on") -> date:
    """The day itself, if it is between 1900 and today.

    Raises:
        Invalid: a day in the future, or before anyone's diary.
    """
    if day > now.date():
        raise Invalid(f"{long_day(day)} is in the future; only what has happened can be logged.", path)
    if day < EARLIEST:
        raise Invalid(f"{long_day(day)} is too long ago; please check the year.", path)
    return day


def past_moment(day: date, clock_time: time | None, zone: str, now: datetime, path: str = "at") -> None:
    """Refuse what is later than now in the entry's own zone (RULES P13)."""
    if day > now.astimezone(ZoneInfo(zone)).date():
        raise Invalid(f"{long_day(day)} is in the future; only what has happened can be logged.", path)
    if day < EARLIEST:
        raise Invalid(f"{long_day(day)} is too long ago; please check the year.", path)
    if clock_time is not None and datetime.combine(day, clock_time, ZoneInfo(zone)) > now:
        raise Invalid(f"{clock_time:%H:%M} on {long_day(day)} is in the future.", path)


def ordered(first: date, last: date | None, path: str = "until") -> date | None:
    """The end, if it is not before the start."""
    if last is not None and last < first:
        raise Invalid(f"{long_day(last)} is before {long_day(first)}.", path)
    return last
