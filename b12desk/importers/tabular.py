"""Tables of laboratory results (CSV, TSV) to candidates: one pass over the rows, with bounded memory.

Each row is read by the plan of its file; a row that cannot be read becomes a problem with its number, never
a guess.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from b12desk.domain.errors import WorldError
from b12desk.importers.candidates import Parsed, Problem
from b12desk.importers.collector import held
from b12desk.importers.table_plan import Row, make_plan, sample
from b12desk.importers.table_rows import LongRows, WideRows

MAX_ROWS = 500_000
TICK_ROWS = 2000

Tick = Callable[[int], None]


def read_table(path: Path, encoding: str, tick: Tick | None = None) -> Parsed:
    """Read a table of laboratory results.

    `tick` is called with the number of rows read, now and then; what it raises stops the reading.

    Raises:
        WorldError: `unreadable_file` for a broken table or too many rows, with the row.
        UnicodeDecodeError: the encoding is another one.
    """
    plan = make_plan(path, encoding)
    if plan is None:
        return _unrecognised(path, encoding)
    parsed = Parsed(path.name, "tsv" if plan.delimiter == "\t" else "csv")
    rows = WideRows(plan, parsed) if plan.layout.wide else LongRows(plan, parsed)
    with held(), path.open(encoding=encoding, newline="") as stream:
        for number, row in _numbered(stream, plan.delimiter, path.name):
            if number > plan.header_row and any(row):
                rows.add(number, row)
            if tick is not None and number % TICK_ROWS == 0:
                tick(number)
    if not parsed.candidates and not parsed.unmapped and not parsed.problems:
        parsed.problems.append(Problem(f"row {plan.header_row}", "there are no results below the header"))
    return parsed


def _unrecognised(path: Path, encoding: str) -> Parsed:
    """A table whose columns name no test: nothing is taken from it, and its titles are told."""
    rows = sample(path, encoding, ",", 1)
    titles = ", ".join(title for title in (rows[0] if rows else []) if title.strip())[:200]
    what = f"no column says which laboratory test a row is; the columns are: {titles or 'none'}"
    return Parsed(path.name, "csv", problems=[Problem("row 1", what)])


def _numbered(stream: Iterable[str], delimiter: str, name: str) -> Iterator[tuple[int, Row]]:
    """Rows with the numbers that a spreadsheet shows."""
    number = 0
    try:
        for number, row in enumerate(csv.reader(stream, delimiter=delimiter, strict=True), start=1):
            if number > MAX_ROWS:
                raise WorldError("unreadable_file", f"{name} has more than {MAX_ROWS} rows; please split it.")
            yield number, row
    except csv.Error as error:
        what = f"{name} is damaged or no table: near row {number + 1}, {error}."
        raise WorldError("unreadable_file", what) from None
