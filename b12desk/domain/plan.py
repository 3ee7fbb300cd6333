"""Plan files: the JSON of docs/cli.md read into a `Plan`, written back, and said in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import singledispatch
from typing import Any, cast, get_args

from b12desk.domain.errors import BugError, Invalid
from b12desk.domain.plan_rules import check_plan, read_every, read_until
from b12desk.domain.plan_values import read_day, read_object, read_text, read_truth, read_whole
from b12desk.domain.records import Anchor, Every, Phase, Plan, Route, Until
from b12desk.domain.units import MASSES, both_units, read_amount
from b12desk.domain.wording import count, long_day

PLAN_KEYS = (
    "started_on",
    "first_on",
    "anchor",
    "ordered_by",
    "why",
    "review_on",
    "grace_days",
    "min_gap_days",
    "book_weeks_before",
    "lifelong",
    "preset",
    "phases",
)
PHASE_KEYS = ("name", "dose", "volume", "product", "route", "every", "until")
WEEKDAY_NAMES = {
    "mon": "Mondays",
    "tue": "Tuesdays",
    "wed": "Wednesdays",
    "thu": "Thursdays",
    "fri": "Fridays",
    "sat": "Saturdays",
    "sun": "Sundays",
}
LONGEST_GRACE = 400
MOST_WEEKS = 26


def read_plan(
    data: Mapping[str, Any],
    *,
    id: str,  # noqa: A002
    person_id: str,
    recorded_by: str,
    recorded_at: datetime,
    product_ids: Mapping[str, str],
) -> Plan:
    """Check a plan file and build the revision; `product_ids` gives the id of each product name.

    Raises:
        Invalid: an unknown key, a value of the wrong kind, or a contradiction (RULES P4, P5, P7 and
            "Refused"), naming the path, as in `phases[1].every`.
    """
    fields = read_object(data, "", PLAN_KEYS, required=("started_on", "anchor", "phases"))
    anchor = fields["anchor"]
    if anchor not in get_args(Anchor):
        raise Invalid(f"say one of {' or '.join(get_args(Anchor))}.", "anchor")
    phases = fields["phases"]
    if not isinstance(phases, list) or not phases:
        raise Invalid("a plan has at least one phase.", "phases")
    plan = Plan(
        id=id,
        person_id=person_id,
        recorded_by=recorded_by,
        recorded_at=recorded_at,
        started_on=read_day(fields["started_on"], "started_on"),
        first_on=_maybe_day(fields, "first_on"),
        anchor=cast("Anchor", anchor),
        ordered_by=_maybe_text(fields, "ordered_by"),
        why=_maybe_text(fields, "why"),
        review_on=_maybe_day(fields, "review_on"),
        grace_days=read_whole(fields.get("grace_days", 0), "grace_days", 0, LONGEST_GRACE),
        min_gap_days=_maybe_whole(fields, "min_gap_days", 0, LONGEST_GRACE),
        book_weeks_before=_maybe_whole(fields, "book_weeks_before", 1, MOST_WEEKS),
        lifelong=read_truth(fields.get("lifelong", False), "lifelong"),
        preset=_maybe_text(fields, "preset"),
        phases=tuple(_phase(one, f"phases[{index}]", product_ids) for index, one in enumerate(phases)),
    )
    check_plan(plan)
    return plan


def _phase(data: Any, path: str, product_ids: Mapping[str, str]) -> Phase:
    fields = read_object(data, path, PHASE_KEYS, required=("name", "dose", "every"))
    product = fields.get("product")
    if product is not None and read_text(product, f"{path}.product") not in product_ids:
        raise Invalid(f"there is no product named “{product}”; add it first.", f"{path}.product")
    route = fields.get("route") or "IM"
    if route not in get_args(Route):
        raise Invalid(f"say one of {', '.join(get_args(Route))}.", f"{path}.route")
    every = read_every(fields["every"], f"{path}.every")
    volume = fields.get("volume")
    return Phase(
        name=read_text(fields["name"], f"{path}.name"),
        dose=read_amount(read_text(fields["dose"], f"{path}.dose"), f"{path}.dose", units=MASSES),
        volume=None
        if volume is None
        else read_amount(read_text(volume, f"{path}.volume"), f"{path}.volume", units=("mL",)),
        product_id=None if product is None else product_ids[product],
        route=cast("Route", route),
        every=every,
        until=read_until(fields.get("until"), f"{path}.until", every),
    )


def _maybe_day(fields: Mapping[str, Any], key: str) -> date | None:
    value = fields.get(key)
    return None if value is None else read_day(value, key)


def _maybe_text(fields: Mapping[str, Any], key: str) -> str | None:
    value = fields.get(key)
    return None if value is None else read_text(value, key)


def _maybe_whole(fields: Mapping[str, Any], key: str, least: int, most: int) -> int | None:
    value = fields.get(key)
    return None if value is None else read_whole(value, key, least, most)


def plan_file(plan: Plan, product_names: Mapping[str, str]) -> dict[str, Any]:
    """The plan as the file that `read_plan` takes; fields without a value are left out."""
    data: dict[str, Any] = {"started_on": plan.started_on.isoformat()}
    if plan.first_on is not None:
        data["first_on"] = plan.first_on.isoformat()
    data["anchor"] = plan.anchor
    texts = {"ordered_by": plan.ordered_by, "why": plan.why, "preset": plan.preset}
    data |= {key: text for key, text in texts.items() if text is not None}
    if plan.review_on is not None:
        data["review_on"] = plan.review_on.isoformat()
    data["grace_days"] = plan.grace_days
    if plan.min_gap_days is not None:
        data["min_gap_days"] = plan.min_gap_days
    if plan.book_weeks_before is not None:
        data["book_weeks_before"] = plan.book_weeks_before
    data["lifelong"] = plan.lifelong
    data["phases"] = [_phase_file(phase, product_names) for phase in plan.phases]
    return data


def _phase_file(phase: Phase, product_names: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {"name": phase.name, "dose": str(phase.dose)}
    if phase.volume is not None:
        data["volume"] = str(phase.volume)
    if phase.product_id is not None:
        data["product"] = product_names[phase.product_id]
    data |= {"route": phase.route, "every": _every_file(phase.every), "until": _until_file(phase.until)}
    return data


def _every_file(every: Every) -> dict[str, Any]:
    if every.window is not None:
        return {"days": list(every.window)}
    if every.weekdays is not None:
        return {"weekdays": list(every.weekdays)}
    if every.offsets is not None:
        return {"offsets": list(every.offsets)}
    numbers = {"days": every.days, "weeks": every.weeks, "months": every.months, "on_day": every.on_day}
    return {key: number for key, number in numbers.items() if number is not None}


def _until_file(until: Until) -> Any:
    if until.open_end is not None:
        return until.open_end
    if until.date is not None:
        return {"date": until.date.isoformat()}
    return {"doses": until.doses} if until.doses is not None else {"days": until.days}


@singledispatch
def in_words(what: object) -> str:
    """A plan, a phase, an interval or an end as a person would say it.

    "every 12 weeks", "6 doses", "1000 micrograms (1 mg) IM every 2 days, 6 doses".
    """
    raise BugError(f"no words for {type(what).__name__}")


@in_words.register
def _(what: Every) -> str:
    if what.window is not None:
        return f"every {what.window[0]} to {what.window[1]} days"
    if what.weekdays is not None:
        return f"on {_listed([WEEKDAY_NAMES[day] for day in what.weekdays])}"
    if what.offsets is not None:
        return (
            f"on {'day' if len(what.offsets) == 1 else 'days'} {_listed([str(day) for day in what.offsets])}"
        )
    if what.days is not None:
        return "every day" if what.days == 1 else f"every {what.days} days"
    if what.weeks is not None:
        return "every week" if what.weeks == 1 else f"every {what.weeks} weeks"
    months = "every month" if what.months == 1 else f"every {what.months} months"
    return months if what.on_day is None else f"{months} on day {what.on_day}"


@in_words.register
def _(what: Until) -> str:
    if what.doses is not None:
        return count(what.doses, "dose")
    if what.days is not None:
        return f"for {count(what.days, 'day')}"
    if what.date is not None:
        return f"until {long_day(what.date)}"
    return {
        "clinician_says": "until your clinic says",
        "blood_count_normal": "until your clinic says that the blood count has recovered",
    }.get(what.open_end or "", "without an end date")


@in_words.register
def _(what: Phase) -> str:
    volume = "" if what.volume is None else f" in {what.volume}"
    route = what.route.replace("_", " ")
    return (
        f"{what.name}: {both_units(what.dose)}{volume} {route} {in_words(what.every)}, {in_words(what.until)}"
    )


@in_words.register
def _(what: Plan) -> str:
    phases = "; then ".join(in_words(phase) for phase in what.phases)
    return f"From {long_day(what.started_on)}: {phases}; {counted(what)}."


def counted(plan: Plan) -> str:
    """How the plan counts: "counted from the last injection" or "on fixed dates"."""
    return "counted from the last injection" if plan.anchor == "last_injection" else "on fixed dates"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
