"""The schedule told once more, by somebody who has only read the rules: slow, plain, for simple plans.

One plan, one or two phases, injections logged on their day, one a day, each with its place left to the rule
and every question answered with yes. It shares no code with the engine: dates are found by walking the
calendar.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

ONE = timedelta(days=1)
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def month_number(day: date) -> int:
    return day.year * 12 + day.month


def is_months_after(day: date, base: date, months: int, wanted: int) -> bool:
    """Whether `day` is the day `wanted`, or the month's last where that is shorter, `months` after `base`."""
    if month_number(day) != month_number(base) + months:
        return False
    return day.day == wanted or (day.day < wanted and (day + ONE).day == 1)


def counted(every: dict[str, Any], base: date, steps: int = 1) -> date:
    """The date `steps` intervals after `base`."""
    day = base
    listed = 0
    while True:
        day += ONE
        gone = (day - base).days
        if "days" in every and gone == every["days"] * steps:
            return day
        if "weeks" in every and gone == every["weeks"] * 7 * steps:
            return day
        if "months" in every:
            wanted = every.get("on_day", base.day)
            if is_months_after(day, base, every["months"] * steps, wanted):
                return day
        if "weekdays" in every and WEEK[day.weekday()] in every["weekdays"]:
            listed += 1
            if listed == steps:
                return day


def first_day(every: dict[str, Any], start: date) -> date:
    day = start
    while True:
        if "weekdays" in every:
            fits = WEEK[day.weekday()] in every["weekdays"]
        elif "on_day" in every:
            fits = is_months_after(day, day, 0, every["on_day"])
        else:
            fits = True
        if fits:
            return day
        day += ONE


@dataclass
class Place:
    phase: int
    number: int
    on: date
    given: date | None = None


@dataclass
class Told:
    """What the oracle says: open places with their state, and which place each injection answered."""

    open: list[tuple[date, str, int, int]] = field(default_factory=list)
    answered: dict[date, str] = field(default_factory=dict)


def within(until: Any, place: Place, day_one: date) -> bool:
    """Whether a place still belongs to its phase."""
    if isinstance(until, str):
        return True
    if "doses" in until:
        return place.number <= until["doses"]
    if "days" in until:
        return place.number == 1 or place.on < day_one + until["days"] * ONE
    return place.on <= date.fromisoformat(until["date"])


def fixed_places(
    plan: dict[str, Any], given: dict[tuple[int, int], date], day_ones: dict[int, date], last_day: date
) -> list[Place]:
    """Every place on fixed dates up to the first one after `last_day`."""
    places: list[Place] = []
    first: date | None = first_day(plan["phases"][0]["every"], date.fromisoformat(plan["started_on"]))
    for phase, rule in enumerate(plan["phases"]):
        assert first is not None
        here: list[Place] = []
        number = 1
        while True:
            on = first if number == 1 else counted(rule["every"], first, number - 1)
            place = Place(phase + 1, number, on, given.get((phase + 1, number)))
            if not within(rule["until"], place, day_ones.get(phase + 1, first)):
                break
            here.append(place)
            if len(here) > 1 and here[-2].on > last_day:
                break
            number += 1
        places += here
        if not here or here[-1].on > last_day or phase + 1 == len(plan["phases"]):
            break
        first = counted(plan["phases"][phase + 1]["every"], here[-1].on)
    return places


def tell_fixed(plan: dict[str, Any], injections: list[date], today: date) -> Told:
    told = Told()
    given: dict[tuple[int, int], date] = {}
    day_ones: dict[int, date] = {}
    former: date | None = None
    for day in injections:
        places = [one for one in fixed_places(plan, given, day_ones, day) if one.given is None]
        if day < date.fromisoformat(plan["started_on"]):
            former = day
            continue
        passed = [one for one in places if one.on <= day]
        coming = [one for one in places if one.on > day]
        answer = passed[-1] if passed else None
        if answer is None and coming and former is not None and (day - former) * 2 > coming[0].on - former:
            answer = coming[0]
        if answer is not None:
            if answer.number == 1 and not any(phase > answer.phase for phase, _ in given):
                day_ones[answer.phase] = day
            given[answer.phase, answer.number] = day
            told.answered[day] = f"{answer.phase}.{answer.number}"
        else:
            told.answered[day] = "extra"
        former = day
    places = [one for one in fixed_places(plan, given, day_ones, today) if one.given is None]
    for place in [one for one in places if one.on < today] + [one for one in places if one.on >= today][:1]:
        told.open.append((place.on, state(plan, place, today), place.phase, place.number))
    return told


def state(plan: dict[str, Any], place: Place, today: date) -> str:
    if place.phase > 1 and place.number == 1:
        return "to_confirm"
    if today < place.on:
        return "upcoming"
    return "due" if today <= place.on + plan.get("grace_days", 0) * ONE else "late"


def chained_place(
    plan: dict[str, Any], phase: int, used: int, last: date | None, day_one: date | None
) -> Place | None:
    """The one open place of a plan counted from the last injection."""
    start = date.fromisoformat(plan["started_on"])
    while phase < len(plan["phases"]):
        rule = plan["phases"][phase]
        number = used + 1
        if last is None:
            on = first_day(rule["every"], start)
        else:
            on = counted(rule["every"], last)
            if phase == 0 and number == 1 and on < start:
                on = first_day(rule["every"], start)
        place = Place(phase + 1, number, on)
        if within(rule["until"], place, day_one or on):
            return place
        phase, used, day_one = phase + 1, 0, None
    return None


def tell_chained(plan: dict[str, Any], injections: list[date], today: date) -> Told:
    told = Told()
    start = date.fromisoformat(plan["started_on"])
    phase, used = 0, 0
    last: date | None = None
    day_one: date | None = None
    for day in injections:
        if day < start:
            last = day
            continue
        place = chained_place(plan, phase, used, last, day_one)
        answers = place is not None and (
            place.on <= day or (last is not None and (day - last) * 2 > place.on - last)
        )
        if place is not None and answers:
            told.answered[day] = f"{place.phase}.{place.number}"
            day_one = day if place.number == 1 else day_one
            phase, used = place.phase - 1, place.number
        else:
            told.answered[day] = "extra"
        last = day
        following = chained_place(plan, phase, used, last, day_one)
        if following is not None and following.phase - 1 > phase:
            phase, used, day_one = following.phase - 1, 0, None
    place = chained_place(plan, phase, used, last, day_one)
    if place is not None:
        told.open.append((place.on, state(plan, place, today), place.phase, place.number))
    return told


def tell(plan: dict[str, Any], injections: list[date], today: date) -> Told:
    """What is open as of `today`: every past place and the next one."""
    teller = tell_fixed if plan["anchor"] == "fixed_dates" else tell_chained
    return teller(plan, sorted(injections), today)
