"""Commands about people, products and the symptoms that a person scores."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args

import click

from b12desk.cli.parameters import command, maybe_day
from b12desk.cli.session import Session
from b12desk.domain.codec import to_json
from b12desk.domain.numbers import plain
from b12desk.domain.records import Form, Person, Product, Source
from b12desk.domain.units import both_units

PERSON_TEXTS = tuple(
    field.name
    for field in fields(Person)
    if field.name in {"colour", "sex", "cause", "allergies", "diet", "gastric_history", "medicines"}
    or field.name in {"taught_by", "clinic", "clinic_contact", "emergency_number"}
)


@click.group()
def person() -> None:
    """People whose diary this is."""


def _person_options(function: Any) -> Any:
    for name in reversed(PERSON_TEXTS):
        function = click.option(f"--{name.replace('_', '-')}", name, metavar="TEXT")(function)
    return function


@command("add", group=person)
@click.argument("name")
@click.option("--birth-date", metavar="DATE")
@click.option("--taught-on", metavar="DATE", help="When self-injection was taught (with --taught-by).")
@click.option("--neurological", type=click.Choice(["yes", "no", "unknown"]), help="As told by the clinic.")
@click.option("--contact-after-weeks", type=click.IntRange(1, 520), metavar="N")
@_person_options
def add_person(
    session: Session, name: str, birth_date: str | None, taught_on: str | None, **texts: Any
) -> None:
    """Add a person; makes the diary where there is none."""
    values = {key: value for key, value in texts.items() if value is not None}
    days = {"birth_date": maybe_day(birth_date, "birth_date"), "taught_on": maybe_day(taught_on, "taught_on")}
    values |= {key: day for key, day in days.items() if day is not None}
    outcome = session.desk(create=True).people.add(name, **values)
    session.wrote(outcome, f"Added {name.strip()}.")


@command("list", group=person, shape='{"people": [{"id", "name", …}]}')
def list_people(session: Session) -> None:
    """List the people in the diary."""
    people = session.desk().people.list()
    lines = [f"{one.name}  ({one.id})" for one in people] or ["There is nobody in this diary yet."]
    session.reply({"people": [to_json(one) for one in people]}, lines)


@click.group()
def product() -> None:
    """What is in the ampoule or vial."""


@command("add", group=product)
@click.argument("name")
@click.option("--form", type=click.Choice(get_args(Form)), required=True)
@click.option("--strength", metavar="AMOUNT", help='Per millilitre as on the label, as in "1000 ug/mL".')
@click.option("--volume", metavar="AMOUNT", help='Of the ampoule or vial, as in "1 mL".')
@click.option("--brand", metavar="TEXT")
@click.option("--source", type=click.Choice(get_args(Source)), default="unknown", show_default=True)
@click.option("--note", metavar="TEXT")
def add_product(session: Session, name: str, **values: Any) -> None:
    """Add a product as its label says; the product "unknown" is always there."""
    desk, owner = session.chosen()
    session.wrote(desk.products.add(owner.id, name, **values), f"Added the product {name.strip()}.")


@command("list", group=product, shape='{"products": [{"id", "name", "form", "strength", "volume", …}]}')
def list_products(session: Session) -> None:
    """List the person's products."""
    desk, owner = session.chosen()
    products = desk.products.list(owner.id)
    session.reply({"products": [_product(one) for one in products]}, [_label(one) for one in products])


def _product(one: Product) -> dict[str, Any]:
    """The product with its amounts written plainly: "1.0 mL" as it was typed is "1 mL" here."""
    amounts = {"strength": one.strength, "volume": one.volume}
    written = {name: f"{plain(kept.value)} {kept.unit}" for name, kept in amounts.items() if kept}
    return {**to_json(one), **written}


def _label(one: Product) -> str:
    strength = f", {both_units(one.strength)}" if one.strength else ""
    volume = f", {one.volume}" if one.volume else ""
    return f"{one.name}: {one.form}{strength}{volume}  ({one.id})"


@click.group()
def symptom() -> None:
    """The symptoms that the person scores from 0 to 10."""


@command("add", group=symptom)
@click.argument("label")
def add_symptom(session: Session, label: str) -> None:
    """Add an own symptom to the list."""
    desk, owner = session.chosen()
    session.wrote(desk.entries.add_symptom(owner.id, label), f"Added the symptom {label.strip()}.")


@command("list", group=symptom, shape='{"symptoms": [{"id", "label", "group", "shown": bool, "own": bool}]}')
@click.option("--all", "everything", is_flag=True, help="Also those that are not shown.")
def list_symptoms(session: Session, everything: bool) -> None:
    """List the symptoms and the ids that `log symptom` takes."""
    desk, owner = session.chosen()
    choices = desk.entries.symptoms(owner.id, everything)
    data = [
        {"id": one.id, "label": one.label, "group": one.group, "shown": one.shown, "own": one.own}
        for one in choices
    ]
    session.reply({"symptoms": data}, [f"{one.id}: {one.label}" for one in choices])


COMMANDS = (person, product, symptom)
