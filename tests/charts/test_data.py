"""What charts accept: whole scores from 0 to 10, one a day, and never wellbeing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from b12desk.charts.data import CycleOverlayData, IntervalsData, Scores, newest_phase
from b12desk.domain.cycles import cycles
from b12desk.domain.errors import BugError
from tests.charts import samples

DAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    "points", [[(DAY, 11)], [(DAY, -1)], [(DAY, 3), (DAY, 4)]], ids=["11", "-1", "two on a day"]
)
def test_impossible_scores_are_refused(points: list[tuple[date, int]]) -> None:
    with pytest.raises(BugError):
        Scores.of("tingling", "Tingling", points)


def test_wellbeing_is_never_mixed_in() -> None:
    with pytest.raises(BugError, match="wellbeing"):
        Scores.of("wellbeing", "Wellbeing", [(DAY, 7)])


def test_scores_come_back_in_order_and_by_range() -> None:
    points = [(DAY + timedelta(days=day), day % 11) for day in (9, 0, 4)]
    scores = Scores.of("tingling", "Tingling", points)
    assert scores.pairs() == sorted(points)
    assert scores.within(DAY, DAY + timedelta(days=4)).pairs() == sorted(points)[:2]
    assert Scores.of("tingling", "Tingling", []).pairs() == []


def test_the_overlay_shows_one_phase() -> None:
    days = [DAY + timedelta(days=day) for day in (0, 3, 6, 62, 118, 174)]
    given = [samples.injection(number, day) for number, day in enumerate(days)]
    names = ["Loading"] * 3 + ["Maintenance"] * 3
    every = cycles(given, {one.id: name for one, name in zip(given, names, strict=True)})
    scores = [Scores.of("tingling", "Tingling", [(DAY + timedelta(days=day), 4) for day in range(170)])]
    assert newest_phase(every) == "Maintenance"
    maintenance = CycleOverlayData.of(every, scores)
    assert {one.cycle.phase for one in maintenance.panels[0].aligned} == {"Maintenance"}
    loading = CycleOverlayData.of(every, scores, phase="Loading")
    assert [one.cycle.start for one in loading.panels[0].aligned] == days[:3]
    assert newest_phase(()) == ""


def test_intervals_carry_the_interval_planned_then() -> None:
    given = [samples.injection(number, DAY + timedelta(days=56 * number)) for number in range(4)]
    rule = [(DAY, 56), (DAY + timedelta(days=100), 42)]
    data = IntervalsData.of(cycles(given), since=DAY, until=DAY + timedelta(days=120), planned=rule)
    assert [(one.days, one.planned) for one in data.intervals] == [(56, 56), (56, 42)]
