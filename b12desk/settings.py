"""The preferences of one user account: typed, each described once, and repaired when the file holds nonsense.

Preferences are about this computer's window and notices. What belongs to a person (plans, chosen symptoms)
is in the diary.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

Check = Callable[[Any], bool]

TEXT_SIZES = range(80, 201)
"""Allowed text sizes, in per cent of the desktop's own."""

WHOLE_DAYS = range(1, 401)
"""Allowed distances between reminders, in days."""

_DAYS = re.compile(r"(?:[1-9]\d?(?:,[1-9]\d?)*)?", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def _one_of(*values: str) -> Check:
    return lambda value: isinstance(value, str) and value in values


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _text_or_none(value: object) -> bool:
    return value is None or _text(value)


def _clock(value: object) -> bool:
    return isinstance(value, str) and _CLOCK.fullmatch(value) is not None


def _clock_or_none(value: object) -> bool:
    return value is None or _clock(value)


def _days(value: object) -> bool:
    return isinstance(value, str) and _DAYS.fullmatch(value) is not None


def _whole_days(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in WHOLE_DAYS


def _yes_no(value: object) -> bool:
    return isinstance(value, bool)


def _text_size(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in TEXT_SIZES


def _units(value: object) -> bool:
    return isinstance(value, Mapping) and all(_text(key) and _text(unit) for key, unit in value.items())


def _geometry(value: object) -> bool:
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    try:
        return bool(base64.b64decode(value, validate=True))
    except (binascii.Error, ValueError):
        return False


def _option(default: object, check: Check) -> Any:
    """One preference: its default and what a value in the file must satisfy."""
    return field(default=default, metadata={"check": check})


@dataclass(frozen=True)
class Settings:
    """All preferences; change one with `dataclasses.replace` and `save` the result.

    Attributes:
        theme: `system` follows the desktop.
        text_size: per cent of the desktop's own text size.
        last_person: id of the person shown last.
        recorded_by: who types here, as it is written with each entry: `self` or a caregiver's name.
        reminder_time: local time of day of the reminders, `HH:MM`.
        quiet_from: start of the hours without pop-ups, `HH:MM`; equal to `quiet_to` means none.
        quiet_to: end of these hours; a reminder that falls inside is moved here.
        neutral_notifications: pop-ups name no person, product or medicine.
        reminder_days_before, reminder_days_after: the single steps, in days, as in "3,1"; empty for none.
        reminder_weekly_until: days after which the weekly steps that follow end.
        reminder_then_every: days between the steps after that.
        score_prompt: local time of the daily prompt for scores, `HH:MM`; None for no prompt.
        paper: page size of the report.
        preferred_units: analyte id -> UCUM unit in which its results are shown.
        last_diary: path of the diary that was open last.
        window_geometry: the window's place and size, as Qt saves it, in base64.
        others: options this version does not know; they are kept for the version that wrote them.
    """

    theme: str = _option("system", _one_of("system", "light", "dark"))
    text_size: int = _option(100, _text_size)
    last_person: str | None = _option(None, _text_or_none)
    recorded_by: str = _option("self", _text)
    reminder_time: str = _option("09:00", _clock)
    quiet_from: str = _option("22:00", _clock)
    quiet_to: str = _option("07:00", _clock)
    neutral_notifications: bool = _option(False, _yes_no)
    reminder_days_before: str = _option("3,1", _days)
    reminder_days_after: str = _option("1,3,7", _days)
    reminder_weekly_until: int = _option(56, _whole_days)
    reminder_then_every: int = _option(28, _whole_days)
    score_prompt: str | None = _option(None, _clock_or_none)
    paper: str = _option("A4", _one_of("A4", "Letter"))
    preferred_units: Mapping[str, str] = field(default_factory=dict, metadata={"check": _units})
    last_diary: str | None = _option(None, _text_or_none)
    window_geometry: str | None = _option(None, _geometry)
    others: Mapping[str, Any] = field(default_factory=dict)

    def days_before(self) -> frozenset[int]:
        """`reminder_days_before` as numbers."""
        return frozenset(int(day) for day in self.reminder_days_before.split(",") if day)

    def days_after(self) -> frozenset[int]:
        """`reminder_days_after` as numbers."""
        return frozenset(int(day) for day in self.reminder_days_after.split(",") if day)


@dataclass(frozen=True)
class Repair:
    """A value that was replaced by its default; `option` is empty when the whole file could not be read."""

    option: str
    text: str


@dataclass(frozen=True)
class Loaded:
    """Settings that can be used at once, and what had to be repaired to get there."""

    settings: Settings
    repairs: tuple[Repair, ...] = ()


def load(path: Path) -> Loaded:
    """Read the preferences; a missing file means the defaults, a damaged one means defaults and a `Repair`.

    It raises nothing: preferences never keep the diary from opening.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Loaded(Settings())
    except (OSError, ValueError, RecursionError):
        return Loaded(
            Settings(), (Repair("", f"The preferences in {path} cannot be read; defaults are used."),)
        )
    if not isinstance(stored, dict):
        return _unreadable(path)
    return from_json(stored)


def from_json(stored: Mapping[str, Any]) -> Loaded:
    """Build settings from the file's object, replacing each invalid value by its default."""
    known = {option.name: option for option in fields(Settings) if "check" in option.metadata}
    kept: dict[str, Any] = {}
    repairs: list[Repair] = []
    for name, option in known.items():
        if name not in stored:
            continue
        if option.metadata["check"](stored[name]):
            kept[name] = stored[name]
        else:
            repairs.append(Repair(name, f"The preference {name} had no usable value; its default is used."))
    others = {name: value for name, value in stored.items() if name not in known}
    return Loaded(Settings(**kept, others=others), tuple(repairs))


def save(path: Path, settings: Settings) -> None:
    """Write the preferences so that a crash leaves either the old file or the new one (mode 0600).

    The folder must be there (`paths.ensure`).

    Raises:
        OSError: the file system refuses; the former file is untouched.
    """
    stored = {**settings.others, **_known_values(settings)}
    text = json.dumps(stored, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise


def _unreadable(path: Path) -> Loaded:
    return Loaded(Settings(), (Repair("", f"The preferences in {path} cannot be read; defaults are used."),))


def _known_values(settings: Settings) -> dict[str, Any]:
    values = {option.name: getattr(settings, option.name) for option in fields(settings)}
    del values["others"]
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items()}
