"""Which place an injection answers: on time, late, early, extra, named, backfilled (P10 to P14)."""

from __future__ import annotations

import pytest

from b12desk.domain.errors import Invalid
from b12desk.domain.schedule import renumbered
from tests.domain.diaries import Diary, day, phase


def weekly(anchor: str = "last_injection", today: str = "2026-03-01", **fields: int) -> Diary:
    """A plan every 28 days from 5 January 2026."""
    diary = Diary(today)
    diary.plan("2026-01-05", phase({"days": 28}), anchor=anchor, **fields)
    return diary


def test_a_late_one_answers_and_last_injection_counts_from_it() -> None:
    diary = weekly()
    diary.log_all("2026-01-05", "2026-02-07")
    schedule = diary.schedule()
    assert diary.due() == ["2026-03-07 upcoming 1.3"]
    assert "28 days after the injection of 7 February 2026; was 2 March 2026." in schedule.due[0].why
    assert "late_counted" in diary.codes()


def test_fixed_dates_stay_after_a_late_one() -> None:
    diary = weekly("fixed_dates")
    diary.log_all("2026-01-05", "2026-02-07")
    assert diary.due() == ["2026-03-02 upcoming 1.3"]
    assert diary.answered() == {"2026-01-05": "1.1", "2026-02-07": "1.2"}
    assert "late_counted" not in diary.codes()


@pytest.mark.parametrize("anchor", ["last_injection", "fixed_dates"])
@pytest.mark.parametrize(("on", "early"), [("2026-01-19", False), ("2026-01-20", True)])
def test_only_past_the_middle_is_early(anchor: str, on: str, early: bool) -> None:
    diary = weekly(anchor)
    diary.log("2026-01-05")
    placing = diary.log(on)
    assert (placing.early, placing.extra) == (early, not early)
    assert diary.answered()[on] == ("1.2" if early else "extra")


def test_early_is_said_in_days() -> None:
    diary = weekly(today="2026-01-25")
    diary.log("2026-01-05")
    assert [message.text for message in diary.log("2026-01-25").messages] == [
        "This is 20 of 28 days since the last one. If your clinic told you, note that."
    ]
    assert "early" in diary.codes()
    assert diary.due() == ["2026-02-22 upcoming 1.3"]


def test_without_a_former_injection_there_is_no_middle() -> None:
    diary = Diary("2026-02-01")
    diary.plan("2026-01-05", phase({"days": 28}), first_on="2026-01-20")
    assert diary.ask("2026-01-19").extra
    diary.log("2026-01-19")
    assert diary.due() == ["2026-01-20 late 1.1", "2026-03-01 upcoming 1.2~"]


def test_an_unlogged_fixed_date_stays_open_and_the_last_past_one_is_answered() -> None:
    diary = weekly("fixed_dates", "2026-03-05")
    diary.log("2026-01-05")
    diary.log("2026-03-04")
    assert diary.answered()["2026-03-04"] == "1.3"
    assert diary.due() == ["2026-02-02 late 1.2", "2026-03-30 upcoming 1.4"]


def test_a_name_wins() -> None:
    diary = weekly("fixed_dates", "2026-03-05")
    diary.log("2026-01-05")
    diary.log("2026-03-04", answers="2026-02-02")
    assert diary.answered()["2026-03-04"] == "1.2"
    assert diary.due() == ["2026-03-02 late 1.3", "2026-03-30 upcoming 1.4"]


@pytest.mark.parametrize("named", ["2026-02-03", "2026-01-05", "2026-04-27"])
def test_a_name_needs_something_open_that_is_no_forecast(named: str) -> None:
    diary = weekly()
    diary.log("2026-01-05")
    with pytest.raises(Invalid) as refused:
        diary.log("2026-02-02", answers=named)
    assert refused.value.path == "answers"


def test_a_second_one_the_same_day_is_extra_unless_another_is_open() -> None:
    chained = weekly()
    chained.log_all("2026-01-05", "2026-01-05")
    assert chained.due() == ["2026-02-02 late 1.2", "2026-03-29 upcoming 1.3~"]
    fixed = weekly("fixed_dates", "2026-02-10")
    fixed.log_all("2026-02-10", "2026-02-10")
    schedule = fixed.schedule()
    assert sorted(one.number for one in schedule.answered.values()) == [1, 2]


