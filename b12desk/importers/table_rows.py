"""The rows of one table to candidates, by its plan: a row a test (long), or a column a test (wide).

What repeats from row to row (a test with its value, a date, a range with its laboratory) is read once and
remembered; that is what makes a long history fast.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from operator import itemgetter
from typing import Any, NamedTuple

from b12desk.domain.numbers import read_number
from b12desk.domain.questions import Question
from b12desk.domain.records import Comparator, LabStatus
from b12desk.importers.candidates import NO_SAMPLE_DATE, Candidate, FilePatient, Parsed, place_text
from b12desk.importers.columns import WideColumn
from b12desk.importers.keeping import add_problem
from b12desk.importers.moments import Order, read_moment
from b12desk.importers.ranges import limits, read_range
from b12desk.importers.reading import MAX_REMEMBERED, Reader, Reading, Test, read_status
from b12desk.importers.table_plan import Plan, Row

_TEST = ("name", "value", "unit", "loinc", "comparator", "text")
_AROUND = (
    *("low", "high", "range", "flag", "status", "lab", "method"),
    *("patient", "patient_name", "birth_date"),
)


class Around(NamedTuple):
    """What stands beside a value in its row and repeats from row to row."""

    reference_low: str | None
    reference_high: str | None
    reference_text: str | None
    flag: str | None
    status: LabStatus
    lab: str | None
    method: str | None
    patient: int | None


People = dict[tuple[str, str, str], int]
"""The people of a file by number, name and birth date as printed, and their place in `Parsed.patients`."""

_Known = tuple[str | None, str | None, str]
_Printed = tuple[str | None, Comparator | None, str | None, str | None, str | None]
_Read = tuple[str, Reading, _Known, _Printed]
"""A test with its value: its name, its reading, and what a candidate has before and after its time."""


class SampleTime(NamedTuple):
    """A sample time in ISO 8601, or None; with the question that it leaves open, or why it is no date."""

    iso: str | None
    asked: tuple[Question, ...] = ()
    unreadable: str | None = None


class _Rows:
    """What long and wide tables share: dates, people and problems."""

    def __init__(
        self, plan: Plan, parsed: Parsed, sheet: str | None = None, people: People | None = None
    ) -> None:
        self._plan = plan
        self._parsed = parsed
        self._sheet = sheet
        self._reader = Reader(plan.mark)
        self._times: dict[tuple[str, ...], SampleTime] = {}
        self._people: People = {} if people is None else people

    def _sample_time(self, printed: tuple[str, ...]) -> SampleTime:
        found = self._times.get(printed)
        if found is None:
            found = self._times[printed] = read_sample_time(printed[0], printed[1], self._plan.order)
        return found

    def _patient(self, number: str, name: str, birth_date: str) -> int | None:
        key = (number.strip(), name.strip(), birth_date.strip())
        if not any(key):
            return None
        index = self._people.get(key)
        if index is None:
            index = self._people[key] = len(self._parsed.patients)
            born = read_moment(key[2], self._plan.order)
            named = key[1] or (key[0] if not any(char.isdigit() for char in key[0]) else "")
            person = FilePatient(named or None, born.iso[:10] if born else None, key[0] or None)
            self._parsed.patients.append(person)
        return index

    def _row(self, number: int) -> str:
        """A row for people, with its sheet where the file has several."""
        return place_text(number) if self._sheet is None else f"{self._sheet}, row {number}"

    def _problem(self, place: str, what: str) -> None:
        add_problem(self._parsed, place, what)

    def _is_shifted(self, number: int, row: Row) -> bool:
        """Whether a row has more cells than the header: then no cell can be trusted to be its column's."""
        shifted = any(row[self._plan.layout.width :])
        if shifted:
            what = "has more columns than the header; a decimal comma without quotes splits a value in two"
            self._problem(self._row(number), what)
        return shifted

    def _keep(self, candidate: Candidate, reading: Reading, time: SampleTime) -> None:
        """Add the candidate to the results, or to the tests that are not assigned."""
        if reading.assigned.analyte is None:
            if reading.excluded is None and time.unreadable is None:
                self._parsed.unmapped.append(candidate)
            return
        fault = reading.excluded or time.unreadable
        if fault is not None:
            candidate.state, candidate.reason = "excluded", f"The row cannot be kept: {fault}."
            self._problem(candidate.where, f"{candidate.name}: {fault}")
        self._parsed.candidates.append(candidate)


