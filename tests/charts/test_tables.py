"""The table behind each chart has the chart's numbers; hovering reads the same data."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from b12desk.charts.data import EventMark, InjectionMark, LabPoint, LabSeries, Scores, TimelineData
from b12desk.charts.tables import csv_text, near, table
from tests.charts import samples

DAY = date(2026, 3, 2)
WEEK = TimelineData(
    DAY,
    DAY + timedelta(days=6),
    (
        Scores.of(
            "tingling", "Tingling", [(DAY, 3), (DAY + timedelta(days=2), 0), (DAY + timedelta(days=9), 8)]
        ),
    ),
    (
        InjectionMark(DAY - timedelta(days=9), text="1000 micrograms (1 mg)"),
        InjectionMark(DAY + timedelta(days=3), planned=DAY, text="1000 micrograms (1 mg)"),
    ),
    (
        LabSeries(
            "serum_b12", "Serum B12", "pmol/L", (LabPoint(DAY, 1476.0, ">2000 pg/mL", ">", 150.0, 560.0),)
        ),
    ),
    (EventMark(DAY + timedelta(days=1), "Travel", DAY + timedelta(days=4)),),
)


def test_the_timeline_table_has_what_the_range_has() -> None:
    assert table(WEEK) == [
        ["date", "until", "kind", "what", "value", "note"],
        ["2026-03-05", "", "injection", "given", "1000 micrograms (1 mg)", "planned for 2026-03-02"],
        ["2026-03-02", "", "score", "Tingling", "3", ""],
        ["2026-03-04", "", "score", "Tingling", "0", ""],
        ["2026-03-02", "", "lab", "Serum B12", ">2000 pg/mL", "150 to 560 pmol/L"],
        ["2026-03-03", "2026-03-06", "event", "Travel", "", ""],
    ]


def test_the_overlay_table_leaves_a_median_blank_where_there_is_none() -> None:
    rows = table(samples.overlay(9))
    assert rows[0][1:4] == ["days since the injection", "intervals", "median"]
    assert all(int(row[2]) > 0 for row in rows[1:])
    assert all((row[3] == "") == (int(row[2]) < 3) for row in rows[1:])


@pytest.mark.parametrize("data", [samples.labs_data(900), samples.intervals_data(900), samples.overlay(4)])
def test_every_row_has_every_column(data: object) -> None:
    heading, *rows = table(data)
    assert rows
    assert {len(row) for row in rows} == {len(heading)}


def test_only_chart_data_has_a_table() -> None:
    with pytest.raises(TypeError):
        table("scores")


def test_csv_runs_nothing_in_a_spreadsheet() -> None:
    text = csv_text([["what", "value"], ["=1+1", "-0.5"], ["a,b", "@x"]])
    assert list(csv.reader(io.StringIO(text))) == [["what", "value"], ["'=1+1", "-0.5"], ["a,b", "'@x"]]


def test_near_a_day_are_its_scores_its_marks_and_the_days_since() -> None:
    found = near(WEEK, DAY)
    assert found.scores == (("Tingling", 3),)
    assert found.injections == ()
    assert [point.shown for _, point in found.labs] == [">2000 pg/mL"]
    assert found.days_since == 9
    assert near(WEEK, DAY + timedelta(days=1)).scores == ()
    assert [event.label for event in near(WEEK, DAY + timedelta(days=4)).events] == ["Travel"]
    assert len(near(WEEK, DAY + timedelta(days=1), reach=2).injections) == 1
    assert near(WEEK, DAY + timedelta(days=4)).days_since == 1
    assert near(WEEK, DAY - timedelta(days=30)).days_since is None
