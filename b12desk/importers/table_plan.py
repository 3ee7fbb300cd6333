"""How to read one table: delimiter, header, decimal mark, order of day and month, told by its first rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from b12desk.domain.numbers import Mark, decimal_mark
from b12desk.importers.columns import Layout, recognise
from b12desk.importers.moments import Order, day_order

Row = list[str]

SAMPLE_ROWS = 2000
HEADER_WITHIN = 25
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Plan:
    """How to read the rows of one file; `header_row` counts from 1 as spreadsheets do."""

    delimiter: str
    header_row: int
    layout: Layout
    mark: Mark | None
    order: Order | None


def make_plan(path: Path, encoding: str) -> Plan | None:
    """The plan under the delimiter that lets most columns be recognised; None where no row is a header."""
    best: tuple[int, str, int, Layout] | None = None
    for delimiter in _DELIMITERS:
        rows = sample(path, encoding, delimiter, HEADER_WITHIN)
        found = find_header(rows)
        if found is not None and (best is None or found[1].certainty > best[0]):
            best = (found[1].certainty, delimiter, *found)
    if best is None:
        return None
    _, delimiter, header_row, layout = best
    rows = sample(path, encoding, delimiter, SAMPLE_ROWS)[header_row:]
    return Plan(delimiter, header_row, layout, mark_of(rows, layout), order_of(rows, layout))


def find_header(rows: Sequence[Row]) -> tuple[int, Layout] | None:
    """The first of the first rows that is a header, counted from 1, with its layout."""
    for number, row in enumerate(rows[:HEADER_WITHIN], start=1):
        layout = recognise(row)
        if layout is not None:
            return number, layout
    return None


def sample(path: Path, encoding: str, delimiter: str, count: int) -> list[Row]:
    """The first rows; a damaged one ends the sample, and the reading itself then says where it is."""
    rows: list[Row] = []
    with path.open(encoding=encoding, newline="") as stream:
        try:
            rows.extend(islice(csv.reader(stream, delimiter=delimiter), count))
        except csv.Error:
            return rows
    return rows


def _cells(rows: Iterable[Row], indexes: Sequence[int]) -> Iterator[str]:
    for row in rows:
        for index in indexes:
            if index < len(row):
                yield row[index]


def number_columns(layout: Layout) -> list[int]:
    """The columns that hold values and ranges."""
    roles = [layout.roles[role] for role in ("value", "low", "high", "range") if role in layout.roles]
    return [*roles, *(column.index for column in layout.wide)]


def mark_of(rows: Sequence[Row], layout: Layout) -> Mark | None:
    """The decimal mark that the values and ranges of some rows prove."""
    return decimal_mark(_cells(rows, number_columns(layout)))


def order_of(rows: Sequence[Row], layout: Layout) -> Order | None:
    """The order of day and month that the dates of some rows prove."""
    return day_order(_cells(rows, [layout.roles["date"]])) if "date" in layout.roles else None
