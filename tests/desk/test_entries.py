"""Scores, trends, reactions, events, symptoms, editing and deleting through the desk."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest

from b12desk.desk import Desk, InjectionDraft
from b12desk.domain.errors import Invalid, NotFound, WorldError
from b12desk.domain.records import Event, Reaction, Record, Score, Trend
from tests.helpers.clock import FixedClock

R = TypeVar("R", bound=Record)


def kept(desk: Desk, kind: type[R]) -> list[R]:
    return desk._context.diary.records(kind)


def test_s7_a_new_diary_shows_the_short_set(desk: Desk, ann: str) -> None:
    shown = {choice.id for choice in desk.entries.symptoms(ann)}
    assert {"tingling", "numbness", "balance", "memory", "fatigue", "stamina"} <= shown
    assert len(shown) < len(desk.entries.symptoms(ann, everything=True))


def test_s8_any_listed_symptom_can_be_shown_or_hidden(desk: Desk, ann: str) -> None:
    desk.entries.log_scores(ann, {"tongue": 3})
    desk.entries.show_symptom(ann, "tongue", True)
    desk.entries.show_symptom(ann, "tingling", False)
    shown = {choice.id for choice in desk.entries.symptoms(ann)}
    assert "tongue" in shown
    assert "tingling" not in shown
    assert [score.symptom for score in kept(desk, Score)] == ["tongue"]


def test_a_second_score_of_the_day_is_an_edit(desk: Desk, ann: str) -> None:
    desk.entries.log_scores(ann, {"tingling": 3, "fatigue": 0})
    desk.entries.log_scores(ann, {"tingling": 5})
    assert {one.symptom: one.score for one in kept(desk, Score)} == {"tingling": 5, "fatigue": 0}


def test_none_takes_a_score_away_and_blank_is_not_zero(desk: Desk, ann: str) -> None:
    desk.entries.log_scores(ann, {"tingling": 3})
    desk.entries.log_scores(ann, {"tingling": None, "fatigue": None})
    assert kept(desk, Score) == []
    assert desk.views.today(ann).scores == {}


@pytest.mark.parametrize("score", [-1, 11, 100])
def test_a_score_outside_the_scale_is_refused_whole(desk: Desk, ann: str, score: int) -> None:
    with pytest.raises(Invalid, match="0"):
        desk.entries.log_scores(ann, {"fatigue": 2, "tingling": score})
    assert kept(desk, Score) == []


def test_the_same_score_again_writes_nothing(desk: Desk, ann: str) -> None:
    desk.entries.log_scores(ann, {"tingling": 3})
    before = desk.counter()
    assert desk.entries.log_scores(ann, {"tingling": 3}).action is None
    assert desk.counter() == before


def test_an_own_symptom_is_scored_like_the_others(desk: Desk, ann: str) -> None:
    desk.entries.add_symptom(ann, "Cold feet")
    own = next(choice for choice in desk.entries.symptoms(ann) if choice.own)
    desk.entries.log_scores(ann, {own.id: 4})
    assert kept(desk, Score)[0].symptom == own.id
    with pytest.raises(Invalid):
        desk.entries.add_symptom(ann, "cold feet")


def test_s9_a_trend_has_its_since_when(desk: Desk, ann: str) -> None:
    desk.entries.log_trend(ann, "worse", symptom="tingling", since=date(2026, 5, 20))
    (trend,) = kept(desk, Trend)
    assert (trend.direction, trend.since) == ("worse", date(2026, 5, 20))
    with pytest.raises(Invalid):
        desk.entries.log_trend(ann, "improved")


def test_s5_s6_reactions_at_the_site_and_general(desk: Desk, ann: str) -> None:
    outcome = desk.injections.log_injection(ann, InjectionDraft(on=date(2026, 5, 4), dose="1000 ug"))
    injection = outcome.records[0].id
    desk.entries.log_reaction(
        ann, "redness", area="site", injection_id=injection, on=date(2026, 5, 4), until=date(2026, 5, 6)
    )
    desk.entries.log_reaction(ann, "headache", area="general", severity="moderate")
    assert {(one.what, one.area) for one in kept(desk, Reaction)} == {
        ("redness", "site"),
        ("headache", "general"),
    }
    with pytest.raises(Invalid, match="before"):
        desk.entries.log_reaction(ann, "itch", area="site", injection_id=injection, on=date(2026, 5, 1))


def test_s11_events_have_free_text_and_tags(desk: Desk, ann: str) -> None:
    desk.entries.log_event(
        ann, "illness", text="a cold", tags=["sleep", "sleep ", ""], until=date(2026, 6, 3)
    )
    (event,) = kept(desk, Event)
    assert (event.text, event.tags) == ("a cold", ("sleep",))
    with pytest.raises(Invalid):
        desk.entries.log_event(ann, "illness", until=date(2026, 5, 1))


def test_edit_reads_typed_text_and_checks_it_like_a_new_entry(desk: Desk, ann: str) -> None:
    outcome = desk.entries.log_scores(ann, {"tingling": 3})
    score = outcome.records[0].id
    desk.editing.edit(score, {"score": "4"})
    assert kept(desk, Score)[0].score == 4
    for values in (
        {"score": "11"},
        {"score": "many"},
        {"on": "2026-06-09"},
        {"on": "2026-02-30"},
        {"id": "x"},
    ):
        with pytest.raises(Invalid):
            desk.editing.edit(score, values)
    assert kept(desk, Score)[0].score == 4


def test_delete_can_be_undone_after_a_restart(desk: Desk, ann: str, clock: FixedClock) -> None:
    score = desk.entries.log_scores(ann, {"tingling": 3}).records[0].id
    desk.editing.delete(score)
    assert kept(desk, Score) == []
    with Desk.open(desk.path, clock=clock) as again:
        again.history.undo()
    assert [one.id for one in kept(desk, Score)] == [score]


def test_a_product_in_use_stays(desk: Desk, ann: str) -> None:
    ampoule = desk.products.find(ann, "Ampoule")
    desk.injections.log_injection(ann, InjectionDraft(on=date(2026, 5, 4), product_id=ampoule.id))
    with pytest.raises(WorldError, match="other entries"):
        desk.editing.delete(ampoule.id)
    with pytest.raises(NotFound):
        desk.editing.delete("no such id")


def test_people_are_told_apart(desk: Desk, ann: str) -> None:
    ben = desk.people.add("Ben").records[0].id
    desk.entries.log_scores(ben, {"tingling": 7})
    assert desk.views.today(ann).scores == {}
    colours = [person.colour for person in desk.people.list()]
    assert len(set(colours)) == 2
    with pytest.raises(WorldError) as refused:
        desk.people.find(None)
    assert refused.value.code == "usage"
    assert "Ann" in refused.value.message
    assert "Ben" in refused.value.message
    with pytest.raises(WorldError, match="already"):
        desk.people.add("ann")
