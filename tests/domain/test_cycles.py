"""Cycles between given injections and what is laid over them (RULES P14, P16, C1, C2)."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from b12desk.domain.cycles import FEWEST_CYCLES, Cycle, align, cycles, lengths, summarise
from tests.charts.samples import injection

START = date(2026, 1, 5)


def days_after(*days: int) -> list[date]:
    return [START + timedelta(days=day) for day in days]


def given_on(*days: int) -> list:
    return [injection(number, day) for number, day in enumerate(days_after(*days))]


def test_a_cycle_reaches_to_the_next_injection_and_the_last_one_runs() -> None:
    first, second, running = cycles(given_on(0, 28, 84))
    assert (first.start, first.end, first.length) == (START, START + timedelta(days=28), 28)
    assert second.length == 56
    assert (running.end, running.length, running.counted) == (None, None, False)


def test_the_order_of_logging_does_not_matter() -> None:
    injections = given_on(0, 28, 84)
    assert cycles(reversed(injections)) == cycles(injections)
    assert cycles([]) == ()


def test_a_second_injection_on_one_day_starts_no_second_cycle() -> None:
    assert [cycle.length for cycle in cycles(given_on(0, 28, 28, 56))] == [28, 28, None]


def test_approximate_dates_are_drawn_but_not_counted() -> None:
    injections = given_on(0, 28, 56, 84)
    injections[1] = injection(1, injections[1].on, precision="approximate")
    shown = cycles(injections)
    assert [cycle.length for cycle in shown] == [28, 28, 28, None]
    assert [cycle.counted for cycle in shown] == [False, False, True, False]
    assert lengths(shown)[""].n == 1


def test_an_exact_injection_stands_for_its_day() -> None:
    about = injection(5, START, precision="approximate")
    assert cycles([about, *given_on(0, 28)])[0].exact


def test_loading_and_maintenance_are_kept_apart() -> None:
    injections = given_on(0, 3, 6, 62, 118)
    names = ["loading"] * 3 + ["maintenance"] * 2
    shown = cycles(injections, {one.id: name for one, name in zip(injections, names, strict=True)})
    assert {phase: (one.n, one.median) for phase, one in lengths(shown).items()} == {
        "loading": (2, 3.0),
        "maintenance": (1, 56.0),
    }
    crossing = shown[2]
    assert (crossing.phase, crossing.next_phase, crossing.counted) == ("loading", "maintenance", False)


def test_an_extra_injection_is_in_the_phase_that_it_was_given_in() -> None:
    injections = given_on(0, 56, 70, 126)
    names = {
        injections[0].id: "maintenance",
        injections[1].id: "maintenance",
        injections[3].id: "maintenance",
    }
    assert [cycle.phase for cycle in cycles(injections, names)] == ["maintenance"] * 4
    assert cycles(injections)[0].phase == ""


def test_the_day_of_the_injection_is_day_0_of_the_new_cycle() -> None:
    first, second = align(cycles(given_on(0, 28)), [(START, 5), (START + timedelta(days=28), 7)])
    assert (first.days, first.scores) == ((0,), (5,))
    assert (second.days, second.scores) == ((0,), (7,))


def test_scores_before_the_first_injection_and_outside_the_chosen_cycles_are_left_out() -> None:
    every = cycles(given_on(0, 28, 56))
    scores = [(START + timedelta(days=day), 3) for day in (-1, 10, 30, 60)]
    assert [one.days for one in align(every, scores)] == [(10,), (2,), (4,)]
    assert [one.days for one in align(every[:1], scores)] == [(10,)]


def test_median_and_quartiles_need_enough_cycles_on_that_day() -> None:
    every = cycles(given_on(0, 10, 20, 30, 40))
    values = {1: (2, 4, 6, 8), 2: (3, 3, 3), 3: (1, 9)}
    scores = [
        (START + timedelta(days=10 * number + day), score)
        for day, column in values.items()
        for number, score in enumerate(column)
    ]
    summary = summarise(align(every, scores))
    assert summary.days.tolist() == [0, 1, 2, 3]
    assert summary.n.tolist() == [0, 4, 3, 2]
    assert (summary.low[1], summary.median[1], summary.high[1]) == (3.5, 5.0, 6.5)
    assert summary.median[2] == 3
    assert np.isnan(summary.median[[0, 3]]).all()
    assert summary.enough


def test_the_running_cycle_counts_in_no_median() -> None:
    every = cycles(given_on(0, 10, 20))
    scores = [(START + timedelta(days=day), 4) for day in (1, 11, 21)]
    summary = summarise(align(every, scores))
    assert summary.n.tolist() == [0, 2]
    assert not summary.enough


def test_nothing_gives_an_empty_summary() -> None:
    summary = summarise([])
    assert (len(summary.days), summary.enough) == (0, False)


@given(
    st.lists(st.integers(0, 400), min_size=1, max_size=25),
    st.dictionaries(st.integers(-20, 450), st.integers(0, 10), max_size=60),
)
def test_every_score_after_the_first_injection_has_one_place(
    given_days: list[int], scored: dict[int, int]
) -> None:
    every = cycles(given_on(*given_days))
    starts = sorted(set(given_days))
    assert [cycle.start for cycle in every] == days_after(*starts)
    placed = [
        ((one.cycle.start - START).days + day, score)
        for one in align(every, [(START + timedelta(days=day), score) for day, score in scored.items()])
        for day, score in zip(one.days, one.scores, strict=True)
    ]
    assert dict(placed) == {day: score for day, score in scored.items() if day >= starts[0]}
    assert len(placed) == len(dict(placed))


@given(st.lists(st.lists(st.integers(0, 10), min_size=1, max_size=5), min_size=FEWEST_CYCLES, max_size=9))
def test_the_median_lies_between_the_quartiles_and_the_scores(columns: list[list[int]]) -> None:
    every = cycles(given_on(*range(0, 10 * len(columns) + 1, 10)))
    scores = [
        (START + timedelta(days=10 * number + day), score)
        for number, column in enumerate(columns)
        for day, score in enumerate(column)
    ]
    summary = summarise(align(every, scores))
    known = np.isfinite(summary.median)
    assert (known == (summary.n >= FEWEST_CYCLES)).all()
    assert (summary.low[known] <= summary.median[known]).all()
    assert (summary.median[known] <= summary.high[known]).all()


def test_a_running_cycle_has_no_length() -> None:
    assert lengths([Cycle(START, None, "", None, True)]) == {}
