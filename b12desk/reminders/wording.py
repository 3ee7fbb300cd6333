"""What a reminder says: what the clinic planned and what is not logged, never a dose, an order or a reproach.

Titles stay within 60 and texts within 200 characters: the shortest limits among the systems' pop-ups.
Wording after the guidance on missed injections: contact the clinic, take nothing extra.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from b12desk.domain.wording import count, short_day
from b12desk.reminders.planner import Alert, OpenItem

TITLE_LIMIT = 60
TEXT_LIMIT = 200
APP = "B12 Desk"
STALE_NOTE = "This may be out of date: open B12 Desk to check."
CONTACT = "Contact your clinic about when to have it. Do not take extra."
CONTACT_MANY = "Call your clinic before the next one. Do not take extra."
ASK = "No date is set for your next injection. Ask your clinic when to have it, and note what they say."
BOOK_IT = "Time to book or order it, if that is not done yet."
SCORES = "You asked for a daily note: today's scores are not noted yet."
MOVED_ON = "It would begin a new phase: has your clinic moved you on?"


class Said(NamedTuple):
    """Title and text of one message."""

    title: str
    text: str


def message(alerts: Sequence[Alert], today: date, stale: bool) -> Said:
    """One message about all alerts of one person, oldest first; `stale` adds the wish to open the app."""
    room = TEXT_LIMIT - (len(STALE_NOTE) + 1 if stale else 0)
    said = _neutral(alerts, today) if any(alert.item.neutral for alert in alerts) else _plain(alerts, today)
    text = _cut(said.text, room)
    return Said(_titled(alerts[0].item.person_name, said.title), f"{text} {STALE_NOTE}" if stale else text)


def _plain(alerts: Sequence[Alert], today: date) -> Said:
    items = [alert.item for alert in alerts]
    takes = [item for item in items if item.kind == "take"]
    others = [_other(item, today) for item in items if item.kind != "take"]
    if not takes:
        title = others[0].title if len(others) == 1 else f"{len(others)} reminders from your diary"
        return Said(title, " ".join(other.text for other in others))
    said = _one(takes[0], today) if len(takes) == 1 else _several(takes, today)
    return Said(said.title, " ".join((said.text, *(other.text for other in others))))


def _other(item: OpenItem, today: date) -> Said:
    if item.kind == "score":
        return Said("Today's scores", SCORES)
    text = f"{_window(item, today)}. {BOOK_IT}"
    return Said(
        f"B12 injection planned for {short_day(item.planned, today)} ({_distance(item, today)})", text
    )


def _several(items: Sequence[OpenItem], today: date) -> Said:
    past = [item for item in items if item.on and item.last_day < today]
    ahead = [item for item in items if item.on and item.last_day >= today]
    parts: list[str] = []
    if past:
        parts.append(_past(past, today))
    if ahead:
        parts.append(f"B12 injection planned for {_listed(ahead, today)}.")
    if len(past) + len(ahead) < len(items):
        parts.append(ASK)
    counts = [f"{len(past)} not logged"] if past else []
    counts += [f"{len(ahead)} planned"] if ahead else []
    return Said(f"B12 injections ({', '.join(counts) or 'no date set'})", " ".join(parts))


def _one(item: OpenItem, today: date) -> Said:
    if item.on is None:
        return Said("B12 injection (no date set)", ASK)
    if item.last_day < today:
        day = short_day(item.on, today)
        if (today - item.last_day).days <= item.grace_days:
            return Said(
                f"B12 injection planned for {day}", f"Your injection planned for {day} is not logged yet."
            )
        return Said(f"B12 injection planned for {day}", _past([item], today))
    title = f"B12 injection planned for {short_day(item.on, today)} ({_distance(item, today)})"
    text = f"{_window(item, today)}."
    return Said(title, f"{text} {MOVED_ON}" if item.state == "to_confirm" else text)


def _past(items: Sequence[OpenItem], today: date) -> str:
    if len(items) == 1:
        return f"Your injection planned for {_listed(items, today)} is not logged. {CONTACT}"
    return f"Your injections planned for {_listed(items, today)} are not logged. {CONTACT_MANY}"


def _window(item: OpenItem, today: date) -> str:
    first, last = item.on or item.planned, item.last_day
    if last == first:
        return f"Your B12 injection is planned for {short_day(first, today)}"
    days = f"{short_day(first, today)} to {short_day(last, today)}"
    ends = " (last day today)" if last == today else ""
    return f"Your B12 injection is planned for {days}{ends}"


def _distance(item: OpenItem, today: date) -> str:
    first = item.on or item.planned
    if first > today:
        return f"in {count((first - today).days, 'day')}"
    return "today" if item.last_day == first else f"until {short_day(item.last_day, today)}"


def _listed(items: Sequence[OpenItem], today: date) -> str:
    """One or two days in words; more of them as the oldest and a number."""
    days = [short_day(item.on or item.planned, today) for item in items]
    if len(days) > 2:
        return f"{days[0]} and {len(days) - 1} later dates"
    return " and ".join(days)


def _neutral(alerts: Sequence[Alert], today: date) -> Said:
    """Says that something is there and when, but not what (RULES R10)."""
    days = _listed([alert.item for alert in alerts], today)
    return Said("A reminder from your diary", f"About {days}. Open {APP} to see it.")


def _titled(name: str, title: str) -> str:
    """Whose it is, before the title; a long name gives way, the date does not."""
    name = " ".join(name.split())
    if not name:
        return title
    return f"{_cut(name, TITLE_LIMIT - len(title) - 2)}: {title}"


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
