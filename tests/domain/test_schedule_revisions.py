"""Phases the clinic has to confirm, steps, revisions, and what they replace (P8, P9, P13, P15)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from b12desk.domain.errors import Invalid
from b12desk.domain.plan import read_plan
from b12desk.domain.schedule import build, check_new_revision
from tests.domain.diaries import Diary, line, phase, plan_data

LOADING = phase({"days": 2}, {"doses": 3}, "Loading")
UPKEEP = phase({"weeks": 8}, name="Upkeep")


def loaded(anchor: str = "last_injection", today: str = "2026-01-12") -> Diary:
    """Three loading doses given as planned, upkeep to follow."""
    diary = Diary(today)
    diary.plan("2026-01-05", LOADING, UPKEEP, anchor=anchor)
    diary.log_all("2026-01-05", "2026-01-07", "2026-01-09")
    return diary


@pytest.mark.parametrize("anchor", ["last_injection", "fixed_dates"])
def test_a_step_after_the_end_confirms_and_keeps_the_date(anchor: str) -> None:
    diary = loaded(anchor)
    assert diary.due() == ["2026-03-06 to_confirm 2.1"]
    assert diary.schedule().phase == 1
    diary.step("2026-01-12")
    assert diary.due() == ["2026-03-06 upcoming 2.1"]
    assert diary.schedule().phase == 2
    assert "phase_end_ask" not in diary.codes()


@pytest.mark.parametrize("anchor", ["last_injection", "fixed_dates"])
def test_one_to_confirm_may_be_answered_and_the_question_stays(anchor: str) -> None:
    diary = loaded(anchor, "2026-03-06")
    diary.log("2026-03-06")
    assert diary.due() == ["2026-05-01 upcoming 2.2"]
    assert "phase_end_ask" in diary.codes()
    diary.step("2026-03-06")
    assert diary.due() == ["2026-05-01 upcoming 2.2"]
    assert "phase_end_ask" not in diary.codes()


@pytest.mark.parametrize("anchor", ["last_injection", "fixed_dates"])
def test_an_open_end_goes_on_until_the_step(anchor: str) -> None:
    diary = Diary("2026-01-11")
    diary.plan("2026-01-05", phase({"days": 2}, "clinician_says"), UPKEEP, anchor=anchor)
    diary.log_all("2026-01-05", "2026-01-07", "2026-01-09")
    assert {one.split(".")[0][-1] for one in diary.due(count=30)} == {"1"}
    diary.step("2026-01-10")
    assert diary.due() == ["2026-03-06 upcoming 2.1"]
    assert next(line(one) for one in diary.schedule().superseded) == "2026-01-11 superseded 1.4"


def test_a_step_is_not_before_its_day() -> None:
    diary = Diary("2026-03-01")
    diary.plan("2026-01-05", phase({"days": 2}, "clinician_says"), phase({"weeks": 2}))
    diary.log_all("2026-01-05")
    diary.step("2026-03-01")
    assert diary.due() == ["2026-01-07 late 1.2", "2026-03-01 due 2.1"]
    assert "Not before this day" in diary.schedule().due[-1].why


def test_after_an_early_step_only_its_phase_is_answered() -> None:
    diary = Diary("2026-03-02")
    diary.plan("2026-01-05", phase({"days": 2}, "clinician_says"), phase({"weeks": 2}))
    diary.log_all("2026-01-05")
    diary.step("2026-03-01")
    diary.log("2026-03-02")
    assert diary.answered()["2026-03-02"] == "2.1"
    assert diary.due() == ["2026-01-07 late 1.2", "2026-03-16 upcoming 2.2"]
    diary.not_given("2026-01-07")
    assert diary.due() == ["2026-03-16 upcoming 2.2"]


STEPS = [("2026-01-13", "still to come"), ("2026-01-08", "injection"), ("2026-01-04", "injection")]


@pytest.mark.parametrize(("on", "words"), STEPS)
def test_steps_refused(on: str, words: str) -> None:
    diary = loaded()
    with pytest.raises(Invalid, match=words):
        diary.step(on)


def test_no_step_beyond_the_last_phase() -> None:
    diary = loaded()
    diary.step("2026-01-12")
    with pytest.raises(Invalid, match="no further phase"):
        diary.step("2026-01-12")


def test_the_last_one_of_a_phase_missed_leads_on() -> None:
    diary = Diary("2026-01-12")
    diary.plan("2026-01-05", LOADING, UPKEEP)
    diary.log_all("2026-01-05", "2026-01-07")
    diary.not_given("2026-01-09")
    assert diary.due() == ["2026-03-04 to_confirm 2.1"]
    assert "phase_short" in diary.codes()


def test_after_a_missed_one_the_end_is_judged_by_the_interval() -> None:
    diary = Diary("2026-01-12")
    diary.plan("2026-01-05", phase({"days": 2}, {"days": 5}), UPKEEP)
    diary.log_all("2026-01-05", "2026-01-07")
    diary.not_given("2026-01-09")
    assert diary.due() == ["2026-03-04 to_confirm 2.1"]


def test_an_agreed_date_beyond_the_end_stays_in_its_phase() -> None:
    diary = Diary("2026-01-08")
    diary.plan("2026-01-05", phase({"days": 2}, {"days": 7}), UPKEEP)
    diary.log("2026-01-05")
    diary.not_given("2026-01-07")
    diary.agree("2026-01-20")
    assert diary.due() == ["2026-01-20 upcoming 1.3"]


def test_a_revision_replaces_what_lies_from_its_start_on() -> None:
    diary = Diary("2026-01-12")
    diary.plan("2026-01-05", phase({"days": 7}))
    diary.log("2026-01-05")
    diary.plan("2026-01-12", phase({"weeks": 4}))
    schedule = diary.schedule()
    assert diary.due() == ["2026-02-02 upcoming 1.1"]
    assert [line(one) for one in schedule.superseded] == ["2026-01-12 superseded 1.2"]


@pytest.mark.parametrize("anchor", ["last_injection", "fixed_dates"])
def test_an_older_open_one_stays_and_is_answered_by_name_only(anchor: str) -> None:
    diary = Diary("2026-02-02")
    diary.plan("2026-01-05", phase({"days": 7}, {"doses": 2}), anchor=anchor)
    diary.log("2026-01-05")
    diary.plan("2026-01-20", phase({"weeks": 2}), first_on="2026-02-02", anchor=anchor)
    assert diary.due() == ["2026-01-12 late 1.2", "2026-02-02 due 1.1"]
    named = replace(diary.course)
    diary.log("2026-02-02")
    assert diary.due() == ["2026-01-12 late 1.2", "2026-02-16 upcoming 1.2"]
    diary.course = named
    diary.log("2026-02-01", answers="2026-01-12")
    assert diary.due() == ["2026-02-02 due 1.1"]


def test_an_injection_belongs_to_the_revision_of_its_day() -> None:
    diary = Diary("2026-01-22")
    diary.plan("2026-01-05", phase({"days": 7}))
    diary.log_all("2026-01-05", "2026-01-12", "2026-01-19")
    diary.plan("2026-01-19", phase({"weeks": 8}), first_on="2026-01-19")
    assert diary.due() == ["2026-03-16 upcoming 1.2"]
    assert diary.answered() == {"2026-01-05": "1.1", "2026-01-12": "1.2", "2026-01-19": "1.1"}


def test_of_one_start_the_newest_recorded_is_in_force() -> None:
    diary = Diary("2026-01-05")
    diary.plan("2026-01-05", phase({"days": 7}))
    newer = diary.plan("2026-01-05", phase({"days": 9}))
    schedule = diary.schedule(count=2)
    assert {one.plan_id for one in schedule.due} == {newer.id}


def test_a_revision_still_to_start_is_a_forecast() -> None:
    diary = Diary("2026-01-06")
    diary.plan("2026-01-05", phase({"days": 7}))
    diary.log("2026-01-05")
    diary.plan("2026-01-20", phase({"weeks": 4}))
    assert diary.due(count=4) == [
        "2026-01-12 upcoming 1.2",
        "2026-01-19 upcoming 1.3~",
        "2026-02-16 upcoming 1.1~",
        "2026-03-16 upcoming 1.2~",
    ]
    assert not diary.schedule().superseded


def test_the_present_plans_next_one_is_replaced_only_when_the_new_plan_is_in_force() -> None:
    diary = Diary("2026-01-06")
    diary.plan("2026-01-05", phase({"weeks": 4}), anchor="fixed_dates")
    diary.log("2026-01-05")
    diary.plan("2026-01-20", phase({"weeks": 8}), anchor="fixed_dates")
    assert diary.due(count=9)[:3] == [
        "2026-01-20 upcoming 1.1~",
        "2026-02-02 upcoming 1.2",
        "2026-03-17 upcoming 1.2~",
    ]
    assert diary.due("2026-01-20") == ["2026-01-20 due 1.1"]


def test_the_first_plan_still_to_start_is_no_forecast() -> None:
    diary = Diary("2026-01-06")
    diary.plan("2026-01-20", phase({"weeks": 4}))
    assert diary.due(count=2) == ["2026-01-20 upcoming 1.1", "2026-02-17 upcoming 1.2~"]
    diary.not_given("2026-01-20", "postponed", "2026-01-22")
    assert diary.due() == ["2026-01-22 upcoming 1.1"]


def test_a_first_phase_may_not_end_before_its_first_dose() -> None:
    diary = Diary("2026-01-06")
    diary.plan("2025-01-05", phase({"days": 7}))
    diary.log("2026-01-05")
    for end, refused in (("2026-02-01", True), ("2026-02-02", False)):
        data = plan_data("2026-01-06", phase({"weeks": 4}, {"date": end}), UPKEEP)
        plan = read_plan(
            data,
            id="next",
            person_id="ada",
            recorded_by="self",
            recorded_at=diary.course.plans[0].recorded_at,
            product_ids={},
        )
        if refused:
            with pytest.raises(Invalid) as error:
                check_new_revision(diary.course, plan, diary.today)
            assert error.value.path == "phases[0].until"
        else:
            check_new_revision(diary.course, plan, diary.today)


def test_the_order_of_the_records_says_nothing() -> None:
    diary = loaded()
    diary.step("2026-01-12")
    course = diary.course
    turned = replace(course, injections=course.injections[::-1], plans=course.plans[::-1])
    assert build(turned, diary.today, 3) == build(course, diary.today, 3)


def test_a_name_reaches_into_the_next_revision() -> None:
    diary = Diary("2026-01-21")
    diary.plan("2026-01-05", phase({"days": 7}, {"doses": 1}))
    diary.plan("2026-01-20", phase({"weeks": 4}))
    diary.log("2026-01-19", answers="2026-01-20")
    assert diary.due() == ["2026-02-16 upcoming 1.2"]
