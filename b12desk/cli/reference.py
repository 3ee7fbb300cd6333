"""Writes docs/cli.md from the program itself: `python -m b12desk.cli.reference > docs/cli.md`."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence

import click

from b12desk.cli import codes, output
from b12desk.cli.parameters import Command
from b12desk.cli.program import program
from b12desk.domain.wording import STANDING_LINE

PREFACE = f"""# The command line

This page is written by `python -m b12desk.cli.reference` from the program itself; a test
holds the two together.

{STANDING_LINE}

    b12desk [OPTIONS] COMMAND … [--json]

Options that stand before the command hold for every command. Without a command the window opens. A diary is
made by `person add` and by `demo` only; every other command needs one that is there.

With `--json`, before or after the command, exactly one JSON object is printed on standard output, also when
something fails: `{{"error": {{"code", "message"}}}}`. Keys may be added in later versions; none is taken
away. Amounts are decimal numbers as text; dates are ISO 8601.

Some values raise a question. Then nothing is written, the exit code is 3, and the object has
`"questions": [{{"id", "text", "options"}}]`. Give the command again with `--answer ID=OPTION` for each, or
with `--yes` for the first option of all. The answer `no` keeps the question open: look at the entry again.
"""


def reference() -> str:
    """The whole page."""
    parts = [
        PREFACE,
        _table(
            "Exit codes", ("code", "meaning"), {str(key): text for key, text in output.EXIT_CODES.items()}
        ),
        _table("Error codes", ("code", "meaning"), codes.ERRORS),
        _table("Questions", ("id", "asked when"), codes.QUESTIONS),
        _table("Messages", ("code", "told when"), codes.MESSAGES),
        "## Options before the command\n\n" + _options(program),
        "## Commands\n",
        *(_section(path, command) for path, command in commands()),
    ]
    return "\n".join(parts)


def commands() -> Iterator[tuple[str, Command]]:
    """Every command with its full name, as in ("plan set", …), in the order of the alphabet."""
    yield from sorted(_within(program, ()), key=lambda pair: pair[0])


def _within(group: click.Group, path: tuple[str, ...]) -> Iterator[tuple[str, Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _within(command, (*path, name))
        elif isinstance(command, Command):
            yield " ".join((*path, name)), command


def _section(path: str, command: Command) -> str:
    text = inspect.cleandoc(command.help or "")
    usage = " ".join(["b12desk", path, *_arguments(command), "[OPTIONS]"])
    lines = [f"### {path}\n", text + "\n", f"    {usage}\n", _options(command), f"JSON: `{command.shape}`\n"]
    return "\n".join(line for line in lines if line)


def _arguments(command: click.Command) -> Iterator[str]:
    context = click.Context(command)
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            yield parameter.make_metavar(context)


def _options(command: click.Command) -> str:
    context = click.Context(command)
    rows = [
        record
        for parameter in command.params
        if isinstance(parameter, click.Option)
        and parameter.name != "json"
        and (record := parameter.get_help_record(context)) is not None
    ]
    if not rows:
        return ""
    lines = [
        "| option | meaning |",
        "|---|---|",
        *(f"| `{_cell(name)}` | {_cell(text)} |" for name, text in rows),
    ]
    return "\n".join(lines) + "\n"


def _table(heading: str, columns: Sequence[str], rows: Mapping[str, str]) -> str:
    lines = [
        f"| {' | '.join(columns)} |",
        "|---|---|",
        *(f"| `{key}` | {text} |" for key, text in rows.items()),
    ]
    return f"## {heading}\n\n" + "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").strip()


if __name__ == "__main__":
    click.echo(reference(), nl=False)
