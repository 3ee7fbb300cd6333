"""Records to flat rows of text and whole numbers, and back, by their annotations.

One row shape serves the tables, the history's images and the exports. Dates and times are ISO 8601,
amounts "1000 ug", decimals their typed digits, tuples and nested dataclasses JSON text, booleans 0/1.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from b12desk.domain.errors import BugError
from b12desk.domain.records import Amount, Record

Cell = str | int | None
Row = dict[str, Cell]
R = TypeVar("R", bound=Record)

_Encode = Callable[[Any], Any]
_FieldPlans = tuple[tuple[str, _Encode, _Encode, str, bool], ...]


def parse_amount(text: str) -> Amount:
    """Read what `str(Amount)` wrote; for what people type see `domain.units.read_amount`."""
    value, _, unit = text.partition(" ")
    return Amount(Decimal(value), unit)


def _same(value: Any) -> Any:
    return value


def _decimal_text(value: Decimal) -> str:
    return f"{value:f}"


_SCALARS: dict[Any, tuple[_Encode, _Encode, str]] = {
    str: (_same, _same, "TEXT"),
    int: (_same, _same, "INTEGER"),
    bool: (int, bool, "INTEGER"),
    date: (date.isoformat, date.fromisoformat, "TEXT"),
    time: (
        lambda value: value.isoformat("seconds" if value.second else "minutes"),
        time.fromisoformat,
        "TEXT",
    ),
    datetime: (datetime.isoformat, datetime.fromisoformat, "TEXT"),
    Decimal: (_decimal_text, Decimal, "TEXT"),
    Amount: (str, parse_amount, "TEXT"),
}


def _optional(annotation: Any) -> tuple[Any, bool]:
    """Split `X | None` into X and whether None is allowed."""
    if get_origin(annotation) in (Union, types.UnionType):
        arms = [arm for arm in get_args(annotation) if arm is not type(None)]
        if len(arms) != 1:
            raise BugError(f"no codec for {annotation}")
        return arms[0], True
    return annotation, False


@cache
def _converter(annotation: Any) -> tuple[_Encode, _Encode, str]:
    """Give (encode, decode, SQLite type) for one annotation without None; nested values stay plain JSON."""
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    if get_origin(annotation) is Literal:
        return _same, _same, "TEXT"
    if get_origin(annotation) is tuple:
        item_encode, item_decode, _ = _converter(get_args(annotation)[0])
        return (
            lambda value: [item_encode(item) for item in value],
            lambda value: tuple(item_decode(item) for item in value),
            "JSON",
        )
    if is_dataclass(annotation):
        return _nested_encode, lambda value: _nested_decode(cast("type[Any]", annotation), value), "JSON"
    raise BugError(f"no codec for {annotation}")


def _nested_encode(value: Any) -> dict[str, Any]:
    return {
        name: encode(item)
        for name, encode, _, _, _ in _plan_of(type(value))
        if (item := getattr(value, name)) is not None
    }


def _nested_decode(cls: type[Any], value: Mapping[str, Any]) -> Any:
    known = {name: decode for name, _, decode, _, _ in _plan_of(cls)}
    return cls(**{name: known[name](item) for name, item in value.items()})


_PLANS: dict[type[Any], _FieldPlans] = {}


def _plan_of(cls: type[Any]) -> _FieldPlans:
    """One (name, encode, decode, SQLite type, optional) for each field, worked out once for each class."""
    if cls in _PLANS:
        return _PLANS[cls]
    hints = get_type_hints(cls)
    plan = []
    for field in fields(cls):
        annotation, optional = _optional(hints[field.name])
        encode, decode, sql_type = _converter(annotation)
        plan.append((field.name, encode, decode, sql_type, optional))
    _PLANS[cls] = tuple(plan)
    return _PLANS[cls]


def columns(cls: type[Record]) -> dict[str, str]:
    """Column name to SQLite type for a STRICT table of this record."""
    return {name: "TEXT" if sql_type == "JSON" else sql_type for name, _, _, sql_type, _ in _plan_of(cls)}


def optional_columns(cls: type[Record]) -> frozenset[str]:
    """The columns that may be NULL."""
    return frozenset(name for name, _, _, _, optional in _plan_of(cls) if optional)


@dataclass(frozen=True, slots=True)
class _CellPlan:
    """How one class becomes cells: all values at once, then the few that need a conversion, by position."""

    names: tuple[str, ...]
    values: Callable[[Any], tuple[Any, ...]]
    encode: tuple[tuple[int, _Encode], ...]
    decode: tuple[tuple[int, _Encode], ...]


_CELL_PLANS: dict[type[Any], _CellPlan] = {}


def _json_text(encode: _Encode) -> _Encode:
    return lambda value: json.dumps(encode(value), ensure_ascii=False, separators=(",", ":"))


def _json_value(decode: _Encode) -> _Encode:
    return lambda text: decode(json.loads(text))


def _cell_plan(cls: type[Any]) -> _CellPlan:
    """The plan of one class, worked out once: an import flattens 100,000 records of one kind."""
    if cls not in _CELL_PLANS:
        plans = _plan_of(cls)
        names = tuple(name for name, *_ in plans)
        converted = [
            (at, _json_text(encode), _json_value(decode)) if sql_type == "JSON" else (at, encode, decode)
            for at, (_, encode, decode, sql_type, _) in enumerate(plans)
            if encode is not _same
        ]
        _CELL_PLANS[cls] = _CellPlan(
            names,
            attrgetter(*names),
            tuple((at, encode) for at, encode, _ in converted),
            tuple((at, decode) for at, _, decode in converted),
        )
    return _CELL_PLANS[cls]


def to_cells(record: Record) -> list[Cell]:
    """Flatten a record to its cells in the order of `columns`; None where the record has no value."""
    plan = _cell_plan(type(record))
    cells = list(plan.values(record))
    for at, encode in plan.encode:
        if cells[at] is not None:
            cells[at] = encode(cells[at])
    return cells


def from_cells(cls: type[R], cells: Sequence[Any]) -> R:
    """Build a record from its cells in the order of `columns`."""
    plan = _cell_plan(cls)
    values = list(cells)
    for at, decode in plan.decode:
        if values[at] is not None:
            values[at] = decode(values[at])
    return cls(**dict(zip(plan.names, values, strict=True)))


def to_row(record: Record) -> Row:
    """Flatten a record; every field is a key, None where the record has none."""
    return dict(zip(columns(type(record)), to_cells(record), strict=True))


def from_row(cls: type[R], row: Mapping[str, Any]) -> R:
    """Build a record from a row; unknown keys are ignored, missing ones take the default."""
    values: dict[str, Any] = {}
    for name, _, decode, sql_type, _ in _plan_of(cls):
        if name not in row:
            continue
        value = row[name]
        if value is None or decode is _same:
            values[name] = value
        elif sql_type == "JSON":
            values[name] = decode(json.loads(value))
        else:
            values[name] = decode(value)
    return cls(**values)


def to_json(record: Record) -> dict[str, Any]:
    """A record as plain JSON data with `kind` first; fields without a value are left out."""
    data: dict[str, Any] = {"kind": record.kind}
    for name, encode, _, _, _ in _plan_of(type(record)):
        value = getattr(record, name)
        if value is not None:
            data[name] = value if encode is _same or encode is int else encode(value)
    return data


def from_json(cls: type[R], data: Mapping[str, Any]) -> R:
    """The way back from `to_json`."""
    values = {
        name: decode(data[name]) for name, _, decode, _, _ in _plan_of(cls) if data.get(name) is not None
    }
    return cls(**values)