def test_missed_leaves_no_date_until_something_is_known() -> None:
    diary = weekly(today="2026-02-05")
    diary.log("2026-01-05")
    diary.not_given("2026-02-02")
    assert diary.due(count=3) == ["? ask_clinic 1.3"]
    assert diary.schedule().due[0].planned == day("2026-03-02")
    assert "ask your clinic" in diary.schedule().due[0].why
    diary.log("2026-02-05")
    assert diary.answered()["2026-02-05"] == "1.3"
    assert diary.due() == ["2026-03-05 upcoming 1.4"]


def test_the_agreed_date_ends_the_question() -> None:
    diary = weekly(today="2026-02-05")
    diary.log("2026-01-05")
    with pytest.raises(Invalid):
        diary.agree("2026-02-20")
    diary.not_given("2026-02-02", "unknown")
    diary.agree("2026-02-20")
    assert diary.due(count=2) == ["2026-02-20 upcoming 1.3", "2026-03-20 upcoming 1.4~"]
    assert diary.schedule().due[0].planned == day("2026-02-20")
    with pytest.raises(Invalid):
        diary.agree("2026-02-21")


def test_an_agreed_date_missed_again_asks_again() -> None:
    diary = weekly(today="2026-02-22")
    diary.log("2026-01-05")
    diary.not_given("2026-02-02")
    diary.agree("2026-02-20")
    diary.not_given("2026-02-20")
    assert diary.due() == ["? ask_clinic 1.4"]
    diary.agree("2026-02-25")
    assert diary.due() == ["2026-02-25 upcoming 1.4"]


def test_the_clinic_may_agree_the_very_date_that_will_be_missed() -> None:
    diary = weekly(today="2026-01-30")
    diary.log("2026-01-05")
    diary.not_given("2026-02-02")
    diary.agree("2026-02-02")
    assert diary.due() == ["2026-02-02 upcoming 1.3"]
    diary.not_given("2026-02-02")
    assert diary.due() == ["? ask_clinic 1.4"]


def test_missed_on_fixed_dates_keeps_the_grid() -> None:
    diary = weekly("fixed_dates", "2026-02-05")
    diary.log("2026-01-05")
    diary.not_given("2026-02-02")
    assert diary.due() == ["2026-03-02 upcoming 1.3"]
    assert [one.state for one in diary.schedule().closed] == ["not_given"]


@pytest.mark.parametrize("anchor", ["last_injection", "fixed_dates"])
def test_postponed_is_the_same_one_on_the_clinics_date(anchor: str) -> None:
    diary = weekly(anchor, "2026-02-01")
    diary.log("2026-01-05")
    diary.not_given("2026-02-02", "postponed", "2026-02-10")
    due = diary.schedule().due[0]
    assert (due.on, due.planned, due.number, due.window) == (
        day("2026-02-10"),
        day("2026-02-02"),
        2,
        (day("2026-02-10"), day("2026-02-10")),
    )
    assert "was 2 February 2026" in due.why
    diary.not_given("2026-02-02", "postponed", "2026-02-12")
    assert diary.due() == ["2026-02-12 upcoming 1.2"]
    diary.today = day("2026-02-12")
    diary.log("2026-02-12")
    assert diary.due() == [f"{'2026-03-12' if anchor == 'last_injection' else '2026-03-02'} upcoming 1.3"]


def test_an_extra_does_not_move_the_clinics_date() -> None:
    diary = weekly(today="2026-01-12")
    diary.log("2026-01-05")
    diary.not_given("2026-02-02", "postponed", "2026-02-10")
    assert diary.log("2026-01-10").extra
    assert diary.due() == ["2026-02-10 upcoming 1.2"]


def test_nothing_open_cannot_be_missed() -> None:
    diary = weekly(today="2026-01-10")
    diary.log("2026-01-05")
    for planned in ("2026-01-05", "2026-02-03", "2026-03-02"):
        with pytest.raises(Invalid) as refused:
            diary.not_given(planned)
        assert refused.value.path == "planned"


