"""Plain values of a plan file, checked one by one; each refusal names its path."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from b12desk.domain.errors import Invalid

LONGEST_TEXT = 2000
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


def read_object(
    data: Any, path: str, known: Collection[str], required: Collection[str] = ()
) -> Mapping[str, Any]:
    """An object with known keys only; keys with null count as absent."""
    if not isinstance(data, Mapping):
        raise Invalid("an object {…} is expected here.", path)
    prefix = f"{path}." if path else ""
    for key in data:
        if key not in known:
            raise Invalid(f"this key is not known; there are {', '.join(known)}.", f"{prefix}{key}")
    fields = {key: value for key, value in data.items() if value is not None}
    for key, value in fields.items():
        if isinstance(value, Mapping) and "choose" in value:
            raise Invalid("choose what your clinic wrote; the preset leaves it open.", f"{prefix}{key}")
    for key in required:
        if key not in fields:
            raise Invalid("this is needed.", f"{prefix}{key}")
    return fields


def read_day(value: Any, path: str) -> date:
    """A date as "2026-01-05"."""
    if isinstance(value, str) and _ISO_DAY.match(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Invalid(f"there is no day {value}.", path) from None
    raise Invalid(f"“{value}” is no date like 2026-01-05.", path)


def read_text(value: Any, path: str) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
        raise Invalid("a text is expected here.", path)
    return value.strip()


def read_truth(value: Any, path: str) -> bool:
    """`true` or `false`."""
    if not isinstance(value, bool):
        raise Invalid("true or false is expected here.", path)
    return value


def read_whole(value: Any, path: str, least: int, most: int) -> int:
    """A whole number within its limits; `true` is no number."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Invalid(f"a whole number from {least} to {most} is expected here.", path)
    return value