class LongRows(_Rows):
    """A row a test."""

    def __init__(
        self, plan: Plan, parsed: Parsed, sheet: str | None = None, people: People | None = None
    ) -> None:
        super().__init__(plan, parsed, sheet, people)
        self._test_cells = self._getter(*_TEST)
        self._time_cells = self._getter("date", "time")
        self._around_cells = self._getter(*_AROUND)
        self._own_cells = self._getter("specimen", "note")
        self._has_own = not plan.layout.roles.keys().isdisjoint(("specimen", "note"))
        roles, self._width = plan.layout.roles, plan.layout.width
        self._needed = max(roles.get(role, 0) for role in ("name", "value", "unit"))
        self._tests: dict[tuple[str, ...], _Read] = {}
        self._arounds: dict[tuple[str, ...], Around] = {}

    def _getter(self, *roles: str) -> Callable[[Row], Any]:
        """The cells of some roles as a tuple; a role without a column reads the empty cell behind the row."""
        layout = self._plan.layout
        return itemgetter(*(layout.roles.get(role, layout.width) for role in roles))

    def add(self, number: int, row: Row) -> None:
        """Read one row."""
        if len(row) == self._width:
            row.append("")
        elif self._is_shifted(number, row):
            return
        else:
            row = self._fitted(number, row)
        cells = self._test_cells(row)
        name, reading, known, printed = self._tests.get(cells) or self._read_test(cells)
        if not name:
            if cells[1]:
                self._problem(self._row(number), "has a value but no test")
            return
        beside = self._around_cells(row)
        around = self._arounds.get(beside) or self._read_around(beside)
        time = self._sample_time(self._time_cells(row))
        analyte, loinc, name = known
        value, comparator, text, unit, unit_reported = printed
        low, high, range_text, flag, status, lab, method, patient = around
        candidate = Candidate(
            number if self._sheet is None else self._row(number),
            analyte,
            loinc,
            name,
            time.iso,
            value,
            comparator,
            text,
            unit,
            unit_reported,
            low,
            high,
            range_text,
            flag or reading.flag,
            status,
            lab,
            method,
        )
        candidate.patient = patient
        if reading.questions or time.asked:
            candidate.questions = reading.questions + time.asked
        if self._has_own:
            specimen, note = self._own_cells(row)
            candidate.specimen, candidate.note = specimen.strip() or None, note.strip() or None
        self._keep(candidate, reading, time)

    def _fitted(self, number: int, row: Row) -> Row:
        """A row of another length than the header, cut or filled up to one cell more than the header has."""
        if len(row) <= self._needed:
            self._problem(self._row(number), "has fewer columns than the header; the file may be cut off")
        return row[: self._width] + [""] * (self._width + 1 - min(len(row), self._width))

    def _read_test(self, cells: tuple[str, ...]) -> _Read:
        name, value, unit, loinc, comparator, text = (cell.strip() for cell in cells)
        if comparator in ("<", "<=", ">=", ">", "≤", "≥"):
            value = comparator + value
        reading = self._reader.read(Test(name, loinc or None, unit or None), value or text)
        assigned = reading.assigned
        analyte = assigned.analyte.id if assigned.analyte else None
        known = (analyte, assigned.loinc, name or loinc)
        printed = (reading.value, reading.comparator, reading.text, assigned.unit, assigned.unit_reported)
        if len(self._tests) >= MAX_REMEMBERED:
            self._tests.clear()
        self._tests[cells] = found = (name or loinc, reading, known, printed)
        return found

    def _read_around(self, cells: tuple[str, ...]) -> Around:
        low, high, text, flag, status, lab, method, *person = (cell.strip() for cell in cells)
        mark = self._plan.mark
        printed = limits(low, high, mark) if low or high else read_range(text, mark)
        patient = self._patient(*person)
        if len(self._arounds) >= MAX_REMEMBERED:
            self._arounds.clear()
        self._arounds[cells] = found = Around(
            *printed, flag or None, read_status(status), lab or None, method or None, patient
        )
        return found