def test_a_backfill_shifts_numbers_and_never_the_date() -> None:
    diary = weekly(today="2026-03-01")
    diary.log_all("2026-01-05", "2026-02-28")
    before, due = diary.course, diary.due()
    assert diary.answered() == {"2026-01-05": "1.1", "2026-02-28": "1.2"}
    diary.log("2026-02-02")
    assert diary.answered() == {"2026-01-05": "1.1", "2026-02-02": "1.2", "2026-02-28": "1.3"}
    assert due == ["2026-03-28 upcoming 1.3"]
    assert diary.due() == ["2026-03-28 upcoming 1.4"]
    texts = [message.text for message in renumbered(before, diary.course, diary.today)]
    assert texts == ["The injection of 28 February 2026 is now number 3 in “Phase”."]


def test_what_used_a_place_goes_on_using_one() -> None:
    diary = weekly(today="2026-03-01")
    diary.log_all("2026-01-05", "2026-02-02")
    diary.log("2026-01-28")
    assert diary.answered() == {"2026-01-05": "1.1", "2026-01-28": "1.2", "2026-02-02": "1.3"}
    assert diary.due() == ["2026-03-02 upcoming 1.4"]


def test_a_backfill_that_fills_the_phase_asks_for_the_clinics_word() -> None:
    diary = Diary("2026-01-12")
    diary.plan("2026-01-05", phase({"days": 2}, {"doses": 4}, "Loading"), phase({"weeks": 8}, name="Upkeep"))
    diary.log_all("2026-01-05", "2026-01-09", "2026-01-11")
    assert diary.due() == ["2026-01-13 upcoming 1.4"]
    before = diary.course
    diary.log("2026-01-07")
    assert diary.due() == ["2026-03-08 to_confirm 2.1"]
    assert [message.text for message in renumbered(before, diary.course, diary.today)] == [
        "The injection of 9 January 2026 is now number 3 of 4 in “Loading”.",
        "The injection of 11 January 2026 is now number 4 of 4 in “Loading”.",
        "By the new count the next one is number 1 in “Upkeep”; ask your clinic.",
    ]


def test_on_fixed_dates_a_backfill_takes_nothing_planned_after_the_newest() -> None:
    diary = weekly("fixed_dates", "2026-02-20")
    diary.log_all("2026-01-05", "2026-02-10")
    assert diary.log("2026-02-05").displaced
    assert diary.answered() == {"2026-01-05": "1.1", "2026-02-05": "1.2", "2026-02-10": "extra"}
    assert diary.due() == ["2026-03-02 upcoming 1.3"]
    late = weekly("fixed_dates", "2026-02-27")
    late.log_all("2026-01-05", "2026-02-02", "2026-02-26")
    assert late.answered()["2026-02-26"] == "1.3"
    assert late.ask("2026-02-25").extra


def test_a_backfill_on_or_before_a_missed_dose_is_extra_and_changes_nothing() -> None:
    for on in ("2026-01-28", "2026-02-02"):
        diary = weekly(today="2026-02-05")
        diary.log("2026-01-05")
        diary.not_given("2026-02-02")
        assert diary.log(on).extra
        assert diary.due() == ["? ask_clinic 1.3"]
        assert diary.schedule().due[0].planned == day("2026-03-02")
        diary.agree("2026-02-25")
        assert diary.due() == ["2026-02-25 upcoming 1.3"]


def test_the_order_of_logging_does_not_matter_on_time() -> None:
    days = ["2026-01-05", "2026-02-02", "2026-03-04", "2026-03-30"]
    for anchor in ("last_injection", "fixed_dates"):
        forward, backward = weekly(anchor, "2026-04-01"), weekly(anchor, "2026-04-01")
        forward.log_all(*days)
        backward.log_all(*reversed(days))
        assert forward.due() == backward.due(), anchor


def test_the_minimal_gap_is_told() -> None:
    diary = weekly(today="2026-01-08", min_gap_days=5)
    diary.log("2026-01-05")
    placing = diary.ask("2026-01-08")
    assert (placing.gap, placing.min_gap_days) == (3, 5)
    assert diary.ask("2026-01-05").gap == 0


def test_an_injection_logged_in_its_turn_shifts_nothing() -> None:
    diary = Diary("2026-01-07")
    diary.plan("2026-01-05", phase({"days": 2}, {"doses": 2}), phase({"weeks": 8}))
    diary.log("2026-01-05")
    before = diary.course
    diary.log("2026-01-07")
    assert not list(renumbered(before, diary.course, diary.today))
