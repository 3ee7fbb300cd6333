"""Laboratory reports as PDF with a text layer: rows that are certain become candidates, nothing is guessed.

A row counts where a table's header stands above it, or where the diary knows its test and its unit fits.
Every other line stays as text for the person to read (`Parsed.unread`). Pictures of pages are not read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from b12desk.domain.analytes import catalogue, normal
from b12desk.domain.errors import WorldError
from b12desk.domain.lab_units import readings
from b12desk.domain.numbers import decimal_mark
from b12desk.importers.candidates import NO_SAMPLE_DATE, Candidate, FilePatient, Parsed, Problem
from b12desk.importers.keeping import fill, keep
from b12desk.importers.moments import day_order
from b12desk.importers.pdf_cells import Row, header_of, kind_of, nearest, row_of
from b12desk.importers.pdf_head import (
    date_columns,
    dates_of,
    is_clock,
    is_clock_line,
    patient_of,
    sample_time_of,
    status_of,
)
from b12desk.importers.pdf_pages import Cell, Line, Page, read_pages
from b12desk.importers.ranges import read_range
from b12desk.importers.reading import Reader, Test
from b12desk.importers.table_rows import SampleTime
from b12desk.importers.tabular import Tick

_NO_TIME = SampleTime(None, (NO_SAMPLE_DATE,))
_SAME_INDENT = 1.0


def read_pdf(path: Path, tick: Tick | None = None) -> Parsed:
    """Read a laboratory report; `tick` is called with the number of lines read, page by page.

    Raises:
        WorldError: `unreadable_file` for a damaged, locked or too large PDF, and for one of pictures only.
    """
    parsed = Parsed(path.name, "pdf")
    pages: list[Page] = []
    for page in read_pages(path):
        pages.append(page)
        if tick is not None:
            tick(sum(len(one.lines) for one in pages))
    if not any(page.lines for page in pages):
        what = (
            "is a PDF of pictures, such as a scan"
            if any(page.pictured for page in pages)
            else "is an empty PDF"
        )
        raise WorldError(
            "unreadable_file", f"{path.name} {what}: it has no text to read. Please type its values by hand."
        )
    report = _Report(parsed, [line for page in pages for line in page.lines])
    for page in pages:
        if not page.lines and page.pictured:
            parsed.problems.append(Problem(f"page {page.number}", "it is a picture and cannot be read"))
        report.add(page)
    report.finish()
    return parsed


class _Report:
    """One report: what its head says, and what holds from line to line."""

    def __init__(self, parsed: Parsed, lines: list[Line]) -> None:
        self._parsed = parsed
        self._mark = decimal_mark(cell.text for line in lines for cell in line.cells)
        self._order = day_order(dates_of(lines))
        self._status = status_of(lines)
        self._reader = Reader(mark=self._mark)
        self._header: dict[str, Cell] = {}
        self._columns: list[tuple[Cell, SampleTime]] = []
        self._headings: list[Cell] = []
        self._time: SampleTime | None = None
        self._undated: list[Candidate] = []
        self._times: set[SampleTime] = set()
        self._patient: int | None = None

    def add(self, page: Page) -> None:
        """Read the lines of one page; a header holds to the end of its page."""
        self._header = {}
        self._patient = self._person(patient_of(page.lines))
        for line in page.lines:
            if not self._is_context(line) and not self._add_row(line):
                self._leave(line)

    def finish(self) -> None:
        """Date the rows above the only sample time of the report; say so where nothing was found."""
        if len(self._times) == 1:
            time = self._times.pop()
            for candidate in self._undated:
                candidate.questions = tuple(asked for asked in candidate.questions if asked != NO_SAMPLE_DATE)
                candidate.collected, candidate.questions = time.iso, candidate.questions + time.asked
        if not self._parsed.candidates and not self._parsed.unmapped:
            self._parsed.problems.append(Problem("page 1", "no line can be read as a result with certainty"))

    def _person(self, found: FilePatient | None) -> int | None:
        """The person of a page; one that names nobody goes on about the person before."""
        if found is None or (found.name is None and self._patient is not None):
            return self._patient
        people = self._parsed.patients
        for index, known in enumerate(people):
            dates = {known.birth_date, found.birth_date} - {None}
            if _words(known) == _words(found) and len(dates) <= 1:
                people[index] = replace(known, birth_date=known.birth_date or found.birth_date)
                return index
        people.append(found)
        return len(people) - 1

    def _is_context(self, line: Line) -> bool:
        """Whether a line is no row but says something about the rows below it."""
        columns = date_columns(line, self._order)
        if columns:
            self._columns, self._header = columns, header_of(line) or self._header
            return True
        if self._columns and is_clock_line(line):
            self._columns = [(cell, _at_clock(cell, time, line)) for cell, time in self._columns]
            return True
        time = sample_time_of(line, self._order)
        if time is not None:
            self._time = time
            self._times.add(time)
            return True
        header = header_of(line)
        if header:
            self._header = header
            return True
        return bool(self._header) and self._is_heading(line)

    def _is_heading(self, line: Line) -> bool:
        """A line of one text in a table heads a section; one that stands further left ends those before."""
        cell = line.cells[0]
        if len(line.cells) > 1 or kind_of(cell.text, self._mark) != "other" or re.search(r"\d", cell.text):
            return False
        while self._headings and self._headings[-1].left >= cell.left - _SAME_INDENT:
            self._headings.pop()
        self._headings.append(cell)
        return True

    def _add_row(self, line: Line) -> bool:
        cells = [cell for cell, _ in self._columns]
        row = row_of(line, cells, self._header, self._mark)
        if row is None and cells:
            row = row_of(line, (), self._header, self._mark) if not self._header else None
            cells = [] if row else cells
        if row is None or not self._is_certain(row):
            return False
        for value in row.values:
            at = nearest(value, cells) if cells else None
            time = (self._time or _NO_TIME) if at is None else self._columns[at][1]
            where = line.where if at is None else f"{line.where}, column {at + 1}"
            self._add_value(where, row, value, time)
            if time.unreadable and not catalogue().by_name(row.name):
                return False
        return True

    def _is_certain(self, row: Row) -> bool:
        known = catalogue().by_name(row.name)
        if row.unit is not None and any(analyte.accept(readings(row.unit)) for analyte in known):
            return True
        return bool(self._header) and bool(known or row.unit or row.range_text)

    def _add_value(self, where: str, row: Row, value: Cell, time: SampleTime) -> None:
        section = next((one.text for one in self._headings if catalogue().other_specimen(one.text)), None)
        reading = self._reader.read(Test(row.name, None, row.unit, specimen=section), value.text)
        candidate = Candidate(where, name=row.name, status=self._status, flag=row.flag)
        fill(candidate, reading)
        candidate.collected = time.iso
        candidate.questions += time.asked
        found = read_range(row.range_text, self._mark)
        candidate.reference_low, candidate.reference_high, candidate.reference_text = found
        candidate.patient = self._patient
        if time is _NO_TIME:
            self._undated.append(candidate)
        keep(self._parsed, candidate, reading, time.unreadable)

    def _leave(self, line: Line) -> None:
        """Keep the text of a line that is no row, for the person to read."""
        self._parsed.unread.append(Problem(line.where, line.text))


def _words(patient: FilePatient) -> set[str]:
    return set(normal(patient.name or "").split())


def _at_clock(column: Cell, time: SampleTime, line: Line) -> SampleTime:
    """A column's date with the time of day that stands below it."""
    below = [cell for cell in line.cells[1:] if is_clock(cell.text) and nearest(cell, [column]) is not None]
    if time.iso is None or len(time.iso) > 10 or len(below) != 1:
        return time
    return SampleTime(f"{time.iso}T{below[0].text.zfill(5)}", time.asked)
