"""Commands about laboratory tests: the listed ones, and tests of the person's own."""

from __future__ import annotations

import click

from b12desk.cli.parameters import command
from b12desk.cli.session import Session
from b12desk.domain.own_analytes import PREFIX


@click.group()
def labtest() -> None:
    """The laboratory tests that the diary knows."""


@command("add", group=labtest)
@click.argument("label")
@click.option("--unit", help="The unit on the report; its values are never converted.")
@click.option("--low", help="The lower limit of its range.")
@click.option("--high", help="The upper limit of its range.")
def add_labtest(session: Session, label: str, unit: str | None, low: str | None, high: str | None) -> None:
    """Add a test that is not in the list, with its own unit and range."""
    desk, owner = session.chosen()
    outcome = desk.lab_assignments.add_own(owner.id, label, unit=unit, low=low, high=high)
    session.wrote(outcome, f"Added the laboratory test {label.strip()}.")


@command("list", group=labtest, shape='{"labtests": [{"id", "label", "units": [UNIT], "own": bool}]}')
def list_labtests(session: Session) -> None:
    """List all tests with their ids and units."""
    desk, owner = session.chosen()
    mine = {one.analyte for one in desk.lab_assignments.own(owner.id)}
    known = [one for one in desk.analytes.by_id.values() if not one.id.startswith(PREFIX) or one.id in mine]
    data = [
        {"id": one.id, "label": one.label, "units": list(one.units), "own": one.id in mine} for one in known
    ]
    session.reply({"labtests": data}, [f"{one.label}  ({one.id})" for one in known])


COMMANDS = (labtest,)
