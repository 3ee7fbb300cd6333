"""Which date an interval rule gives: month ends, leap days, windows, offsets, ends of phases (P1 to P9)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domain.diaries import Diary, days_of, phase

GRIDS: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    ("2026-01-31", {"months": 1}, {}, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
    ("2028-01-31", {"months": 1}, {}, ["2028-01-31", "2028-02-29", "2028-03-31"]),
    (
        "2028-02-29",
        {"months": 12},
        {},
        ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"],
    ),
    ("2026-01-10", {"months": 2, "on_day": 31}, {}, ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"]),
    ("2026-02-10", {"months": 1, "on_day": 31}, {}, ["2026-02-28", "2026-03-31", "2026-04-30"]),
    ("2026-01-20", {"months": 1, "on_day": 15}, {}, ["2026-02-15", "2026-03-15"]),
    ("2026-01-05", {"weeks": 12}, {}, ["2026-01-05", "2026-03-30", "2026-06-22"]),
    ("2026-01-05", {"days": 2}, {}, ["2026-01-05", "2026-01-07", "2026-01-09"]),
    ("2026-01-06", {"weekdays": ["mon", "wed", "fri"]}, {}, ["2026-01-07", "2026-01-09", "2026-01-12"]),
    ("2026-01-05", {"weekdays": ["sun"]}, {}, ["2026-01-11", "2026-01-18"]),
    ("2026-01-05", {"days": 7}, {"first_on": "2026-01-08"}, ["2026-01-08", "2026-01-15"]),
    # the clocks change on 29 March and 25 October 2026 in Europe, on 8 March in North America
    ("2026-03-07", {"days": 1}, {}, ["2026-03-07", "2026-03-08", "2026-03-09"]),
    ("2026-03-28", {"days": 1}, {}, ["2026-03-28", "2026-03-29", "2026-03-30"]),
    ("2026-10-24", {"days": 1}, {}, ["2026-10-24", "2026-10-25", "2026-10-26"]),
]


@pytest.mark.parametrize(("start", "every", "fields", "expected"), GRIDS)
def test_a_grid_is_counted_from_its_first_date(
    start: str, every: dict[str, Any], fields: dict[str, Any], expected: list[str]
) -> None:
    diary = Diary()
    diary.plan(start, phase(every), anchor="fixed_dates", **fields)
    assert days_of(diary.due("2026-01-01", len(expected))) == expected


NEXT: list[tuple[str, dict[str, Any], str]] = [
    ("2026-01-31", {"months": 1}, "2026-02-28"),
    ("2026-02-28", {"months": 1}, "2026-03-28"),
    ("2028-02-29", {"months": 12}, "2029-02-28"),
    ("2026-01-05", {"weeks": 12}, "2026-03-30"),
    ("2026-01-05", {"months": 3}, "2026-04-05"),
    ("2026-01-05", {"days": 400}, "2027-02-09"),
    ("2026-01-05", {"weekdays": ["mon"]}, "2026-01-12"),
    ("2026-01-05", {"weekdays": ["wed", "mon"]}, "2026-01-07"),
    ("2026-01-05", {"days": [28, 30]}, "2026-02-02..2026-02-04"),
]


@pytest.mark.parametrize(("given", "every", "expected"), NEXT)
def test_the_next_one_counts_from_the_last_injection(
    given: str, every: dict[str, Any], expected: str
) -> None:
    diary = Diary(given)
    diary.plan(given, phase(every))
    diary.log(given)
    assert diary.due() == [f"{expected} upcoming 1.2"]


def test_extras_and_given_elsewhere_count_as_base() -> None:
    diary = Diary("2026-01-12")
    diary.plan("2026-01-05", phase({"days": 28}))
    diary.log("2026-01-05")
    assert diary.log("2026-01-12").extra
    assert diary.due() == ["2026-02-09 upcoming 1.2"]


FIRST: list[tuple[list[str], dict[str, Any], dict[str, Any], str]] = [
    ([], {"weeks": 12}, {}, "2026-06-01"),
    (["2026-03-23"], {"weeks": 12}, {}, "2026-06-15"),
    (["2026-01-05"], {"weeks": 12}, {}, "2026-06-01"),
    (["2026-03-23"], {"weeks": 12}, {"first_on": "2026-06-03"}, "2026-06-03"),
    (["2026-05-30"], {"weekdays": ["thu"]}, {}, "2026-06-04"),
    (["2026-05-04"], {"days": [28, 30]}, {}, "2026-06-01..2026-06-03"),
    (["2026-05-03"], {"days": [28, 30]}, {}, "2026-06-01..2026-06-02"),
    (["2026-04-01"], {"days": [28, 30]}, {}, "2026-06-01"),
]


@pytest.mark.parametrize(("given", "every", "fields", "expected"), FIRST)
def test_the_first_dose_is_not_before_the_start(
    given: list[str], every: dict[str, Any], fields: dict[str, Any], expected: str
) -> None:
    diary = Diary("2026-06-01")
    diary.log_all(*given)
    diary.plan("2026-06-01", phase(every), **fields)
    assert days_of(diary.due()) == [expected]


def test_ten_weeks_ago_and_every_twelve_weeks_is_due_in_two() -> None:
    diary = Diary("2026-11-21")
    diary.log("2026-09-12")
    diary.plan("2026-11-21", phase({"weeks": 12}))
    assert diary.due() == ["2026-12-05 upcoming 1.1"]


def test_windows_never_add_up() -> None:
    diary = Diary("2026-01-05")
    diary.plan("2026-01-05", phase({"days": [28, 30]}))
    diary.log("2026-01-05")
    assert diary.due(count=3) == [
        "2026-02-02..2026-02-04 upcoming 1.2",
        "2026-03-02..2026-03-04 upcoming 1.3~",
        "2026-03-30..2026-04-01 upcoming 1.4~",
    ]


@pytest.mark.parametrize("anchor", ["last_injection", "fixed_dates"])
def test_offsets_count_from_the_real_day_one_and_nothing_moves_them(anchor: str) -> None:
    diary = Diary("2026-01-12")
    diary.plan("2026-01-05", phase({"offsets": [1, 3, 7, 21]}, None), phase({"weeks": 4}), anchor=anchor)
    assert diary.due("2026-01-05", 4) == [
        "2026-01-05 due 1.1",
        "2026-01-07 upcoming 1.2~",
        "2026-01-11 upcoming 1.3~",
        "2026-01-25 upcoming 1.4~",
    ]
    diary.log("2026-01-06")
    diary.log("2026-01-10")
    assert diary.due("2026-01-10", 2) == ["2026-01-12 upcoming 1.3", "2026-01-26 upcoming 1.4"]
    assert diary.schedule().due[0].of == 4


def test_offsets_wait_from_today_while_the_first_is_late() -> None:
    diary = Diary("2026-01-09")
    diary.plan("2026-01-05", phase({"offsets": [1, 3, 7]}, None), anchor="fixed_dates")
    assert diary.due(count=2) == [
        "2026-01-05 late 1.1",
        "2026-01-11 upcoming 1.2~",
        "2026-01-15 upcoming 1.3~",
    ]


def test_offsets_whose_first_is_missed() -> None:
    fixed = Diary("2026-01-06")
    fixed.plan("2026-01-05", phase({"offsets": [1, 3, 7]}, None), anchor="fixed_dates")
    fixed.not_given("2026-01-05")
    assert fixed.due(count=2) == ["2026-01-07 upcoming 1.2", "2026-01-11 upcoming 1.3"]
    chained = Diary("2026-01-09")
    chained.plan("2026-01-05", phase({"offsets": [1, 3, 7]}, None))
    chained.not_given("2026-01-05")
    assert chained.due("2026-01-06", 2) == ["? ask_clinic 1.2"]
    chained.log("2026-01-09")
    assert chained.due(count=2) == ["2026-01-15 upcoming 1.3"]


def test_an_end_by_doses_counts_places() -> None:
    diary = Diary("2026-01-20")
    diary.plan("2026-01-05", phase({"days": 2}, {"doses": 3}, "Loading"), phase({"weeks": 8}))
    diary.log_all("2026-01-05", "2026-01-07")
    assert diary.due("2026-01-08") == ["2026-01-09 upcoming 1.3"]
    diary.log("2026-01-10")
    assert diary.due("2026-01-11", 2) == ["2026-03-07 to_confirm 2.1", "2026-05-02 upcoming 2.2~"]


@pytest.mark.parametrize(
    ("anchor", "last"), [("last_injection", "2026-01-12"), ("fixed_dates", "2026-01-11")]
)
def test_an_end_by_days_counts_from_the_first_injection(anchor: str, last: str) -> None:
    diary = Diary("2026-01-06")
    diary.plan("2026-01-05", phase({"days": 2}, {"days": 7}), phase({"weeks": 8}), anchor=anchor)
    diary.log("2026-01-06")
    inside = [one for one in days_of(diary.due(count=20)) if one < "2026-02-01"]
    assert inside[-1] == last


def test_an_end_by_days_reaches_further_where_the_first_was_late() -> None:
    diary = Diary("2026-01-06")
    diary.plan("2026-01-05", phase({"days": 2}, {"days": 6}), phase({"weeks": 8}), anchor="fixed_dates")
    assert "2026-01-11 upcoming 1.4" not in diary.due("2026-01-05", 9)
    diary.log("2026-01-06")
    assert "2026-01-11 upcoming 1.4" in diary.due(count=9)


def test_an_end_by_date_includes_the_date() -> None:
    diary = Diary("2026-01-05")
    diary.plan("2026-01-05", phase({"days": 2}, {"date": "2026-01-09"}), phase({"weeks": 8}))
    assert days_of(diary.due(count=4)) == ["2026-01-05", "2026-01-07", "2026-01-09", "2026-03-06"]


def test_fixed_dates_go_on_from_the_last_planned_date() -> None:
    diary = Diary("2026-02-01")
    diary.plan("2026-01-05", phase({"days": 2}, {"doses": 3}), phase({"months": 1}), anchor="fixed_dates")
    diary.log_all("2026-01-05", "2026-01-07", "2026-01-10")
    assert diary.due(count=2) == ["2026-02-09 to_confirm 2.1", "2026-03-09 upcoming 2.2"]


def test_nothing_follows_the_last_phase() -> None:
    diary = Diary("2026-02-01")
    diary.plan("2026-01-05", phase({"days": 2}, {"doses": 2}))
    diary.log_all("2026-01-05", "2026-01-07")
    assert diary.due(count=5) == []


STATES = [
    ("2026-02-01", "upcoming"),
    ("2026-02-02", "due"),
    ("2026-02-04", "due"),
    ("2026-02-07", "due"),
    ("2026-02-08", "late"),
]


@pytest.mark.parametrize(("as_of", "state"), STATES)
def test_the_state_knows_window_and_grace(as_of: str, state: str) -> None:
    diary = Diary("2026-01-05")
    diary.plan("2026-01-05", phase({"days": [28, 30]}), grace_days=3)
    diary.log("2026-01-05")
    assert diary.schedule(as_of).due[0].state == state


def test_a_late_one_comes_in_addition_to_the_count() -> None:
    diary = Diary("2026-02-10")
    diary.plan("2026-01-05", phase({"days": 28}))
    diary.log("2026-01-05")
    assert diary.due(count=2) == [
        "2026-02-02 late 1.2",
        "2026-03-10 upcoming 1.3~",
        "2026-04-07 upcoming 1.4~",
    ]


def test_a_forecast_counts_from_today_where_it_would_not_lie_ahead() -> None:
    diary = Diary("2026-01-08")
    diary.plan("2026-01-05", phase({"days": 2}), grace_days=5)
    assert diary.due() == ["2026-01-05 due 1.1", "2026-01-10 upcoming 1.2~"]


def test_fixed_dates_list_each_passed_date() -> None:
    diary = Diary("2026-01-08")
    diary.plan("2026-01-05", phase({"days": 1}), anchor="fixed_dates")
    assert diary.due() == [
        "2026-01-05 late 1.1",
        "2026-01-06 late 1.2",
        "2026-01-07 late 1.3",
        "2026-01-08 due 1.4",
    ]
