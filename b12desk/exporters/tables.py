"""Everything that was recorded, as one CSV table a kind, for spreadsheets; it can be read back without loss.

UTF-8 with commas, a header line, days and times in ISO 8601. An amount takes two columns, `dose` and
`dose_unit`; the columns `person` and, for injections, `product` repeat a name for the eye; lists and phases
are JSON; 1 is yes and 0 is no. A cell that a spreadsheet might take for a formula (it begins with = + - @, a
tab, a line break or an apostrophe, and is no plain number) gets one apostrophe in front: who reads the file
back takes one apostrophe off each cell that begins with one.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, BinaryIO, Final

from b12desk.domain.codec import Cell, columns, to_row
from b12desk.domain.records import RECORD_TYPES, Amount, Injection, Person, Product, Record
from b12desk.exporters.plain_json import Records, in_order

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?\Z")
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip file can hold; a real one would make equal diaries differ."""


def write_folder(folder: Path, records: Records) -> dict[str, int]:
    """Write `KIND.csv` for each kind that has records into `folder`; how many there are of each."""
    counts = {}
    for kind, count, table in _tables(records):
        counts[kind] = count
        (folder / f"{kind}.csv").write_bytes(table)
    return counts


def write_zip(stream: BinaryIO, records: Records) -> dict[str, int]:
    """The same tables in one zip file without the time of writing, so equal diaries give equal bytes."""
    counts = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind, count, table in _tables(records):
            counts[kind] = count
            entry = zipfile.ZipInfo(f"{kind}.csv", date_time=_NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, table)
    return counts


def safe(cell: Cell) -> Cell:
    """The cell, with an apostrophe in front where a spreadsheet could take it for a formula."""
    if isinstance(cell, str) and cell.startswith(_RISKY) and not _NUMBER.match(cell):
        return "'" + cell
    return cell


def _tables(records: Records) -> Iterator[tuple[str, int, bytes]]:
    """Kind, number of records and CSV bytes; people and products come first, so their names are known."""
    names: dict[str, str] = {}
    for cls in RECORD_TYPES:
        ordered = in_order(records(cls))
        names.update((record.id, record.name) for record in ordered if isinstance(record, (Person, Product)))
        if ordered:
            yield cls.kind, len(ordered), _table(cls, ordered, names)


def _table(cls: type[Record], records: Iterable[Record], names: Mapping[str, str]) -> bytes:
    amounts = frozenset(field.name for field in fields(cls) if "Amount" in str(field.type))
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(_header(cls, amounts))
    writer.writerows([safe(cell) for cell in _cells(record, amounts, names)] for record in records)
    return buffer.getvalue().encode()


def _header(cls: type[Record], amounts: frozenset[str]) -> Iterator[str]:
    for name in columns(cls):
        yield name
        if name in amounts:
            yield f"{name}_unit"
        elif name == "person_id":
            yield "person"
        elif name == "product_id" and cls is Injection:
            yield "product"


def _cells(record: Record, amounts: frozenset[str], names: Mapping[str, str]) -> Iterator[Cell]:
    """The cells of a record in the order of `_header`."""
    for name, cell in to_row(record).items():
        amount: Any = getattr(record, name) if name in amounts else None
        if isinstance(amount, Amount):
            yield f"{amount.value:f}"
            yield amount.unit
            continue
        yield cell
        if name in amounts:
            yield None
        elif name in ("person_id", "product_id") and (name == "person_id" or isinstance(record, Injection)):
            yield names.get(str(cell))
