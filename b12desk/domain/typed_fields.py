"""Text that a person typed for one field of a record, turned into that field's value by its annotation."""

from __future__ import annotations

import types
from dataclasses import fields
from datetime import date, time
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from b12desk.domain.errors import Invalid
from b12desk.domain.records import Amount, Record
from b12desk.domain.units import MASSES, VOLUMES, read_amount

FIXED = frozenset(
    {"id", "person_id", "recorded_by", "recorded_at", "sample", "phases", "place", "document_id", "sha256"}
)
"""Fields that no edit may touch: who and when, and what has an operation of its own."""

_WORDS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def editable(cls: type[Record]) -> tuple[str, ...]:
    """The names of the fields that `edit` takes for this kind of record."""
    return tuple(field.name for field in fields(cls) if field.name not in FIXED)


def _hints(cls: type[Record]) -> dict[str, Any]:
    return get_type_hints(cls)


def read_field(cls: type[Record], name: str, text: str | None) -> Any:
    """The value of field `name` from typed text; None and an empty text clear an optional field.

    Raises:
        Invalid: a field that cannot be edited or cleared, or text that is no such value; names the field.
    """
    if name not in editable(cls):
        raise Invalid(
            f"has no field to edit called “{name}”; there are {', '.join(editable(cls))}.", cls.kind
        )
    annotation = _hints(cls)[name]
    optional = get_origin(annotation) in (Union, types.UnionType)
    if optional:
        annotation = next(arm for arm in get_args(annotation) if arm is not type(None))
    if text is None or not text.strip():
        if get_origin(annotation) is tuple:
            return ()
        if not optional:
            raise Invalid("cannot be left empty.", name)
        return None
    return _read(annotation, text.strip(), name)


def _read(annotation: Any, text: str, name: str) -> Any:
    if annotation is str:
        return text
    if annotation is Amount:
        return read_amount(
            text, name, units=VOLUMES if name == "volume" else MASSES, per_volume=name == "strength"
        )
    if get_origin(annotation) is Literal:
        if text not in get_args(annotation):
            raise Invalid(f"“{text}” is not one of {', '.join(get_args(annotation))}.", name)
        return text
    if get_origin(annotation) is tuple:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if annotation is bool:
        if text.casefold() not in _WORDS:
            raise Invalid(f"“{text}” is neither yes nor no.", name)
        return _WORDS[text.casefold()]
    return _read_standard(annotation, text, name)


def _read_standard(annotation: Any, text: str, name: str) -> Any:
    """Dates, times and whole numbers."""
    wanted = {date: "a date like 2026-01-05", time: "a time like 09:30", int: "a whole number"}[annotation]
    try:
        if annotation is date:
            return date.fromisoformat(text)
        if annotation is time:
            return time.fromisoformat(text)
        return int(text)
    except ValueError:
        raise Invalid(f"“{text}” is not {wanted}.", name) from None
