"""The command that writes a copy of everything recorded, for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from b12desk.cli.parameters import command
from b12desk.cli.session import Session
from b12desk.domain.wording import count

FORMATS = ("csv", "json")


@command("export", shape='{"file", "format", "counts": {KIND: n}}')
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.argument("out", type=click.Path(path_type=Path))
def export(session: Session, form: str, out: Path) -> None:
    """Write everything recorded, of everyone or of --person.

    json: one file; equal diaries give equal bytes. csv: one table a kind, in a new or empty folder, or in
    one file if OUT ends in .zip. docs/data-format.md says what is in them.
    """
    desk = session.desk()
    write = desk.exports.json if form == "json" else desk.exports.csv
    counts = write(out, session.only())
    line = f"Wrote {count(sum(counts.values()), 'record')} to {out}."
    session.reply({"file": str(out), "format": form, "counts": counts}, [line])


COMMANDS = (export,)
