"""Commands about the plan that the clinic ordered, and what is due by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from b12desk import paths
from b12desk.cli import output
from b12desk.cli.parameters import answering, command, maybe_day, read_day
from b12desk.cli.session import Session
from b12desk.desk import Desk
from b12desk.domain.errors import WorldError
from b12desk.domain.numbers import plain
from b12desk.domain.plan import in_words
from b12desk.domain.presets import load, preset_json
from b12desk.domain.questions import Answers
from b12desk.domain.schedule import Occurrence
from b12desk.domain.units import both_units
from b12desk.domain.wording import long_day

LARGEST_PLAN = 1_000_000
"""Bytes; a plan is a page of text, so a larger file is a mistake."""

SHOWN = (
    '{"plan": {as `plan set` takes it}|null, "id", "words": [one line a phase], '
    '"revisions": [{"id", "started_on", "recorded_at", "plan"}], "superseded": [occurrence]}'
)
PRESETS = '{"presets": [{"id", "name", "country", "form", "kind", "source", "choose": [path], "plan": {…}}]}'
DUE = (
    '{"person": {"id", "name"}, "as_of", "due": [{"occurrence", "on": DATE|null, '
    '"window": [DATE, DATE]|null, "planned", "phase", "phase_name", "number_in_phase", "of": n|null, '
    '"dose", "unit", "product", "route", "state", "forecast": bool, "why", '
    '"records": [{"kind", "id", "text"}]}], '
    '"messages": [{"code", "text"}]}'
)
STATES = {
    "upcoming": "next",
    "due": "due",
    "late": "planned, not logged",
    "to_confirm": "to be confirmed by your clinic",
    "ask_clinic": "ask your clinic for the date",
    "superseded": "replaced by a newer plan",
}


@click.group()
def plan() -> None:
    """The plan that the clinic ordered."""


@command("set", group=plan)
@click.argument("file", type=click.Path(path_type=Path))
@answering
def set_plan(session: Session, file: Path, answers: Answers) -> None:
    """Write a plan, or its next revision, from a JSON file; docs/data-format.md says what is in it."""
    desk, person = session.chosen()
    session.wrote(desk.plans.set(person.id, _read(file), answers), "The plan is written down.")


def _read(file: Path) -> dict[str, Any]:
    if file.stat().st_size > LARGEST_PLAN:
        raise WorldError("unreadable_file", f"“{file}” is too large to be a plan.")
    try:
        data = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        raise WorldError("unreadable_file", f"“{file}” is not a JSON file.") from None
    if not isinstance(data, dict):
        raise WorldError("unreadable_file", f"“{file}” is JSON, but not a plan.")
    return data


@command("show", group=plan, shape=SHOWN)
def show(session: Session) -> None:
    """Show the plan in force, its revisions, and what a newer plan has replaced."""
    desk, person = session.chosen()
    current = desk.plans.current(person.id)
    names = desk.products.names(person.id)
    replaced = desk.plans.due(person.id).superseded
    data = {
        "plan": desk.plans.file_of(current) if current else None,
        "id": current.id if current else None,
        "words": [in_words(phase) for phase in current.phases] if current else [],
        "revisions": [
            {
                "id": one.id,
                "started_on": one.started_on.isoformat(),
                "recorded_at": one.recorded_at.isoformat(),
                "plan": desk.plans.file_of(one),
            }
            for one in desk.plans.revisions(person.id)
        ],
        "superseded": [occurrence_json(one, names) for one in replaced],
    }
    lines = ["No plan has been written down yet."]
    if current is not None:
        lines = [f"From {long_day(current.started_on)}:", *(in_words(phase) for phase in current.phases)]
    session.reply(data, lines)


@command("presets", group=plan, shape=PRESETS)
def presets(session: Session) -> None:
    """List regimens to copy from a prescription; what stands under "choose" must be filled in first."""
    data = [preset_json(one) for one in load(paths.read_resource("presets/regimens.json"))]
    session.reply({"presets": data}, [f"{one['id']}: {one['name']}" for one in data])


@command("step", group=plan)
@click.option("--on", metavar="DATE", required=True)
@click.option("--told-by", metavar="WHO", required=True)
@click.option("--note", metavar="TEXT")
def step(session: Session, on: str, told_by: str, note: str | None) -> None:
    """Record the clinic's word that the person has moved to the next phase."""
    desk, person = session.chosen()
    session.wrote(desk.plans.step(person.id, read_day(on, "on"), told_by, note), "Recorded.")


@command("agree", group=plan)
@click.option("--on", metavar="DATE", required=True)
@click.option("--told-by", metavar="WHO", required=True)
@click.option("--note", metavar="TEXT")
def agree(session: Session, on: str, told_by: str, note: str | None) -> None:
    """Record the date that the clinic gave after a missed injection."""
    desk, person = session.chosen()
    session.wrote(desk.plans.agree(person.id, read_day(on, "on"), told_by, note), "Recorded.")


@command("due", shape=DUE)
@click.option("--on", metavar="DATE", help="As it was, or will be, on this day.")
@click.option("--count", type=click.IntRange(1, 1000), default=1, show_default=True, metavar="N")
def due(session: Session, on: str | None, count: int) -> None:
    """Say what is open, and the next one or more, with the reason for each date."""
    desk, person = session.chosen()
    day = maybe_day(on, "on")
    schedule = desk.plans.due(person.id, day, count)
    names = desk.products.names(person.id)
    data = {
        "person": {"id": person.id, "name": person.name},
        "as_of": (day or desk.today()).isoformat(),
        "due": [
            {**occurrence_json(one, names), "records": _records(desk, person.id, one)} for one in schedule.due
        ],
        "messages": output.messages(schedule.messages),
    }
    lines = [line for one in schedule.due for line in _lines(one, names)]
    session.reply(data, [*lines, *(message.text for message in schedule.messages)])


def occurrence_json(one: Occurrence, names: dict[str, str]) -> dict[str, Any]:
    """One planned injection as `due` prints it; `names` are the products'."""
    return {
        "occurrence": one.id,
        "on": one.on.isoformat() if one.on else None,
        "window": [day.isoformat() for day in one.window] if one.window else None,
        "planned": one.planned.isoformat(),
        "phase": one.phase,
        "phase_name": one.phase_name,
        "number_in_phase": one.number,
        "of": one.of,
        "dose": plain(one.dose.value),
        "unit": one.dose.unit,
        "product": names.get(one.product_id or ""),
        "route": one.route,
        "state": one.state,
        "forecast": one.forecast,
        "why": one.why,
    }


def _records(desk: Desk, person_id: str, one: Occurrence) -> list[dict[str, str]]:
    """The records that a date rests on, for looking them up."""
    return [
        {"kind": source.kind, "id": source.id, "text": source.text}
        for source in desk.views.sources(person_id, one)
    ]


def _lines(one: Occurrence, names: dict[str, str]) -> list[str]:
    day = long_day(one.on) if one.on else "No date"
    product = names.get(one.product_id or "")
    what = ", ".join(filter(None, (both_units(one.dose), product, one.route)))
    return [f"{day}: {STATES.get(one.state, one.state)}. {what}", f"  {one.why}"]


COMMANDS = (plan, due)
