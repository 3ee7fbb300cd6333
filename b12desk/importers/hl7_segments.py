"""HL7 v2 text to segments: line ends, separators of each message, escapes, repetitions, components.

Source: HL7 v2.5.1 chapter 2 (2.5 message construction, 2.7 escape sequences). Senders end segments with CR,
LF or both, put several messages and batch envelopes into one file, and choose their own separators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from b12desk.domain.errors import WorldError

_HEADERS = ("MSH", "FHS", "BHS")
_START = re.compile(r"(?:MSH|FHS|BHS)[^\w\s\"',;]")
_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}\Z")
_CHARSET = {"UNICODE UTF-8": "utf-8", "UTF-8": "utf-8", "8859/1": "cp1252", "8859/15": "iso8859-15"} | {
    f"8859/{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9)
}
MAX_SEGMENTS = 200_000
MAX_PARTS = 1_000
"""Of a segment, a field or a repetition; no message of results has nearly as many."""

_FRAME = "\x0b\x1c"
_MIN_RESULT_FIELDS = 11


@dataclass(frozen=True, slots=True)
class Separators:
    """The characters that part a message; "" where the message names none."""

    field: str = "|"
    component: str = "^"
    repetition: str = "~"
    escape: str = "\\"
    part: str = "&"


@dataclass(slots=True)
class Segment:
    """One segment and the number of its line in the file; `fields[n]` is field n."""

    line: int
    name: str
    fields: list[str]
    separators: Separators = field(default_factory=Separators)

    def raw(self, number: int) -> str:
        """Field `number` as it stands; HL7's explicit null ("") counts as empty."""
        text = self.fields[number].strip() if number < len(self.fields) else ""
        return "" if text == '""' else text

    def text(self, number: int, component: int = 1) -> str:
        """One component of the first repetition of a field, its escapes resolved."""
        return self.components(number)[component - 1] if component <= len(self.components(number)) else ""

    def components(self, number: int) -> list[str]:
        """The components of the first repetition of a field, their escapes resolved."""
        first = _parted(self.raw(number), self.separators.repetition)[0]
        return [self._plain(part) for part in _parted(first, self.separators.component)]

    def repetitions(self, number: int) -> list[list[str]]:
        """All repetitions of a field, each as its components."""
        return [
            [self._plain(part) for part in _parted(one, self.separators.component)]
            for one in _parted(self.raw(number), self.separators.repetition)
        ]

    def _plain(self, text: str) -> str:
        if self.separators.escape and self.separators.escape in text:
            text = _unescaped(text, self.separators)
        text = text.strip()
        return "" if text == '""' else text


def is_hl7(text: str) -> bool:
    """Whether a file that begins so is an HL7 v2 message or a batch of them."""
    return _START.match(text.lstrip(_FRAME)) is not None


def read_segments(path: Path) -> Iterator[Segment]:
    """The segments of a file in their order.

    Raises:
        WorldError: `unreadable_file` for unknown bytes, separators that cannot be told apart, text that is no
            segment, and a file that ends in the middle of a result, with the line.
    """
    text = _decoded(path)
    lines = (
        text.translate(dict.fromkeys(map(ord, _FRAME))).replace("\r\n", "\r").replace("\n", "\r").split("\r")
    )
    separators = Separators()
    segment: Segment | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if number > MAX_SEGMENTS:
            what = f"{path.name} has more than {MAX_SEGMENTS} segments; please split it."
            raise WorldError("unreadable_file", what)
        if line.startswith(_HEADERS):
            separators = _separators(path.name, number, line)
            following: Segment | None = _header(number, line, separators)
        else:
            following = _plain_segment(number, line, separators)
        if following is None and segment is None:
            raise WorldError(
                "unreadable_file", f"{path.name} is no HL7 v2 file: line {number} is no segment."
            )
        if following is None and segment is not None:
            segment.fields[-1] += f"\n{line}"  # a text with a line end of its own
            continue
        if segment is not None:
            yield segment
        segment = following
    if segment is not None:
        if segment.name == "OBX" and lines[-1] and len(segment.fields) <= _MIN_RESULT_FIELDS:
            what = f"{path.name} is cut off: it ends in line {segment.line}, in the middle of a result."
            raise WorldError("unreadable_file", what)
        yield segment


def _decoded(path: Path) -> str:
    """UTF-8, or what MSH-18 names, or Windows-1252, which Western systems mean by ISO 8859-1."""
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        head = re.split(r"[\r\n]", data[:4096].decode("latin-1"), maxsplit=1)[0]
        fields = head.split(head[3:4] or "|")
        named = fields[17].strip() if len(fields) > 17 else ""
    try:
        return data.decode(_CHARSET.get(named, "cp1252"))
    except UnicodeDecodeError as error:
        what = f"{path.name} is no text: its byte {error.start + 1} belongs to no known encoding."
        raise WorldError("unreadable_file", what) from None


def _separators(name: str, number: int, line: str) -> Separators:
    marks = line[3:4] + (line[4:].split(line[3:4], 1)[0] if line[3:4] else "")
    named = marks[:5]
    plain = any(mark.isalnum() or mark.isspace() for mark in named)
    if len(named) < 2 or len(set(named)) != len(named) or plain:
        what = f"{name} is a damaged HL7 v2 file: the separators in line {number} cannot be told apart."
        raise WorldError("unreadable_file", what)
    return Separators(*named, *[""] * (5 - len(named)))


def _header(number: int, line: str, separators: Separators) -> Segment:
    """A header counts its own field separator as field 1."""
    name, *fields = line.split(separators.field, MAX_PARTS)
    return Segment(number, name, [name, separators.field, *fields], separators)


def _plain_segment(number: int, line: str, separators: Separators) -> Segment | None:
    name, *fields = line.split(separators.field, MAX_PARTS)
    if not _SEGMENT.match(name.strip()):
        return None
    return Segment(number, name.strip(), [name, *fields], separators)


def _parted(text: str, separator: str) -> list[str]:
    return text.split(separator, MAX_PARTS) if separator else [text]


def _unescaped(text: str, separators: Separators) -> str:
    r"""Resolve escapes such as \T\ for "&"; formatting becomes a space or a line end, the unknown goes."""
    named = {
        "F": separators.field,
        "S": separators.component,
        "R": separators.repetition,
        "E": separators.escape,
        "T": separators.part,
        ".br": "\n",
        ".sp": " ",
    }
    mark = re.escape(separators.escape)

    def resolve(found: re.Match[str]) -> str:
        code = found[1]
        if code.startswith("X") and re.fullmatch(r"(?:[0-9A-Fa-f]{2})+", code[1:]):
            return bytes.fromhex(code[1:]).decode("utf-8", "replace")
        return named.get(code, "")

    return re.sub(rf"{mark}([^{mark}]{{0,80}}){mark}", resolve, text)
