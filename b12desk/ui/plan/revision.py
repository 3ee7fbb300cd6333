"""What the next revision of a plan begins from: the order in force, without what is behind the person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from b12desk.desk import Desk
from b12desk.domain.records import Plan
from b12desk.domain.wording import long_day

ASKED_ANEW = ("ordered_by", "why")


def tr(text: str) -> str:
    """A phrase in the person's language."""
    return QCoreApplication.translate("PlanRevision", text)


@dataclass(frozen=True, slots=True)
class Revision:
    """A plan file to fill the form with, and sentences about what was left out or needs a look."""

    data: dict[str, Any]
    notes: tuple[str, ...]


def revision_of(desk: Desk, plan: Plan) -> Revision:
    """The plan in force as the start of its next revision, from today.

    A revision begins with its own first phase, so phases that are over are left out: with them, saving would
    begin the loading again. Who advised the change, and why, is asked anew (S39).
    """
    data = desk.plans.file_of(plan)
    notes = [_former(plan)]
    data["started_on"] = desk.today().isoformat()
    for name in ASKED_ANEW:
        data.pop(name, None)
    schedule = desk.plans.due(plan.person_id)
    phase = max(schedule.phase or 1, *(one.phase for one in schedule.due[:1]), 1)
    if phase > 1:
        over = ", ".join(one["name"] for one in data["phases"][: phase - 1])
        data["phases"] = data["phases"][phase - 1 :]
        notes.append(tr("Left out, because it is over: {0}.").format(over))
    notes += _first_dose(desk, plan, data)
    return Revision(data, tuple(note for note in notes if note))


def _former(plan: Plan) -> str:
    told = [
        tr("In force since {0}").format(long_day(plan.started_on)),
        tr("ordered by {0}").format(plan.ordered_by) if plan.ordered_by else "",
        plan.why or "",
    ]
    return "; ".join(part for part in told if part) + "."


def _first_dose(desk: Desk, plan: Plan, data: dict[str, Any]) -> list[str]:
    """Keep the first date while it is to come; on fixed dates go on with the next planned one."""
    due = desk.plans.due(plan.person_id).due
    notes = []
    if any(one.of is not None and one.number > 1 for one in due[:1]):
        notes.append(
            tr("{0}: {1} of {2} are behind you, and the new order counts from 1. Check its number.").format(
                due[0].phase_name, due[0].number - 1, due[0].of
            )
        )
    if plan.first_on is not None and plan.first_on >= desk.today():
        return notes
    data.pop("first_on", None)
    upcoming = next((one.planned for one in due if one.on is not None and one.on >= desk.today()), None)
    if plan.anchor == "fixed_dates" and upcoming is not None:
        data["first_on"] = upcoming.isoformat()
        notes.append(tr("The first date is the next one planned until now."))
    return notes
