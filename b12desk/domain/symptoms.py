"""The symptoms that can be scored and the red-flag texts: data read from resources, never worked out.

The scale is one for every symptom: 0 = none, 10 = worst (RULES C1). Wellbeing, where 10 is best, is no
symptom and stays out of this list and of every chart of symptoms.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, get_args

from b12desk.domain.errors import BugError

SCALE = "0 none to 10 worst"
LOWEST, HIGHEST = 0, 10
WELLBEING = "wellbeing"

Tier = Literal["emergency", "same_day", "clinic", "review"]
TIERS: tuple[Tier, ...] = get_args(Tier)


@dataclass(frozen=True, slots=True)
class Symptom:
    """One listed symptom.

    Attributes:
        id: what scores are stored under.
        group: the id of its group (`nerves`, `energy`, `mind`, `mouth_gut`, `injection`).
        label: plain words.
        tier: the most urgent tier that `flag` names.
        flag: fixed text, the same for everybody, whatever was scored.
        source: where symptom and flag come from.
        default: in the short set that a new diary shows (S7).
    """

    id: str
    group: str
    label: str
    tier: Tier
    flag: str
    source: str
    default: bool = False


@dataclass(frozen=True, slots=True)
class RedFlags:
    """One tier of warning signs with the one sentence that is said about them."""

    id: Tier
    label: str
    say: str
    signs: tuple[str, ...]
    source: str


def load(text: str) -> tuple[Symptom, ...]:
    """Read `presets/symptoms.json`: the short set first in its own order, then the others as listed.

    Raises:
        BugError: the file that ships with the app is broken.
    """
    data = _parse(text)
    try:
        short: list[str] = data["short_set"]
        listed = {
            item["id"]: Symptom(
                item["id"],
                item["group"],
                item["label"],
                _tier(item["tier"]),
                item["flag"],
                item["source"],
                item["id"] in short,
            )
            for item in data["symptoms"]
        }
        first = [listed[symptom] for symptom in short]
    except (KeyError, TypeError) as error:
        raise BugError(f"the symptom list lacks {error}") from error
    if len(listed) != len(data["symptoms"]) or WELLBEING in listed:
        raise BugError("the symptom list has a doubled id, or wellbeing in it")
    return (*first, *(symptom for symptom in listed.values() if not symptom.default))


def load_red_flags(text: str) -> tuple[RedFlags, ...]:
    """Read `presets/red_flags.json`, the most urgent tier first.

    Raises:
        BugError: the file that ships with the app is broken.
    """
    try:
        tiers = tuple(
            RedFlags(_tier(item["id"]), item["label"], item["say"], tuple(item["signs"]), item["source"])
            for item in _parse(text)["tiers"]
        )
    except (KeyError, TypeError) as error:
        raise BugError(f"the red-flag texts lack {error}") from error
    if tuple(tier.id for tier in tiers) != TIERS:
        raise BugError("the red-flag tiers are not in order, most urgent first")
    return tiers


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise BugError(f"a shipped list is no JSON: {error}") from error


def _tier(text: str) -> Tier:
    for tier in TIERS:
        if tier == text:
            return tier
    raise BugError(f"{text} is no red-flag tier")
