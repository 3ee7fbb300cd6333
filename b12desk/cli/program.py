"""The program itself: global options, the command that is called, and the exit code of a run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from b12desk import __version__
from b12desk.cli import output
from b12desk.cli.commands import Commands
from b12desk.cli.parameters import JSON, json_option, maybe_day, read_now
from b12desk.cli.session import Session
from b12desk.cli.window import open_window
from b12desk.clock import Clock, stopped_clock, system_clock
from b12desk.domain.errors import WorldError
from b12desk.domain.questions import QuestionsOpen
from b12desk.domain.wording import STANDING_LINE

ABOUT = f"A private diary for vitamin B12 injections.\n\n{STANDING_LINE}"


@click.group(cls=Commands, invoke_without_command=True, help=ABOUT)
@click.version_option(__version__, prog_name="b12desk")
@click.option("--diary", type=click.Path(path_type=Path), help="The diary file; without it the usual place.")
@click.option("--person", metavar="NAME|ID", help="Whose entries; needed where there are several people.")
@click.option("--now", metavar="WHEN", help="Use this moment (ISO 8601, a zone is allowed) as the clock.")
@click.option("--by", metavar="NAME", default="self", help="Who is typing, when it is not the person.")
@click.option("--planned", metavar="DATE", help="Open the window at the injection planned for this day.")
@json_option
@click.pass_context
def program(
    ctx: click.Context,
    diary: Path | None,
    person: str | None,
    now: str | None,
    by: str,
    planned: str | None,
) -> None:
    """Take the global options; without a command open the window."""
    session: Session = ctx.obj
    session.diary, session.person, session.by = diary, person, by
    if now is not None:
        session.clock = stopped_clock(read_now(now))
    if ctx.invoked_subcommand is None:
        if session.as_json:
            raise click.UsageError("The window prints no JSON; name a command.")
        open_window(session, maybe_day(planned, "--planned"))


def main(args: Sequence[str] | None = None, *, clock: Clock = system_clock) -> int:
    """Run one command line (without the program's name) and return its exit code.

    `clock` stands in where `--now` is not given.
    """
    arguments = list(sys.argv[1:] if args is None else args)
    _print_anything()
    session = Session(clock)
    session.as_json = JSON in arguments  # a line that cannot be read to its end is answered in JSON too
    try:
        return _run(arguments, session)
    except QuestionsOpen as error:
        return output.questions(error, session.as_json)
    except WorldError as error:
        return output.refusal(error, session.as_json)
    except click.ClickException as error:
        return output.usage(error, session.as_json)
    except click.Abort:
        return output.failure("usage", "Stopped.", session.as_json, output.REFUSED)
    except UnicodeEncodeError:
        message = "A word of the command line is no text that can be kept; is the terminal set to UTF-8?"
        return output.failure("usage", message, session.as_json, output.USAGE)
    except OSError as error:
        return output.refusal(output.from_os(error), session.as_json)
    finally:
        session.close()


def _run(arguments: list[str], session: Session) -> int:
    result: Any = program.main(arguments, prog_name="b12desk", standalone_mode=False, obj=session)
    return result if isinstance(result, int) else output.DONE


def _print_anything() -> None:
    """Let a console that lacks a letter show an escape in its place, rather than fail after writing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
