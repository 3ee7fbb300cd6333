"""A stopped clock keeps the local date as written and always has a zone with a name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from b12desk.clock import stopped_clock, system_clock, zone_name


def test_the_system_clock_has_a_named_zone() -> None:
    assert ZoneInfo(zone_name(system_clock())).key


def test_a_reading_without_a_zone_is_the_computers_own() -> None:
    now = stopped_clock(datetime(2026, 1, 5, 9, 30))()  # noqa: DTZ001 - the case itself
    assert (now.hour, now.minute) == (9, 30)
    assert isinstance(now.tzinfo, ZoneInfo)


@pytest.mark.parametrize("hours", [-12, -5, 0, 1, 11, 14])
def test_a_whole_offset_keeps_the_local_time(hours: int) -> None:
    written = datetime(2026, 1, 5, 23, 30, tzinfo=timezone(timedelta(hours=hours)))
    now = stopped_clock(written)()
    assert now == written
    assert now.replace(tzinfo=None) == written.replace(tzinfo=None)
    assert ZoneInfo(zone_name(now)).utcoffset(now) == timedelta(hours=hours)


def test_another_offset_keeps_the_moment() -> None:
    written = datetime(2026, 1, 5, 23, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert stopped_clock(written)() == written


def test_a_named_zone_stays() -> None:
    written = datetime(2026, 1, 5, 9, 30, tzinfo=ZoneInfo("Asia/Kolkata"))
    assert zone_name(stopped_clock(written)()) == "Asia/Kolkata"


def test_it_does_not_go_on() -> None:
    clock = stopped_clock(datetime(2026, 1, 5, tzinfo=UTC))
    assert clock() == clock()
