"""Random lives with a plan: what a person could log on each day, by the oracle's own list of open places."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from b12desk.domain.records import AgreedDate, Injection, NotGiven, PhaseStep, Plan
from b12desk.domain.schedule import Course
from tests.oracle.plans import moment, random_plan
from tests.oracle.replay import told
from tests.oracle.view import Row, due

START = date(2026, 1, 5)


@dataclass
class Case:
    """One question to both schedules."""

    course: Course
    today: date
    count: int
    files: dict[str, object] = field(default_factory=dict)  # plan id -> plan file, for the report


class Life:
    """Walks through the days and logs; every record is one that the command line would have taken."""

    def __init__(self, rng: random.Random, *, backfills: bool = True, revisions: bool = True) -> None:
        self.rng = rng
        self.backfills, self.revisions = backfills, revisions
        self.course = Course(plans=(), steps=(), agreed=(), injections=(), not_given=())
        self.files: dict[str, object] = {}
        self.now = START + timedelta(rng.randint(0, 40))
        self.logged = 0

    def live(self, events: int) -> None:
        if self.rng.random() < 0.2:
            self._inject(self.now - timedelta(self.rng.randint(1, 60)))
        self._revise(self.now + timedelta(self.rng.choice([0, 0, 0, 0, -7, 3, 20])))
        for _ in range(events):
            self._advance()
            self._event()

    # -- one day ---------------------------------------------------------------------------------------

    def _advance(self) -> None:
        rows = self._rows()
        ahead = min((r.on for r in rows if r.on and r.on > self.now), default=None)
        if ahead is not None and self.rng.random() < 0.6:
            self.now = max(self.now, ahead + timedelta(self.rng.choice([0, 0, 0, 1, -1, 2, 6])))
        else:
            self.now += timedelta(self.rng.choice([0, 0, 1, 2, 3, 5, 9, 20]))

    def _event(self) -> None:
        kinds = ["inject"] * 9 + ["back", "named", "named", "not_given", "not_given", "not_given", "step"]
        kinds += ["agree", "agree"] + (["revise"] if self.revisions else [])
        kinds += ["backfill", "backfill"] if self.backfills else []
        kind = self.rng.choice(kinds)
        if kind == "inject":
            self._inject(self.now)
        elif kind == "back":
            self._inject(self.now - timedelta(self.rng.randint(0, 4)))
        elif kind == "backfill":
            self._inject(self.now - timedelta(self.rng.randint(1, 50)))
        elif kind == "named":
            self._named()
        elif kind == "not_given":
            self._not_given()
        elif kind == "step":
            self._step()
        elif kind == "agree":
            self._agree()
        else:
            self._revise(self.now + timedelta(self.rng.choice([0, 0, 0, 5, 30, -3])))

    def _rows(self) -> list[Row]:
        return due(self.course, self.now, 1)[0]

    def _stamp(self) -> dict[str, object]:
        self.logged += 1
        return {
            "id": f"r{self.logged:02d}",
            "person_id": "person",
            "recorded_at": moment(self.now, self.logged),
        }

    # -- what can be logged ----------------------------------------------------------------------------

    def _inject(self, day: date, **more: object) -> None:
        precision = self.rng.choice(["day", "day", "minute", "approximate"])
        new = Injection(
            **self._stamp(), on=day, zone="Europe/Berlin", product_id="unknown", precision=precision, **more
        )  # type: ignore[arg-type]
        before = self.course.injections
        self.course = replace(self.course, injections=(*before, new))
        if more:
            return
        had = told(replace(self.course, injections=before), self.now).answers
        state = told(self.course, self.now)
        answer = state.answers.get(new.id)
        if new.id in state.extras:
            new = replace(new, place="extra")
        elif answer is not None and answer.early:
            new = replace(new, place="early", answers=answer.place.planned)
        kept = [
            replace(one, place="extra", answers=None) if one.id in state.extras and one.id in had else one
            for one in before
        ]
        self.course = replace(self.course, injections=(*kept, new))

    def _nameable(self) -> list[Row]:
        rows = [r for r in self._rows() if not r.forecast]
        planned = [r.planned for r in rows]
        return [r for r in rows if planned.count(r.planned) == 1]

    def _named(self) -> None:
        rows = self._nameable()
        if rows:
            row = self.rng.choice(rows)
            day = self.now - timedelta(self.rng.choice([0, 0, 1, 3]))
            newest = max((i.on for i in self.course.injections), default=day)
            if any(p.phases[0].every.offsets for p in self.course.plans):
                day = max(day, newest)  # a dose before the day 1 that its date was counted from is no case
            self._inject(day, place="named", answers=row.planned, given_elsewhere=self.rng.random() < 0.3)

    def _not_given(self) -> None:
        rows = self._nameable()
        if not rows:
            return
        row = self.rng.choice(rows)
        reason = self.rng.choice(["missed", "missed", "unknown", "postponed"])
        if row.state == "ask_clinic" and reason == "postponed":
            return
        plan = next(p for p in self.course.plans if p.id == row.plan_id)
        if plan.started_on > self.now:
            return
        moved = None
        if reason == "postponed":
            moved = self.now + timedelta(self.rng.randint(0, 20))
        note = NotGiven(**self._stamp(), planned=row.planned, reason=reason, moved_to=moved)  # type: ignore[arg-type]
        self.course = replace(self.course, not_given=(*self.course.not_given, note))

    def _present(self) -> Plan | None:
        state = told(self.course, self.now)
        return state.in_force.plan if state.in_force else None

    def _step(self) -> None:
        plan = self._present()
        newest = max((i.on for i in self.course.injections), default=START)
        day = max(newest, self.now - timedelta(self.rng.choice([0, 0, 2])))
        if plan is None or len(plan.phases) == 1 or day > self.now or day < plan.started_on:
            return
        told_by = {"plan_id": plan.id, "told_by": "nurse", "on": day}
        step = PhaseStep(**self._stamp(), **told_by)  # type: ignore[arg-type]
        if sum(s.plan_id == plan.id for s in self.course.steps) < len(plan.phases) - 1:
            self.course = replace(self.course, steps=(*self.course.steps, step))

    def _agree(self) -> None:
        plan = self._present()
        asks = [r for r in self._rows() if r.state == "ask_clinic" and plan and r.plan_id == plan.id]
        if plan is None or len(asks) != 1 or plan.phases[asks[0].phase - 1].every.offsets:
            return
        day = self.now + timedelta(self.rng.choice([0, 1, 5, 14]))
        word = AgreedDate(**self._stamp(), plan_id=plan.id, on=day, told_by="nurse")  # type: ignore[arg-type]
        self.course = replace(self.course, agreed=(*self.course.agreed, word))

    def _revise(self, start: date) -> None:
        self.logged += 1
        key = f"plan{len(self.course.plans) + 1}"
        plan, data = random_plan(self.rng, start, moment(self.now, self.logged), key)
        self.files[key] = data
        self.course = replace(self.course, plans=(*self.course.plans, plan))


def random_case(seed: str) -> Case:
    rng = random.Random(seed)
    life = Life(rng, backfills=rng.random() < 0.5, revisions=rng.random() < 0.4)
    life.live(rng.randint(1, 14))
    course, today = life.course, life.now + timedelta(rng.choice([0, 0, 1, 2, 5, 9, 30, 70]))
    if rng.random() < 0.15:
        today = max(START, life.now - timedelta(rng.randint(1, 40)))
        course = Course(
            plans=tuple(p for p in course.plans if p.recorded_at.date() <= today),
            steps=course.steps,
            agreed=tuple(a for a in course.agreed if a.recorded_at.date() <= today),
            injections=course.injections,
            not_given=tuple(n for n in course.not_given if n.recorded_at.date() <= today),
        )
    return Case(course, today, rng.randint(1, 8), life.files)
