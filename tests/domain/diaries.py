"""Short diaries for the schedule's tests: entries are kept as the desk keeps them, minute by minute."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from b12desk.domain.plan import read_plan
from b12desk.domain.records import AgreedDate, Injection, NotGiven, NotGivenReason, PhaseStep, Plan
from b12desk.domain.schedule import (
    Course,
    Occurrence,
    Placing,
    Schedule,
    agree_allowed,
    build,
    not_given_target,
    place,
    step_allowed,
)

PERSON = "ada"
DOSE = "1000 ug"


def day(text: str) -> date:
    """A date as the tests write it: "2026-01-05"."""
    return date.fromisoformat(text)


def phase(
    every: dict[str, Any], until: Any = "no_end", name: str = "Phase", dose: str = DOSE
) -> dict[str, Any]:
    """One phase of a plan file."""
    data = {"name": name, "dose": dose, "every": every, "until": until}
    return {key: value for key, value in data.items() if value is not None}


def plan_data(
    started_on: str, *phases: dict[str, Any], anchor: str = "last_injection", **fields: Any
) -> dict[str, Any]:
    """A plan file."""
    return {"started_on": started_on, "anchor": anchor, "phases": list(phases), **fields}


class Diary:
    """One person's plans and injections; each entry is recorded a minute after the one before.

    `today` is the day as of which entries are made; it only matters for what is open then.
    """

    def __init__(self, today: str = "2030-01-01") -> None:
        self.today = day(today)
        self.course = Course()
        self._entries = 0

    def _stamp(self) -> dict[str, Any]:
        self._entries += 1
        at = datetime(self.today.year, self.today.month, self.today.day, tzinfo=UTC)
        stamp = at + timedelta(minutes=self._entries)
        return {"id": f"entry-{self._entries:05}", "person_id": PERSON, "recorded_at": stamp}

    def plan(
        self, started_on: str, *phases: dict[str, Any], anchor: str = "last_injection", **fields: Any
    ) -> Plan:
        """Record a plan or its next revision."""
        data = plan_data(started_on, *phases, anchor=anchor, **fields)
        plan = read_plan(data, **self._stamp(), recorded_by="self", product_ids={})
        self.course = replace(self.course, plans=(*self.course.plans, plan))
        return plan

    def injection(self, on: str, answers: str | None = None) -> Injection:
        """A draft: named where `answers` is a date, extra where it is "none"."""
        stamp = self._stamp()
        if answers == "none":
            return Injection(**stamp, on=day(on), zone="UTC", product_id="vial", place="extra")
        named = None if answers is None else day(answers)
        return Injection(
            **stamp,
            on=day(on),
            zone="UTC",
            product_id="vial",
            place="auto" if named is None else "named",
            answers=named,
        )

    def ask(self, on: str, answers: str | None = None) -> Placing:
        """What would be asked about an injection, nothing kept."""
        return place(self.course, self.injection(on, answers), self.today)

    def log(self, on: str, answers: str | None = None) -> Placing:
        """Log an injection and say yes to every question."""
        injection = self.injection(on, answers)
        placing = place(self.course, injection, self.today)
        if placing.early:
            injection = replace(injection, place="early", answers=placing.planned)
        elif placing.extra:
            injection = replace(injection, place="extra")
        lost = [
            replace(one, place="extra", answers=None)
            for one in self.course.injections
            if one.id in placing.displaced
        ]
        kept = [one for one in self.course.injections if one.id not in placing.displaced]
        self.course = replace(self.course, injections=(*kept, *lost, injection))
        return placing

    def log_all(self, *days: str) -> None:
        """Log one injection after the other."""
        for on in days:
            self.log(on)

    def not_given(
        self, planned: str, reason: NotGivenReason = "missed", moved_to: str | None = None
    ) -> Occurrence:
        """Record a planned one as not given."""
        target = not_given_target(self.course, day(planned), self.today)
        record = NotGiven(
            **self._stamp(),
            planned=day(planned),
            reason=reason,
            moved_to=None if moved_to is None else day(moved_to),
        )
        self.course = replace(self.course, not_given=(*self.course.not_given, record))
        return target

    def step(self, on: str) -> None:
        """The clinic's word: on to the next phase."""
        plan_id = step_allowed(self.course, day(on), self.today)
        step = PhaseStep(**self._stamp(), plan_id=plan_id, on=day(on), told_by="clinic")
        self.course = replace(self.course, steps=(*self.course.steps, step))

    def agree(self, on: str) -> None:
        """The clinic's date after a missed one."""
        plan_id = agree_allowed(self.course, day(on), self.today)
        agreed = AgreedDate(**self._stamp(), plan_id=plan_id, on=day(on), told_by="clinic")
        self.course = replace(self.course, agreed=(*self.course.agreed, agreed))

    def schedule(self, as_of: str | None = None, count: int = 1) -> Schedule:
        """The schedule as of a day, today without one."""
        return build(self.course, self.today if as_of is None else day(as_of), count)

    def due(self, as_of: str | None = None, count: int = 1) -> list[str]:
        """What is due, one short line each: "2026-01-05 late 1.3"; "?" is no date, "~" a forecast."""
        return [line(one) for one in self.schedule(as_of, count).due]

    def answered(self, as_of: str | None = None) -> dict[str, str]:
        """Which place each injection answered: {"2026-01-05": "1.1"}; an extra one has "extra"."""
        schedule = self.schedule(as_of)
        names = {}
        for one in self.course.injections:
            found = schedule.answered.get(one.id)
            if found is not None:
                names[one.on.isoformat()] = f"{found.phase}.{found.number}"
            elif one.id in schedule.extras:
                names[one.on.isoformat()] = "extra"
        return dict(sorted(names.items()))

    def codes(self, as_of: str | None = None) -> list[str]:
        """The message codes of `due`."""
        return [message.code for message in self.schedule(as_of).messages]


def line(one: Occurrence) -> str:
    """One occurrence in short."""
    on = "?" if one.on is None else one.on.isoformat()
    window = "" if one.window is None or one.window[0] == one.window[1] else f"..{one.window[1].isoformat()}"
    return f"{on}{window} {one.state} {one.phase}.{one.number}{'~' if one.forecast else ''}"


def days_of(lines: Iterable[str]) -> list[str]:
    """The dates alone."""
    return [one.split()[0] for one in lines]
