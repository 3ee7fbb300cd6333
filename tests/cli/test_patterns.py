"""`b12desk patterns`: the findings as JSON and in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from b12desk.desk import Desk
from b12desk.desk.injections import InjectionDraft
from tests.cli.conftest import Run

FIRST = date(2025, 1, 6)
END = FIRST + timedelta(days=8 * 28)
KEYS = {"symptom", "verdict", "cycles", "cycles_worse", "late_minus_early", "interval", "threshold"}


@pytest.fixture
def months(run: Run, diary, clock) -> Callable[[int], Run]:
    """`run` on a diary with so many complete cycles of 28 days in which fog returns and tingling does not."""

    def write(cycles: int) -> Run:
        run("person", "add", "Ada", now="2025-01-01")
        clock.set("2026-06-01T12:00")
        with Desk.open(diary, clock=clock) as desk:
            person = desk.people.find(None).id
            product = desk.products.unknown(person)
            for number in range(cycles + 1):
                on = FIRST + timedelta(days=28 * number)
                desk.injections.log_injection(
                    person, InjectionDraft(on=on, product_id=product.id if product else None)
                )
                for day in range(28 if number < cycles else 0):
                    scores = {"fog": 6 if day >= 21 else 2, "tingling": 3 + day % 2}
                    desk.entries.log_scores(person, scores, on + timedelta(days=day))
        return run

    return write


def test_s35_the_findings_have_the_keys_of_the_contract(months: Callable[[int], Run]) -> None:
    data = months(6)("patterns", "--threshold", 6).data
    found = {one["symptom"]: one for one in data["patterns"]}
    assert set(data) == {"patterns", "method"}
    assert all(KEYS | {"crossing_day", "text"} <= set(one) for one in found.values())
    fog, tingling = found["fog"], found["tingling"]
    assert (fog["verdict"], fog["cycles"], fog["cycles_worse"], fog["threshold"]) == ("returns", 6, 6, 6)
    assert fog["late_minus_early"] == 4
    assert fog["interval"] == [4, 4]
    assert fog["crossing_day"] == {"median": 21, "low": 21, "high": 21, "cycles": 6}
    assert "Worth showing your clinic" in fog["text"]
    assert (tingling["verdict"], tingling["crossing_day"]) == ("no_pattern", None)
    assert "Worth showing" not in tingling["text"]


def test_a_shorter_range_has_not_enough(months: Callable[[int], Run]) -> None:
    data = months(6)("patterns", "--from", "2025-03-01").data
    assert {one["verdict"] for one in data["patterns"]} == {"not_enough"}
    assert all(one["late_minus_early"] is None and one["interval"] is None for one in data["patterns"])


def test_without_json_each_symptom_has_its_line(months: Callable[[int], Run]) -> None:
    lines = months(1)("patterns", as_json=False).out.splitlines()
    words = "not enough entries yet. 1 complete interval has scores early and late; 5 are needed."
    assert lines == [f"Tingling or pins and needles: {words}", f"Brain fog: {words}"]


def test_a_hidden_symptom_is_not_looked_at(months: Callable[[int], Run], diary, clock) -> None:
    run = months(1)
    with Desk.open(diary, clock=clock) as desk:
        desk.entries.show_symptom(desk.people.find(None).id, "tingling", False)
    assert [one["symptom"] for one in run("patterns").data["patterns"]] == ["fog"]


@pytest.mark.parametrize(
    "words", [("--threshold", 0), ("--threshold", 11), ("--from", "2025-05-01", "--to", "2025-04-01")]
)
def test_what_the_scale_or_the_calendar_does_not_have_is_refused(started: Run, words: tuple) -> None:
    result = started("patterns", *words)
    assert (result.code, result.error) == (1, "invalid")


def test_nothing_scored_is_said(started: Run) -> None:
    assert started("patterns").data["patterns"] == []
    assert started("patterns", as_json=False).out == "No symptom was scored in this time.\n"
