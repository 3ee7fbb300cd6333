"""FHIR JSON from a file to plain data that keeps every digit, and the resources in it by reference."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from b12desk.domain.errors import WorldError

Resource = dict[str, Any]

MAX_NESTED = 40
"""Resources in resources; a report in a summary in a collection is three."""


class Digits(str):
    """A JSON number as it stands in the file: 16.0 stays "16.0"."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A resource and where it stands in the file."""

    where: str
    resource: Resource
    container: Resource | None = None


@dataclass
class Resources:
    """All resources of a file in its order, found by type and by reference."""

    ndjson: bool = False
    placed: list[Placed] = field(default_factory=list)
    _by_reference: dict[str, Resource] = field(default_factory=dict)

    def add(self, where: str, resource: Any, url: Any = None, container: Resource | None = None) -> None:
        """Note one resource and what it contains, a Bundle's entries; what is no resource is passed over.

        Raises:
            RecursionError: they are nested deeper than `MAX_NESTED`.
        """
        if where.count("[") > MAX_NESTED:
            raise RecursionError
        if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
            return
        if resource["resourceType"] == "Bundle":
            self._add_entries(where, resource)
            return
        self.placed.append(Placed(where, resource, container))
        if isinstance(url, str):
            self._by_reference.setdefault(url, resource)
        if isinstance(resource.get("id"), str):
            self._by_reference.setdefault(f"{resource['resourceType']}/{resource['id']}", resource)
        for number, contained in enumerate(items(resource, "contained")):
            self.add(f"{where}.contained[{number}]", contained, container=resource)

    def _add_entries(self, where: str, bundle: Resource) -> None:
        """The entries of a Bundle, which may be Bundles again: one a patient, or one a report."""
        entries = bundle.get("entry")
        before = len(self.placed)
        for number, entry in enumerate(entries if isinstance(entries, list) else []):
            if isinstance(entry, dict):
                self.add(f"{where}.entry[{number}]", entry.get("resource"), entry.get("fullUrl"))
        if len(self.placed) == before:
            self.placed.append(Placed(where, bundle))

    def of(self, kind: str) -> Iterator[Placed]:
        """The resources of one type."""
        return (placed for placed in self.placed if placed.resource["resourceType"] == kind)

    def target(self, reference: Any, holder: Resource) -> Resource | None:
        """What a reference of `holder` points to: contained (#id), by full URL, or by type and id."""
        text = reference.get("reference") if isinstance(reference, dict) else None
        if not isinstance(text, str):
            return None
        if text.startswith("#"):
            return next((item for item in items(holder, "contained") if item.get("id") == text[1:]), None)
        text = text.split("/_history/")[0]
        found = self._by_reference.get(text)
        return found or self._by_reference.get("/".join(text.split("/")[-2:]))


def read_resources(path: Path, encoding: str) -> Resources:
    """The resources of a FHIR JSON file: a Bundle, one resource, a list of them, or one a line (NDJSON).

    Raises:
        WorldError: `unreadable_file` for broken, endless or foreign JSON, with the place.
    """
    try:
        text = path.read_bytes().decode(encoding)
    except UnicodeDecodeError as error:
        what = f"{path.name} is no UTF-8 text, which JSON must be: byte {error.start + 1} is wrong."
        raise WorldError("unreadable_file", what) from None
    found = Resources()
    try:
        _add_tree(found, parse_json(text))
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise _broken(path.name, error) from None
        found.ndjson = True
        _add_lines(found, path.name, text)
    except RecursionError:
        raise WorldError(
            "unreadable_file", f"{path.name} is nested without end; it is no FHIR file."
        ) from None
    if not found.placed:
        raise WorldError("unreadable_file", f"{path.name} is JSON, but it holds no FHIR resource.")
    return found


def items(holder: Any, name: str) -> list[Any]:
    """The objects of a list field; anything else in its place counts as an empty list."""
    value = holder.get(name) if isinstance(holder, dict) else None
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def parse_json(text: str) -> Any:
    """The data of a JSON text, its numbers as `Digits`.

    Raises:
        json.JSONDecodeError: broken JSON, NaN and the infinities among it.
        RecursionError: it is nested without end.
    """
    return json.loads(text, parse_float=Digits, parse_int=Digits, parse_constant=_no_number)


def _no_number(name: str) -> NoReturn:
    raise json.JSONDecodeError(f"{name} is no number of JSON", name, 0)


def _add_tree(found: Resources, data: Any) -> None:
    if isinstance(data, list):
        for number, resource in enumerate(data):
            found.add(f"[{number}]", resource)
    elif isinstance(data, dict):
        found.add(str(data.get("resourceType")), data)


def _add_lines(found: Resources, name: str, text: str) -> None:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                found.add(f"line {number}", parse_json(line))
            except json.JSONDecodeError as error:
                raise WorldError(
                    "unreadable_file", f"{name} is broken JSON in line {number}: {error.msg}."
                ) from None
            except RecursionError:
                raise WorldError(
                    "unreadable_file", f"{name} is nested without end in line {number}."
                ) from None


def _broken(name: str, error: json.JSONDecodeError) -> WorldError:
    at_the_end = error.pos >= len(error.doc.rstrip()) - 1 or error.msg.startswith("Unterminated string")
    if at_the_end and len(error.doc) > 10:
        what = f"{name} is cut off: it ends in line {error.lineno}, in the middle of the data."
    elif "no number of JSON" in error.msg:
        what = f"{name} is broken JSON: {error.msg}."
    else:
        what = f"{name} is broken JSON in line {error.lineno}, column {error.colno}: {error.msg}."
    return WorldError("unreadable_file", what)
