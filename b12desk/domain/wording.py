"""How days and counts are written in sentences; one place, so that a locale can take it over."""

from __future__ import annotations

from datetime import date, datetime

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


STANDING_LINE = (
    "A personal diary. It does not give medical advice or doses. Follow your clinician's prescription."
)
"""What the window, the command line and every printed page say (S76)."""


def long_day(day: date) -> str:
    """ "5 January 2026"; strftime has no portable day without a leading zero."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date, today: date) -> str:
    """ "5 January" within the year of `today`, else with its year."""
    return f"{day.day} {MONTHS[day.month - 1]}" if day.year == today.year else long_day(day)


def day_and_time(moment: datetime) -> str:
    """ "5 January 2026, 09:30", as the moment's own zone has it."""
    return f"{long_day(moment.date())}, {moment:%H:%M}"


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 day", "3 days"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
