"""The claims about schedules that the source articles make, one test each, named after its number."""

from __future__ import annotations

import inspect
from dataclasses import fields

import pytest

from b12desk.domain.plan import in_words, read_plan
from b12desk.domain.schedule import Course, build, place
from tests.domain.diaries import Diary, day, days_of, line, phase, plan_data

LOADING = phase({"days": 2}, {"doses": 3}, "Loading")
UPKEEP = phase({"weeks": 12}, name="Maintenance")


def loaded(anchor: str = "last_injection", today: str = "2026-01-12") -> Diary:
    diary = Diary(today)
    diary.plan("2026-01-05", LOADING, UPKEEP, anchor=anchor)
    diary.log_all("2026-01-05", "2026-01-07", "2026-01-09")
    return diary


def test_s19_a_plan_has_ordered_phases_and_the_present_one_is_told() -> None:
    diary = loaded()
    assert (diary.schedule("2026-01-05").phase, diary.schedule("2026-01-09").phase) == (1, 1)
    diary.step("2026-01-10")
    assert diary.schedule().phase == 2
    assert diary.schedule().due[0].phase_name == "Maintenance"


FREQUENT = [
    ({"days": 1}, ["2026-01-05", "2026-01-06", "2026-01-07"]),
    ({"days": 2}, ["2026-01-05", "2026-01-07", "2026-01-09"]),
    ({"weekdays": ["mon", "wed", "fri"]}, ["2026-01-05", "2026-01-07", "2026-01-09"]),
    ({"days": 3}, ["2026-01-05", "2026-01-08", "2026-01-11"]),
    ({"weeks": 1}, ["2026-01-05", "2026-01-12", "2026-01-19"]),
]


@pytest.mark.parametrize(("every", "expected"), FREQUENT)
@pytest.mark.parametrize("anchor", ["last_injection", "fixed_dates"])
def test_s20_loading_can_be_daily_alternate_some_a_week_or_weekly(
    every: dict[str, object], expected: list[str], anchor: str
) -> None:
    diary = Diary("2026-01-05")
    diary.plan("2026-01-05", phase(every), anchor=anchor)
    assert days_of(diary.due(count=3)) == expected


@pytest.mark.parametrize("every", [{"days": 1}, {"weeks": 4}, {"weeks": 8}, {"months": 3}, {"months": 6}])
def test_s22_maintenance_reaches_from_a_day_to_half_a_year(every: dict[str, int]) -> None:
    diary = Diary("2026-01-05")
    diary.plan("2026-01-05", phase(every))
    diary.log("2026-01-05")
    assert days_of(diary.due())[0] <= "2026-07-05"


def test_s23_an_adjustment_is_a_dated_revision_with_its_reason() -> None:
    diary = loaded(today="2026-06-01")
    revised = diary.plan("2026-06-01", phase({"weeks": 8}), ordered_by="Dr Green", why="symptoms came back")
    assert [plan.started_on for plan in diary.course.plans] == [day("2026-01-05"), day("2026-06-01")]
    assert (revised.ordered_by, revised.why) == ("Dr Green", "symptoms came back")
    assert diary.schedule().plan == revised
    assert diary.schedule("2026-05-31").plan == diary.course.plans[0]


def test_s24_the_transition_is_an_explicit_dated_step() -> None:
    diary = loaded()
    assert diary.due() == ["2026-04-03 to_confirm 2.1"]
    diary.step("2026-01-12")
    step = diary.course.steps[0]
    assert (step.on, step.told_by) == (day("2026-01-12"), "clinic")
    assert diary.due() == ["2026-04-03 upcoming 2.1"]


@pytest.mark.parametrize("as_of", ["2026-01-09", "2026-04-03", "2026-09-01"])
@pytest.mark.parametrize("anchor", ["last_injection", "fixed_dates"])
def test_s25_the_app_asks_and_never_switches_by_itself(as_of: str, anchor: str) -> None:
    diary = loaded(anchor)
    schedule = diary.schedule(as_of)
    assert schedule.due[0].state == "to_confirm"
    assert schedule.phase == 1
    assert "Has your clinic moved you on" in " ".join(message.text for message in schedule.messages)


@pytest.mark.parametrize("anchor", ["last_injection", "fixed_dates"])
def test_s26_loading_is_never_extended_in_silence(anchor: str) -> None:
    diary = loaded(anchor)
    assert all(one.phase == 2 for one in diary.schedule("2026-02-01", 10).due)
    assert "phase_end_ask" in diary.codes("2026-02-01")


def test_s28_a_plan_may_have_no_end() -> None:
    diary = Diary("2026-01-05")
    plan = diary.plan("2026-01-05", UPKEEP, lifelong=True)
    assert plan.lifelong
    assert "without an end date" in in_words(plan)
    assert len(diary.due(count=200)) == 200


