"""The sample diary: the same for equal arguments, true to its profile, replaced only where it is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import mean, pstdev

import pytest

from b12desk.desk import Desk
from b12desk.desk.sample import write_sample
from b12desk.desk.sample.cast import SYMPTOMS
from b12desk.desk.sample.days import RETURNING
from b12desk.domain.errors import WorldError
from b12desk.domain.records import RECORD_TYPES, Injection, LabResult, NotGiven, Person, Record, Score
from b12desk.store.diary import Diary
from tests.helpers.clock import FixedClock

END = date(2026, 11, 21)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three years of it."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    write_sample(path, years=3, seed=7, end=END)
    return path


@pytest.fixture
def diary(sample: Path) -> Iterator[Diary]:
    """The three years, open."""
    with Diary.open(sample) as opened:
        yield opened


@pytest.fixture
def desk(sample: Path, clock: FixedClock) -> Iterator[Desk]:
    """The three years as the window sees them on their last day."""
    clock.set("2026-11-21T10:00")
    with Desk.open(sample, clock=clock) as opened:
        yield opened


def everything(path: Path) -> list[Record]:
    with Diary.open(path) as diary:
        return [record for cls in RECORD_TYPES for record in diary.records(cls)]


def test_equal_arguments_give_equal_records_and_actions(sample: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    write_sample(again, years=3, seed=7, end=END)
    assert everything(again) == everything(sample)
    with Diary.open(again) as one, Diary.open(sample) as other:
        assert one.actions(100) == other.actions(100)


def test_another_seed_gives_another_diary(sample: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    write_sample(other, years=3, seed=8, end=END)
    ids = {record.id for record in everything(sample)}
    assert not ids & {record.id for record in everything(other)}


def test_it_says_that_it_is_a_sample(diary: Diary) -> None:
    (person,) = diary.records(Person)
    assert (person.name, person.sample) == ("Sample Person", True)


def test_everything_is_dated_when_it_happened_and_nothing_in_the_future(sample: Path) -> None:
    moments = [record.recorded_at for record in everything(sample)]
    assert min(moments).date() == date(2023, 11, 21)
    assert max(moments).date() == date(2026, 11, 20)
    for record in everything(sample):
        on = getattr(record, "on", None)
        if on is not None and record.kind != "agreed_date":
            assert on <= record.recorded_at.date()


def test_a_fifth_of_the_days_has_no_scores_and_the_others_have_twelve(diary: Diary) -> None:
    by_day = defaultdict(set)
    for score in diary.records(Score):
        by_day[score.on].add(score.symptom)
        assert 0 <= score.score <= 10
    assert {frozenset(symptoms) for symptoms in by_day.values()} == {frozenset(SYMPTOMS)}
    days = (END - date(2023, 11, 21)).days
    assert 0.76 <= len(by_day) / days <= 0.84


def test_scores_spread_and_carry_over_as_documented(diary: Diary) -> None:
    """Of a symptom that neither returns nor recovers any more: the last two years."""
    scores = diary.records(Score, since=date(2024, 11, 21), where={"symptom": "memory"})
    late = {one.on: one.score for one in scores}
    middle = mean(late.values())
    assert 1.1 <= pstdev(late.values()) <= 1.7
    neighbours = [
        (score - middle, late[following] - middle)
        for day, score in late.items()
        if (following := date.fromordinal(day.toordinal() + 1)) in late
    ]
    carried = sum(a * b for a, b in neighbours) / sum(a * a for a, _ in neighbours)
    assert 0.3 <= carried <= 0.65


def test_the_returning_symptoms_come_back_in_the_last_quarter_of_an_interval(diary: Diary) -> None:
    given = [one.on for one in diary.records(Injection) if one.on >= date(2025, 1, 1)]
    early, late = defaultdict(list), defaultdict(list)
    for score in diary.records(Score, since=given[0], until=given[-1]):
        since = (score.on - max(day for day in given if day <= score.on)).days
        if 1 <= since <= 14:
            early[score.symptom].append(score.score)
        elif 43 <= since <= 56:
            late[score.symptom].append(score.score)
    risen = {symptom for symptom in SYMPTOMS if mean(late[symptom]) - mean(early[symptom]) > 1}
    assert risen == RETURNING


def test_the_plan_and_the_injections_agree(desk: Desk, diary: Diary) -> None:
    person = desk.people.find(None)
    schedule = desk.plans.due(person.id, count=3)
    given = diary.records(Injection)
    assert [one.on for one in given if one.id not in schedule.answered] == []
    assert not schedule.extras
    assert [one.planned for one in schedule.closed] == [
        one.planned for one in diary.records(NotGiven) if one.reason == "missed"
    ]
    assert schedule.due[0].on is not None
    assert schedule.due[0].on > given[-1].on
    assert [len(plan.phases) for plan in desk.plans.revisions(person.id)] == [2, 1]
    loading = [one for one in given if schedule.answered[one.id].phase_name == "Loading"]
    assert len(loading) == 6
    assert (loading[-1].on - loading[0].on).days <= 14


def test_laboratory_values_twice_a_year_with_one_above_the_scale(diary: Diary) -> None:
    results = diary.records(LabResult)
    assert len({one.on for one in results}) == 6
    assert [one.comparator for one in results if one.value == "2000"] == [">"]
    assert {one.on for one in results if one.baseline} == {results[0].on}
    assert all(one.reference_high for one in results)


def test_its_history_is_sound(diary: Diary) -> None:
    assert diary.check() == []
    assert len(diary.actions(100)) == 5


@pytest.mark.parametrize("years", [1, 2])
def test_short_ones_are_whole_too(tmp_path: Path, clock: FixedClock, years: int) -> None:
    path = tmp_path / "short.db"
    write_sample(path, years=years, seed=1, end=END)
    with Desk.open(path, clock=clock) as desk:
        person = desk.people.find(None)
        assert not desk.plans.due(person.id).extras
        assert len(desk.plans.revisions(person.id)) == 2


def test_a_sample_is_replaced_with_its_reminders_and_nothing_else_is(
    tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "d.db"
    write_sample(path, years=1, seed=1, end=END)
    with Desk.open(path, clock=clock) as desk:
        desk.reminders.rebuild()
    write_sample(path, years=1, seed=2, end=END)
    assert sorted(tmp_path.iterdir()) == [path]
    with Desk.open(path, clock=clock) as desk:
        desk.people.add("Ada")
    before = path.read_bytes()
    with pytest.raises(WorldError) as caught:
        write_sample(path, years=1, seed=3, end=END)
    assert caught.value.code == "exists"
    assert path.read_bytes() == before


def test_a_sample_that_is_open_elsewhere_stays(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "d.db"
    write_sample(path, years=1, seed=1, end=END)
    with Desk.open(path, clock=clock) as desk:
        desk.entries.log_scores(desk.people.find(None).id, {"fog": 3})
        with pytest.raises(WorldError) as caught:
            write_sample(path, years=1, seed=2, end=END)
    assert caught.value.code == "busy"
    with Diary.open(path) as diary:
        assert diary.check() == []


def test_a_sample_that_cannot_be_read_is_not_called_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "d.db"
    write_sample(path, years=1, seed=1, end=END)

    def refuse(*_: object) -> Diary:
        raise WorldError("busy", "Another program is writing.")

    monkeypatch.setattr(Diary, "open", refuse)
    with pytest.raises(WorldError) as caught:
        write_sample(path, years=1, seed=2, end=END)
    assert caught.value.code == "busy"


def test_what_is_no_diary_is_never_replaced(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("mine", encoding="utf-8")
    with pytest.raises(WorldError) as caught:
        write_sample(note, years=1, seed=1, end=END)
    assert caught.value.code == "exists"
    assert note.read_text(encoding="utf-8") == "mine"
