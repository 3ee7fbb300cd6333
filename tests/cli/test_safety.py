"""Edit, delete, history, undo, redo and check through the program."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Run

NOW = "2026-01-05T10:00"


def test_undo_and_redo_walk_through_runs_of_the_program(started: Run, exported: Callable[[], bytes]) -> None:
    before = exported()
    action = started("log", "symptom", "fog", 4, now=NOW).data["action"]
    after = exported()
    undone = started("undo", now=NOW)
    assert undone.code == 0
    assert [record["kind"] for record in undone.data["records"]] == ["score"]
    assert exported() == before
    assert started("redo", now=NOW).code == 0
    assert exported() == after
    listed = started("history").data["actions"]
    entry = next(one for one in listed if one["id"] == action)
    assert (entry["undone"], entry["can_undo"], entry["by"]) == (False, True, "self")


def test_an_older_action_is_undone_only_if_nothing_stands_on_it(
    started: Run, exported: Callable[[], bytes]
) -> None:
    first = started("log", "symptom", "fog", 4, now=NOW).data["action"]
    started("log", "symptom", "tingling", 2, now=NOW)
    assert started("undo", first, now=NOW).code == 0
    assert b'"fog"' not in exported()
    assert b'"tingling"' in exported()


def test_history_can_be_limited_and_names_who_typed(started: Run) -> None:
    started("--by", "Carer Cleo", "log", "symptom", "fog", 4, now=NOW)
    (newest,) = started("history", "--limit", 1).data["actions"]
    assert (newest["by"], newest["name"]) == ("Carer Cleo", "log symptom")


def test_edit_sets_and_clears_fields_and_asks_as_for_a_new_entry(
    started: Run, exported: Callable[[], bytes]
) -> None:
    started("log", "injection", "--note", "first", now=NOW)
    injection = next(
        record["id"] for record in started("history", "--limit", 1) and _records(exported, "injection")
    )
    assert started("edit", injection, "note=", "site=thigh", "at=2026-01-05T09:15", now=NOW).code == 0
    (after,) = _records(exported, "injection")
    assert (after.get("note"), after["site"], after["at"]) == (None, "thigh", "09:15")
    asked = started("edit", injection, "dose=1000 mg", now=NOW)
    assert asked.code == 3
    assert "dose_over_50000" in {question["id"] for question in asked.data["questions"]}
    assert started("edit", injection, "on=2026-02-30", now=NOW).error == "invalid"
    assert started("edit", injection, "id=x", now=NOW).error == "invalid"
    assert _records(exported, "injection") == [after]


def test_delete_takes_an_entry_away_and_undo_brings_it_back(
    started: Run, exported: Callable[[], bytes]
) -> None:
    score = started("log", "symptom", "fog", 4, now=NOW).data["records"][0]["id"]
    with_score = exported()
    assert started("delete", score, now=NOW).code == 0
    assert started("delete", score, now=NOW).error == "not_found"
    started("undo", now=NOW)
    assert exported() == with_score


def test_check_finds_a_value_that_changed_in_silence(started: Run, diary: Path) -> None:
    started("log", "symptom", "fog", 4, now=NOW)
    assert started("check").data == {"ok": True, "problems": []}
    connection = sqlite3.connect(diary)
    connection.execute("UPDATE score SET score = 6")
    connection.commit()
    connection.close()
    result = started("check")
    assert (result.code, result.error, result.data["ok"]) == (1, "damaged", False)
    assert [(one["code"], one["kind"]) for one in result.data["problems"]] == [("differs", "score")]
    assert started("check", "--quick").code == 0


def _records(exported: Callable[[], bytes], kind: str) -> list[dict[str, str]]:
    import json

    found: list[dict[str, str]] = json.loads(exported())["records"][kind]
    return found
