"""The ways in which a diary hurts: a wrong unit, another person's entry, a range read upside down."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

DAY = "2026-01-05"
NOW = f"{DAY}T10:00"


@pytest.fixture
def shared(started: Run) -> Run:
    """A diary of two people, with an injection of the first."""
    assert started("person", "add", "Ben", now=NOW).code == 0
    assert started("--person", "Ada", "log", "injection", "--at", DAY, now=NOW).code == 0
    return started


@pytest.mark.parametrize(
    "words", [["--dose", "1 mL"], ["--volume", "1 mg"], ["--dose", "1000 ug/mL"], ["--volume", "1000 IU"]]
)
def test_a_volume_is_no_dose_and_a_mass_no_volume(started: Run, words: list[str]) -> None:
    refused = started("log", "injection", "--at", DAY, *words, now=NOW)
    assert (refused.code, refused.error) == (1, "invalid")
    assert refused.data["error"]["message"].startswith(words[0].strip("-"))


def test_an_edited_amount_keeps_the_kind_of_its_field(started: Run) -> None:
    logged = started("log", "injection", "--at", DAY, now=NOW).data["records"][0]["id"]
    product = started("product", "list").data["products"][1]["id"]
    for entry, value in ((logged, "dose=1 mL"), (logged, "volume=1 mg"), (product, "strength=1000 ug")):
        refused = started("edit", entry, value, now=NOW)
        assert (refused.code, refused.error) == (1, "invalid"), value
    assert started("edit", product, "strength=500 ug/mL", now=NOW).code == 0
    assert started("product", "list").data["products"][1]["strength"] == "500 ug/mL"


def test_an_entry_of_somebody_else_is_neither_edited_nor_deleted(shared: Run) -> None:
    """An id copied from another list under `--person Ben` must not reach into Ada's diary."""
    action = shared("--person", "Ada", "history", "--limit", 1).data["actions"][0]["id"]
    entry = shared("--person", "Ada", "undo", now=NOW).data["records"][0]["id"]
    assert shared("redo", now=NOW).code == 0
    for words in (["edit", entry, "note=x"], ["delete", entry], ["undo"], ["undo", action]):
        refused = shared("--person", "Ben", *words, now=NOW)
        assert (refused.code, refused.error) == (1, "invalid"), words
        assert "Ada" in refused.data["error"]["message"]
    assert shared("--person", "Ada", "edit", entry, "note=x", now=NOW).code == 0
    assert shared("--person", "Ada", "undo", now=NOW).code == 0
    assert shared("edit", entry, "note=y", now=NOW).code == 0
    assert shared("undo", now=NOW).code == 0


def test_a_range_upside_down_is_refused(started: Run) -> None:
    lab = ["log", "lab", "serum_b12", "350", "pmol/L", "--at", DAY]
    refused = started(*lab, "--low", "700", "--high", "200", now=NOW)
    assert (refused.code, refused.error) == (1, "invalid")
    kept = started(*lab, "--low", "200", "--high", "700", now=NOW).data["records"][0]["id"]
    assert started("edit", kept, "reference_low=701", now=NOW).error == "invalid"
    assert started("edit", kept, "reference_low=199.9", now=NOW).code == 0


@pytest.mark.parametrize("name", ["Ann\nBen", "Ann\u202eneB", "Ann\x1b[31m", "\u200b", "A" * 201])
def test_a_name_that_can_pass_for_another_is_refused(started: Run, name: str) -> None:
    assert started("person", "add", name, now=NOW).error == "invalid"
    assert started("product", "add", name, "--form", "other", now=NOW).error == "invalid"


@pytest.mark.parametrize("name", ["Béla O'Neil-Šťastný", "“Nan”", "محمد", "陳 大文", "Jo 🙂"])
def test_names_of_the_whole_world_are_taken(started: Run, name: str) -> None:
    assert started("person", "add", name, now=NOW).code == 0
    assert started("--person", name, "due", now=NOW).data["person"]["name"] == name


def test_the_window_is_no_json(started: Run) -> None:
    """A mistyped line must not hang a script behind a window that nobody sees."""
    assert (started().code, started().error) == (2, "usage")


def test_a_chart_of_nothing_known_is_refused(started: Run, tmp_path: Path) -> None:
    out = tmp_path / "chart.svg"
    assert started("chart", "labs", out, "--analyte", "nosuch", now=NOW).error == "not_found"
    assert not out.exists()
