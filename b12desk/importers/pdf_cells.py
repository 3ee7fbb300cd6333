"""What a cell of a printed report can be: a value, a unit, a reference range, a flag, or something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from b12desk.domain.analytes import catalogue, normal
from b12desk.domain.lab_units import readings
from b12desk.domain.numbers import Mark, read_number
from b12desk.importers.pdf_pages import Cell, Line
from b12desk.importers.ranges import read_range
from b12desk.importers.words import words

Kind = Literal["value", "unit", "range", "flag", "other"]

_FLAG = re.compile(r"\(?(?:[HLN]{1,2}|[*+!-]{1,3}|[↑↓]+|high|low|High|Low|hoch|tief|normal)\)?\Z")
_VALUE = re.compile(
    r"([<>=≤≥]{0,2}\s*\d(?:[\d.,'’]*\d)?)\s*(\(?(?:[HLN]{1,2}|[*!+-]{1,3}|[↑↓]+|high|low)\)?)?\Z"
)
_COMPARED = re.compile(r"[<>=≤≥]")
_LINE = re.compile(
    r"(.*?[^\W\d_].*?)\s+([<>=≤≥]{0,2}\s?\d[\d.,]*)\s*([HLN]{1,2}|[*!+]{1,3}|[↑↓])?\s+(\D.*)\Z"
)
_ROLES = ("name", "value", "unit", "range", "flag", "low", "high", "date")


class Part(NamedTuple):
    """A cell, or a piece of one, and what it is."""

    kind: Kind
    cell: Cell


@dataclass(frozen=True, slots=True)
class Row:
    """A line that reads as one test: its name, its printed values with their cells, unit and range."""

    name: str
    values: tuple[Cell, ...]
    unit: str | None
    range_text: str
    flag: str | None


def kind_of(text: str, mark: Mark | None) -> Kind:
    """What a text can be; a range with one limit ("< 5") counts as a value until another one stands there."""
    if _FLAG.match(text):
        return "flag"
    if _VALUE.match(text) or text.casefold() in words().pending or normal(text) in words().results:
        return "value"
    found = read_range(text, mark)
    if found.low is not None or found.high is not None:
        return "range"
    return "unit" if readings(text) else "other"


def parts_of(cells: Iterable[Cell], mark: Mark | None) -> Iterator[Part]:
    """The cells with their kinds; a unit grown together with the range or value beside it is split off."""
    for cell in cells:
        kind = kind_of(cell.text, mark)
        split = _split(cell, mark) if kind == "other" else None
        yield from split or (Part(kind, cell),)


def _split(cell: Cell, mark: Mark | None) -> tuple[Part, Part] | None:
    tokens = cell.text.split(" ")
    for at in range(1, len(tokens)):
        first, second = " ".join(tokens[:at]), " ".join(tokens[at:])
        kinds = kind_of(first, mark), kind_of(second, mark)
        if kinds in (("unit", "range"), ("unit", "value"), ("value", "unit"), ("range", "unit")):
            middle = cell.left + (cell.right - cell.left) * len(first) / len(cell.text)
            return Part(kinds[0], Cell(first, cell.left, middle)), Part(
                kinds[1], Cell(second, middle, cell.right)
            )
    return None


def header_of(line: Line) -> dict[str, Cell]:
    """The titles of a line that heads a table, by role; empty where the line is no header."""
    found: dict[str, Cell] = {}
    for cell in line.cells:
        role = words().roles.get(normal(cell.text))
        if role in _ROLES:
            found.setdefault(role, cell)
    told = "value" in found or "name" in found
    return found if told and len(found) >= 2 and 2 * len(found) >= len(line.cells) else {}


def row_of(line: Line, columns: Sequence[Cell], header: dict[str, Cell], mark: Mark | None) -> Row | None:
    """The line as a test with its values, or None where that is not certain.

    `columns` are the cells of the dates above several columns of values; without them a row has one value.
    """
    if len(line.cells) == 1:
        return _in_one_piece(line.cells[0], mark)
    name, unit = split_name(line.cells[0].text)
    if not re.search(r"[^\W\d_]{2}", name) or kind_of(name, mark) in ("value", "range"):
        return None
    parts = list(parts_of(line.cells[1:], mark))
    values = _in_columns(parts, columns) if columns else _single_value(parts, header)
    if not values:
        return None
    rest = [part for part in parts if part not in values]
    units = [part.cell.text for part in rest if part.kind == "unit"]
    if len(units) + (unit is not None) > 1 or any(part.kind == "other" for part in rest if not header):
        return None
    flag = next((part.cell.text for part in rest if part.kind == "flag"), None)
    ranges = [part.cell.text for part in rest if part.kind in ("range", "value") and _is_range(part, header)]
    cells = tuple(part.cell for part in values)
    return Row(name, cells, unit or next(iter(units), None), " ".join(ranges), flag)


def split_name(text: str) -> tuple[str, str | None]:
    """A name and the unit that stands one blank behind it, where both are known ("Mean Cell Volume fL")."""
    name, _, last = text.rpartition(" ")
    if name and readings(last.strip("()[]")) and catalogue().by_name(name) and not catalogue().by_name(text):
        return name, last.strip("()[]")
    return text, None


def _in_one_piece(cell: Cell, mark: Mark | None) -> Row | None:
    """A line without gaps, "Vitamin B12 250 pg/mL 200 - 900"; only for tests and units that are known."""
    found = _LINE.match(cell.text)
    if found is None or read_number(found[2], mark) is None:
        return None
    name = found[1].rstrip(" :.")
    tokens = found[4].split(" ")
    for at in range(len(tokens), 0, -1):
        unit = " ".join(tokens[:at])
        if any(analyte.accept(readings(unit)) for analyte in catalogue().by_name(name)):
            rest = " ".join(tokens[at:]).strip("()[] ")
            return Row(name, (Cell(found[2], cell.left, cell.right),), unit, rest, found[3])
    return None


def _in_columns(parts: Sequence[Part], columns: Sequence[Cell]) -> list[Part]:
    """The values that stand below a date each; none where a number stands beside all of them."""
    last = max(column.right for column in columns)
    values = [part for part in parts if part.kind != "unit" and nearest(part.cell, columns) is not None]
    strays = [
        part for part in parts if part.kind == "value" and part not in values and part.cell.right < last
    ]
    return [] if strays else values


def _single_value(parts: Sequence[Part], header: dict[str, Cell]) -> list[Part]:
    """The one value of a row; of several numbers the one below the title for values."""
    values = [part for part in parts if part.kind == "value"]
    if len(values) > 1 and _COMPARED.match(values[-1].cell.text) and not _COMPARED.match(values[0].cell.text):
        values.pop()  # "0.8  < 5": the limit of a range
    if len(values) > 1:
        title = header.get("value")
        values = [part for part in values if title is not None and part.cell.overlaps(title)]
    return values if len(values) == 1 else []


def _is_range(part: Part, header: dict[str, Cell]) -> bool:
    """A range, a limit with its sign, or what stands below the title for ranges."""
    if part.kind == "range" or _COMPARED.match(part.cell.text):
        return True
    title = header.get("range")
    return title is not None and part.cell.overlaps(title)


def nearest(cell: Cell, columns: Sequence[Cell]) -> int | None:
    """The column that a value stands in: aligned left, right or centred, within a character or two."""
    best: tuple[float, int] | None = None
    for index, column in enumerate(columns):
        apart = min(
            abs(cell.left - column.left),
            abs(cell.right - column.right),
            abs(cell.left + cell.right - column.left - column.right) / 2,
        )
        if apart <= _NEAR and (best is None or apart < best[0]):
            best = (apart, index)
    return best[1] if best else None


_NEAR = 12.0
"""Points; the columns of a cumulative report stand at least 30 apart."""
