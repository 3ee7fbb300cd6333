"""One pass: each step once, the newest only, intent before and result after, whatever goes wrong."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import date, time, timedelta

import pytest

from b12desk.domain.errors import WorldError
from b12desk.reminders.book import Book
from b12desk.reminders.wording import STALE_NOTE
from tests.reminders.fakes import Desk, FakeChannel, channels_of, item, steps_of


def test_a_pass_says_what_is_due_in_the_list_and_on_one_pop_up(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05", interval_days=1))
    dbus, plyer = FakeChannel("dbus"), FakeChannel("plyer", "unknown")
    result = desk.run(dbus, plyer)
    assert channels_of(result) == [("list", "accepted"), ("dbus", "accepted")]
    assert dbus.shown == [(result.sent[0].title, result.sent[0].text)]
    assert plyer.shown == []
    assert desk.ledger() == [("2026-06-05", "day", "accepted")]


def test_s33_two_passes_say_it_once(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    popup = FakeChannel()
    desk.run(popup)
    for _ in range(3):
        desk.clock.advance(minutes=1)
        again = desk.run(popup)
        assert (again.sent, again.skipped) == ((), ())
    assert len(popup.shown) == 1


def test_s33_undo_and_redo_of_an_unrelated_entry_repeat_nothing(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    popup = FakeChannel()
    desk.project(item("2026-06-05"))
    desk.run(popup)
    for _ in ("undo", "redo"):
        desk.project(item("2026-06-05"))
        desk.run(popup)
    assert len(popup.shown) == 1


def test_s32_every_step_comes_at_its_time_until_the_injection_is_logged(desk: Desk) -> None:
    desk.clock.set("2026-06-01T10:00")
    desk.project(item("2026-06-05"))
    popup = FakeChannel()
    said = []
    for _ in range(12):
        said += [(desk.clock().date().day, step) for step in steps_of(desk.run(popup))]
        desk.clock.advance(days=1)
    assert said == [
        (2, "before-3"),
        (4, "before-1"),
        (5, "day"),
        (6, "after-1"),
        (8, "after-3"),
        (12, "after-7"),
    ]
    desk.project()
    desk.clock.set("2026-06-30T10:00")
    assert desk.run(popup).sent == ()


def test_after_forty_days_off_only_the_newest_is_said(desk: Desk) -> None:
    desk.clock.set("2026-06-04T10:00")
    desk.project(item("2026-06-05"))
    popup = FakeChannel()
    desk.run(popup)
    desk.clock.set("2026-07-14T18:20")
    result = desk.run(popup)
    assert steps_of(result) == ["after-35"]
    assert [alert.step.name for alert in result.skipped] == [
        "day",
        "after-1",
        "after-3",
        "after-7",
        "after-14",
        "after-21",
        "after-28",
    ]
    assert len(popup.shown) == 2
    assert ("2026-06-05", "day", "skipped") in desk.ledger()
    assert desk.run(popup).skipped == ()


@pytest.mark.parametrize(("when", "shown"), [("before", 1), ("after", 2)])
def test_a_pass_killed_between_intent_and_result_is_tried_once_more(
    desk: Desk, when: str, shown: int
) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    popup = FakeChannel()
    desk.killed(popup, when)
    assert ("2026-06-05", "day", "intent") in desk.ledger()
    desk.clock.advance(minutes=1)
    result = desk.run(popup)
    assert steps_of(result) == ["day"]
    assert all(sent.retried for sent in result.sent)
    assert len(popup.shown) == shown
    desk.clock.advance(minutes=1)
    assert desk.run(popup).sent == ()


def test_a_second_kill_is_not_followed_by_a_third_attempt(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    popup = FakeChannel()
    desk.killed(popup, "after")
    desk.killed(popup, "after")
    assert desk.run(popup, dry_run=True).sent == ()
    assert desk.run(popup).sent == ()
    assert ("2026-06-05", "day", "unknown") in desk.ledger()
    desk.clock.set("2026-06-06T09:00")
    assert steps_of(desk.run(popup)) == ["after-1"]
    assert len(popup.shown) == 3


def test_an_intent_that_a_newer_step_overtook_is_settled_and_not_said(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    popup = FakeChannel()
    desk.killed(popup, "before")
    desk.clock.set("2026-06-06T09:00")
    assert steps_of(desk.run(popup)) == ["after-1"]
    assert ("2026-06-05", "day", "unknown") in desk.ledger()
    assert len(popup.shown) == 1


def test_a_process_that_really_dies_leaves_a_lock_that_the_next_one_takes(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    script = """
import os, sys
from datetime import datetime
from zoneinfo import ZoneInfo
from b12desk.reminders.agent import run_pass
class Dies:
    name = "dbus"
    def available(self): return True
    def send(self, title, text, offer=None): os.kill(os.getpid(), 9)