def test_s29_a_review_date_reminds_and_stops_nothing() -> None:
    diary = Diary("2026-06-01")
    diary.plan("2026-01-05", UPKEEP, review_on="2026-03-01")
    diary.log("2026-01-05")
    without = Diary("2026-06-01")
    without.plan("2026-01-05", UPKEEP)
    without.log("2026-01-05")
    assert diary.due(count=5) == without.due(count=5)
    assert "review_due" in diary.codes()


def test_s30_scores_are_no_input_of_the_schedule() -> None:
    assert {field.name for field in fields(Course)} == {"plans", "steps", "agreed", "injections", "not_given"}
    assert set(inspect.signature(build).parameters) == {"course", "as_of", "count"}


def test_s31_four_kinds_of_monthly_part_ways() -> None:
    found = {}
    for name, every in {
        "4 weeks": {"days": 28},
        "30 days": {"days": 30},
        "28 to 30 days": {"days": [28, 30]},
        "calendar month": {"months": 1},
    }.items():
        diary = Diary("2026-01-05")
        diary.plan("2026-01-05", phase(every))
        diary.log("2026-01-05")
        found[name] = days_of(diary.due())[0]
    assert found == {
        "4 weeks": "2026-02-02",
        "30 days": "2026-02-04",
        "28 to 30 days": "2026-02-02..2026-02-04",
        "calendar month": "2026-02-05",
    }


def test_s32_a_tolerance_window_and_no_word_of_blame() -> None:
    diary = Diary("2026-02-04")
    diary.plan("2026-01-05", phase({"days": 28}), grace_days=2)
    diary.log("2026-01-05")
    assert [diary.schedule(on).due[0].state for on in ("2026-02-04", "2026-02-05")] == ["due", "late"]
    assert "overdue" not in diary.schedule("2026-02-05").due[0].why


@pytest.mark.parametrize("reason", ["missed", "unknown"])
@pytest.mark.parametrize("anchor", ["last_injection", "fixed_dates"])
def test_s33_a_missed_one_is_never_doubled_added_or_moved_up(anchor: str, reason: str) -> None:
    diary = Diary("2026-02-03")
    diary.plan("2026-01-05", phase({"days": 28}, {"doses": 4}), anchor=anchor)
    diary.log("2026-01-05")
    ahead = days_of(diary.due("2026-02-02", 9))
    diary.not_given("2026-02-02", "missed" if reason == "missed" else "unknown")
    after = days_of(diary.due(count=9))
    assert after == (ahead[1:] if anchor == "fixed_dates" else ["?"])
    assert len(set(after)) == len(after)


def test_s33_one_not_logged_stays_one() -> None:
    diary = Diary("2026-12-31")
    diary.plan("2026-01-05", phase({"days": 28}))
    diary.log("2026-01-05")
    late = [one for one in diary.schedule().due if one.state == "late"]
    assert [line(one) for one in late] == ["2026-02-02 late 1.2"]


def test_s34_after_a_missed_one_the_clinics_answer_is_recorded() -> None:
    diary = Diary("2026-02-03")
    diary.plan("2026-01-05", phase({"days": 28}))
    diary.log("2026-01-05")
    diary.not_given("2026-02-02")
    waiting = diary.schedule().due[0]
    assert (waiting.on, waiting.state) == (None, "ask_clinic")
    assert "ask your clinic" in waiting.why
    diary.agree("2026-02-11")
    agreed = diary.schedule().due[0]
    assert (agreed.on, agreed.state) == (day("2026-02-11"), "upcoming")
    assert agreed.why.startswith("Agreed with your clinic")


def test_s46_a_preset_country_is_no_part_of_the_plan_and_all_of_it_can_be_edited() -> None:
    data = plan_data("2026-01-05", LOADING, UPKEEP)
    edited = {**data, "phases": [{**LOADING, "every": {"days": 3}}, {**UPKEEP, "every": {"days": [80, 90]}}]}
    stamp = {"id": "plan", "person_id": "ada", "recorded_by": "self"}
    plan = read_plan(edited, **stamp, recorded_at=loaded().course.plans[0].recorded_at, product_ids={})
    assert [in_words(one.every) for one in plan.phases] == ["every 3 days", "every 80 to 90 days"]


def test_why_names_the_injection_and_the_plan() -> None:
    diary = Diary("2026-10-07")
    diary.plan("2026-03-03", phase({"weeks": 8}), first_on="2026-10-06")
    diary.log("2026-10-06")
    assert diary.schedule().due[0].why == (
        "56 days after the injection of 6 October 2026. "
        "Plan of 3 March 2026: every 8 weeks, counted from the last injection."
    )
    injection = diary.course.injections[0]
    assert place(diary.course, injection, diary.today).planned == day("2026-10-06")
