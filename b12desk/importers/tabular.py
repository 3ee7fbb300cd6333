"""Tables of laboratory results (CSV, TSV) to candidates: one pass over the rows with bounded memory.

The first part of the file tells its encoding, delimiter, header, decimal mark and order of day and month. Then
each row is read by that plan; a row that cannot be read becomes a problem with its number, never a guess.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from b12desk.domain.errors import WorldError
from b12desk.domain.numbers import Mark, decimal_mark, read_number
from b12desk.domain.questions import Question
from b12desk.importers.candidates import Candidate, FilePatient, Parsed, Problem
from b12desk.importers.columns import Layout, recognise
from b12desk.importers.moments import Moment, Order, day_order, read_moment
from b12desk.importers.ranges import Range, limits, read_range
from b12desk.importers.reading import Reader, Reading, Test, read_status

MAX_ROWS = 500_000
MAX_PROBLEMS = 200
SAMPLE_ROWS = 2000
HEADER_WITHIN = 25
TICK_ROWS = 2000

Tick = Callable[[int], None]
Row = list[str]

_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Plan:
    """How to read the rows of one file."""

    delimiter: str
    header_row: int
    layout: Layout
    mark: Mark | None
    order: Order | None


def read_table(path: Path, encoding: str, tick: Tick | None = None) -> Parsed:
    """Read a table of laboratory results.

    `tick` is called with the number of rows read, now and then; what it raises stops the reading.

    Raises:
        WorldError: `unreadable_file` for a broken table or too many rows, with the row.
        UnicodeDecodeError: the encoding is another one.
    """
    plan = _plan(path, encoding)
    if plan is None:
        parsed = Parsed(path.name, "csv")
        titles = ", ".join(title for title in _first_row(path, encoding) if title.strip())[:200]
        what = "no column says which laboratory test a row is; the columns are: " + (titles or "none")
        parsed.problems.append(Problem("row 1", what))
        return parsed
    parsed = Parsed(path.name, "tsv" if plan.delimiter == "\t" else "csv")
    reading = _WideRows(plan, parsed) if plan.layout.wide else _LongRows(plan, parsed)
    with path.open(encoding=encoding, newline="") as stream:
        for number, row in _numbered(stream, plan.delimiter, path.name):
            if number > plan.header_row and any(row):
                reading.add(number, row)
            if tick is not None and number % TICK_ROWS == 0:
                tick(number)
    if not parsed.candidates and not parsed.unmapped and not parsed.problems:
        parsed.problems.append(Problem("row 1", "there are no results below the header"))
    return parsed


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


def _first_row(path: Path, encoding: str) -> Row:
    with path.open(encoding=encoding, newline="") as stream:
        return next(csv.reader(stream), [])


def _plan(path: Path, encoding: str) -> Plan | None:
    """The plan by the delimiter under which most columns of a header are recognised."""
    best: tuple[int, str, int, Layout] | None = None
    for delimiter in _DELIMITERS:
        rows = _sample(path, encoding, delimiter, HEADER_WITHIN)
        for number, row in enumerate(rows, start=1):
            layout = recognise(row)
            if layout is not None and (best is None or layout.certainty > best[0]):
                best = (layout.certainty, delimiter, number, layout)
                break
    if best is None:
        return None
    _, delimiter, header_row, layout = best
    rows = _sample(path, encoding, delimiter, SAMPLE_ROWS)[header_row:]
    return Plan(delimiter, header_row, layout, _mark_of(rows, layout), _order_of(rows, layout))


def _sample(path: Path, encoding: str, delimiter: str, count: int) -> list[Row]:
    """The first rows; a damaged one ends the sample, the real reading then says where it is."""
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


def _mark_of(rows: Sequence[Row], layout: Layout) -> Mark | None:
    roles = [layout.roles[role] for role in ("value", "low", "high", "range") if role in layout.roles]
    return decimal_mark(_cells(rows, [*roles, *(column.index for column in layout.wide)]))


def _order_of(rows: Sequence[Row], layout: Layout) -> Order | None:
    return day_order(_cells(rows, [layout.roles["date"]])) if "date" in layout.roles else None


class _Rows:
    """What long and wide tables share: cells by role, people, dates, problems."""

    def __init__(self, plan: Plan, parsed: Parsed) -> None:
        self._plan = plan
        self._parsed = parsed
        self._reader = Reader(plan.mark)
        self._moments: dict[tuple[str, str], tuple[str | None, Question | None]] = {}
        self._ranges: dict[tuple[str, str, str], Range] = {}
        self._people: dict[tuple[str, str, str], int] = {}

    def _moment(self, printed: str, clock: str) -> tuple[str | None, Question | None]:
        key = (printed, clock)
        found = self._moments.get(key)
        if found is None:
            found = self._moments[key] = _sample_time(printed, clock, self._plan.order)
        return found

    def _patient(self, number: str, name: str, birth_date: str) -> int | None:
        key = (number, name, birth_date)
        if not any(key):
            return None
        index = self._people.get(key)
        if index is None:
            index = self._people[key] = len(self._parsed.patients)
            born = read_moment(birth_date, self._plan.order) if birth_date else None
            person = FilePatient(name or None, born.iso[:10] if born else None, number or None)
            self._parsed.patients.append(person)
        return index

    def _problem(self, row: int, what: str) -> None:
        problems = self._parsed.problems
        if len(problems) < MAX_PROBLEMS:
            problems.append(Problem(f"row {row}", what))
        elif len(problems) == MAX_PROBLEMS:
            problems.append(Problem(f"row {row}", "more problems follow, which are not listed"))

    def _keep(self, candidate: Candidate, reading: Reading) -> None:
        """Add the candidate to the results, or to the tests that are not assigned."""
        if reading.assigned.analyte is None:
            if not reading.excluded:
                self._parsed.unmapped.append(candidate)
            return
        if reading.excluded:
            candidate.state, candidate.reason = "excluded", f"The row {reading.excluded}."
            if isinstance(candidate.place, int):
                self._problem(candidate.place, f"{candidate.name}: {reading.excluded}")
        self._parsed.candidates.append(candidate)


class _LongRows(_Rows):
    """A row a test."""

    def __init__(self, plan: Plan, parsed: Parsed) -> None:
        super().__init__(plan, parsed)
        # One slot more than the header has: a role without a column reads the empty text there.
        at, last = plan.layout.roles.get, plan.layout.width
        self._columns = [at(role, last) for role in ("name", "value", "unit", "loinc", "date", "time")]
        self._range_columns = [at(role, last) for role in ("low", "high", "range")]
        self._person_columns = [at(role, last) for role in ("patient", "patient_name", "birth_date")]
        extras = ("flag", "comparator", "status", "lab", "specimen", "method", "note", "text")
        self._extras = [(role, plan.layout.roles[role]) for role in extras if role in plan.layout.roles]
        self._tests: dict[tuple[str, str, str], Test] = {}

    def add(self, number: int, row: Row) -> None:
        """Read one row."""
        width = self._plan.layout.width
        if len(row) != width + 1:
            row = row[:width] + [""] * (width + 1 - min(len(row), width))
        name, value, unit, loinc, day, clock = [row[index] for index in self._columns]
        if not name and not loinc:
            if value:
                self._problem(number, "has a value but no test")
            return
        test = self._test(name, unit, loinc)
        extra = {role: row[index].strip() for role, index in self._extras if row[index]}
        reading = self._reader.read(test, _printed(value, extra))
        collected, asked = self._moment(day, clock)
        low, high, text = self._range([row[index] for index in self._range_columns])
        assigned = reading.assigned
        candidate = Candidate(
            number,
            assigned.analyte.id if assigned.analyte else None,
            assigned.loinc,
            test.name or loinc,
            collected,
            reading.value,
            reading.comparator,
            reading.text,
            assigned.unit,
            assigned.unit_reported,
            low,
            high,
            text,
            extra.get("flag") or reading.flag,
        )
        candidate.patient = self._patient(*[row[index].strip() for index in self._person_columns])
        candidate.questions = (*reading.questions, asked) if asked else reading.questions
        if extra:
            _add_extras(candidate, extra)
        self._keep(candidate, reading)

    def _test(self, name: str, unit: str, loinc: str) -> Test:
        key = (name, unit, loinc)
        found = self._tests.get(key)
        if found is None:
            found = self._tests[key] = Test(name.strip(), loinc.strip() or None, unit.strip() or None)
        return found

    def _range(self, printed: list[str]) -> Range:
        key = (printed[0], printed[1], printed[2])
        found = self._ranges.get(key)
        if found is None:
            low, high, text = key
            mark = self._plan.mark
            found = limits(low, high, mark) if low or high else read_range(text, mark)
            self._ranges[key] = found
        return found


class _WideRows(_Rows):
    """A column a test, a row a day; a row of units below the header is taken as such."""

    def __init__(self, plan: Plan, parsed: Parsed) -> None:
        super().__init__(plan, parsed)
        self._tests = [(column, Test(column.name, None, column.unit)) for column in plan.layout.wide]
        self._first = True

    def add(self, number: int, row: Row) -> None:
        """Read one row: as many results as it has cells below the tests."""
        roles = self._plan.layout.roles
        row = [cell.strip() for cell in row] + [""] * (self._plan.layout.width - len(row))
        day = row[roles["date"]]
        if self._first and not read_moment(day) and self._is_units(row):
            self._tests = [
                (column, test._replace(unit_reported=row[column.index] or None))
                for column, test in self._tests
            ]
            self._first = False
            return
        self._first = False
        collected, asked = self._moment(day, row[roles["time"]] if "time" in roles else "")
        person = [
            row[roles[role]] if role in roles else "" for role in ("patient", "patient_name", "birth_date")
        ]
        for column, test in self._tests:
            if not row[column.index]:
                continue
            reading = self._reader.read(test, row[column.index])
            assigned = reading.assigned
            candidate = Candidate(f"row {number}, {column.header}", name=column.name, collected=collected)
            candidate.analyte = assigned.analyte.id if assigned.analyte else None
            candidate.value, candidate.comparator, candidate.text = (
                reading.value,
                reading.comparator,
                reading.text,
            )
            candidate.unit, candidate.unit_reported = assigned.unit, assigned.unit_reported
            candidate.flag, candidate.patient = reading.flag, self._patient(*person)
            candidate.lab = row[roles["lab"]] or None if "lab" in roles else None
            candidate.questions = (*reading.questions, asked) if asked else reading.questions
            self._keep(candidate, reading)

    def _is_units(self, row: Row) -> bool:
        cells = [row[column.index] for column, _ in self._tests if row[column.index]]
        return bool(cells) and all(read_number(cell) is None for cell in cells)


def _printed(value: str, extra: dict[str, str]) -> str:
    """The value cell with its comparator, or the text column where the value cell is empty."""
    if not value and "text" in extra:
        return extra["text"]
    comparator = extra.get("comparator")
    return f"{comparator}{value}" if comparator and comparator in ("<", "<=", ">=", ">", "≤", "≥") else value


def _add_extras(candidate: Candidate, extra: dict[str, str]) -> None:
    candidate.lab, candidate.specimen = extra.get("lab"), extra.get("specimen")
    candidate.method, candidate.note = extra.get("method"), extra.get("note")
    if "status" in extra:
        candidate.status = read_status(extra["status"])


def _sample_time(printed: str, clock: str, order: Order | None) -> tuple[str | None, Question | None]:
    """ISO sample time and, where there is none or two, the question; midnight is how tables print a bare day."""
    moment: Moment | None = None
    if clock and printed:
        moment = read_moment(f"{printed.strip()} {clock.strip()}", order)
    if moment is None and printed:
        moment = read_moment(printed, order)
    if moment is None:
        said = (
            f"“{printed.strip()}” is not a date that can be read"
            if printed.strip()
            else "The file has no sample date"
        )
        return None, Question("sample_date", f"{said}. On which day was the sample taken?", ())
    iso = moment.iso[:10] if moment.iso[10:] in ("T00:00", "T00:00:00") else moment.iso
    if moment.other is None:
        return iso, None
    text = f"“{printed.strip()}” can be {moment.iso[:10]} or {moment.other[:10]}. Which day was it?"
    return iso, Question("sample_date", text, (moment.iso[:10], moment.other[:10]))
