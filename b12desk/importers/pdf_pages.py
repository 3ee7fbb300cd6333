"""The text of a PDF as lines of cells with their places, page by page and with bounded memory.

Words close together make one cell; a wider gap begins the next. Pictures are never read.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from b12desk.domain.errors import WorldError

MAX_FILE = 40 * 2**20
MAX_PAGES = 60
MAX_CHARACTERS = 30_000
"""On one page; a page full of small print has some 8,000."""
MAX_CONTENT = 4 * 2**20
"""Bytes of drawing instructions of one page; a page of a report has less than 100,000."""
MAX_UNPACKED = 192 * 2**20

_STREAM = re.compile(rb"stream\r?\n")
_SAME_LINE = 0.35
_GAP = 0.5
_FIXED_GAP = 1.35


@dataclass(frozen=True, slots=True)
class Cell:
    """Words that stand together, with their left and right edge in points."""

    text: str
    left: float
    right: float

    def overlaps(self, other: Cell) -> bool:
        """Whether the two stand above each other, at least in part."""
        return self.left < other.right and other.left < self.right


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its number on the page from 1 on, and its cells from left to right."""

    page: int
    number: int
    cells: tuple[Cell, ...]

    @property
    def where(self) -> str:
        """ "page 2, line 14"."""
        return f"page {self.page}, line {self.number}"

    @property
    def text(self) -> str:
        """The line as text."""
        return "  ".join(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number from 1 on, its lines, and whether it has a picture."""

    number: int
    lines: tuple[Line, ...]
    pictured: bool


def read_pages(path: Path) -> Iterator[Page]:
    """The pages of a PDF, one after the other.

    Raises:
        WorldError: `unreadable_file` for a damaged, locked or too large PDF, with the page.
    """
    name, data = path.name, _bytes_of(path)
    _refuse_bombs(name, data)
    where = "its beginning"
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES:
                what = f"{name} has {len(document.pages)} pages; reports are read up to {MAX_PAGES} pages."
                raise WorldError("unreadable_file", what)
            for number, page in enumerate(document.pages, start=1):
                where = f"page {number}"
                yield _page(name, number, page)
                page.close()
    except (WorldError, GeneratorExit, MemoryError):
        raise
    except Exception as error:  # the parser raises whatever a damaged file makes it trip over
        if _is_locked(error):
            what = f"{name} is locked with a password; please save a copy without one."
            raise WorldError("unreadable_file", what) from None
        kind = type(error.args[0] if isinstance(error, PdfminerException) and error.args else error).__name__
        raise WorldError(
            "unreadable_file", f"{name} is a damaged PDF: {where} cannot be read ({kind})."
        ) from None


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)
    except OSError as error:
        raise WorldError("unreadable_file", f"{path.name} cannot be opened: {error.strerror}.") from None
    if len(data) > MAX_FILE:
        what = f"{path.name} is too large; reports in PDF are read up to {MAX_FILE // 2**20} MB."
        raise WorldError("unreadable_file", what)
    return data


def _refuse_bombs(name: str, data: bytes) -> None:
    """Refuse a PDF whose packed streams are larger than any report's, before they are unpacked for good."""
    left = MAX_UNPACKED
    for found in _STREAM.finditer(data):
        unpacking = zlib.decompressobj()
        try:
            left -= len(unpacking.decompress(memoryview(data)[found.end() :], left + 1))
        except zlib.error:
            continue
        if left < 0:
            what = f"{name} would unpack to more than {MAX_UNPACKED // 2**20} MB; no report does."
            raise WorldError("unreadable_file", what)


def _is_locked(error: BaseException) -> bool:
    locked = (PDFPasswordIncorrect, PDFEncryptionError)
    return isinstance(error, locked) or any(isinstance(inner, locked) for inner in error.args)


def _page(name: str, number: int, page: Any) -> Page:
    content = sum(len(part.get_data()) for part in page.page_obj.contents if hasattr(part, "get_data"))
    if content > MAX_CONTENT or len(page.chars) > MAX_CHARACTERS:
        raise WorldError("unreadable_file", f"{name} has more on page {number} than any report.")
    words = [
        word
        for word in page.extract_words(x_tolerance=1.5, y_tolerance=2, extra_attrs=["fontname"])
        if word["upright"]
    ]
    return Page(number, tuple(_lines(number, words)), bool(page.images))


def _lines(page: int, words: list[dict[str, Any]]) -> Iterator[Line]:
    """Words whose feet stand at one height, as cells from left to right."""
    fixed = _fixed_widths(words)
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        height = word["bottom"] - word["top"]
        if not rows or word["bottom"] - rows[-1][0]["bottom"] > _SAME_LINE * height:
            rows.append([])
        rows[-1].append(word)
    for number, row in enumerate(rows, start=1):
        yield Line(page, number, tuple(_cells(sorted(row, key=lambda word: word["x0"]), fixed)))


def _cells(words: list[dict[str, Any]], fixed: dict[str, float]) -> Iterator[Cell]:
    together: list[dict[str, Any]] = []
    for word in words:
        wide = fixed.get(word["fontname"])
        gap = _FIXED_GAP * wide if wide else _GAP * (word["bottom"] - word["top"])
        if together and word["x0"] - together[-1]["x1"] > gap:
            yield _cell(together)
            together = []
        together.append(word)
    if together:
        yield _cell(together)


def _cell(words: list[dict[str, Any]]) -> Cell:
    return Cell(" ".join(word["text"] for word in words), words[0]["x0"], max(word["x1"] for word in words))


def _fixed_widths(words: list[dict[str, Any]]) -> dict[str, float]:
    """The width of a character of each font whose characters are all equally wide, as a typewriter's."""
    widths: dict[str, list[float]] = {}
    for word in words:
        if len(word["text"]) > 2:
            widths.setdefault(word["fontname"], []).append((word["x1"] - word["x0"]) / len(word["text"]))
    return {
        font: max(found)
        for font, found in widths.items()
        if len(found) >= 5 and max(found) - min(found) < 0.02 * max(found)
    }
