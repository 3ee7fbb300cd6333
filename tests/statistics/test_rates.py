"""A short run of what `make statistics` measures at length (RULES C4), with fixed seeds."""

from __future__ import annotations

import numpy as np
import pytest

from tests.statistics.__main__ import BEGIN, END, LEAST_POWER, PAGE, met, tables
from tests.statistics.diaries import World, scores
from tests.statistics.measure import Row, measure
from tests.statistics.worlds import NOTHING, RETURNS

DIARIES = 60
BY_NAME = {world.name: world for world in (*NOTHING, *RETURNS)}


def test_the_noise_is_what_it_says() -> None:
    world = World("noise", cycles=100, missing=0.0, level=5.0, sd=1.0)
    values = scores(world, np.random.default_rng(1))
    assert values.std() == pytest.approx(np.sqrt(1 + 1 / 12), abs=0.05)  # rounding adds a twelfth
    across = np.corrcoef(values.T)
    assert across[np.triu_indices(12, 1)].mean() == pytest.approx(0.5 / (1 + 1 / 12), abs=0.06)
    along = np.mean([np.corrcoef(one[1:], one[:-1])[0, 1] for one in values.T])
    assert along == pytest.approx(0.5 / (1 + 1 / 12), abs=0.05)


def test_a_fifth_of_the_scores_is_missing() -> None:
    assert np.isnan(scores(World("base"), np.random.default_rng(2))).mean() == pytest.approx(0.2, abs=0.02)


@pytest.mark.parametrize(
    "name", ["nothing", "weekends 2 worse", "4 worse from first to last day", "3 worse from an injection on"]
)
def test_nothing_is_found_where_nothing_is(name: str) -> None:
    row = measure(BY_NAME[name], DIARIES, seed=11)
    assert row.wrong <= row.allowed


def test_two_points_on_the_last_week_are_found() -> None:
    row = measure(RETURNS[0], DIARIES, seed=12)
    assert row.found is not None
    assert row.found >= LEAST_POWER


def test_four_cycles_are_left_undecided() -> None:
    row = measure(BY_NAME["the same, 4 cycles"], 3, seed=13)
    assert (row.not_enough, row.found) == (1.0, 0.0)


def test_every_parameter_is_printed_and_a_miss_is_told() -> None:
    good = Row(RETURNS[0], 2000, wrong=0.03, found=0.95, not_enough=0.0)
    assert met([good])
    assert not met([Row(RETURNS[0], 2000, wrong=0.07, found=0.95, not_enough=0.0)])
    assert not met([Row(RETURNS[0], 2000, wrong=0.03, found=0.85, not_enough=0.0)])
    text = "\n".join(tables([good]))
    for word in ("correlation", "memory", "missing", "weekend", "drift", "95.0%", "28", "1.5"):
        assert word in text


def test_the_page_has_the_rates_of_a_long_run() -> None:
    kept = PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]
    assert "2000 diaries a row" in kept
    for world in (*NOTHING, *RETURNS):
        assert f"| {world.name} |" in kept
