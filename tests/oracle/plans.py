"""Random plan files of every kind that CLI.md knows; those that `read_plan` refuses are drawn again."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from b12desk.domain.errors import Invalid
from b12desk.domain.plan import read_plan
from b12desk.domain.records import Plan

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS = (1, 2, 3, 5, 7, 10, 14, 28, 30, 84)


def random_plan(
    rng: random.Random, started_on: date, recorded_at: datetime, plan_id: str
) -> tuple[Plan, dict[str, Any]]:
    while True:
        data = plan_data(rng, started_on)
        try:
            plan = read_plan(
                data,
                id=plan_id,
                person_id="person",
                recorded_by="self",
                recorded_at=recorded_at,
                product_ids={"unknown": "unknown"},
            )
        except Invalid:
            continue
        return plan, data


def plan_data(rng: random.Random, started_on: date) -> dict[str, Any]:
    anchor = rng.choice(["last_injection", "fixed_dates"])
    data: dict[str, Any] = {"started_on": started_on.isoformat(), "anchor": anchor}
    phases = rng.choice([1, 1, 2, 2, 3])
    data["phases"] = [phase_data(rng, anchor, k, k == phases - 1, started_on) for k in range(phases)]
    if rng.random() < 0.25:
        data["first_on"] = (started_on + timedelta(rng.randint(0, 9))).isoformat()
    if rng.random() < 0.3:
        data["grace_days"] = rng.choice([1, 2, 5])
    if rng.random() < 0.15:
        data["review_on"] = (started_on + timedelta(rng.randint(1, 200))).isoformat()
    return data


def phase_data(rng: random.Random, anchor: str, index: int, last: bool, start: date) -> dict[str, Any]:
    every = every_data(rng, anchor, index)
    phase: dict[str, Any] = {
        "name": f"phase {index + 1}",
        "dose": "1000 ug",
        "product": "unknown",
        "route": "IM",
        "every": every,
    }
    if "offsets" in every:
        if rng.random() < 0.5:
            phase["until"] = {"doses": len(every["offsets"])}
    else:
        phase["until"] = until_data(rng, index, last, start)
    return phase


def every_data(rng: random.Random, anchor: str, index: int) -> dict[str, Any]:
    kind = rng.choice(["days", "days", "window", "weeks", "months", "on_day", "weekdays", "offsets"])
    if kind == "offsets" and index == 0:
        rest = sorted(rng.sample(range(2, 15), rng.randint(1, 3)))
        return {"offsets": [1, *rest]}
    if kind == "window" and anchor == "last_injection":
        low = rng.choice(DAYS)
        return {"days": [low, low + rng.randint(0, 5)]}
    if kind == "on_day" and anchor == "fixed_dates":
        return {"months": rng.choice([1, 2]), "on_day": rng.choice([1, 15, 28, 30, 31])}
    if kind == "weeks":
        return {"weeks": rng.choice([1, 2, 4, 8, 12])}
    if kind in ("months", "on_day"):
        return {"months": rng.choice([1, 2, 3])}
    if kind == "weekdays":
        return {"weekdays": [WEEK[i] for i in sorted(rng.sample(range(7), rng.randint(1, 3)))]}
    return {"days": rng.choice(DAYS)}


def until_data(rng: random.Random, index: int, last: bool, start: date) -> dict[str, Any] | str:
    kind = rng.choice(["doses", "doses", "days", "date", "open"])
    if last and rng.random() < 0.5:
        kind = "open"
    if kind == "doses":
        return {"doses": rng.randint(1, 5)}
    if kind == "days":
        return {"days": rng.randint(3, 60)}
    if kind == "date":
        return {"date": (start + timedelta(rng.randint(5, 120) * (index + 1))).isoformat()}
    return rng.choice(["clinician_says", "blood_count_normal", "no_end"])


def moment(day: date, minute: int) -> datetime:
    """A logging time; later minutes are logged later."""
    return datetime.combine(day, time(8), UTC) + timedelta(minutes=minute)
