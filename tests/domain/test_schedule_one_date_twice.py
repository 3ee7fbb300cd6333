"""Records made ahead of time, and dates that name two places one after the other (P8, P10, P12)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.domain.diaries import Diary, phase


def test_a_date_reported_missed_ahead_is_no_injection_to_come() -> None:
    diary = Diary("2026-01-20")
    diary.plan("2026-01-05", phase({"days": 28}), anchor="fixed_dates")
    diary.log("2026-01-05")
    diary.not_given("2026-02-02")
    assert diary.due() == ["2026-03-02 upcoming 1.3"]


@pytest.mark.parametrize("anchor", ["last_injection", "fixed_dates"])
def test_one_named_before_the_plan_starts_is_not_asked_for_again(anchor: str) -> None:
    diary = Diary("2026-01-29")
    diary.plan("2026-02-01", phase({"days": 28}), anchor=anchor)
    diary.log("2026-01-29", answers="2026-02-01")
    diary.today = date(2026, 2, 1)
    following = {"last_injection": "2026-02-26", "fixed_dates": "2026-03-01"}[anchor]
    assert diary.due() == [f"{following} upcoming 1.2"]
    assert [one.planned for one in diary.schedule().answered.values()] == [date(2026, 2, 1)]
    assert not diary.schedule().extras


@pytest.mark.parametrize(
    ("anchor", "after"),
    [("last_injection", "? ask_clinic 2.2"), ("fixed_dates", "2026-02-16 upcoming 2.2")],
)
def test_after_a_step_a_missed_date_is_one_of_the_new_phase(anchor: str, after: str) -> None:
    """14 February was planned in the phase left on the 13th too; that one is superseded."""
    diary = Diary("2026-02-13")
    every = {"weekdays": ["mon", "wed", "sat"]} if anchor == "last_injection" else {"days": 2}
    start = "2026-02-09" if anchor == "last_injection" else "2026-02-12"
    diary.plan(start, phase(every, {"days": 30}), phase({"days": 2}), anchor=anchor)
    diary.log("2026-02-12")
    diary.step("2026-02-13")
    diary.today = date(2026, 2, 14)
    diary.not_given("2026-02-14")
    assert diary.due() == [after]


def test_a_date_missed_before_a_step_closes_nothing_of_the_next_phase() -> None:
    diary = Diary("2026-01-26")
    diary.plan("2026-01-16", phase({"offsets": [1, 9, 10]}, None), phase({"days": 5}), anchor="fixed_dates")
    diary.log("2026-01-18")
    diary.not_given("2026-01-26")
    diary.step("2026-01-26")
    assert diary.due(count=2) == ["2026-01-31 upcoming 2.1", "2026-02-05 upcoming 2.2"]


def test_the_date_answered_early_and_the_same_date_missed_are_two_places() -> None:
    """Weekly on Saturdays, given on Friday: the next Saturday is the very next day."""
    diary = Diary("2026-01-09")
    diary.plan("2026-01-03", phase({"weekdays": ["sat"]}))
    diary.log("2026-01-03")
    diary.log("2026-01-09")
    assert diary.due() == ["2026-01-10 upcoming 1.3"]
    diary.today = date(2026, 1, 10)
    diary.not_given("2026-01-10")
    assert diary.due() == ["? ask_clinic 1.4"]
    assert [one.number for one in diary.schedule().answered.values()] == [1, 2]


def test_the_clinics_date_may_be_sooner_than_the_one_reported_missed() -> None:
    diary = Diary("2026-02-26")
    diary.plan("2026-01-01", phase({"days": 28}))
    diary.log("2026-01-01")
    diary.not_given("2026-01-29")
    diary.log("2026-02-01")
    diary.log("2026-02-26")
    diary.not_given("2026-03-26")
    diary.agree("2026-03-24")
    assert diary.due() == ["2026-03-24 upcoming 1.6"]


def test_the_last_offset_reported_missed_ahead_takes_no_dose_from_the_one_before() -> None:
    diary = Diary("2026-02-04")
    diary.plan("2026-01-31", phase({"offsets": [1, 4, 14]}, None), phase({"days": 7}))
    diary.log_all("2026-01-31", "2026-02-04")
    diary.not_given("2026-02-13")
    assert diary.answered() == {"2026-01-31": "1.1", "2026-02-04": "1.2"}
    assert diary.due() == ["2026-02-11 to_confirm 2.1"]


def test_a_postponed_one_given_early_is_none_of_those_to_come() -> None:
    diary = Diary("2026-01-04")
    diary.plan("2026-01-05", phase({"days": 28}), anchor="fixed_dates")
    diary.not_given("2026-01-05", "postponed", "2026-01-20")
    diary.today = date(2026, 1, 6)
    diary.log("2026-01-06", answers="2026-01-05")
    assert diary.due() == ["2026-02-02 upcoming 1.2"]
