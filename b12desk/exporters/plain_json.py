"""Everything that was recorded, as one JSON file in a stable order: equal diaries give equal bytes.

Each record is one line of its kind's list, so that two exports can be compared line by line. Lists are in the
order of the record's day, then its id. Fields without a value are left out. There is no time of export.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO, Final, TypeVar

from b12desk.domain.codec import to_json
from b12desk.domain.records import RECORD_TYPES, LabResult, Record

FORMAT: Final = "b12desk-json"
VERSION: Final = 1

R = TypeVar("R", bound=Record)
Records = Callable[[type[Record]], Iterable[Record]]
"""Gives the records of one kind."""


def write_json(stream: BinaryIO, records: Records) -> dict[str, int]:
    """Write the records of every kind as UTF-8 and return how many there are of each."""
    counts = {}
    stream.write(f'{{\n"format": "{FORMAT}",\n"version": {VERSION},\n"records": {{'.encode())
    separator = "\n"
    for cls in RECORD_TYPES:
        ordered = in_order(records(cls))
        counts[cls.kind] = len(ordered)
        lines = ",\n".join(json.dumps(to_json(record), ensure_ascii=False) for record in ordered)
        stream.write(f'{separator}"{cls.kind}": [\n{lines}\n]'.encode() if lines else b"")
        stream.write(b"" if lines else f'{separator}"{cls.kind}": []'.encode())
        separator = ",\n"
    stream.write(b"\n}\n}\n")
    return counts


def in_order(records: Iterable[R]) -> Sequence[R]:
    """The records by their day (as text; first where they have none), then by id."""
    return sorted(records, key=lambda record: (_day(record), record.id))


def _day(record: Record) -> str:
    if isinstance(record, LabResult):
        return record.collected
    return next(
        (str(day) for name in ("on", "planned", "started_on") if (day := getattr(record, name, None))), ""
    )
