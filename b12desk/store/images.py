"""A record's image in the history: its row as one JSON text, without what has no value, and the way back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from json.encoder import encode_basestring as quoted

from b12desk.domain import codec
from b12desk.domain.codec import Cell
from b12desk.domain.records import BY_KIND, Record

# Worked out for each kind when it is first met: a window shows half of the kinds when it opens.


@cache
def columns(kind: str) -> tuple[str, ...]:
    """The columns of a record kind, in the order in which the store reads and writes cells."""
    return tuple(codec.columns(BY_KIND[kind]))


@cache
def _prefixes(kind: str) -> tuple[str, ...]:
    return tuple(f"{quoted(name)}:" for name in columns(kind))


@cache
def image_sql(kind: str) -> str:
    """The SQL expression for the image of a row of this kind's table; the id, which all have, comes first.

    For new rows by the thousand: made inside SQLite, their images take three fifths of the time.
    """
    optional = codec.optional_columns(BY_KIND[kind])
    parts = []
    for at, name in enumerate(columns(kind)):
        part = f"""'{"," if at else ""}"{name}":' || json_quote("{name}")"""
        parts.append(f"""iif("{name}" IS NULL, '', {part})""" if name in optional else part)
    return "'{' || " + " || ".join(parts) + " || '}'"


def image(kind: str, cells: Iterable[Cell]) -> str:
    """The JSON text of one row; the same text, sign for sign, as `image_sql` makes."""
    parts = [
        prefix + quoted(cell) if cell.__class__ is str else f"{prefix}{cell}"
        for prefix, cell in zip(_prefixes(kind), cells, strict=True)
        if cell is not None
    ]
    return "{" + ",".join(parts) + "}"


def record_of(kind: str, text: str) -> Record:
    """The record that an image shows; columns newer than the image take their default."""
    return codec.from_row(BY_KIND[kind], json.loads(text))


def cells_of(kind: str, text: str) -> list[Cell]:
    """The cells of an image, ready for the table as it is today."""
    return codec.to_cells(record_of(kind, text))


def shows(kind: str, text: str, cells: Sequence[Cell]) -> bool:
    """Whether an image shows exactly this row, also when it was written before a column was added."""
    if text == image(kind, cells):
        return True
    try:
        return cells_of(kind, text) == list(cells)
    except (ValueError, TypeError, KeyError, ArithmeticError):  # a damaged image shows nothing
        return False
