"""XML of any size through expat with bounded memory; entities and endless tags are refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, NoReturn
from xml.parsers import expat  # with entities refused; defusedxml wraps SAX and trees only

from b12desk.domain.errors import WorldError

CHUNK = 256 * 1024
MAX_TAG = 4 * 2**20
MAX_DEPTH = 20_000
MAX_NAMES = 20_000
"""Of elements and attributes; expat remembers each one for as long as it reads."""

StartHandler = Callable[[str, dict[str, str]], None]


def stream_xml(name: str, source: IO[bytes], start: StartHandler, tick: Callable[[int], None] | None) -> None:
    """Call `start` for the start of every element, with its name and attributes.

    An internal DTD is read over, as old exports carry one; nothing outside the file is ever loaded. `tick` is
    called with the number of tags read, now and then; what it raises stops the reading.

    Raises:
        WorldError: `unreadable_file` for broken XML, with the line, and for XML made to exhaust memory.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = _refuse_entity(name)
    depth = fed = tags = 0
    try:
        while chunk := source.read(CHUNK):
            parser.Parse(chunk, False)
            fed += len(chunk)
            opened = chunk.count(b"<")
            tags += opened
            # Only estimated, since a handler for the end of each element would double the time.
            depth += opened - 2 * chunk.count(b"</") - chunk.count(b"/>")
            if depth > MAX_DEPTH:
                raise _made_to_harm(name, parser, "its tags are nested without end")
            if fed - parser.CurrentByteIndex > MAX_TAG:
                raise _made_to_harm(name, parser, "a tag does not end")
            if len(parser.intern) > MAX_NAMES:
                raise _made_to_harm(name, parser, "it has more kinds of tags than any export")
            if tick is not None:
                tick(tags)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        what = expat.errors.messages.get(error.code, "not well-formed")
        raise WorldError(
            "unreadable_file",
            f"{name} is broken XML in line {error.lineno}, column {error.offset + 1}: {what}.",
        ) from None


def _refuse_entity(name: str) -> Callable[..., NoReturn]:
    def refuse(entity: str, *_: object) -> NoReturn:
        what = f"{name} defines an entity of its own ({entity[:40]}), which no export of health data does."
        raise WorldError("unreadable_file", what)

    return refuse


def _made_to_harm(name: str, parser: expat.XMLParserType, what: str) -> WorldError:
    return WorldError(
        "unreadable_file", f"{name} is no health export: near line {parser.CurrentLineNumber}, {what}."
    )
