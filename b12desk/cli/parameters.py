"""What commands share in reading their arguments: days, moments, answers to questions, and `--json`."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from b12desk.cli.session import Session
from b12desk.domain.errors import Invalid
from b12desk.domain.questions import Answers

Function = TypeVar("Function", bound=Callable[..., Any])

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_NOON = time(12)

JSON = "--json"

WRITES = '{"action": ID, "records": [{"kind", "id"}], "changed": [KIND], "messages": [{"code", "text"}]}'


class Command(click.Command):
    """A command that also says, for docs/cli.md, what its JSON object looks like.

    Attributes:
        shape: the object that it prints under `--json`, in words.
    """

    def __init__(self, *args: Any, shape: str, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.shape = shape


def command(
    name: str, *, group: click.Group | None = None, shape: str = WRITES
) -> Callable[[Callable[..., None]], Command]:
    """Make a function a command, of `group` if given; it gets the session first and takes `--json`."""

    def made(function: Callable[..., None]) -> Command:
        @functools.wraps(function)
        @click.pass_obj
        def run(session: Session, /, **values: Any) -> None:
            function(session, **values)

        made_command = click.command(name, cls=Command, shape=shape)(json_option(run))
        if group is not None:
            group.add_command(made_command)
        return made_command

    return made


def json_option(function: Function) -> Function:
    """Allow `--json` before and after the command's name; `main` has seen it before anything is parsed."""
    text = "Print exactly one JSON object."
    return click.option(JSON, is_flag=True, expose_value=False, help=text)(function)


def answering(function: Function) -> Function:
    """Add `--yes` and `--answer`, which the command gets as `answers`."""

    @functools.wraps(function)
    def run(*args: Any, yes: bool, answer: tuple[str, ...], **values: Any) -> Any:
        return function(*args, answers=read_answers(yes, answer), **values)

    with_yes = click.option("--yes", is_flag=True, help="Answer every question with its first option.")(run)
    text = "Answer one question; may be given several times."
    return click.option("--answer", multiple=True, metavar="ID=OPTION", help=text)(with_yes)  # type: ignore[return-value]


def read_answers(yes: bool, pairs: tuple[str, ...]) -> Answers:
    """The answers given on the command line."""
    given = {}
    for pair in pairs:
        question, equals, option = pair.partition("=")
        if not equals:
            raise click.UsageError(f"--answer takes ID=OPTION, not “{pair}”.")
        given[question.strip()] = option.strip()
    return Answers(yes_to_all=yes, given=given)


def read_day(text: str, path: str) -> date:
    """A day written 2026-01-05.

    Raises:
        Invalid: another way of writing, or a day that no calendar has; names `path`.
    """
    if _DAY.match(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise Invalid(f"“{text}” is no day of the calendar.", path) from None
    raise Invalid(f"“{text}” is not a date like 2026-01-05.", path)


def maybe_day(text: str | None, path: str) -> date | None:
    """`read_day`, or None where nothing was given."""
    return None if text is None else read_day(text, path)


def read_moment(text: str, path: str) -> tuple[date, time | None]:
    """A local day, with its time where one is given: 2026-01-05 or 2026-01-05T09:30.

    Raises:
        Invalid: another way of writing, no such moment, or an offset; names `path`.
    """
    day_text, mark, clock_text = text.replace(" ", "T", 1).partition("T")
    day = read_day(day_text, path)
    if not mark:
        return day, None
    try:
        clock_time = time.fromisoformat(clock_text)
    except ValueError:
        raise Invalid(f"“{clock_text}” is not a time like 09:30.", path) from None
    if clock_time.tzinfo is not None:
        raise Invalid("give the local time where it happened, without an offset.", path)
    return day, clock_time.replace(microsecond=0)


def read_now(text: str) -> datetime:
    """The moment that `--now` names; without a time it is noon, without a zone the computer's own.

    A zone is an offset (+01:00, Z) or, after the time, a name in brackets ([Europe/London]).

    Raises:
        Invalid: it is no such moment.
    """
    if _DAY.match(text):
        return datetime.combine(read_day(text, "--now"), _NOON)
    reading, bracket, zone = text.removesuffix("]").partition("[")
    try:
        moment = datetime.fromisoformat(reading)
        if not bracket:
            return moment
        named = ZoneInfo(zone)
    except (ValueError, ZoneInfoNotFoundError):
        raise Invalid(f"“{text}” is not a moment like 2026-01-05T09:30.", "--now") from None
    return moment.astimezone(named) if moment.tzinfo else moment.replace(tzinfo=named)
