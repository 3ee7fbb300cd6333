"""For any input: what is printed comes back digit for digit; no file of results ends in one sentence."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from xml.sax.saxutils import quoteattr

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from b12desk.domain.errors import WorldError
from b12desk.importers.candidates import Parsed
from b12desk.importers.detect import read_file
from b12desk.importers.moments import read_compact

STARTS = (
    b"",
    b"MSH|^~\\&|",
    b"<section>",
    b"PK\x03\x04",
    b"{",
    b"Date,Test,Result\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf<",
)
UNITS = ("ng/mL", "ug/L", "pg/mL", "mcg/l", "µg/l")
DAYS = st.dates(date(1900, 1, 1), date(2026, 11, 1))
DIGITS = st.decimals(Decimal("0.001"), Decimal(99999), places=3).map(lambda value: f"{value:f}")
PRINTED = st.builds(lambda text, cut: text[: len(text) - cut].rstrip("."), DIGITS, st.integers(0, 3))
RESULTS = st.lists(
    st.tuples(PRINTED, st.sampled_from(("", "<", ">")), st.sampled_from(UNITS), DAYS), min_size=1
)


def read(content: bytes, name: str = "labs.dat") -> Parsed:
    """Read what a file of this content says."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return read_file(path)


def told(parsed: Parsed) -> list[tuple[str | None, str, str | None, str | None]]:
    """Value, comparator, printed unit and day of every result."""
    return [(one.value, one.comparator or "", one.unit_reported, one.collected) for one in parsed.candidates]


def is_told_as(results: list[tuple[str, str, str, date]]) -> list[tuple[str, str, str, str]]:
    return [(value, sign, unit, day.isoformat()) for value, sign, unit, day in results]


@given(st.sampled_from(STARTS), st.one_of(st.binary(), st.text().map(str.encode)))
def test_any_bytes_are_read_or_refused_in_one_sentence(start: bytes, rest: bytes) -> None:
    try:
        told = read(start + rest).to_json()["file"]
    except WorldError as refused:
        told = refused.message if refused.code == "unreadable_file" else refused.code
    assert told.startswith("labs.dat")
    assert "\n" not in told


@given(
    RESULTS,
    st.sampled_from(["".join(marks) for marks in permutations("|^~\\&", 5)] + ["#*!%$", "|^", "§¢~@&"]),
    st.sampled_from(("\r", "\n", "\r\n")),
    st.sampled_from(("utf-8", "utf-8-sig")),
)
def test_hl7_results_come_back_as_printed(
    results: list[tuple[str, str, str, date]], marks: str, end: str, encoding: str
) -> None:
    lines = [f"MSH{marks}{marks[0]}LAB{marks[0] * 5}ORU{marks[1]}R01"]
    for value, sign, unit, day in results:
        lines.append(marks[0].join(("OBR", "1", "", "A", "P", "", "", f"{day:%Y%m%d}")))
        code = marks[1].join(("F", "Ferritin", "L"))
        typed = ("SN", f"{sign}{marks[1]}{value}") if sign else ("NM", value)
        lines.append(marks[0].join(("OBX", "1", typed[0], code, "", typed[1], unit, "", "", "", "", "F")))
    parsed = read(end.join((*lines, "")).encode(encoding))
    assert told(parsed) == is_told_as(results)
    assert len({candidate.place for candidate in parsed.candidates}) == len(results)


@given(RESULTS)
def test_cda_results_come_back_as_coded(results: list[tuple[str, str, str, date]]) -> None:
    entries = []
    for value, sign, unit, day in results:
        limit = f"value={quoteattr(value)} unit={quoteattr(unit)}"
        side = {"<": f"<high {limit}/>", ">": f"<low {limit}/>"}.get(sign)
        coded = f'<value xsi:type="IVL_PQ">{side}</value>' if side else f'<value xsi:type="PQ" {limit}/>'
        entries.append(
            "<entry><observation>"
            '<code code="2276-4" codeSystem="2.16.840.1.113883.6.1" displayName="Ferritin"/>'
            f'<effectiveTime value="{day:%Y%m%d}"/>{coded}</observation></entry>'
        )
    content = f'<section><code code="30954-2"/>{"".join(entries)}</section>'
    assert told(read(content.encode())) == is_told_as(results)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.decimals(Decimal("0.01"), Decimal(10_000), places=2), DAYS), min_size=1))
def test_numbers_of_a_workbook_come_back_with_their_digits(results: list[tuple[Decimal, date]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["Date", "Test", "Result", "Unit"])
        for value, day in results:
            sheet.append([day, "Ferritin", float(value), "ng/mL"])
            sheet.cell(sheet.max_row, 3).number_format = "0.00"
        book.save(Path(folder) / "labs.xlsx")
        parsed = read_file(Path(folder) / "labs.xlsx")
    assert [(one.value, one.collected) for one in parsed.candidates] == [
        (f"{value:.2f}", day.isoformat()) for value, day in results
    ]


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - wall time, as HL7 prints it
    st.one_of(st.none(), st.integers(-14 * 60, 14 * 60)),
)
def test_compact_times_are_never_shifted(moment: datetime, offset: int | None) -> None:
    zone = timezone(timedelta(minutes=offset)) if offset is not None else UTC
    moment = moment.replace(microsecond=0, tzinfo=zone)
    printed = f"{moment:%Y%m%d%H%M%S}".zfill(14) + (f"{moment:%z}" if offset is not None else "")
    iso = read_compact(printed)
    assert iso is not None
    assert iso[:10] == moment.date().isoformat()
    if moment.time() != datetime.min.time():
        assert datetime.fromisoformat(iso).replace(tzinfo=zone) == moment
