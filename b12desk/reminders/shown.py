"""What the list in the window shows: open injections with a step whose moment has come (RULES R6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from b12desk.reminders.planner import OpenItem, look, zone_of
from b12desk.reminders.wording import message


class Pending(NamedTuple):
    """One line of the list.

    Attributes:
        step, since: the newest step that is due, and the moment (aware, in the computer's zone) it became so.
        on: None where the clinic has to be asked; `planned` names the occurrence in either case.
        snoozed_until: set where a snooze keeps pop-ups away; the line stays.
    """

    person_id: str
    person_name: str
    occurrence_id: str
    kind: str
    step: str
    on: date | None
    planned: date
    since: datetime
    title: str
    text: str
    snoozed_until: date | None


def showing(items: Iterable[OpenItem], now: datetime, stale: bool) -> list[Pending]:
    """The lines at `now`, in the order of the items; nothing that was sent or failed leaves it."""
    lines = []
    zone = zone_of(now)
    today = now.astimezone(zone).date()
    for item in items:
        # a snooze silences pop-ups; hiding the line would lose the injection
        alert = look(item._replace(snoozed_until=None), now, zone).newest
        if alert is None:
            continue
        silent = item.snoozed_until if item.snoozed_until and item.snoozed_until > today else None
        lines.append(
            Pending(
                item.person_id,
                item.person_name,
                item.occurrence_id,
                item.kind,
                alert.step.name,
                item.on,
                item.planned,
                alert.moment.astimezone(zone),
                *message([alert], today, stale),
                silent,
            )
        )
    return lines
