"""The messages beside the dates: when each is there, when it goes, and that none judges."""

from __future__ import annotations

import re

import pytest

from tests.domain.diaries import Diary, phase

LOADING = phase({"days": 2}, {"doses": 3}, "Loading")
UPKEEP = phase({"weeks": 8}, name="Upkeep")


def test_no_plan() -> None:
    assert Diary().codes() == ["no_plan"]


def test_no_injection_yet() -> None:
    diary = Diary("2026-01-05")
    diary.plan("2026-01-05", LOADING)
    assert diary.codes() == ["no_injection_yet"]
    diary.log("2026-01-05")
    assert diary.codes() == []


@pytest.mark.parametrize("anchor", ["last_injection", "fixed_dates"])
def test_phase_short_until_the_next_phase_is_confirmed_or_answered(anchor: str) -> None:
    diary = Diary("2026-01-12")
    diary.plan("2026-01-05", LOADING, UPKEEP, anchor=anchor)
    diary.log_all("2026-01-05", "2026-01-07")
    assert "phase_short" not in diary.codes("2026-01-08")
    diary.not_given("2026-01-09")
    texts = {message.code: message.text for message in diary.schedule().messages}
    assert texts["phase_short"] == "2 of 3 given in “Loading”; ask your clinic."
    answered = diary.course
    diary.step("2026-01-12")
    assert "phase_short" not in diary.codes()
    diary.course = answered
    diary.log("2026-01-12", "2026-03-04" if anchor == "last_injection" else "2026-03-06")
    assert "phase_short" not in diary.codes()


def test_phase_end_is_asked_at_the_end_only() -> None:
    for anchor in ("last_injection", "fixed_dates"):
        diary = Diary("2026-01-20")
        diary.plan("2026-01-05", LOADING, UPKEEP, anchor=anchor)
        diary.log_all("2026-01-05", "2026-01-07")
        assert "phase_end_ask" not in diary.codes("2026-01-08")
        diary.log("2026-01-09")
        texts = {message.code: message.text for message in diary.schedule().messages}
        assert texts["phase_end_ask"] == (
            "“Loading” is through as planned. Has your clinic moved you on to “Upkeep”?"
        )


MISSES = [
    (["given", "missed", "missed"], True),
    (["given", "missed", "given"], False),
    (["missed", "missed", "given"], True),
    (["missed", "missed", "given", "given"], False),
]


@pytest.mark.parametrize(("kinds", "said"), MISSES)
def test_several_missed_looks_at_the_newest_three(kinds: list[str], said: bool) -> None:
    diary = Diary("2026-03-01")
    diary.plan("2026-01-05", phase({"days": 7}), anchor="fixed_dates")
    days = ["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"]
    for on, kind in zip(days, kinds, strict=False):
        if kind == "given":
            diary.log(on)
        else:
            diary.not_given(on, "unknown")
    as_of = days[len(kinds) - 1]
    assert ("several_missed" in diary.codes(as_of)) is said


def test_several_past_and_open_count_too() -> None:
    diary = Diary("2026-01-20")
    diary.plan("2026-01-05", phase({"days": 7}), anchor="fixed_dates")
    diary.log("2026-01-05")
    assert "several_missed" not in diary.codes("2026-01-19")
    assert "several_missed" in diary.codes("2026-01-20")


def test_late_counted_goes_with_the_next_injection() -> None:
    diary = Diary("2026-03-10")
    diary.plan("2026-01-05", phase({"days": 28}))
    diary.log_all("2026-01-05", "2026-02-05")
    texts = {message.code: message.text for message in diary.schedule("2026-02-06").messages}
    assert texts["late_counted"] == (
        "Logged 3 days after the planned date. The next one counts from it: 5 March 2026, was 2 March 2026."
    )
    diary.log("2026-03-05")
    assert "late_counted" not in diary.codes()


def test_within_the_grace_nothing_is_called_late() -> None:
    diary = Diary("2026-02-05")
    diary.plan("2026-01-05", phase({"days": 28}), grace_days=3)
    diary.log_all("2026-01-05", "2026-02-05")
    assert "late_counted" not in diary.codes()


def test_a_review_is_due_from_its_day_on() -> None:
    diary = Diary("2026-03-01")
    diary.plan("2026-01-05", UPKEEP, review_on="2026-02-01")
    diary.log("2026-01-05")
    assert "review_due" not in diary.codes("2026-01-31")
    assert "review_due" in diary.codes("2026-02-01")
    diary.plan("2026-02-10", UPKEEP)
    assert "review_due" not in diary.codes()


FORBIDDEN = re.compile(r"overdue|take it|double|increase|normal|safe|too soon|skip|should", re.IGNORECASE)


def test_no_sentence_doses_or_judges() -> None:
    for anchor in ("last_injection", "fixed_dates"):
        diary = Diary("2026-03-01")
        diary.plan("2026-01-05", LOADING, UPKEEP, anchor=anchor, review_on="2026-01-06")
        diary.log_all("2026-01-05", "2026-01-08")
        for as_of in ("2026-01-06", "2026-01-12", "2026-03-01"):
            schedule = diary.schedule(as_of, 5)
            said = [one.why for one in schedule.due] + [message.text for message in schedule.messages]
            assert said
            assert not [text for text in said if FORBIDDEN.search(text)]
