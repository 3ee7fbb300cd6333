"""What a printed report says outside its rows: whose it is, its status, and when the sample was taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from b12desk.domain.analytes import normal
from b12desk.domain.records import LabStatus
from b12desk.importers.candidates import FilePatient
from b12desk.importers.moments import Order, read_moment
from b12desk.importers.pdf_pages import Cell, Line
from b12desk.importers.table_rows import SampleTime, read_sample_time
from b12desk.importers.words import words

_MONTH = r"[^\W\d_]{3,9}"
_DATE = (
    rf"\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}}"
    rf"|\d{{1,2}}[. -]+{_MONTH}\.?[ -]+\d{{4}}|{_MONTH}\.? \d{{1,2}},? \d{{4}}"
)
_DATED = re.compile(rf"({_DATE})(?:[T, ]+(?:um |at )?(\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?: ?[aApP][mM])?))?")
_PARTIAL = re.compile(r"(?:19|20)\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2}|\d{1,2}[./](?:19|20)\d{2}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?\Z")
_LINKS = frozenset({"am", "vom", "on", "at", "of", "der", "den", "und", "zeit", "time"})
_TITLED = re.compile(r"\b(?:report|results|befund|laborbefund) (?:for|of|für) ([^\W\d_][^(,;:|]{2,60})", re.I)
_REST = re.compile(r"\s+(?:issued|dated|born|geb\.?|vom|DOB)\b.*", re.I)


def sample_time_of(line: Line, order: Order | None) -> SampleTime | None:
    """The sample time of a line such as "Entnahmedatum: 12.03.2024 08:30"; None without such a title.

    A bare "Datum" or "Date" says nothing: it is often the day of printing.
    """
    text = " ".join(cell.text for cell in line.cells)
    for found in _DATED.finditer(text):
        before = normal(text[: found.start()]).split()
        while before and before[-1] in _LINKS:
            before.pop()
        titles = (" ".join(before[-length:]) for length in (1, 2, 3) if length <= len(before))
        if any(words().roles.get(title) == "date" and title not in words().general for title in titles):
            return _read(found[1], found[2] or "", order)
    return None


def date_columns(line: Line, order: Order | None) -> list[tuple[Cell, SampleTime]]:
    """The dates above several columns of values, each with its sample time; empty where the line has none.

    A year alone, or a date without its century, makes a column whose time cannot be read.
    """
    titled = {words().roles.get(normal(cell.text)) for cell in line.cells} - {None}
    dated = [cell for cell in line.cells if _DATED.fullmatch(cell.text) or _PARTIAL.fullmatch(cell.text)]
    others = [cell for cell in line.cells if cell not in dated]
    known = [cell for cell in others if normal(cell.text) in words().roles]
    if len(known) < len(others) or not dated:
        return []
    if len(dated) == 1 and "name" not in titled and _DATED.fullmatch(dated[0].text):
        return []  # the sample time of the whole report
    if not titled and len({cell.text for cell in dated}) < 2:
        return []
    return [(cell, _time_of(cell.text, order)) for cell in dated]


def _time_of(text: str, order: Order | None) -> SampleTime:
    found = _DATED.fullmatch(text)
    if found is None:
        return SampleTime(None, unreadable=f"the report prints its sample's date as “{text}” only")
    return _read(found[1], found[2] or "", order)


def _read(printed: str, clock: str, order: Order | None) -> SampleTime:
    """A date with its time of day; a month by name is written out first, so that a time can follow it."""
    moment = read_moment(printed, order)
    named = re.search(_MONTH, printed) is not None
    return read_sample_time(moment.iso if moment and named else printed, clock, order)


def is_clock(text: str) -> bool:
    """Whether a text is a time of day."""
    return _CLOCK.match(text) is not None


def is_clock_line(line: Line) -> bool:
    """Whether a line gives the time of day for each column of dates."""
    return words().roles.get(normal(line.cells[0].text)) == "time"


def dates_of(lines: Iterable[Line]) -> list[str]:
    """All printed dates, to see whether the day or the month stands first."""
    return [found[1] for line in lines for found in _DATED.finditer(line.text)]


def status_of(lines: Iterable[Line]) -> LabStatus:
    """The status that the report gives itself, else unknown."""
    for line in lines:
        text = f" {normal(line.text)} "
        for words_, status in words().reports.items():
            if f" {words_} " in text:
                return status
    return "unknown"


def patient_of(lines: Sequence[Line]) -> FilePatient | None:
    """The person that a report names beside a title such as "Patient" or "DOB", or in its headline."""
    name = _beside(lines, ("patient", "patient_name"), _is_name)
    born = _beside(lines, ("birth_date",), lambda text: read_moment(text) is not None)
    if name is None:
        name = next(
            (_REST.sub("", found[1]).strip() for line in lines if (found := _TITLED.search(line.text))), None
        )
    moment = read_moment(born) if born else None
    if name is None and moment is None:
        return None
    if name is not None and name.count(",") == 1:  # "Berg, Anna"
        family, _, given = name.partition(",")
        name = f"{given.strip()} {family.strip()}".strip()
    return FilePatient(name, moment.iso[:10] if moment and moment.other is None else None)


def _beside(lines: Sequence[Line], roles: tuple[str, ...], fits: Callable[[str], bool]) -> str | None:
    """What stands right of a title, or behind its colon."""
    for line in lines:
        for at, cell in enumerate(line.cells):
            title, colon, behind = cell.text.partition(":")
            role = words().roles.get(normal(title))
            if role not in roles and not (role == "name" and colon and "patient_name" in roles):
                continue
            following = behind.strip() or (line.cells[at + 1].text if at + 1 < len(line.cells) else "")
            if following and fits(following):
                return following
    return None


def _is_name(text: str) -> bool:
    """Two words of letters, not a number and not another title."""
    found = re.findall(r"[^\W\d_]+", text)
    return len(found) >= 2 and not re.search(r"\d", text) and normal(text) not in words().roles
