"""CDA documents as a tree of nodes with their lines, read with bounded memory; entities are refused.

The parser does not look at namespaces: published excerpts use prefixes that they never declare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat  # with entities refused; a tree of defusedxml knows no lines and needs prefixes

from b12desk.domain.errors import WorldError

ROOTS = frozenset({"ClinicalDocument", "section", "component", "entry", "organizer", "observation"})
MAX_DEPTH = 150
MAX_NODES = 500_000
MAX_TEXTS = 200
_CHUNK = 64 * 1024
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"))
_CUT_OFF = frozenset({"no element found", "unclosed token", "unclosed CDATA section"})


@dataclass(slots=True)
class Node:
    """One element: its name without HL7's prefix, its attributes, its own text and its children."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def get(self, attribute: str) -> str | None:
        """An attribute, trimmed and without invisible characters; None where it is empty."""
        value = self.attributes.get(attribute, "").translate(_INVISIBLE).strip()
        return value or None

    def all(self, *path: str) -> Iterator[Node]:
        """The elements at the end of a path of names, in their order."""
        for child in self.children:
            if child.name == path[0]:
                if len(path) == 1:
                    yield child
                else:
                    yield from child.all(*path[1:])

    def first(self, *path: str) -> Node | None:
        """The first element at the end of a path of names."""
        return next(self.all(*path), None)

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def text(self) -> str | None:
        """The text of the node and of up to `MAX_TEXTS` below it, with single blanks."""
        joined = " ".join("".join(node.texts) for node in islice(self.walk(), MAX_TEXTS)).translate(
            _INVISIBLE
        )
        return " ".join(joined.split()) or None


def read_tree(path: Path) -> Node:
    """The root of a CDA document or of an excerpt of one.

    Raises:
        WorldError: `unreadable_file` for broken XML, with the line, for XML of another kind, and for XML made
            to exhaust memory.
    """
    builder = _Builder(path.name)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: builder.start(
        name, attributes, parser.CurrentLineNumber
    )
    parser.EndElementHandler = lambda _: builder.end()
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = _refuse_entity(path.name)
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        what = expat.errors.messages.get(error.code, "not well-formed")
        if what in _CUT_OFF:
            told = f"{path.name} is cut off: it ends in line {error.lineno}, in the middle of the document."
        else:
            told = f"{path.name} is broken XML in line {error.lineno}, column {error.offset + 1}: {what}."
        raise WorldError("unreadable_file", told) from None
    except (LookupError, ValueError) as error:
        told = f"{path.name} is XML in an encoding that cannot be read: {str(error)[:60]}."
        raise WorldError("unreadable_file", told) from None
    if builder.root is None:
        raise WorldError("unreadable_file", f"{path.name} is XML without any content.")
    return builder.root


class _Builder:
    """Takes what the parser finds and stops at the limits."""

    def __init__(self, name: str) -> None:
        self.root: Node | None = None
        self._name = name
        self._open: list[Node] = []
        self._count = 0

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        """Open an element."""
        self._count += 1
        if len(self._open) >= MAX_DEPTH:
            raise self._refused(f"is nested without end (line {line})")
        if self._count > MAX_NODES:
            raise self._refused(f"has more than {MAX_NODES} elements (line {line})")
        prefix, _, local = name.rpartition(":")
        node = Node(name if prefix == "sdtc" else local, _local(attributes), line)
        if self._open:
            self._open[-1].children.append(node)
        elif node.name not in ROOTS:
            raise self._refused(f"is an XML or HTML file (“{name[:30]}”)")
        else:
            self.root = node
        self._open.append(node)

    def end(self) -> None:
        """Close the innermost element."""
        self._open.pop()

    def data(self, text: str) -> None:
        """Text of the innermost element."""
        self._open[-1].texts.append(text)

    def _refused(self, why: str) -> WorldError:
        return WorldError("unreadable_file", f"{self._name} {why}; it is no laboratory document.")


def _local(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes with "xsi:type" as "type"; an attribute of that very name goes before it."""
    if not any(":" in name for name in attributes):
        return attributes
    plain = {name.rpartition(":")[2]: value for name, value in attributes.items() if ":" in name}
    return plain | {name: value for name, value in attributes.items() if ":" not in name}


def _refuse_entity(name: str) -> Callable[..., NoReturn]:
    def refuse(entity: str, *_: object) -> NoReturn:
        what = f"{name} defines an entity of its own ({entity[:40]}), which no laboratory document does."
        raise WorldError("unreadable_file", what)

    return refuse