run_pass(sys.argv[1], datetime(2026, 6, 5, 9, tzinfo=ZoneInfo("Europe/Berlin")), [Dies()])
"""
    died = subprocess.run([sys.executable, "-c", script, str(desk.path)], check=False)
    assert died.returncode == -9
    popup = FakeChannel()
    result = desk.run(popup)
    assert steps_of(result) == ["day"]
    assert result.sent[0].retried
    assert len(popup.shown) == 1


def test_a_pass_while_another_process_is_sending_says_nothing(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    script = """
import sys
from datetime import datetime
from zoneinfo import ZoneInfo
from b12desk.reminders.agent import run_pass
class Slow:
    name = "dbus"
    def available(self): return True
    def send(self, title, text, offer=None):
        print("sending", flush=True)
        sys.stdin.readline()
        return "accepted"
run_pass(sys.argv[1], datetime(2026, 6, 5, 9, tzinfo=ZoneInfo("Europe/Berlin")), [Slow()])
"""
    command = [sys.executable, "-c", script, str(desk.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as slow:
        assert slow.stdout is not None
        assert slow.stdout.readline() == "sending\n"
        popup = FakeChannel()
        beside = desk.run(popup)
        slow.communicate("go on\n", timeout=60)
    assert slow.returncode == 0
    assert beside.busy
    assert (beside.sent, popup.shown) == ((), [])
    assert desk.run(popup).sent == ()
    assert desk.ledger()[-1] == ("2026-06-05", "day", "accepted")


def test_a_clock_set_to_2030_and_back_eats_no_reminder(desk: Desk) -> None:
    desk.clock.set("2026-06-01T10:00")
    desk.project(item("2026-06-05"))
    popup = FakeChannel()
    desk.clock.set("2030-01-01T10:00")
    assert steps_of(desk.run(popup))[0].startswith("after-")
    said = []
    for day in range(1, 9):
        desk.clock.set(f"2026-06-0{day}T09:00")
        said += steps_of(desk.run(popup))
    assert said == ["before-3", "before-1", "day", "after-1", "after-3"]
    assert len(popup.shown) == 6


def test_a_clock_one_hour_back_repeats_nothing(desk: Desk) -> None:
    desk.clock.set("2026-10-25T09:30")
    desk.project(item("2026-10-25"))
    popup = FakeChannel()
    desk.run(popup)
    desk.clock.advance(hours=-1)
    desk.run(popup)
    desk.clock.advance(hours=1)
    desk.run(popup)
    assert len(popup.shown) == 1


def test_in_another_zone_a_reminder_follows_the_clock_there(desk: Desk) -> None:
    planned = item("2026-06-05", interval_days=1)
    desk.clock.set("2026-06-04T20:00")
    desk.project(planned)
    popup = FakeChannel()
    away = Desk(desk.path, type(desk.clock)("2026-06-05T08:59", "Pacific/Auckland"))
    assert away.run(popup).sent == ()
    away.clock.set("2026-06-05T09:00")
    assert steps_of(away.run(popup)) == ["day"]
    desk.clock.set("2026-06-05T09:00")  # back home, half a day later
    assert desk.run(popup).sent == ()
    assert len(popup.shown) == 1


@pytest.mark.parametrize("change_of_clocks", ["2026-03-29", "2026-10-25"])
def test_a_clock_change_neither_repeats_nor_loses(desk: Desk, change_of_clocks: str) -> None:
    desk.clock.set(f"{change_of_clocks}T00:00")
    desk.project(item(change_of_clocks, interval_days=1, clock_time=time(2, 30)))
    popup = FakeChannel()
    for _ in range(8 * 60):
        desk.run(popup)
        desk.clock.advance(minutes=1)
    assert len(popup.shown) == 1


def test_the_next_channel_is_tried_only_after_a_failure(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    dbus, plyer, tray = FakeChannel("dbus", "failed"), FakeChannel("plyer", "unknown"), FakeChannel("tray")
    assert channels_of(desk.run(dbus, plyer, tray)) == [
        ("list", "accepted"),
        ("dbus", "failed"),
        ("plyer", "unknown"),
    ]
    assert tray.shown == []
    assert desk.ledger()[-1] == ("2026-06-05", "day", "unknown")


def test_all_channels_failing_is_noted_and_not_tried_for_ever(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    broken = FakeChannel("dbus", "failed")
    assert channels_of(desk.run(broken)) == [("list", "accepted"), ("dbus", "failed")]
    desk.clock.advance(minutes=1)
    assert desk.run(broken).sent == ()
    desk.clock.set("2026-06-06T09:00")
    assert channels_of(desk.run(broken)) == [("list", "accepted"), ("dbus", "failed")]


def test_without_a_notification_service_the_list_alone_has_it(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    nowhere = FakeChannel("dbus", there=False)
    assert channels_of(desk.run(nowhere)) == [("list", "accepted")]
    assert desk.run(nowhere).sent == ()
    with Book.open(desk.path, desk.clock()) as book:
        assert [line.step for line in book.pending(desk.clock())] == ["day"]


def test_the_pop_up_follows_once_when_the_service_starts_later(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    popup = FakeChannel("dbus", there=False)
    desk.run(popup)
    popup.there = True
    desk.clock.advance(minutes=5)
    assert channels_of(desk.run(popup)) == [("dbus", "accepted")]
    assert desk.run(popup).sent == ()
    assert len(popup.shown) == 1


def test_the_list_chosen_as_the_only_channel_owes_no_pop_up(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    assert channels_of(desk.run()) == [("list", "accepted")]
    assert desk.run(FakeChannel()).sent == ()


def test_one_message_per_person_and_pass(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(
        item("2026-06-05"),
        item("2026-06-01"),
        item("2026-06-05", person_id="p2", person_name="Ben"),
    )
    popup = FakeChannel()
    result = desk.run(popup)
    assert [title for title, _ in popup.shown] == [
        "Anna: B12 injections (1 not logged, 1 planned)",
        "Ben: B12 injection planned for 5 June (today)",
    ]
    assert [(sent.alert.item.person_id, sent.alert.step.name, sent.channel) for sent in result.sent] == [
        ("p1", "after-3", "list"),
        ("p1", "after-3", "dbus"),
        ("p1", "day", "list"),
        ("p1", "day", "dbus"),
        ("p2", "day", "list"),
        ("p2", "day", "dbus"),
    ]


def test_one_person_can_be_asked_for_alone(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"), item("2026-06-05", person_id="p2", person_name="Ben"))
    assert [sent.alert.item.person_id for sent in desk.run(person="ben").sent] == ["p2"]
    assert [sent.alert.item.person_id for sent in desk.run(person="p1").sent] == ["p1"]


def test_a_stale_book_still_reminds_and_asks_to_look(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    with Book.open(desk.path, desk.clock()) as book:
        book.mark_stale(desk.clock())
    result = desk.run(FakeChannel())
    assert result.stale
    assert result.sent[0].text.endswith(STALE_NOTE)


def test_a_new_date_is_a_new_reminder_and_the_old_one_comes_back_silent(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    popup = FakeChannel()
    desk.project(item("2026-06-05"))
    desk.run(popup)
    desk.project(item("2026-06-08"))
    assert steps_of(desk.run(popup)) == ["before-3"]
    desk.project(item("2026-06-05", occurrence_id="another-revision"))
    assert desk.run(popup).sent == ()


def test_logging_closes_and_undo_reopens_without_repeating(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    popup = FakeChannel()
    desk.project(item("2026-06-05"))
    desk.run(popup)
    desk.project()
    assert desk.run(popup).pending == ()
    desk.project(item("2026-06-05"))
    assert desk.run(popup).sent == ()
    desk.clock.set("2026-06-06T09:00")
    assert steps_of(desk.run(popup)) == ["after-1"]


def test_a_snooze_is_silent_until_its_day_and_stays_in_the_list(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    popup = FakeChannel()
    desk.project(item("2026-06-05"))
    desk.run(popup)
    desk.project(item("2026-06-05", snoozed_until=date(2026, 6, 10)))
    said = []
    for day in range(6, 13):
        desk.clock.set(f"2026-06-{day:02}T10:00")
        said += [(day, step) for step in steps_of(desk.run(popup))]
        with Book.open(desk.path, desk.clock()) as book:
            assert len(book.pending(desk.clock())) == 1
    assert said == [(10, "snoozed-2026-06-10"), (12, "after-7")]


def test_quiet_hours_hold_a_pop_up_back_and_lose_nothing(desk: Desk) -> None:
    desk.clock.set("2026-06-05T23:10")
    desk.project(item("2026-06-05", quiet=(time(22), time(7))))
    popup = FakeChannel()
    held = desk.run(popup)
    assert held.sent == ()
    assert [(coming.alert.step.name, coming.at.isoformat()) for coming in held.pending] == [
        ("day", "2026-06-06T07:00:00+02:00")
    ]
    desk.clock.set("2026-06-06T07:00")
    assert steps_of(desk.run(popup)) == ["day"]


def test_a_dry_run_tells_and_changes_nothing(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    popup = FakeChannel()
    before = desk.path.read_bytes()
    rehearsed = desk.run(popup, dry_run=True)
    assert channels_of(rehearsed) == [("list", "accepted"), ("dbus", "unknown")]
    assert [alert.step.name for alert in rehearsed.skipped] == ["before-3", "before-1"]
    assert (popup.shown, desk.path.read_bytes()) == ([], before)
    assert steps_of(desk.run(popup)) == ["day"]


def test_the_next_moments_are_told_soonest_first(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-07-03"), item("2026-06-05"))
    result = desk.run()
    assert [(coming.alert.step.name, coming.at.isoformat()) for coming in result.pending] == [
        ("after-1", "2026-06-06T09:00:00+02:00"),
        ("before-3", "2026-06-30T09:00:00+02:00"),
    ]
    assert result.next_check == result.pending[0].at


def test_without_a_book_there_is_one_sentence(desk: Desk) -> None:
    with pytest.raises(WorldError) as caught:
        desk.run()
    assert caught.value.code == "no_diary"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_what_cannot_be_noted_is_not_sent(desk: Desk) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    desk.path.chmod(stat.S_IRUSR)
    popup = FakeChannel()
    with pytest.raises(WorldError) as caught:
        desk.run(popup)
    assert caught.value.code == "read_only"
    assert popup.shown == []


def test_what_cannot_be_noted_because_the_book_is_held_is_not_sent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.clock.set("2026-06-05T09:00")
    desk.project(item("2026-06-05"))
    monkeypatch.setattr("b12desk.reminders.book.BUSY_SECONDS", 0.01)
    popup = FakeChannel()
    with Book.open(desk.path, desk.clock()) as other, other._writing(), pytest.raises(WorldError) as caught:
        desk.run(popup)
    assert caught.value.code == "busy"
    assert popup.shown == []
    assert steps_of(desk.run(popup)) == ["day"]


def test_years_of_unlogged_days_are_one_message_and_settled_at_once(desk: Desk) -> None:
    first = date(2024, 6, 5)
    desk.clock.set("2026-06-05T10:00")
    desk.project(*(item((first + timedelta(days=days)).isoformat(), interval_days=1) for days in range(730)))
    popup = FakeChannel()
    desk.run(popup)
    assert [title for title, _ in popup.shown] == ["Anna: B12 injections (730 not logged)"]
    assert desk.run(popup).sent == ()
