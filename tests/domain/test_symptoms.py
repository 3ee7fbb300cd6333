"""The shipped symptom list and red-flag texts: complete, fixed, and never worked out."""

from __future__ import annotations

import json
import re

import pytest

from b12desk.domain.errors import BugError
from b12desk.domain.symptoms import TIERS, WELLBEING, Symptom, load, load_red_flags
from b12desk.paths import read_resource

LISTED = read_resource("presets/symptoms.json")
FLAGS = read_resource("presets/red_flags.json")


@pytest.fixture(scope="module")
def symptoms() -> tuple[Symptom, ...]:
    return load(LISTED)


def test_s7_the_short_set_is_shown_first(symptoms: tuple[Symptom, ...]) -> None:
    short = [symptom.id for symptom in symptoms if symptom.default]
    assert short == ["tingling", "numbness", "balance", "fog", "memory", "fatigue", "stamina"]
    assert [symptom.id for symptom in symptoms[: len(short)]] == short


@pytest.mark.parametrize("symptom", ["fatigue", "tongue", "dizzy", "weakness", "focus", "gait"])
def test_s8_the_full_list_holds_it(symptom: str, symptoms: tuple[Symptom, ...]) -> None:
    assert symptom in {one.id for one in symptoms}


def test_the_list_is_whole_and_each_has_a_source(symptoms: tuple[Symptom, ...]) -> None:
    assert len(symptoms) == 40
    assert all(one.label and one.flag.endswith(".") and one.source for one in symptoms)
    assert {one.group for one in symptoms} == {group["id"] for group in json.loads(LISTED)["groups"]}


def test_wellbeing_is_no_symptom(symptoms: tuple[Symptom, ...]) -> None:
    assert WELLBEING not in {one.id for one in symptoms}
    added = json.loads(LISTED)
    added["symptoms"].append({**added["symptoms"][0], "id": WELLBEING})
    with pytest.raises(BugError, match="wellbeing"):
        load(json.dumps(added))


def test_red_flags_come_most_urgent_first_with_their_sentence() -> None:
    tiers = load_red_flags(FLAGS)
    assert tuple(tier.id for tier in tiers) == TIERS
    assert [tier.say for tier in tiers] == [
        "Call your emergency number now.",
        "Contact urgent medical care today.",
        "Call your clinic.",
        "Add to visit list.",
    ]


def test_a_symptom_names_its_most_urgent_tier_in_its_text(symptoms: tuple[Symptom, ...]) -> None:
    for one in symptoms:
        emergency, today = "emergency number" in one.flag, "same day" in one.flag
        expected = "emergency" if emergency else "same_day" if today else one.tier
        assert one.tier == expected, one.id
        assert one.tier not in ("emergency", "same_day") or emergency or today, one.id


@pytest.mark.parametrize("text", [LISTED, FLAGS])
def test_the_texts_never_judge_or_dose(text: str) -> None:
    assert not re.search(r"\b(overdue|normal|abnormal|increase|deficient|take it|working|safe)\b", text, re.I)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"symptoms": [{}], "short_set": []}', '{"tiers": [{}]}'])
def test_a_broken_list_is_our_bug(text: str) -> None:
    with pytest.raises(BugError):
        load(text)
    with pytest.raises(BugError):
        load_red_flags(text)
