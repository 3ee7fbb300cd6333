"""Plans, what is due, and logging, as one patient's weeks go by."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cli.conftest import PLAN, Run


def due(run: Run, now: str, *options: object) -> dict[str, Any]:
    """The first planned injection as of `now`."""
    found: dict[str, Any] = run("due", *options, now=now).data["due"][0]
    return found


def injections(exported: Callable[[], bytes]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(exported())["records"]["injection"]
    return found


def give_loading(run: Run) -> None:
    for day in ("05", "07", "09", "11", "13", "15"):
        assert run("log", "injection", "--at", f"2026-01-{day}", now=f"2026-01-{day}").code == 0


def test_due_says_what_when_and_why(started: Run) -> None:
    data = started("due", now="2026-01-05").data
    (first,) = data["due"]
    assert data["person"]["name"] == "Ada"
    assert (first["on"], first["window"], first["planned"]) == (
        "2026-01-05",
        ["2026-01-05"] * 2,
        "2026-01-05",
    )
    assert (first["dose"], first["unit"], first["product"], first["route"]) == ("1000", "ug", "Hydroxo", "IM")
    assert (first["phase"], first["number_in_phase"], first["of"], first["state"]) == (1, 1, 6, "due")
    assert first["why"]
    assert [message["code"] for message in data["messages"]] == ["no_injection_yet"]


def test_due_in_words_shows_both_units_and_no_blame(started: Run) -> None:
    text = started("due", now="2026-01-08", as_json=False).out
    assert "1000 micrograms (1 mg)" in text
    assert "planned, not logged" in text
    assert "overdue" not in text


def test_due_on_a_day_leaves_out_what_came_later(started: Run) -> None:
    give_loading(started)
    assert due(started, "2026-01-20", "--on", "2026-01-10")["on"] == "2026-01-11"
    counted = started("due", "--count", 3, now="2026-01-20").data["due"]
    assert [one["forecast"] for one in counted] == [False, True, True]


def test_loading_ends_with_a_question_and_a_step_answers_it(started: Run) -> None:
    give_loading(started)
    data = started("due", now="2026-01-16").data
    assert data["due"][0]["state"] == "to_confirm"
    assert data["due"][0]["on"] == "2026-03-12"
    assert "phase_end_ask" in [message["code"] for message in data["messages"]]
    assert started("plan", "step", "--on", "2026-01-16", "--told-by", "nurse", now="2026-01-16").code == 0
    assert due(started, "2026-01-16")["state"] == "upcoming"


def test_what_is_not_typed_comes_from_the_phase_that_was_due(
    started: Run, exported: Callable[[], bytes]
) -> None:
    started("log", "injection", now="2026-01-05T09:41")
    (injection,) = injections(exported)
    assert (injection["dose"], injection["volume"], injection["route"]) == ("1000 ug", "1 mL", "IM")
    assert (injection["on"], injection["at"], injection["precision"]) == ("2026-01-05", "09:41", "minute")
    give_loading_again = [f"2026-01-{day}" for day in ("07", "09", "11", "13", "15")]
    for day in give_loading_again:
        assert started("log", "injection", "--at", day, now=day).code == 0
    assert started("log", "injection", "--at", "2026-03-12", now="2026-03-12").code == 0
    assert injections(exported)[-1]["route"] == "SC"
    assert injections(exported)[-1]["dose"] == "1 mg"


def test_another_dose_takes_no_volume_from_the_phase(started: Run, exported: Callable[[], bytes]) -> None:
    started("log", "injection", "--dose", "500 ug", now="2026-01-05")
    assert "volume" not in injections(exported)[0]


def test_a_backfilled_injection_takes_the_phase_of_its_own_day(
    started: Run, exported: Callable[[], bytes]
) -> None:
    give_loading(started)
    started("undo", now="2026-02-01")
    assert started("log", "injection", "--at", "2026-01-15", now="2026-03-20").code == 0
    assert injections(exported)[-1]["route"] == "IM"


def test_a_second_one_of_the_day_tells_the_sum_and_is_kept_when_confirmed(
    started: Run, exported: Callable[[], bytes]
) -> None:
    started("log", "injection", now="2026-01-05T09:00")
    again = started("log", "injection", now="2026-01-05T10:00")
    assert again.code == 3
    texts = {question["id"]: question["text"] for question in again.data["questions"]}
    assert "2000 micrograms (2 mg)" in texts["second_today"]
    assert started("log", "injection", "--yes", now="2026-01-05T10:00").code == 0
    assert len(injections(exported)) == 2


def test_missed_then_agreed_with_the_clinic(started: Run) -> None:
    started("log", "injection", now="2026-01-05")
    missed = ("log", "not-given", "--planned", "2026-01-07", "--reason", "missed")
    assert started(*missed, now="2026-01-08").code == 0
    assert due(started, "2026-01-08")["state"] == "ask_clinic"
    assert due(started, "2026-01-08")["on"] is None
    assert started("plan", "agree", "--on", "2026-01-10", "--told-by", "nurse", now="2026-01-08").code == 0
    assert due(started, "2026-01-08")["on"] == "2026-01-10"


def test_every_other_entry_can_be_logged(started: Run, exported: Callable[[], bytes]) -> None:
    now = "2026-01-05T12:00"
    entries: tuple[tuple[object, ...], ...] = (
        ("symptom", "fog", 10, "--at", "2026-01-04"),
        ("trend", "better", "--since", "2026-01-01"),
        ("lab", "serum_b12", ">2000", "pg/mL", "--at", "2026-01-02T08:40", "--low", "197", "--flag", "H"),
        ("reaction", "sore", "--severity", "moderate"),
        ("event", "travel", "--from", "2026-01-01", "--to", "2026-01-03", "--tag", "sun"),
    )
    for entry in entries:
        assert started("log", *entry, now=now).code == 0, entry
    kept = json.loads(exported())["records"]
    assert (kept["score"][0]["score"], kept["score"][0]["on"]) == (10, "2026-01-04")
    assert kept["trend"][0]["direction"] == "better"
    (lab,) = kept["lab_result"]
    assert (lab["comparator"], lab["value"], lab["reference_low"], lab["flag"]) == (">", "2000", "197", "H")
    assert kept["reaction"][0]["severity"] == "moderate"
    assert (kept["event"][0]["what"], kept["event"][0]["tags"]) == ("travel", ["sun"])


def test_a_second_score_of_a_day_replaces_the_first(started: Run, exported: Callable[[], bytes]) -> None:
    started("log", "symptom", "fog", 4, now="2026-01-05")
    started("log", "symptom", "fog", 6, now="2026-01-05")
    assert [score["score"] for score in json.loads(exported())["records"]["score"]] == [6]


def test_an_own_symptom_can_be_added_and_scored(started: Run) -> None:
    assert started("symptom", "add", "Cold hands").code == 0
    own = [one for one in started("symptom", "list").data["symptoms"] if one["own"]]
    assert started("log", "symptom", own[0]["id"], 2).code == 0
    assert len(started("symptom", "list", "--all").data["symptoms"]) > 30


def test_a_shown_plan_can_be_set_again(started: Run, tmp_path: Path) -> None:
    shown = started("plan", "show").data
    assert len(shown["revisions"]) == 1
    assert "1000 micrograms (1 mg)" in shown["words"][0]
    copy = tmp_path / "copy.json"
    copy.write_text(json.dumps({**shown["plan"], "why": "copied"}), encoding="utf-8")
    assert started("plan", "set", copy, now="2026-01-06").code == 0
    assert started("plan", "show").data["plan"]["why"] == "copied"


def test_a_plan_names_the_place_of_its_mistake_and_unknown_products(started: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(PLAN).replace('{"weeks": 8}', '{"weeks": 80}'), encoding="utf-8")
    assert "phases[1].every" in started("plan", "set", file).data["error"]["message"]
    file.write_text(json.dumps(PLAN).replace("Hydroxo", "Other"), encoding="utf-8")
    assert started("plan", "set", file).code == 1


def test_a_preset_is_a_plan_once_its_choices_are_made(started: Run, tmp_path: Path) -> None:
    presets = {one["id"]: one for one in started("plan", "presets").data["presets"]}
    preset = presets["R1"]
    assert preset["choose"]
    file = tmp_path / "preset.json"
    file.write_text(json.dumps(preset["plan"]), encoding="utf-8")
    assert started("plan", "set", file, "--yes").code == 1
    plan = _chosen(preset["plan"])
    file.write_text(json.dumps(plan), encoding="utf-8")
    assert started("plan", "set", file, now="2026-02-01").code == 0


def test_presets_need_no_diary(run: Run, diary: Path) -> None:
    assert run("plan", "presets").code == 0
    assert not diary.exists()


def _chosen(value: Any) -> Any:
    """The plan with the first option of each choice, and something typed where there is none."""
    if isinstance(value, dict) and "choose" in value:
        typed = {"date": "2026-02-01", "dose": "1000 ug"}
        return typed[value["choose"]] if isinstance(value["choose"], str) else value["choose"][0]
    if isinstance(value, dict):
        return {key: _chosen(one) for key, one in value.items()}
    return [_chosen(one) for one in value] if isinstance(value, list) else value
