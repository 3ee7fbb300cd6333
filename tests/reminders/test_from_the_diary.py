"""From what is kept in the diary to what is said: plans, entries and undo through the real desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from b12desk import paths
from b12desk.desk import Desk
from b12desk.reminders.agent import run_pass
from tests.helpers.clock import FixedClock
from tests.reminders.fakes import FakeChannel, steps_of

Said = list[tuple[str, str, str | None]]


def plan(**changes: Any) -> dict[str, Any]:
    """Every 28 days after the last injection, from 5 January."""
    phase = {
        "name": "maintenance",
        "dose": "1000 ug",
        "product": "unknown",
        "route": "IM",
        "every": {"days": 28},
        "until": "no_end",
    }
    top = {"started_on": "2026-01-05", "anchor": "last_injection", "ordered_by": "Dr Example"}
    values = {key: changes.pop(key) for key in list(changes) if key in phase}
    return {**top, **changes, "phases": [{**phase, **values}]}


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
    return desk.people.add("Ann").records[0].id


def log(desk: Desk, person: str) -> None:
    """An injection now."""
    draft = desk.injections.injection_draft(person)
    desk.injections.log_injection(person, replace(draft, dose="1000 ug", precision="day", at=None))


def days(desk: Desk, clock: FixedClock, number: int, meanwhile: Callable[[], None] = lambda: None) -> Said:
    """What is said (planned date, step, today) at noon of so many days, doing something on each."""
    said: Said = []
    for _ in range(number):
        meanwhile()
        for sent in desk.reminders.run("list").sent:
            day = sent.alert.item.on
            said.append((day.isoformat() if day else "ask", sent.alert.step.name, clock().date().isoformat()))
        clock.advance(days=1)
    return said


def test_s30_good_scores_never_end_or_mute_a_reminder(
    tmp_path: Path, desk: Desk, ann: str, clock: FixedClock
) -> None:
    desk.plans.set(ann, plan())
    log(desk, ann)
    choices = [choice.id for choice in desk.entries.symptoms(ann)]
    clock.set("2026-01-20T12:00")

    def feel_fine() -> None:
        desk.entries.log_scores(ann, dict.fromkeys(choices, 0))

    said = days(desk, clock, 40, feel_fine)
    assert [(step, day) for _, step, day in said] == [
        ("before-3", "2026-01-30"),
        ("before-1", "2026-02-01"),
        ("day", "2026-02-02"),
        ("after-1", "2026-02-03"),
        ("after-3", "2026-02-05"),
        ("after-7", "2026-02-09"),
        ("after-14", "2026-02-16"),
        ("after-21", "2026-02-23"),
    ]


def test_s33_one_open_injection_stays_one_through_undo_and_redo(
    desk: Desk, ann: str, clock: FixedClock
) -> None:
    desk.plans.set(ann, plan())
    log(desk, ann)
    clock.set("2026-02-12T12:00")
    desk.entries.log_event(ann, "note", text="A short night")
    channel = FakeChannel()
    desk.reminders.run("list", tray=[channel])
    desk.history.undo()
    desk.reminders.run("list", tray=[channel])
    desk.history.redo()
    desk.reminders.run("list", tray=[channel])
    assert len(channel.shown) == 1
    assert [line.on for line in desk.reminders.pending()] == [date(2026, 2, 2)]


def test_s34_a_missed_injection_asks_for_the_clinic_until_it_has_said_a_date(
    desk: Desk, ann: str, clock: FixedClock
) -> None:
    desk.plans.set(ann, plan())
    log(desk, ann)
    clock.set("2026-02-02T12:00")
    desk.injections.log_not_given(ann, date(2026, 2, 2), "missed")
    said = days(desk, clock, 20)
    assert said == [
        ("ask", "ask-7", "2026-02-09"),
        ("ask", "ask-14", "2026-02-16"),
    ]
    assert "Ask your clinic when to have it" in desk.reminders.pending()[0].text
    desk.plans.agree(ann, date(2026, 2, 24), "Nurse Example")
    assert days(desk, clock, 3) == [
        ("2026-02-24", "before-3", "2026-02-22"),
        ("2026-02-24", "before-1", "2026-02-23"),
        ("2026-02-24", "day", "2026-02-24"),
    ]


def test_logging_ends_the_reminders_and_undo_brings_the_next_one(
    desk: Desk, ann: str, clock: FixedClock
) -> None:
    desk.plans.set(ann, plan())
    log(desk, ann)
    clock.set("2026-02-02T12:00")
    assert [step for _, step, _ in days(desk, clock, 1)] == ["day"]
    log(desk, ann)
    assert desk.reminders.pending() == []
    assert days(desk, clock, 1) == []
    desk.history.undo()
    assert [step for _, step, _ in days(desk, clock, 1)] == ["after-1"]


def test_a_plan_that_starts_today_takes_over_without_any_entry(
    desk: Desk, ann: str, clock: FixedClock
) -> None:
    desk.plans.set(ann, plan(anchor="fixed_dates", every={"weeks": 4}))
    log(desk, ann)
    desk.plans.set(ann, plan(started_on="2026-01-19", anchor="fixed_dates", every={"weeks": 1}))
    clock.advance(hours=4)
    said = days(desk, clock, 25)
    assert ("2026-01-19", "day", "2026-01-19") in said
    assert ("2026-01-26", "day", "2026-01-26") in said
    assert not [one for one in said if one[0] == "2026-02-02" and one[2] < "2026-01-19"]


def test_a_diary_locked_for_a_year_still_reminds_of_every_fixed_date(
    desk: Desk, ann: str, clock: FixedClock
) -> None:
    desk.plans.set(ann, plan(anchor="fixed_dates", every={"weeks": 8}))
    log(desk, ann)
    book = paths.beside(desk.path).reminders
    desk.close()
    clock.advance(hours=4)
    on_the_day = []
    for _ in range(365):
        result = run_pass(book, clock(), [])
        on_the_day += [sent.alert.item.on for sent in result.sent if sent.alert.step.name == "day"]
        clock.advance(days=1)
    first = date(2026, 1, 5)
    assert on_the_day == [first + timedelta(weeks=8 * number) for number in range(1, 7)]


def test_two_people_are_never_in_one_message(desk: Desk, ann: str, clock: FixedClock) -> None:
    bob = desk.people.add("Bob").records[0].id
    for person in (ann, bob):
        desk.plans.set(person, plan())
        log(desk, person)
    clock.set("2026-02-02T12:00")
    result = desk.reminders.run("list")
    assert steps_of(result) == ["day"]
    assert sorted((sent.alert.item.person_id == bob, sent.title) for sent in result.sent) == [
        (False, "Ann: B12 injection planned for 2 February (today)"),
        (True, "Bob: B12 injection planned for 2 February (today)"),
    ]
