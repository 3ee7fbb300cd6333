"""Behaviours that the source articles ask for, shown through the program as a patient would use it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from b12desk.domain.wording import STANDING_LINE
from tests.cli.conftest import PLAN, Result, Run

FIRST = "2026-01-05T10:00"


def ask(result: Result) -> set[str]:
    """The ids of the open questions, checked to have been asked before anything was written."""
    assert result.code == 3
    assert result.error == "question"
    return {question["id"] for question in result.data["questions"]}


def records(exported: Callable[[], bytes], kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(exported())["records"][kind]
    return found


def test_s1_each_injection_is_logged_with_date_and_optional_time_or_as_not_given(
    started: Run, exported: Callable[[], bytes]
) -> None:
    assert started("log", "injection", "--at", "2026-01-05T09:30", now=FIRST).code == 0
    assert started("log", "injection", "--at", "2026-01-07", now="2026-01-07").code == 0
    missed = ("log", "not-given", "--planned", "2026-01-09", "--reason", "missed")
    assert started(*missed, now="2026-01-10").code == 0
    first, second = records(exported, "injection")
    assert (first["on"], first["at"], first["precision"]) == ("2026-01-05", "09:30", "minute")
    assert (second["on"], second.get("at"), second["precision"]) == ("2026-01-07", None, "day")
    assert records(exported, "not_given")[0]["reason"] == "missed"


def test_s2_each_injection_names_its_product_with_form_strength_and_lot(
    started: Run, exported: Callable[[], bytes]
) -> None:
    started(
        "product", "add", "Strong", "--form", "methylcobalamin", "--strength", "5000 ug/mL", "--brand", "M"
    )
    lot = ("--lot", "A17", "--expiry", "2027-03-31")
    given = started("log", "injection", "--product", "Strong", "--dose", "1000 ug", *lot, now=FIRST)
    assert given.code == 0
    (injection,) = records(exported, "injection")
    product = next(one for one in records(exported, "product") if one["id"] == injection["product_id"])
    assert (product["form"], product["strength"], product["brand"]) == ("methylcobalamin", "5000 ug/mL", "M")
    assert (injection["lot"], injection["expiry"]) == ("A17", "2027-03-31")


def test_s4_site_side_and_needle_are_kept(started: Run, exported: Callable[[], bytes]) -> None:
    where = ("--site", "thigh", "--side", "left", "--needle", "23G 25 mm")
    assert started("log", "injection", *where, now=FIRST).code == 0
    (injection,) = records(exported, "injection")
    assert [injection[key] for key in ("site", "side", "needle")] == ["thigh", "left", "23G 25 mm"]


def test_s40_another_product_with_the_same_dose_is_asked_about(
    started: Run, exported: Callable[[], bytes]
) -> None:
    started("log", "injection", now=FIRST)
    started("product", "add", "Strong", "--form", "hydroxocobalamin")
    before = exported()
    again = ("log", "injection", "--product", "Strong")
    assert ask(started(*again, now="2026-01-07")) == {"product_changed"}
    assert exported() == before
    assert started(*again, "--answer", "product_changed=yes", now="2026-01-07").code == 0


def test_s44_ten_thousand_micrograms_are_taken_after_a_question(
    started: Run, exported: Callable[[], bytes]
) -> None:
    strong = ("log", "injection", "--dose", "10000 ug")
    assert ask(started(*strong, now=FIRST)) == {"dose_over_1500"}
    assert started(*strong, "--answer", "dose_over_1500=yes", now=FIRST).code == 0
    assert records(exported, "injection")[0]["dose"] == "10000 ug"


@pytest.mark.parametrize(
    ("dose", "question"),
    [
        ("1500 ug", None),
        ("1.6 mg", "dose_over_1500"),
        ("10001 ug", "dose_over_10000"),
        ("1000 mg", "dose_over_50000"),
        ("1 ug", "dose_under_30"),
    ],
)
def test_s43_a_likely_mix_up_of_units_is_asked_about_with_both_units(
    started: Run, dose: str, question: str | None
) -> None:
    result = started("log", "injection", "--dose", dose, now=FIRST)
    if question is None:
        assert result.code == 0
        return
    assert ask(result) == {question}
    text = result.data["questions"][0]["text"]
    assert "microgram" in text
    assert "mg" in text


def test_s45_a_compounded_strength_and_volume_are_free_and_checked_against_the_dose(
    started: Run, exported: Callable[[], bytes]
) -> None:
    made = ("product", "add", "Compounded", "--form", "methylcobalamin", "--source", "compounded")
    assert started(*made, "--strength", "12.5 mg/mL", "--volume", "10 mL").code == 0
    dose = ("log", "injection", "--product", "Compounded", "--dose", "1250 ug", "--volume")
    assert ask(started(*dose, "1 mL", now=FIRST)) == {"strength_volume"}
    assert started(*dose, "0.1 mL", now=FIRST).code == 0
    assert records(exported, "injection")[0]["volume"] == "0.1 mL"


def test_s65_no_injection_is_without_a_product_and_unknown_is_one(
    started: Run, exported: Callable[[], bytes]
) -> None:
    refused = started("log", "injection", "--product", "B12 shot", now=FIRST)
    assert (refused.code, refused.error) == (1, "not_found")
    assert started("log", "injection", "--product", "unknown", now=FIRST).code == 0
    products = {one["id"]: one["name"] for one in records(exported, "product")}
    assert products[records(exported, "injection")[0]["product_id"]] == "unknown"


def test_s74_a_product_says_whether_it_was_compounded(started: Run) -> None:
    started("product", "add", "Made", "--form", "other", "--source", "compounded")
    sources = {one["name"]: one["source"] for one in started("product", "list").data["products"]}
    assert sources == {"unknown": "unknown", "Hydroxo": "unknown", "Made": "compounded"}


def test_s76_it_is_a_diary_and_has_no_dose_of_its_own(
    run: Run, exported: Callable[[], bytes], tmp_path: Path
) -> None:
    run("person", "add", "Ada", now=FIRST)
    assert run("log", "injection", now=FIRST).code == 0
    injection = records(exported, "injection")[0]
    assert not {"dose", "volume", "route"} & set(injection)
    help_text = " ".join(run("--help", as_json=False).out.split())
    assert STANDING_LINE in help_text
    file = tmp_path / "no-dose.json"
    phases: Any = [{key: value for key, value in PLAN["phases"][0].items() if key != "dose"}]  # type: ignore[index]
    file.write_text(json.dumps({**PLAN, "phases": phases}), encoding="utf-8")
    refused = run("plan", "set", file, now=FIRST)
    assert (refused.code, refused.error) == (1, "invalid")
    assert "phases[0]" in refused.data["error"]["message"]
