"""Excel workbooks of laboratory results to candidates, by the same plans and rows as text tables.

A number is taken as the spreadsheet shows it: at 15 digits, with the zeros of its format, so that
8.199999999999999 is 8.2 and 16 under "0.0" is 16.0; it is never rounded to fewer digits than it has.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from b12desk.domain.errors import WorldError
from b12desk.domain.numbers import Mark, decimal_mark, read_number
from b12desk.importers.archive import open_archive
from b12desk.importers.candidates import Parsed, Problem
from b12desk.importers.collector import held
from b12desk.importers.columns import Layout
from b12desk.importers.table_plan import SAMPLE_ROWS, Plan, Row, find_header, number_columns, order_of
from b12desk.importers.table_rows import LongRows, People, WideRows
from b12desk.importers.tabular import MAX_ROWS, TICK_ROWS, Tick
from b12desk.importers.workbook_parts import check_parts, is_workbook

LAST_ROW = 1_048_576
"""The last row that a spreadsheet can have."""


_ROWS_AT_ONCE = 200


class _Cell(NamedTuple):
    """A cell as it is shown; `typed` where it holds a number and not a text that looks like one."""

    text: str
    typed: bool = False


_EMPTY = _Cell("")


def read_xlsx(path: Path, tick: Tick | None = None) -> Parsed | None:
    """Read every sheet with laboratory results; None where the ZIP is no workbook.

    Raises:
        WorldError: `unreadable_file` for a damaged, locked or malicious workbook, or too many rows.
    """
    with open_archive(path) as archive:
        if not is_workbook(archive):
            return None
        check_parts(path.name, archive)
    parsed = Parsed(path.name, "xlsx")
    with path.open("rb") as stream:  # opened here, since the library leaves a damaged file open
        with held(), _library(path.name):
            import openpyxl  # it takes long to load; it parses with defusedxml, which is installed beside it

            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            _read_sheets(path.name, sheets, parsed, tick)
        finally:
            book.close()
    return parsed


def _read_sheets(name: str, sheets: list[Any], parsed: Parsed, tick: Tick | None) -> None:
    people: People = {}
    recognised = False
    titles = [" ".join(sheet.title.split()) for sheet in sheets]
    for at, sheet in enumerate(sheets):
        table = _Sheet(name, sheet)
        plan = table.plan(tick)
        if plan is None:
            continue
        recognised = True
        title = titles[at] if len(sheets) > 1 else None
        if title is not None and titles.count(title) > 1:
            title = f"{title} ({at + 1})"  # no spreadsheet writes this, but places must differ
        rows = (WideRows if plan.layout.wide else LongRows)(plan, parsed, title, people)
        with held():
            for number, row in table.rows(tick):
                if number > plan.header_row:
                    rows.add(number, row)
    if not recognised:
        shown = ", ".join(titles)[:200] or "none"
        what = f"no column says which laboratory test a row is; the sheets are: {shown}"
        parsed.problems.append(Problem("row 1", what))
    elif not parsed.candidates and not parsed.unmapped and not parsed.problems:
        parsed.problems.append(Problem("row 1", "there are no results below the header"))


class _Sheet:
    """One worksheet, read as often as needed; true numbers are told apart from texts that look so."""

    def __init__(self, name: str, sheet: Any) -> None:
        self._name = name
        self._sheet = sheet
        self._comma = False

    def plan(self, tick: Tick | None) -> Plan | None:
        """How to read the sheet, or None where no row of its first ones is a header."""
        first = list(islice(self._cells(), SAMPLE_ROWS))
        numbers = [number for number, _ in first]
        sample = [[cell.text for cell in row] for _, row in first]
        found = find_header(sample)
        if found is None:
            return None
        at, layout = found
        order = order_of(sample[at:], layout)
        return Plan("", numbers[at - 1], layout, self._mark(numbers[at - 1], layout, tick), order)

    def _mark(self, header_row: int, layout: Layout, tick: Tick | None) -> Mark | None:
        """The decimal mark of the sheet: a point for true numbers, as proved for texts.

        Texts with a proved comma are turned as they are read, so that a true 1.234 stays what it is.
        """
        columns = number_columns(layout)
        texts: set[str] = set()
        typed = False
        for number, row in self._cells():
            if tick is not None and number % TICK_ROWS == 0:
                tick(0)
            if number > header_row:
                cells = [row[index] for index in columns if index < len(row)]
                typed = typed or any(cell.typed for cell in cells)
                texts.update(cell.text for cell in cells if not cell.typed)
        mark = decimal_mark(texts)
        if not typed:
            return mark
        self._comma = mark == ","
        numbers = (read_number(text) for text in texts)
        unclear = mark is None and any(number is not None and number.other is not None for number in numbers)
        return None if unclear else "."

    def rows(self, tick: Tick | None) -> Iterator[tuple[int, Row]]:
        """The rows that are not empty, with the numbers that a spreadsheet shows."""
        for count, (number, row) in enumerate(self._cells(), start=1):
            if tick is not None and count % TICK_ROWS == 0:
                tick(number)
            yield number, [self._turned(cell) if self._comma else cell.text for cell in row]

    @staticmethod
    def _turned(cell: _Cell) -> str:
        number = None if cell.typed else read_number(cell.text, ",")
        return f"{number.comparator or ''}{number.value}" if number and "," in cell.text else cell.text

    def _cells(self) -> Iterator[tuple[int, list[_Cell]]]:
        kept = 0
        rows = self._library_rows()
        for number, row in enumerate(rows, start=1):
            if number > LAST_ROW:
                what = f"{self._name} has a row beyond the last one of a spreadsheet."
                raise WorldError("unreadable_file", what)
            if any(cell.text for cell in row):
                kept += 1
                if kept > MAX_ROWS:
                    what = f"{self._name} has more than {MAX_ROWS} rows; please split it."
                    raise WorldError("unreadable_file", what)
                yield number, row

    def _library_rows(self) -> Iterator[list[_Cell]]:
        with _library(self._name):
            self._sheet.reset_dimensions()  # what a file says of its own size can be wrong
            rows = iter(self._sheet.iter_rows())
        while True:
            with _library(self._name):
                some = [[_shown(cell) for cell in row] for row in islice(rows, _ROWS_AT_ONCE)]
            yield from some
            if len(some) < _ROWS_AT_ONCE:
                return


@contextmanager
def _library(name: str) -> Iterator[None]:
    """The parser's many kinds of errors as one sentence; its warnings are about what is not read here."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except WorldError:
        raise
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:
        what = " ".join(str(error).split())[:80] or type(error).__name__
        raise WorldError("unreadable_file", f"{name} is a damaged Excel workbook: {what}.") from None


def _shown(cell: Any) -> _Cell:
    value = cell.value
    if value is None:
        return _EMPTY
    if isinstance(value, bool):
        return _Cell(str(value).upper())
    if isinstance(value, int | float):
        return _Cell(_number(value, str(cell.number_format or "")), typed=True)
    if isinstance(value, datetime):
        moment = value.replace(microsecond=0)
        return _Cell(moment.isoformat(" ", "seconds" if moment.second else "minutes"))
    if isinstance(value, date | time):
        return _Cell(value.isoformat())
    return _Cell(str(value).strip())


def _number(value: float, shown_as: str) -> str:
    """A number at the 15 digits that spreadsheets keep, with at least the decimals of its format."""
    number = Decimal(f"{value:.15g}")
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return str(value)
    section = shown_as.split(";")[0]
    percent = "%" in section
    if percent:
        number *= 100
    whole, _, fraction = f"{number.normalize():f}".partition(".")
    if "e" not in section.lower():
        places = section.partition(".")[2]
        zeros = len(places) - len(places.lstrip("0"))
        fraction = fraction.ljust(zeros, "0")
    return f"{whole}.{fraction}{'%' * percent}" if fraction else f"{whole}{'%' * percent}"
