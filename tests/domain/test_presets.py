"""The regimens to copy: each says where it is from, none decides anything, and every choice makes a plan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from b12desk.domain.errors import BugError, Invalid
from b12desk.domain.plan import read_plan
from b12desk.domain.presets import Preset, fill, load, preset_json
from b12desk.domain.records import Plan

TEXT = (Path(__file__).parents[2] / "resources" / "presets" / "regimens.json").read_text(encoding="utf-8")
PRESETS = load(TEXT)
TYPED = {"date": "2026-01-05", "dose": "1000 ug"}
LONG = 4
"""Longer lists, the combinations of weekdays, are gone through one by one beside the first of the others."""


def plan_of(data: dict[str, Any]) -> Plan:
    return read_plan(
        data,
        id="plan",
        person_id="ada",
        recorded_by="self",
        recorded_at=datetime(2026, 1, 5, tzinfo=UTC),
        product_ids={},
    )


def fillings(preset: Preset) -> Iterator[dict[str, Any]]:
    """Every combination of the short lists, and each option of the long ones."""
    options = {one.path: one.options or (TYPED[one.typed or ""],) for one in preset.choices}
    short = {path: values if len(values) <= LONG else values[:1] for path, values in options.items()}
    for values in product(*short.values()):
        yield dict(zip(short, values, strict=True))
    first = {path: values[0] for path, values in options.items()}
    for path, values in options.items():
        yield from ({**first, path: value} for value in values)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_every_choice_makes_a_plan(preset: Preset) -> None:
    for choices in fillings(preset):
        plan = plan_of(fill(preset, choices))
        assert plan.preset == preset.id
        assert plan.anchor == choices["anchor"]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_none_is_preselected(preset: Preset) -> None:
    with pytest.raises(Invalid, match="choose what your clinic wrote"):
        plan_of(dict(preset.plan))
    paths = {choice.path for choice in preset.choices}
    assert {"started_on", "anchor"} <= paths
    assert all(len(choice.options) > 1 or choice.typed for choice in preset.choices)


def test_s46_presets_carry_country_and_source_and_are_plans_to_edit() -> None:
    assert len({preset.id for preset in PRESETS}) == len(PRESETS)
    assert {preset.country for preset in PRESETS} >= {
        "GB",
        "US",
        "CA",
        "NL",
        "DE",
        "CH",
        "SE",
        "NO",
        "FI",
        "JP",
    }
    for preset in PRESETS:
        assert preset.sources
        assert all(source.text for source in preset.sources)
        choices = next(fillings(preset))
        edited = fill(preset, choices) | {"why": "my clinic's own letter", "grace_days": 3}
        assert plan_of(edited).grace_days == 3


def test_s21_a_thousand_micrograms_monthly_is_one_preset_among_others_and_no_default() -> None:
    for preset in PRESETS:
        assert isinstance(preset.plan["started_on"], dict)
    data = {
        "started_on": "2026-01-05",
        "anchor": "fixed_dates",
        "phases": [{"name": "x", "every": {"months": 1}}],
    }
    with pytest.raises(Invalid) as refused:
        plan_of({**data, "phases": [{**data["phases"][0], "until": "no_end"}]})
    assert refused.value.path == "phases[0].dose"


def test_s27_daily_stands_only_in_labelled_presets() -> None:
    daily = [preset for preset in PRESETS if '{"days": 1}' in json.dumps(preset.plan)]
    assert daily
    assert all(
        preset.kind in ("label", "formulary", "practice", "custom") and preset.sources for preset in daily
    )


def test_ranges_must_be_chosen() -> None:
    preset = next(one for one in PRESETS if one.id == "R1")
    every = next(choice for choice in preset.choices if choice.path == "phases[1].every")
    assert every.options == ({"months": 2}, {"months": 3})
    choices = next(fillings(preset))
    with pytest.raises(Invalid) as missing:
        fill(preset, {path: value for path, value in choices.items() if path != every.path})
    assert missing.value.path == every.path
    with pytest.raises(Invalid):
        fill(preset, {**choices, every.path: {"months": 4}})
    with pytest.raises(Invalid):
        fill(preset, {**choices, "phases[7].every": {"months": 2}})


def test_json_lists_the_open_fields() -> None:
    data = preset_json(PRESETS[0])
    assert data["choose"] == ["started_on", "anchor", "phases[0].every.weekdays", "phases[1].every"]
    assert json.loads(json.dumps(data)) == data


def test_an_unknown_kind_is_a_bug() -> None:
    entry = json.loads(TEXT)["regimens"][0] | {"kind": "best"}
    with pytest.raises(BugError):
        load(json.dumps({"regimens": [entry]}))
