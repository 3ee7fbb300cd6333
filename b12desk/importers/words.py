"""The words of laboratory tables: column titles, results not there yet, statuses; data, read once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from b12desk.domain.records import LabStatus
from b12desk.paths import read_resource


@dataclass(frozen=True)
class Words:
    """What resources/presets/lab_words.json lists.

    Attributes:
        roles: a column title, in lower case without accents, to its role.
        general: titles that give way to a more telling one for the same role.
        pending: printed in place of a result that is not there yet.
        statuses: a printed status to the record's.
        results: words that are a result, in a report where nothing else says so.
        reports: words of a report's whole state to the record's status.
    """

    roles: Mapping[str, str]
    general: frozenset[str]
    pending: frozenset[str]
    statuses: Mapping[str, LabStatus]
    results: frozenset[str]
    reports: Mapping[str, LabStatus]


@cache
def words() -> Words:
    """The words that the app ships."""
    data = json.loads(read_resource("presets/lab_words.json"))
    return Words(
        roles={title: role for role, titles in data["roles"].items() for title in titles},
        general=frozenset(data["general"]),
        pending=frozenset(data["pending"]),
        statuses={text: status for status, texts in data["statuses"].items() for text in texts},
        results=frozenset(data["results"]),
        reports={text: status for status, texts in data["reports"].items() for text in texts},
    )
