"""What the person noted beside scores: effect, better or worse, baseline; and two periods side by side."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from matplotlib.text import Text

from b12desk.charts.calendar import calendar_figure
from b12desk.charts.cycle_overlay import cycle_overlay_figure
from b12desk.charts.data import (
    CalendarData,
    InjectionMark,
    LabPoint,
    LabsData,
    LabSeries,
    TimelineData,
    TrendMark,
)
from b12desk.charts.intervals import intervals_figure
from b12desk.charts.labs import labs_figure
from b12desk.charts.periods import periods_figure
from b12desk.charts.style import DARK, LIGHT, PRINT, Style
from b12desk.charts.tables import near, table
from b12desk.charts.timeline import LAG, timeline_figure
from b12desk.domain.periods import Period, Periods, TextPair, symptom_pairs
from tests.charts import samples
from tests.charts.test_boxes import SIZES, problems, texts

FIRST = Period(date(2026, 1, 1), date(2026, 3, 31))
SECOND = Period(date(2026, 4, 1), date(2026, 6, 30))


def words(figure) -> str:
    return "\n".join(text.get_text() for text in figure.findobj(Text))


def periods(symptoms: int = 12, labs: int = 8) -> Periods:
    scores = {
        f"{samples.LABELS[number % 6]} {number}": [
            (FIRST.since + timedelta(days=day), (day + number) % 11) for day in range(0, 180, 2)
        ]
        for number in range(symptoms)
    }
    rows = tuple(TextPair(f"Analyte {number}", "312 pg/mL, 3 May 2026", "") for number in range(labs))
    return Periods(FIRST, SECOND, symptom_pairs(FIRST, SECOND, scores), (), rows, "Sample Person")


def test_s9_better_same_and_worse_stand_on_the_time_axis() -> None:
    since = date(2026, 1, 1)
    marks = (
        TrendMark(date(2026, 2, 1), "better", date(2026, 1, 20)),
        TrendMark(date(2026, 3, 1), "worse", label="Brain fog"),
    )
    data = TimelineData(since, date(2026, 4, 1), trends=marks)
    written = words(timeline_figure(data))
    for word in ("Better or worse", "noted as better", "noted as worse"):
        assert word in written
    assert "noted as same" not in written
    assert table(data)[1:] == [
        ["2026-02-01", "", "trend", "overall", "better", "since 2026-01-20"],
        ["2026-03-01", "", "trend", "Brain fog", "worse", ""],
    ]
    assert near(data, date(2026, 3, 2), 1).trends == (marks[1],)


def test_s10_how_long_the_effect_lasted_is_drawn_and_told() -> None:
    mark = InjectionMark(date(2026, 1, 5), effect_until=date(2026, 2, 20))
    data = TimelineData(date(2026, 1, 1), date(2026, 4, 1), injections=(mark,))
    assert "effect lasted, as noted" in words(timeline_figure(data))
    assert table(data)[1][-1] == "effect lasted until 2026-02-20"
    intervals = samples.intervals_data(1200)
    assert "effect lasted, as noted" in words(intervals_figure(intervals))
    assert {row[4] for row in table(intervals)[1:]} == {"", "30"}


def test_s13_the_baseline_has_a_ring_of_its_own() -> None:
    points = (
        LabPoint(date(2026, 1, 2), 150.0, "150 pmol/L", baseline=True),
        LabPoint(date(2026, 3, 2), 400.0, "400 pmol/L"),
    )
    data = LabsData(date(2026, 1, 1), date(2026, 4, 1), (LabSeries("serum_b12", "B12", "pmol/L", points),))
    assert "baseline, as marked" in words(labs_figure(data))
    assert [row[-1] for row in table(data)[1:]] == ["baseline", ""]


@pytest.mark.parametrize(("symptoms", "analytes"), [(3, 1), (3, 0), (0, 1)])
def test_s50_where_labs_and_symptoms_stand_together_a_note_says_that_symptoms_may_lag(
    symptoms: int, analytes: int
) -> None:
    assert "nerve symptoms most" in LAG
    written = words(timeline_figure(samples.timeline(365, symptoms, analytes, 0)))
    assert (LAG in written) == bool(symptoms and analytes)


def test_s37_cycles_lie_over_each_other_with_the_day_on_which_symptoms_return() -> None:
    data = samples.returning(9)
    crossing = data.panels[0].crossing
    assert crossing is not None
    assert 38 <= crossing.median <= 50
    assert f"reaches 5 on day {crossing.median:.0f}" in words(cycle_overlay_figure(data))


def test_cycles_before_and_after_a_revision_are_compared_and_never_mixed() -> None:
    since = samples.END - timedelta(days=5 * 56)
    data = samples.returning(9, since=since)
    assert {cycle.start >= since for cycle in data.cycles} == {True}
    before = data.panels[0].before
    assert before is not None
    assert int(before.n.max()) + int(data.panels[0].summary.n.max()) <= 9
    assert "median before the plan of" in words(cycle_overlay_figure(data))
    assert table(data)[0][-1] == "median before it"


def test_without_a_cycle_before_the_revision_nothing_is_compared() -> None:
    data = samples.returning(4, since=date(2000, 1, 1))
    assert data.revised_on is None
    assert len(data.cycles) == 5


@pytest.mark.parametrize("size", [*SIZES, (9.0, 5.0)], ids=str)
@pytest.mark.parametrize("style", [LIGHT, DARK, PRINT], ids=lambda style: style.name)
@pytest.mark.parametrize(("symptoms", "labs"), [(0, 3), (1, 0), (12, 8), (30, 30)])
def test_two_periods_are_written_without_overlap(
    size: tuple[float, float], style: Style, symptoms: int, labs: int
) -> None:
    figure = periods_figure(periods(symptoms, labs), style, size)
    assert problems(figure) == []
    assert texts(figure)


def test_s71_two_periods_stand_side_by_side_without_a_verdict() -> None:
    data = periods(2, 1)
    head, *rows = table(data)
    assert head == ["what", "2026-01-01 to 2026-03-31", "2026-04-01 to 2026-06-30"]
    assert rows[0][1:] == ["median 5 (2 to 8), 45 days", "median 5 (2 to 8), 45 days"]
    written = (words(periods_figure(data)) + str(rows)).casefold()
    for verdict in ("better", "worse", "improve", "worked", "success", "%"):
        assert verdict not in written.replace("0 none to 10 worst", "")


def test_two_periods_without_an_entry_say_so() -> None:
    assert "Nothing is recorded" in words(periods_figure(Periods(FIRST, SECOND)))


def year(number: int = 1) -> CalendarData:
    data = samples.timeline(400, number)
    return CalendarData(2026, data.scores[0] if data.scores else None, data.injections, "Sample Person")


@pytest.mark.parametrize("size", [*SIZES, (9.0, 4.5)], ids=str)
@pytest.mark.parametrize("style", [LIGHT, DARK, PRINT.larger(1.6)], ids=lambda style: style.name)
def test_the_calendar_is_written_without_overlap(size: tuple[float, float], style: Style) -> None:
    figure = calendar_figure(year(), style, size)
    assert problems(figure) == []
    assert "injection given" in words(figure)


def test_the_calendar_has_each_score_of_the_year_and_leaves_blank_days_blank() -> None:
    data = year()
    figure = calendar_figure(data, LIGHT, (11.0, 7.0))
    assert data.scores is not None
    scores = data.scores.within(date(2026, 1, 1), date(2026, 12, 31)).pairs()
    numbers = [text for text in figure.findobj(Text) if text.get_text().isdigit()]
    assert len(numbers) == len(scores) + 31
    cells = {row[0]: row[1] for row in table(data)[1:] if row[1]}
    assert cells == {day.isoformat(): str(score) for day, score in scores}
    given = {row[0] for row in table(data)[1:] if row[2] == "given"}
    assert given == {
        mark.on.isoformat() for mark in data.marks() if mark.state == "given" and not mark.approximate
    }


def test_a_year_without_an_entry_says_so() -> None:
    assert "recorded in 1999" in words(calendar_figure(CalendarData(1999)))
