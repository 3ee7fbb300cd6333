"""Logging injections through the desk: defaults, questions, places in the plan, undo."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from b12desk.desk import Desk, InjectionDraft
from b12desk.domain.errors import Invalid
from b12desk.domain.questions import Answers, QuestionsOpen
from b12desk.domain.records import Injection
from tests.desk.conftest import TWELVE_WEEKS


def given(desk: Desk, person: str) -> list[Injection]:
    return desk._context.diary.records(Injection, person_id=person)


def draft(desk: Desk, person: str, day: str, **values: object) -> InjectionDraft:
    filled = desk.injections.injection_draft(person)
    return replace(filled, on=date.fromisoformat(day), at=None, precision="day", **values)


def asked(desk: Desk, person: str, one: InjectionDraft) -> list[str]:
    return [question.id for question in desk.injections.questions_for(person, one)]


def test_the_form_is_filled_from_the_plan(desk: Desk, ann: str) -> None:
    desk.plans.set(ann, TWELVE_WEEKS)
    filled = desk.injections.injection_draft(ann)
    assert (filled.dose, filled.volume, filled.route) == ("1000 ug", "1 mL", "IM")
    assert filled.product_id == desk.products.find(ann, "Ampoule").id
    assert (filled.on, filled.at) == (date(2026, 6, 1), time(12))


def test_side_and_lot_are_never_carried_over(desk: Desk, ann: str) -> None:
    desk.injections.log_injection(ann, draft(desk, ann, "2026-05-01", site="thigh", side="left", lot="A1"))
    filled = desk.injections.injection_draft(ann)
    assert filled.site == "thigh"
    assert filled.side is None
    assert filled.lot is None


def test_an_injection_moves_what_is_due(desk: Desk, ann: str) -> None:
    desk.plans.set(ann, TWELVE_WEEKS)
    outcome = desk.injections.log_injection(ann, draft(desk, ann, "2026-05-04"))
    assert "due" in outcome.changed
    assert desk.plans.due(ann).due[0].on == date(2026, 7, 27)


@pytest.mark.parametrize("day", ["2026-06-02", "2027-06-01", "1066-10-14"])
def test_impossible_days_are_refused_and_nothing_is_kept(desk: Desk, ann: str, day: str) -> None:
    before = desk.counter()
    with pytest.raises(Invalid):
        desk.injections.log_injection(ann, draft(desk, ann, day))
    assert desk.counter() == before
    assert given(desk, ann) == []


def test_a_time_later_today_is_refused(desk: Desk, ann: str) -> None:
    with pytest.raises(Invalid, match="future"):
        desk.injections.log_injection(ann, replace(draft(desk, ann, "2026-06-01"), at=time(13)))


@pytest.mark.parametrize(
    ("dose", "question"),
    [
        ("1500 ug", None),
        ("1501 ug", "dose_over_1500"),
        ("10000 mcg", "dose_over_1500"),
        ("10001 ug", "dose_over_10000"),
        ("50 mg", "dose_over_10000"),
        ("1000 mg", "dose_over_50000"),
        ("1 ug", "dose_under_30"),
        ("1 mg", None),
    ],
)
def test_s43_the_size_of_a_dose_is_asked_about(desk: Desk, ann: str, dose: str, question: str | None) -> None:
    one = replace(draft(desk, ann, "2026-05-04"), dose=dose, volume=None)
    assert asked(desk, ann, one) == ([question] if question else [])


def test_mg_for_micrograms_names_the_likely_reading(desk: Desk, ann: str) -> None:
    one = replace(draft(desk, ann, "2026-05-04"), dose="1000 mg", volume=None)
    (question,) = desk.injections.questions_for(ann, one)
    assert "1000 micrograms (1 mg)" in question.text
    with pytest.raises(QuestionsOpen):
        desk.injections.log_injection(ann, one)
    assert given(desk, ann) == []


def test_a_no_keeps_the_question_open(desk: Desk, ann: str) -> None:
    one = replace(draft(desk, ann, "2026-05-04"), dose="2 mg", volume=None)
    with pytest.raises(QuestionsOpen):
        desk.injections.log_injection(ann, one, Answers(given={"dose_over_1500": "no"}))
    desk.injections.log_injection(ann, one, Answers(given={"dose_over_1500": "yes"}))
    assert str(given(desk, ann)[0].dose) == "2 mg"


def test_s45_strength_times_volume_is_compared_with_the_dose(desk: Desk, ann: str) -> None:
    one = replace(draft(desk, ann, "2026-05-04"), product_id="Ampoule", dose="1000 ug", volume="2 mL")
    assert asked(desk, ann, one) == ["strength_volume"]
    assert asked(desk, ann, replace(one, volume="1 mL")) == []


def test_s40_another_product_with_the_same_dose_is_asked_about(desk: Desk, ann: str) -> None:
    desk.products.add(ann, "Vial", form="cyanocobalamin", strength="500 ug/mL", volume="2 mL")
    desk.injections.log_injection(ann, draft(desk, ann, "2026-03-02", product_id="Ampoule", dose="1000 ug"))
    one = draft(desk, ann, "2026-05-04", product_id="Vial", dose="1000 ug")
    assert asked(desk, ann, one) == ["product_changed"]
    assert asked(desk, ann, replace(one, product_id="Ampoule")) == []


def test_s33_a_second_one_today_shows_the_days_sum(desk: Desk, ann: str) -> None:
    desk.injections.log_injection(ann, draft(desk, ann, "2026-05-04", product_id="Ampoule", dose="1000 ug"))
    again = draft(desk, ann, "2026-05-04", product_id="Ampoule", dose="1000 ug")
    (question,) = desk.injections.questions_for(ann, again)
    assert question.id == "second_today"
    assert "2000 micrograms (2 mg)" in question.text


def test_a_planned_one_given_elsewhere_becomes_an_injection(desk: Desk, ann: str) -> None:
    desk.plans.set(ann, TWELVE_WEEKS)
    planned = desk.plans.due(ann).due[0].planned
    desk.injections.log_not_given(ann, planned, "given_elsewhere", date(2026, 1, 7))
    (injection,) = given(desk, ann)
    assert (injection.on, injection.answers, injection.given_elsewhere) == (date(2026, 1, 7), planned, True)


def test_s34_a_missed_one_asks_the_clinic_and_keeps_the_answer(desk: Desk, ann: str) -> None:
    desk.plans.set(ann, TWELVE_WEEKS)
    planned = desk.plans.due(ann).due[0].planned
    desk.injections.log_not_given(ann, planned, "missed")
    (waiting,) = desk.plans.due(ann).due
    assert (waiting.state, waiting.on) == ("ask_clinic", None)
    desk.plans.agree(ann, date(2026, 6, 9), "the nurse")
    assert desk.plans.due(ann).due[0].on == date(2026, 6, 9)


@pytest.mark.parametrize(
    ("reason", "day"),
    [("postponed", None), ("given_elsewhere", None), ("missed", date(2026, 5, 1)), ("forgot", None)],
)
def test_not_given_needs_the_date_that_its_reason_has(
    desk: Desk, ann: str, reason: str, day: date | None
) -> None:
    desk.plans.set(ann, TWELVE_WEEKS)
    planned = desk.plans.due(ann).due[0].planned
    with pytest.raises(Invalid):
        desk.injections.log_not_given(ann, planned, reason, day)


def test_a_date_edited_away_from_its_planned_one_is_asked_about(desk: Desk, ann: str) -> None:
    weekly = {**TWELVE_WEEKS, "anchor": "fixed_dates"}
    weekly["phases"] = [{**TWELVE_WEEKS["phases"][0], "every": {"weeks": 4}}]
    desk.plans.set(ann, weekly)
    for day in ("2026-01-05", "2026-02-02"):
        desk.injections.log_injection(ann, draft(desk, ann, day))
    second = given(desk, ann)[1].id
    with pytest.raises(QuestionsOpen) as asked:
        desk.editing.edit(second, {"on": "2026-01-09"})
    assert [question.id for question in asked.value.questions] == ["extra"]
    assert given(desk, ann)[1].on == date(2026, 2, 2)
    desk.editing.edit(second, {"on": "2026-01-09"}, Answers(yes_to_all=True))
    assert given(desk, ann)[1].on == date(2026, 1, 9)


def test_of_two_plans_of_one_moment_the_later_is_in_force(desk: Desk, ann: str) -> None:
    for weeks in (12, 8, 10, 6, 9):
        phase = {**TWELVE_WEEKS["phases"][0], "every": {"weeks": weeks}}
        desk.plans.set(ann, {**TWELVE_WEEKS, "phases": [phase]})
    current = desk.plans.current(ann)
    assert current is not None
    assert current.phases[0].every.weeks == 9


def test_undo_takes_an_injection_back_and_redo_brings_it_again(desk: Desk, ann: str) -> None:
    desk.plans.set(ann, TWELVE_WEEKS)
    before = desk.plans.due(ann)
    desk.injections.log_injection(ann, draft(desk, ann, "2026-05-04"))
    desk.history.undo()
    assert given(desk, ann) == []
    assert desk.plans.due(ann) == before
    desk.history.redo()
    assert [one.on for one in given(desk, ann)] == [date(2026, 5, 4)]
