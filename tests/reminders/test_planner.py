"""The ladder, its moments and quiet hours, as tables (RULES R1, R3, R7, P17)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b12desk.reminders.planner import OpenItem, alert_of, look, moment_of, steps, zone_of
from tests.reminders.fakes import item

BERLIN = ZoneInfo("Europe/Berlin")
DAY = date(2026, 6, 5)


def ladder(of: OpenItem, until: date) -> list[tuple[str, int]]:
    """Names of the steps, and their distance in days from 5 June."""
    return [
        (step.name, (step.day - DAY).days) for step in takewhile(lambda step: step.day <= until, steps(of))
    ]


def moment(text: str, zone: str = "Europe/Berlin") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_the_whole_ladder_of_a_monthly_injection() -> None:
    assert ladder(item("2026-06-05"), DAY + timedelta(days=150)) == [
        ("before-3", -3),
        ("before-1", -1),
        ("day", 0),
        ("after-1", 1),
        ("after-3", 3),
        ("after-7", 7),
        ("after-14", 14),
        ("after-21", 21),
        ("after-28", 28),
        ("after-35", 35),
        ("after-42", 42),
        ("after-49", 49),
        ("after-56", 56),
        ("after-84", 84),
        ("after-112", 112),
        ("after-140", 140),
    ]


def test_the_ladder_has_no_end() -> None:
    last = ladder(item("2026-06-05"), DAY + timedelta(days=20 * 365))[-1]
    assert last == ("after-7280", 7280)


@pytest.mark.parametrize(
    ("interval", "leads"),
    [
        (1, []),
        (2, []),
        (3, ["before-1"]),
        (6, ["before-1"]),
        (7, ["before-3", "before-1"]),
        (84, ["before-3", "before-1"]),
        (None, ["before-3", "before-1"]),
    ],
)
def test_days_before_are_dropped_where_they_reach_half_the_interval(
    interval: int | None, leads: list[str]
) -> None:
    before = [name for name, days in ladder(item("2026-06-05", interval_days=interval), DAY) if days < 0]
    assert before == leads


def test_a_longer_window_has_its_last_day_and_counts_from_it() -> None:
    window = item("2026-06-05", window_end=date(2026, 6, 7))
    assert ladder(window, DAY + timedelta(days=5)) == [
        ("before-3", -3),
        ("before-1", -1),
        ("day", 0),
        ("last-day", 2),
        ("after-1", 3),
        ("after-3", 5),
    ]


def test_asking_the_clinic_goes_on_weekly_from_the_missed_date_and_never_ends() -> None:
    asking = item(None, planned=date(2026, 7, 3), interval_days=28)
    assert ladder(asking, DAY + timedelta(days=112)) == [
        (f"ask-{days}", days) for days in (7, 14, 21, 28, 35, 42, 49, 56, 84, 112)
    ]


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2026-06-08", [("after-3", 3), ("after-7", 7)]),  # a rung on the very day serves as it is
        ("2026-06-10", [("snoozed-2026-06-10", 5), ("after-7", 7)]),
        ("2026-05-20", [("snoozed-2026-05-20", -16), ("before-3", -3)]),
    ],
)
def test_a_snooze_silences_until_its_day_and_speaks_on_it(
    until: str, expected: list[tuple[str, int]]
) -> None:
    snoozed = item("2026-06-05", snoozed_until=date.fromisoformat(until))
    assert ladder(snoozed, DAY + timedelta(days=13))[:2] == expected


@pytest.mark.parametrize(
    ("now", "newest", "older", "coming"),
    [
        ("2026-06-02T08:59", None, 0, "before-3"),
        ("2026-06-02T09:00", "before-3", 0, "before-1"),
        ("2026-06-05T08:59", "before-1", 1, "day"),
        ("2026-06-05T09:00", "day", 2, "after-1"),
        ("2026-07-15T12:00", "after-35", 9, "after-42"),
    ],
)
def test_a_step_is_due_from_its_moment_until_the_next_one(
    now: str, newest: str | None, older: int, coming: str
) -> None:
    seen = look(item("2026-06-05"), moment(now), BERLIN)
    assert (seen.newest.step.name if seen.newest else None) == newest
    assert len(seen.older) == older
    assert seen.coming is not None
    assert seen.coming.step.name == coming


@pytest.mark.parametrize(
    ("day", "clock_time", "zone", "expected"),
    [
        ("2026-06-05", "09:00", "Europe/Berlin", "2026-06-05T07:00"),
        ("2026-12-05", "09:00", "Europe/Berlin", "2026-12-05T08:00"),
        ("2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:00"),  # 02:00 to 03:00 does not exist
        ("2026-03-29", "03:00", "Europe/Berlin", "2026-03-29T01:00"),
        ("2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30"),  # twice: the first one
        ("2026-03-08", "02:15", "America/New_York", "2026-03-08T07:00"),
        ("2026-10-04", "02:10", "Australia/Lord_Howe", "2026-10-03T15:30"),  # a gap of half an hour
        ("2011-12-30", "09:00", "Pacific/Apia", "2011-12-30T10:00"),  # a whole day that was left out
    ],
)
def test_moments_follow_the_clocks(day: str, clock_time: str, zone: str, expected: str) -> None:
    found = moment_of(date.fromisoformat(day), time.fromisoformat(clock_time), ZoneInfo(zone))
    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "newest"),
    [("2026-03-29T01:59", None), ("2026-03-29T03:00", "day"), ("2026-03-29T03:01", "day")],
)
def test_a_reminder_in_the_spring_gap_comes_in_the_first_minute_after_it(
    now: str, newest: str | None
) -> None:
    early = item("2026-03-29", interval_days=1, clock_time=time(2, 30))
    seen = look(early, moment(now), BERLIN).newest
    assert (seen.step.name if seen else None) == newest


@pytest.mark.parametrize(
    ("clock_time", "quiet", "expected"),
    [
        ("09:00", ("21:00", "08:00"), "2026-06-05T09:00"),
        ("09:00", ("22:00", "10:30"), "2026-06-05T10:30"),
        ("23:00", ("21:00", "08:00"), "2026-06-06T08:00"),
        ("05:00", ("21:00", "08:00"), "2026-06-05T08:00"),
        ("13:00", ("12:00", "14:00"), "2026-06-05T14:00"),
        ("09:00", ("09:00", "09:00"), "2026-06-05T09:00"),
    ],
)
def test_quiet_hours_move_a_reminder_to_their_end(
    clock_time: str, quiet: tuple[str, str], expected: str
) -> None:
    hours = (time.fromisoformat(quiet[0]), time.fromisoformat(quiet[1]))
    planned = item("2026-06-05", interval_days=1, clock_time=time.fromisoformat(clock_time), quiet=hours)
    found = look(planned, moment("2026-06-01T12:00"), BERLIN).coming
    assert found is not None
    assert found.moment == moment(expected)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-06-06T22:00", "2026-06-07T08:00"),
        ("2026-06-07T07:59", "2026-06-07T08:00"),
        ("2026-06-07T08:00", None),
    ],
)
def test_what_was_missed_is_held_back_during_quiet_hours(now: str, until: str | None) -> None:
    planned = item("2026-06-05", quiet=(time(21), time(8)))
    assert look(planned, moment(now), BERLIN).held_until == (moment(until) if until else None)


def test_the_key_is_the_date_and_not_the_occurrence() -> None:
    first = item("2026-06-05", occurrence_id="plan-1/1/3")
    revised = item("2026-06-05", occurrence_id="plan-2/1/1", planned=date(2026, 6, 1))
    moved = item("2026-06-06", occurrence_id="plan-1/1/3")
    assert first.key("day") == revised.key("day") != moved.key("day")
    assert item(None, planned=DAY).key("ask-7") != first.key("ask-7")


def test_a_bare_offset_of_this_computer_means_the_computers_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    summer = datetime(2026, 6, 5, 9, tzinfo=UTC).astimezone()
    assert zone_of(summer) is None
    elsewhere = timezone(summer.utcoffset() + timedelta(hours=3))  # type: ignore[operator]
    assert zone_of(summer.astimezone(elsewhere)) == elsewhere
    assert zone_of(summer.astimezone(BERLIN)) == BERLIN


@given(
    now=st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-12-31")),
    window=st.integers(0, 5),
    interval=st.none() | st.integers(1, 200),
    clock_time=st.times(),
    quiet=st.none() | st.tuples(st.times(), st.times()),
    snoozed=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    zone=st.sampled_from(["Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe"]),
)
def test_the_newest_step_is_the_last_whose_moment_has_passed(
    now: datetime,
    window: int,
    interval: int | None,
    clock_time: time,
    quiet: tuple[time, time] | None,
    snoozed: date | None,
    zone: str,
) -> None:
    here = ZoneInfo(zone)
    one = item(
        "2026-06-05",
        window_end=DAY + timedelta(days=window),
        interval_days=interval,
        clock_time=clock_time,
        quiet=quiet,
        snoozed_until=snoozed,
    )
    seen = look(one, now.replace(tzinfo=here), here)
    every = [alert_of(one, step, here) for step in takewhile(lambda step: step.day.year < 2029, steps(one))]
    assert [alert.moment for alert in every] == sorted(alert.moment for alert in every)
    passed = [alert for alert in every if alert.moment <= now.replace(tzinfo=here)]
    assert seen.newest == (passed[-1] if passed else None)
    assert seen.older == tuple(alert.step for alert in passed[:-1])
    assert seen.coming == every[len(passed)]
