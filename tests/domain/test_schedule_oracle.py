"""The engine against the day-by-day oracle on random plans and histories, always the same ones."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from tests.domain import oracle
from tests.domain.diaries import Diary, phase

CASES = 600
START = date(2027, 12, 20)
SPAN = 90


def random_every(rng: random.Random, anchor: str) -> dict[str, Any]:
    kind = rng.choice(["days", "weeks", "months", "weekdays"])
    if kind == "days":
        return {"days": rng.choice([1, 2, 3, 7, 10, 28])}
    if kind == "weeks":
        return {"weeks": rng.choice([1, 2, 4])}
    if kind == "months":
        months: dict[str, Any] = {"months": rng.choice([1, 2])}
        if anchor == "fixed_dates" and rng.random() < 0.5:
            months["on_day"] = rng.choice([1, 15, 29, 30, 31])
        return months
    names = rng.sample(oracle.WEEK, rng.randint(1, 4))
    return {"weekdays": sorted(names, key=oracle.WEEK.index)}


def random_until(rng: random.Random, start: date) -> Any:
    kind = rng.choice(["doses", "doses", "days", "date", "open"])
    if kind == "doses":
        return {"doses": rng.randint(1, 6)}
    if kind == "days":
        return {"days": rng.randint(1, 40)}
    if kind == "date":
        return {"date": (start + timedelta(days=rng.randint(31, 70))).isoformat()}
    return "no_end"


def random_plan(rng: random.Random) -> dict[str, Any]:
    anchor = rng.choice(["last_injection", "fixed_dates"])
    start = START + timedelta(days=rng.randint(0, 75))
    phases = [phase(random_every(rng, anchor), random_until(rng, start), "One")]
    if rng.random() < 0.7:
        phases.append(phase(random_every(rng, anchor), rng.choice([{"doses": 3}, "no_end"]), "Two"))
    return {
        "started_on": start.isoformat(),
        "anchor": anchor,
        "grace_days": rng.choice([0, 0, 3]),
        "phases": phases,
    }


def random_injections(rng: random.Random, plan: dict[str, Any]) -> list[date]:
    start = date.fromisoformat(plan["started_on"])
    earliest = (
        start - timedelta(days=20) if rng.random() < 0.2 and plan["anchor"] == "last_injection" else start
    )
    days = (earliest + timedelta(days=number) for number in range(SPAN))
    share = rng.choice([0.05, 0.15, 0.4])
    return [day for day in days if rng.random() < share]


@pytest.mark.parametrize("seed", range(0, CASES, 50))
def test_engine_and_oracle_agree(seed: int) -> None:
    for number in range(seed, seed + 50):
        rng = random.Random(number)
        plan = random_plan(rng)
        injections = random_injections(rng, plan)
        today = date.fromisoformat(plan["started_on"]) + timedelta(days=rng.randint(0, SPAN))
        injections = [day for day in injections if day <= today]
        diary = Diary(plan["started_on"])
        fields = {"anchor": plan["anchor"], "grace_days": plan["grace_days"]}
        diary.plan(plan["started_on"], *plan["phases"], **fields)
        diary.today = today
        diary.log_all(*[day.isoformat() for day in injections])
        expected = oracle.tell(plan, injections, today)
        due = [one for one in diary.schedule().due if not one.forecast]
        found = [(one.on, one.state, one.phase, one.number) for one in due]
        assert found == expected.open, (number, plan, injections, today)
        answered = {day.isoformat(): place for day, place in expected.answered.items()}
        assert diary.answered() == answered, (number, plan, injections, today)


def test_the_oracle_can_disagree() -> None:
    plan = {"started_on": "2028-01-31", "anchor": "fixed_dates", "phases": [phase({"months": 1})]}
    diary = Diary("2028-03-01")
    diary.plan("2028-01-31", phase({"months": 1}))
    told = oracle.tell(plan, [date(2028, 1, 31), date(2028, 2, 29)], date(2028, 3, 1))
    diary.log_all("2028-01-31", "2028-02-29")
    assert [one[0] for one in told.open] == [date(2028, 3, 31)]
    assert [one.on for one in diary.schedule().due] == [date(2028, 3, 29)]
