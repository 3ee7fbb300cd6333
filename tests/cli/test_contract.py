"""What other programs rely on: one JSON object, error and exit codes, where options stand, the clock."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from b12desk.cli import main
from b12desk.cli.codes import ERRORS
from b12desk.domain.wording import STANDING_LINE
from tests.cli.conftest import Run
from tests.helpers.clock import FixedClock


@pytest.mark.parametrize("place", ["before", "after"])
def test_json_may_stand_before_or_after_the_command(
    started: Run, diary: Path, place: str, capsys: pytest.CaptureFixture[str], clock: FixedClock
) -> None:
    words = ["--json", "person", "list"] if place == "before" else ["person", "list", "--json"]
    assert main(["--diary", str(diary), *words], clock=clock) == 0
    assert json.loads(capsys.readouterr().out)["people"][0]["name"] == "Ada"


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["due", "--nonsense"],
        ["log", "symptom", "fog"],
        ["log"],
        ["product", "add", "X", "--form", "sugar"],
        ["log", "trend", "splendid"],
        ["due", "--count", "many"],
        ["edit", "some-id"],
        ["export", "--format", "xml", "out"],
        ["log", "injection", "--answer", "second_today"],
        ["edit", "some-id", "note"],
        ["demo", "--years", "0"],
    ],
)
def test_what_cannot_be_understood_is_a_usage_error(started: Run, words: list[str]) -> None:
    result = started(*words)
    assert (result.code, result.error) == (2, "usage")


def test_without_json_an_error_is_one_sentence_on_standard_error(started: Run) -> None:
    result = started("log", "symptom", "fog", 11, as_json=False)
    assert (result.code, result.out) == (1, "")
    assert result.err == "b12desk: fog: A score goes from 0 (none) to 10 (worst), not 11.\n"


def test_reading_without_a_diary_says_so_and_makes_none(run: Run, diary: Path) -> None:
    for words in (["due"], ["person", "list"], ["history"], ["undo"], ["check"], ["product", "list"]):
        result = run(*words)
        assert (result.code, result.error) == (1, "no_diary")
    assert list(diary.parent.iterdir()) == []


def test_only_a_first_person_makes_a_diary_for_this_user_alone(run: Run, diary: Path) -> None:
    result = run("log", "symptom", "fog", 3)
    assert (result.code, result.error) == (1, "no_diary")
    assert run("person", "add", "Ada").code == 0
    assert diary.stat().st_mode & 0o077 == 0


def test_writing_prints_what_was_written(run: Run) -> None:
    data = run("person", "add", "Ada").data
    assert {record["kind"] for record in data["records"]} == {"person", "product"}
    assert {"person", "product"} <= set(data["changed"])
    assert data["messages"] == []
    assert data["action"] == run("history").data["actions"][0]["id"]


def test_writing_nothing_new_names_no_action(started: Run) -> None:
    started("log", "symptom", "fog", 3)
    again = started("log", "symptom", "fog", 3).data
    assert (again["action"], again["records"], again["changed"]) == (None, [], [])


def test_several_people_must_be_told_apart(started: Run) -> None:
    assert started("person", "add", "Ben").code == 0
    result = started("due")
    assert (result.code, result.error) == (2, "usage")
    assert "Ada, Ben" in result.data["error"]["message"]
    assert started("--person", "ben", "due").data["person"]["name"] == "Ben"
    ada = started("person", "list").data["people"][0]["id"]
    assert started("--person", ada, "due").data["person"]["name"] == "Ada"
    assert started("--person", "Cleo", "due").error == "not_found"


@pytest.mark.parametrize(
    ("now", "as_of"),
    [
        ("2026-02-03", "2026-02-03"),
        ("2026-02-03T23:59", "2026-02-03"),
        ("2026-02-03T23:59+00:00", "2026-02-03"),
        ("2026-02-03T23:59Z", "2026-02-03"),
        ("2026-02-03T23:59:30+11:00", "2026-02-03"),
        ("2026-02-03T00:01[America/Los_Angeles]", "2026-02-03"),
        ("2026-02-03T23:59Z[Asia/Kolkata]", "2026-02-04"),
    ],
)
def test_now_is_the_clock_with_or_without_a_zone(started: Run, now: str, as_of: str) -> None:
    assert started("due", now=now).data["as_of"] == as_of


@pytest.mark.parametrize(
    ("now", "zone"),
    [
        ("2026-01-05T08:00+11:00", "Etc/GMT-11"),
        ("2026-01-05T08:00-08:00", "Etc/GMT+8"),
        ("2026-01-05T08:00[Asia/Tokyo]", "Asia/Tokyo"),
    ],
)
def test_an_entry_is_of_the_local_day_where_it_was_made(
    started: Run, exported: Callable[[], bytes], now: str, zone: str
) -> None:
    assert started("log", "injection", now=now).code == 0
    (injection,) = json.loads(exported())["records"]["injection"]
    assert (injection["on"], injection["at"], injection["zone"]) == ("2026-01-05", "08:00", zone)


@pytest.mark.parametrize(
    "now", ["2026-01-05T10:00[Mars/North]", "yesterday", "2026-02-30", "2026-13-01T10:00", "2026-02-03T25:00"]
)
def test_a_now_that_is_none_is_refused(started: Run, now: str) -> None:
    result = started("due", now=now)
    assert (result.code, result.error) == (1, "invalid")


def test_help_says_that_it_is_a_diary(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert STANDING_LINE in " ".join(capsys.readouterr().out.split())


def test_the_error_codes_are_those_of_the_domain() -> None:
    from typing import get_args

    from b12desk.domain.errors import ErrorCode

    assert tuple(ERRORS) == get_args(ErrorCode)


def test_json_is_plain_ascii_for_any_console(run: Run) -> None:
    result = run("person", "add", "Zoë Łuk")
    assert result.out.isascii()
    assert run("person", "list").data["people"][0]["name"] == "Zoë Łuk"