class WideRows(_Rows):
    """A column a test, a row a day; a row of units below the header is taken as such."""

    def __init__(
        self, plan: Plan, parsed: Parsed, sheet: str | None = None, people: People | None = None
    ) -> None:
        super().__init__(plan, parsed, sheet, people)
        self._tests = [(column, Test(column.name, None, column.unit)) for column in plan.layout.wide]
        headers = Counter(column.header for column in plan.layout.wide)
        self._repeated = {header for header, times in headers.items() if times > 1}
        self._first = True

    def add(self, number: int, row: Row) -> None:
        """Read one row: as many results as it has cells below the tests."""
        if self._is_shifted(number, row):
            return
        width = self._plan.layout.width
        row = [cell.strip() for cell in row[:width]] + [""] * (width - len(row))
        if self._first:
            self._first = False
            if self._is_units(row):
                self._tests = [
                    (column, test._replace(unit_reported=row[column.index] or None))
                    for column, test in self._tests
                ]
                return
        time = self._sample_time((self._cell(row, "date"), self._cell(row, "time")))
        patient = self._patient(
            *(self._cell(row, role) for role in ("patient", "patient_name", "birth_date"))
        )
        for column, test in self._tests:
            if row[column.index]:
                reading = self._reader.read(test, row[column.index])
                self._keep(self._candidate(number, column, reading, time, patient), reading, time)

    def _candidate(
        self, number: int, column: WideColumn, reading: Reading, time: SampleTime, patient: int | None
    ) -> Candidate:
        assigned = reading.assigned
        return Candidate(
            f"{self._row(number)}, {self._title(column)}",
            analyte=assigned.analyte.id if assigned.analyte else None,
            name=column.name,
            collected=time.iso,
            value=reading.value,
            comparator=reading.comparator,
            text=reading.text,
            unit=assigned.unit,
            unit_reported=assigned.unit_reported,
            flag=reading.flag,
            patient=patient,
            questions=reading.questions + time.asked,
        )

    def _title(self, column: WideColumn) -> str:
        """The header of a column, with its number where several have the same."""
        title = " ".join(column.header.split())
        return f"{title} (column {column.index + 1})" if column.header in self._repeated else title

    def _cell(self, row: Row, role: str) -> str:
        index = self._plan.layout.roles.get(role)
        return "" if index is None else row[index]

    def _is_units(self, row: Row) -> bool:
        cells = [row[column.index] for column, _ in self._tests if row[column.index]]
        dated = read_moment(self._cell(row, "date")) is not None
        return not dated and bool(cells) and all(read_number(cell) is None for cell in cells)


def read_sample_time(printed: str, clock: str, order: Order | None) -> SampleTime:
    """The sample time of a row; a time of midnight is how tables print a bare day."""
    printed, clock = printed.strip(), clock.strip()
    moment = read_moment(f"{printed} {clock}", order) if printed and clock else None
    if moment is None and printed:
        moment = read_moment(printed, order)
    if moment is None:
        if printed:
            return SampleTime(None, unreadable=f"“{printed[:40]}” is not a real date")
        return SampleTime(None, (NO_SAMPLE_DATE,))
    iso = moment.iso[:10] if moment.iso[10:] in ("T00:00", "T00:00:00") else moment.iso
    if moment.other is None:
        return SampleTime(iso)
    days = (moment.iso[:10], moment.other[:10])
    return SampleTime(
        iso, (Question("sample_date", f"“{printed}” can be {days[0]} or {days[1]}. Which day was it?", days),)
    )
