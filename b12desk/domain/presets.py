"""Regimens to copy from a prescription: data with sources, open where the clinic must choose (S21, S46)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal, get_args

from b12desk.domain.errors import BugError, Invalid
from b12desk.domain.intervals import WEEKDAYS

Kind = Literal["label", "formulary", "practice", "custom"]
FREE = ("date", "dose")
"""What a person types: a date like 2026-01-05, a dose like "1000 ug"."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a regimen was read."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One field that the preset leaves open.

    Attributes:
        path: `phases[0].every`.
        options: the values it can take as a plan file writes them; empty where it is typed.
        typed: "date" or "dose" where there are no options.
    """

    path: str
    options: tuple[Any, ...]
    typed: str | None = None


@dataclass(frozen=True, slots=True)
class Preset:
    """One regimen.

    Attributes:
        country: ISO 3166 code of where it is written.
        form: the form of B12 it is written for; never to be swapped for another.
        kind: label, formulary, practice or custom (not checked, or the user's own).
        read_on: when the source was read, or its own year.
        plan: a plan file whose open fields are `{"choose": …}`.
    """

    id: str
    name: str
    country: str
    form: str
    kind: Kind
    sources: tuple[Source, ...]
    read_on: str
    note: str | None
    plan: Mapping[str, Any]

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The open fields, in the order of the file."""
        return tuple(_choices(self.plan, ""))


def load(text: str) -> list[Preset]:
    """Read `resources/presets/regimens.json`.

    Raises:
        BugError: a kind that does not exist; the file comes with the program.
    """
    return [_preset(entry) for entry in json.loads(text)["regimens"]]


def _preset(entry: Mapping[str, Any]) -> Preset:
    if entry["kind"] not in get_args(Kind):
        raise BugError(f"preset {entry['id']} has the unknown kind {entry['kind']}")
    sources = tuple(Source(one["key"], one["text"]) for one in entry["sources"])
    known = {key: entry[key] for key in ("id", "name", "country", "form", "kind", "read_on")}
    return Preset(**known, sources=sources, note=entry.get("note"), plan=_written_out(entry["plan"]))


def _written_out(value: Any) -> Any:
    """Write a choice of weekdays out as its combinations, so that every choice is a list or is typed."""
    if isinstance(value, list):
        return [_written_out(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    if value.get("choose") == "weekdays":
        counts = value["count"] if isinstance(value["count"], list) else [value["count"]]
        return {"choose": [list(days) for count in counts for days in combinations(WEEKDAYS, count)]}
    return {key: _written_out(one) for key, one in value.items()}


def _choices(value: Any, path: str) -> Iterator[Choice]:
    if isinstance(value, Mapping) and "choose" in value:
        options = value["choose"]
        yield Choice(path, (), options) if isinstance(options, str) else Choice(path, tuple(options))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _choices(one, f"{path}.{key}" if path else key)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, one in enumerate(value):
            yield from _choices(one, f"{path}[{index}]")


def fill(preset: Preset, choices: Mapping[str, Any]) -> dict[str, Any]:
    """The plan file with its open fields filled; `choices` gives a value for each path.

    Raises:
        Invalid: an open field without a value, a value that is none of its options, or a path that is
            not open; names the path.
    """
    open_paths = {choice.path: choice for choice in preset.choices}
    for path in choices:
        if path not in open_paths:
            raise Invalid("this preset leaves no such field open.", path)
    for path, choice in open_paths.items():
        if path not in choices:
            raise Invalid("choose what your clinic wrote.", path)
        if choice.options and choices[path] not in choice.options:
            raise Invalid("this is none of the preset's choices; copy it, then edit the plan.", path)
    filled = _filled(preset.plan, "", choices)
    if not isinstance(filled, dict):
        raise BugError(f"preset {preset.id} is no plan")
    return filled


def _filled(value: Any, path: str, choices: Mapping[str, Any]) -> Any:
    if isinstance(value, Mapping) and "choose" in value:
        return deepcopy(choices[path])
    if isinstance(value, Mapping):
        return {key: _filled(one, f"{path}.{key}" if path else key, choices) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, f"{path}[{index}]", choices) for index, one in enumerate(value)]
    return value


def preset_json(preset: Preset) -> dict[str, Any]:
    """A preset as `plan presets --json` prints it; `choose` lists the paths that are open."""
    return {
        "id": preset.id,
        "name": preset.name,
        "country": preset.country,
        "form": preset.form,
        "kind": preset.kind,
        "source": [{"key": source.key, "text": source.text} for source in preset.sources],
        "read_on": preset.read_on,
        "note": preset.note,
        "choose": [choice.path for choice in preset.choices],
        "plan": preset.plan,
    }
