"""Commands that change or take away one entry of any kind."""

from __future__ import annotations

import click

from b12desk.cli.parameters import answering, command
from b12desk.cli.session import Session
from b12desk.domain.questions import Answers


@command("edit")
@click.argument("entry", metavar="ID")
@click.argument("values", nargs=-1, required=True, metavar="KEY=VALUE…")
@answering
def edit(session: Session, entry: str, values: tuple[str, ...], answers: Answers) -> None:
    """Change fields of one entry; an empty value (note=) clears a field that may be empty."""
    fields: dict[str, str | None] = {}
    for pair in values:
        key, equals, text = pair.partition("=")
        if not equals or not key:
            raise click.UsageError(f"edit takes KEY=VALUE, not “{pair}”.")
        fields[key.strip()] = text or None
    desk = session.desk()
    session.wrote(desk.editing.edit(entry, fields, answers, person_id=session.only()), "Changed.")


@command("delete")
@click.argument("entry", metavar="ID")
def delete(session: Session, entry: str) -> None:
    """Take one entry away; undo brings it back."""
    outcome = session.desk().editing.delete(entry, person_id=session.only())
    session.wrote(outcome, "Deleted; undo brings it back.")


COMMANDS = (edit, delete)
