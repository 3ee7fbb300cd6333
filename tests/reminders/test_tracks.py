"""The other tracks and a chosen ladder: book it, the daily scores; and what a pop-up's Snooze comes to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from b12desk import paths
from b12desk.desk import Desk, ReminderChoices
from b12desk.domain.errors import Invalid
from b12desk.domain.records import Snooze
from b12desk.reminders.book import Book
from b12desk.reminders.book_rows import Wish
from b12desk.reminders.planner import Ladder
from b12desk.settings import Settings
from tests.helpers.clock import FixedClock
from tests.helpers.window import every_weeks
from tests.reminders.fakes import steps_of


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock("2026-01-05T08:00", "Europe/London")


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    opened = Desk.open(tmp_path / "diary.db", clock=clock, create=True, zone="Europe/London")
    yield opened
    opened.close()


@pytest.fixture
def ann(desk: Desk) -> str:
    """Ann, every 12 weeks from today, reminded to book four weeks before; the first one is logged."""
    person = desk.people.add("Ann").records[0].id
    desk.plans.set(person, {**every_weeks(12, "2026-01-05", product="unknown"), "book_weeks_before": 4})
    draft = desk.injections.injection_draft(person)
    desk.injections.log_injection(person, replace(draft, dose="1000 ug", precision="day", at=None))
    return person


def said(desk: Desk, clock: FixedClock, until: str) -> list[tuple[str, str]]:
    """(day, step) of everything said at noon of each day before one."""
    found = []
    while clock().date() < date.fromisoformat(until):
        result = desk.reminders.run("list")
        found += [(f"{clock():%m-%d}", step) for step in steps_of(result)]
        clock.advance(days=1)
    return found


def test_booking_is_said_once_weeks_before_and_the_injection_itself_takes_over(
    desk: Desk, ann: str, clock: FixedClock
) -> None:
    clock.set("2026-01-05T12:00")
    assert said(desk, clock, "2026-03-31") == [
        ("03-02", "book-4-weeks"),
        ("03-27", "before-3"),
        ("03-29", "before-1"),
        ("03-30", "day"),
    ]


def test_what_to_book_is_in_the_list_until_the_day(desk: Desk, ann: str, clock: FixedClock) -> None:
    clock.set("2026-03-10T12:00")
    (line,) = desk.reminders.pending(ann)
    assert (line.kind, line.title) == ("book", "Ann: B12 injection planned for 30 March (in 20 days)")
    assert line.text == (
        "Your B12 injection is planned for 30 March. Time to book or order it, if that is not done yet."
    )
    clock.set("2026-03-30T12:00")
    assert [line.kind for line in desk.reminders.pending(ann)] == ["take"]


def test_a_short_interval_has_nothing_to_book(desk: Desk, clock: FixedClock) -> None:
    person = desk.people.add("Bo").records[0].id
    desk.plans.set(person, {**every_weeks(2, "2026-01-05"), "book_weeks_before": 4})
    draft = desk.injections.injection_draft(person)
    desk.injections.log_injection(person, replace(draft, dose="1000 ug", precision="day", at=None))
    clock.set("2026-01-06T12:00")
    assert desk.reminders.pending(person) == []


@pytest.mark.parametrize("weeks", [0, 27, "4", True])
def test_weeks_that_make_no_sense_are_refused(desk: Desk, ann: str, weeks: object) -> None:
    with pytest.raises(Invalid) as refused:
        desk.plans.check(ann, {**every_weeks(12, "2026-01-05"), "book_weeks_before": weeks})
    assert refused.value.path == "book_weeks_before"


def test_a_plan_file_keeps_its_weeks(desk: Desk, ann: str) -> None:
    plan = desk.plans.current(ann)
    assert plan is not None
    assert desk.plans.file_of(plan)["book_weeks_before"] == 4


def test_scores_are_not_asked_for_unless_chosen(desk: Desk, ann: str, clock: FixedClock) -> None:
    clock.set("2026-01-06T21:00")
    assert said(desk, clock, "2026-01-20") == []


def test_the_score_prompt_is_one_a_day_never_stacks_and_falls_silent(
    desk: Desk, ann: str, clock: FixedClock
) -> None:
    desk.reminders.choose(ReminderChoices(score_at=time(20)))
    clock.set("2026-01-06T21:00")
    with Book.open(paths.beside(desk.path).reminders, clock()) as book:
        assert [item.kind for item in book.items()] == ["score", "book", "take"]
    assert said(desk, clock, "2026-01-09") == [
        ("01-06", "2026-01-06"),
        ("01-07", "2026-01-07"),
        ("01-08", "2026-01-08"),
    ]
    desk.entries.log_scores(ann, {"fatigue": 3})
    assert desk.reminders.run("list").sent == ()
    assert [line.kind for line in desk.reminders.pending(ann)] == []
    clock.advance(days=1)
    clock.advance(days=5)  # the computer was off
    assert len(desk.reminders.pending(ann)) == 1
    assert steps_of(desk.reminders.run("list")) == ["2026-01-15"]


def test_the_ladder_of_the_preferences_is_used(desk: Desk, ann: str, clock: FixedClock) -> None:
    chosen = replace(
        Settings(),
        reminder_days_before="7",
        reminder_days_after="2",
        reminder_weekly_until=9,
        reminder_then_every=5,
    )
    assert ReminderChoices.of(chosen).ladder == Ladder((7,), (2,), 9, 5)
    desk.reminders.choose(ReminderChoices.of(chosen))
    clock.set("2026-03-20T12:00")
    steps = [step for _, step in said(desk, clock, "2026-04-20")][1:]  # the first is the booking
    assert steps == ["before-7", "day", "after-2", "after-9", "after-14", "after-19"]


def test_a_wish_of_a_pop_up_becomes_an_entry_that_can_be_undone(
    desk: Desk, ann: str, clock: FixedClock
) -> None:
    clock.set("2026-03-30T12:00")
    desk.reminders.run("list")
    wish = Wish(ann, "take", "2026-03-30", "snooze", "2026-03-31", clock())
    with Book.open(paths.beside(desk.path).reminders, clock()) as book:
        book.wish([wish, wish])
    desk.reminders.take_wishes()
    desk.reminders.take_wishes()
    (kept,) = desk.history.list()[:1]
    assert kept.action.name == "snooze"
    with Book.open(paths.beside(desk.path).reminders, clock()) as book:
        assert book.wishes() == {}
        assert {item.kind: item.snoozed_until for item in book.items()}["take"] == date(2026, 3, 31)
    desk.history.undo()
    with Book.open(paths.beside(desk.path).reminders, clock()) as book:
        assert {item.kind: item.snoozed_until for item in book.items()}["take"] is None


def test_a_wish_for_somebody_who_was_deleted_is_dropped(desk: Desk, ann: str, clock: FixedClock) -> None:
    with Book.open(paths.beside(desk.path).reminders, clock()) as book:
        book.wish([Wish("nobody", "take", "2026-03-30", "snooze", "2026-03-31", clock())])
    desk.reminders.take_wishes()
    assert desk._context.diary.records(Snooze) == []


def test_a_snooze_leads_ahead(desk: Desk, ann: str, clock: FixedClock) -> None:
    occurrence = desk.plans.due(ann).due[0]
    with pytest.raises(Invalid):
        desk.reminders.snooze(ann, occurrence, clock().date())
