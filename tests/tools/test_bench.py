"""A ratio counts only when its floor kept still."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import pytest

from tests.bench.measure import RUNS, TRIES, Sample, compare
from tests.bench.report import Finding, line, page
from tests.bench.row import Row


def runs(*seconds: float, mebibytes: float | None = None) -> Callable[[], Sample]:
    values = cycle(seconds)
    return lambda: Sample(next(values), mebibytes)


def row(time: float | None = None, memory: float | None = None) -> Row:
    return Row("name", "what", "floor", lambda setting: compare(runs(1.0), runs(1.0)), time, memory)


def test_medians_are_compared() -> None:
    found = compare(runs(3.0, mebibytes=120), runs(2.0, mebibytes=100))
    assert found.time_ratio == pytest.approx(1.5)
    assert found.memory_ratio == pytest.approx(1.2)
    assert found.steady


def test_both_run_equally_often_and_in_turns() -> None:
    order: list[str] = []

    def noting(name: str) -> Callable[[], Sample]:
        def run() -> Sample:
            order.append(name)
            return Sample(1.0)

        return run

    compare(noting("ours"), noting("floor"))
    assert order.count("ours") == order.count("floor") == RUNS + 1
    assert max(len(set(order[at : at + 3])) for at in range(len(order))) == 2
    assert all(len(set(order[at : at + 3])) == 2 for at in range(len(order) - 2))


def test_one_hiccup_of_the_floor_is_forgiven_and_a_restless_floor_is_not() -> None:
    calm = [1.0] * RUNS
    assert compare(runs(1.0), runs(1.0, *calm[1:], 9.0)).steady
    restless = compare(runs(1.0), runs(1.0, 1.5, 2.0))
    assert not restless.steady
    assert Finding(row(time=0.001), restless).missed == []
    assert "refused" in line(Finding(row(time=0.001), restless))


def test_memory_needs_no_quiet_machine() -> None:
    restless = compare(runs(1.0, mebibytes=140), runs(1.0, 1.5, 2.0, mebibytes=100))
    assert Finding(row(memory=1.5), restless).verdict == "met"
    assert Finding(row(memory=1.3), restless).verdict == "not met: memory"


def test_a_restless_floor_is_measured_anew() -> None:
    turns: list[int] = []

    def floor() -> Sample:
        turns.append(1)
        return Sample(float(len(turns) % 3 + 1) if len(turns) <= RUNS + 1 else 1.0)

    assert compare(runs(1.0), floor).steady
    assert len(turns) == 1 + 2 * RUNS < 1 + TRIES * RUNS


def test_a_missed_goal_is_named() -> None:
    found = compare(runs(3.0, mebibytes=120), runs(2.0, mebibytes=100))
    assert Finding(row(time=2, memory=1.3), found).verdict == "met"
    assert Finding(row(time=1.4, memory=1.1), found).verdict == "not met: time, memory"
    assert Finding(row(), None, "no such command").verdict == "not measured: no such command"


def test_the_page_holds_every_row() -> None:
    found = compare(runs(3.0), runs(2.0))
    text = page([Finding(row(time=2), found), Finding(row(), None, "it broke")])
    assert "| what | floor | 3.000 s | 2.000 s ± 0% | 1.50x (2x) |  | met |" in text
    assert "not measured: it broke" in text
