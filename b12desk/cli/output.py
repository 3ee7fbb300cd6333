"""How results, errors and questions are printed, and the exit code of each."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from b12desk.desk import Outcome
from b12desk.domain.errors import ErrorCode, WorldError
from b12desk.domain.questions import Message, QuestionsOpen

DONE, REFUSED, USAGE, QUESTION = 0, 1, 2, 3

EXIT_CODES = {
    DONE: "done",
    REFUSED: "it could not be done, and the message says why; nothing was written",
    USAGE: "the command line could not be understood; nothing was written",
    QUESTION: "a question is open; nothing was written",
}

_NUMBERS: dict[int, tuple[ErrorCode, str]] = {
    errno.ENOSPC: ("disk_full", "There is no room left on the disk for {name}."),
    errno.EDQUOT: ("disk_full", "There is no room left on the disk for {name}."),
    errno.EACCES: ("read_only", "{name} cannot be written or read with your rights."),
    errno.EPERM: ("read_only", "{name} cannot be written or read with your rights."),
    errno.EROFS: ("read_only", "{name} is on a disk that cannot be written."),
    errno.ENOENT: ("not_found", "There is no file or folder {name}."),
    errno.ENOTDIR: ("not_found", "There is no file or folder {name}."),
}


def reply(as_json: bool, data: dict[str, Any], lines: Sequence[str]) -> None:
    """Print one JSON object (ASCII, so that any console takes it) or lines of text."""
    if as_json:
        click.echo(json.dumps(data))
    else:
        for line in lines:
            click.echo(line)


def outcome(written: Outcome) -> dict[str, Any]:
    """The keys that every writing command prints."""
    return {
        "action": written.action,
        "records": [{"kind": ref.kind, "id": ref.id} for ref in written.records],
        "changed": sorted(written.changed),
        "messages": messages(written.messages),
    }


def messages(told: Iterable[Message]) -> list[dict[str, str]]:
    """Messages as JSON."""
    return [{"code": message.code, "text": message.text} for message in told]


def questions(open_ones: QuestionsOpen, as_json: bool, data: Mapping[str, Any] | None = None) -> int:
    """Print the open questions and how to answer them; `data` are further keys of the JSON object."""
    asked = [{"id": q.id, "text": q.text, "options": list(q.options)} for q in open_ones.questions]
    message = "A question is open; nothing was written."
    if as_json:
        error = {"code": "question", "message": message}
        reply(True, {**(data or {}), "error": error, "questions": asked}, ())
        return QUESTION
    click.echo(message, err=True)
    for question in open_ones.questions:
        click.echo(f"  {question.text}", err=True)
        ways = " or ".join(f"--answer {question.id}={option}" for option in question.options)
        click.echo(f"    {ways}", err=True)
    return QUESTION


def refusal(error: WorldError, as_json: bool) -> int:
    """Print why the world said no."""
    return failure(error.code, error.message, as_json, USAGE if error.code == "usage" else REFUSED)


def usage(error: click.ClickException, as_json: bool) -> int:
    """Print what could not be understood in the command line, and where help is."""
    message = error.format_message()
    if not as_json and isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
        message += f" See {error.ctx.command_path} --help."
    return failure("usage", message, as_json, USAGE)


def failure(code: str, message: str, as_json: bool, exit_code: int) -> int:
    """Print one error: a JSON object on standard output, or one line on standard error."""
    if as_json:
        reply(True, {"error": {"code": code, "message": message}}, ())
    else:
        click.echo(f"b12desk: {message}", err=True)
    return exit_code


def from_os(error: OSError) -> WorldError:
    """What the operating system refused, as one sentence."""
    name = f"“{error.filename}”" if error.filename else "the file"
    known = _NUMBERS.get(error.errno or 0)
    if known is None:
        return WorldError("unreadable_file", f"{name} could not be used: {error.strerror or error}.")
    return WorldError(known[0], known[1].format(name=name))
