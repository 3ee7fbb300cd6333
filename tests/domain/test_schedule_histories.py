"""Long random histories with everything that can happen: nothing breaks, and what must always hold, holds."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from b12desk.domain.errors import Invalid
from b12desk.domain.schedule import Schedule, build
from tests.domain.diaries import Diary, phase

START = date(2028, 1, 3)
EVENTS = 60


def random_phases(rng: random.Random, anchor: str) -> list[dict[str, Any]]:
    everys: list[dict[str, Any]] = [
        {"days": 2},
        {"days": 7},
        {"weeks": 4},
        {"months": 1},
        {"weekdays": ["mon", "thu"]},
    ]
    everys.append({"days": [6, 9]} if anchor == "last_injection" else {"months": 1, "on_day": 31})
    ends: list[Any] = [{"doses": 3}, {"days": 20}, {"date": "2030-01-01"}, "clinician_says"]
    phases = [phase(rng.choice(everys), rng.choice(ends), f"Phase {number}") for number in (1, 2)]
    if rng.random() < 0.3:
        phases[0] = phase({"offsets": [1, 3, 7, 14]}, None, "Offsets")
    return [*phases, phase(rng.choice(everys), "no_end", "Last")]


def happen(diary: Diary, rng: random.Random) -> None:
    """One random entry on a random day; what the rules refuse is left out."""
    today = diary.today
    back = today - timedelta(days=rng.choice([0, 0, 0, 1, 5, 20]))
    due = diary.schedule(count=2).due
    one = rng.choice(due) if due else None
    kind = rng.choice(
        ["log", "log", "log", "named", "extra", "missed", "postponed", "agree", "step", "revise"]
    )
    with suppress(Invalid):
        if kind == "log":
            diary.log(back.isoformat())
        elif kind == "named" and one:
            diary.log(back.isoformat(), answers=one.planned.isoformat())
        elif kind == "extra":
            diary.log(back.isoformat(), answers="none")
        elif kind == "missed" and one:
            diary.not_given(one.planned.isoformat(), rng.choice(["missed", "unknown"]))
        elif kind == "postponed" and one:
            later = today + timedelta(days=rng.randint(0, 20))
            diary.not_given(one.planned.isoformat(), "postponed", later.isoformat())
        elif kind == "agree":
            diary.agree((today + timedelta(days=rng.randint(0, 20))).isoformat())
        elif kind == "step":
            diary.step(back.isoformat())
        elif kind == "revise" and rng.random() < 0.3:
            anchor = rng.choice(["last_injection", "fixed_dates"])
            start = today + timedelta(days=rng.randint(-10, 20))
            diary.plan(start.isoformat(), *random_phases(rng, anchor), anchor=anchor)


def check(schedule: Schedule, diary: Diary) -> None:
    """What holds for every schedule."""
    days = [one.on or one.planned for one in schedule.due]
    assert days == sorted(days)
    ids = [one.id for one in schedule.due]
    assert len(set(ids)) == len(ids)
    answered = [one.id for one in schedule.answered.values()]
    assert len(set(answered)) == len(answered)
    assert set(answered).isdisjoint(ids)
    assert {one.id for one in schedule.closed}.isdisjoint(ids)
    assert {one.id for one in schedule.superseded}.isdisjoint(ids)
    assert set(schedule.answered).isdisjoint(schedule.extras)
    for one in schedule.due:
        assert one.why
        assert (one.on is None) == (one.window is None) == (one.state == "ask_clinic")
        assert not one.forecast or (one.on is not None and one.on > schedule.as_of)
        if one.state == "late":
            assert one.window is not None
            assert one.window[1] < schedule.as_of
    ahead = [one for one in schedule.due if one.window is not None and one.window[1] >= schedule.as_of]
    assert len(ahead) <= 3


@pytest.mark.parametrize("seed", range(20))
def test_whatever_happens(seed: int) -> None:
    rng = random.Random(seed)
    diary = Diary(START.isoformat())
    anchor = rng.choice(["last_injection", "fixed_dates"])
    diary.plan(START.isoformat(), *random_phases(rng, anchor), anchor=anchor)
    for _ in range(EVENTS):
        diary.today += timedelta(days=rng.choice([0, 1, 1, 2, 7]))
        happen(diary, rng)
        schedule = diary.schedule(count=3)
        check(schedule, diary)
        turned = replace(
            diary.course,
            injections=diary.course.injections[::-1],
            plans=diary.course.plans[::-1],
            not_given=diary.course.not_given[::-1],
        )
        assert build(turned, diary.today, 3) == schedule
