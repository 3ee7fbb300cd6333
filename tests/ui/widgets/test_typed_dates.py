"""Days and times as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest

from b12desk.ui.widgets.typed_dates import distance, read_day, read_time

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-09-12", date(2026, 9, 12)),
        ("12 September 2026", date(2026, 9, 12)),
        ("12 sep 2026", date(2026, 9, 12)),
        (" 3  May ", date(2026, 5, 3)),
        ("12.9.2026", date(2026, 9, 12)),
        ("31/12/2025", date(2025, 12, 31)),
        ("12/31/2025", date(2025, 12, 31)),
        ("5/5/2026", date(2026, 5, 5)),
        ("today", TODAY),
        ("Yesterday", date(2026, 11, 20)),
        ("10 weeks ago", date(2026, 9, 12)),
        ("1 day ago", date(2026, 11, 20)),
        ("29 Feb 2024", date(2024, 2, 29)),
    ],
)
def test_a_day_is_understood(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("3/5/2026", "two days"),
        ("31 April 2026", "no such day"),
        ("29 Feb 2026", "no such day"),
        ("12 Ju 2026", "Type a day"),
        ("3 Maj 2026", "no month"),
        ("soon", "Type a day"),
        ("99999 weeks ago", "Type a day"),
        ("9999 weeks ago", "Type a day"),
    ],
)
def test_what_is_no_day_or_two_is_refused(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_day(typed, date(1, 1, 5) if typed.startswith("9999 ") else TODAY)


@pytest.mark.parametrize(
    ("typed", "at"), [("9:30", time(9, 30)), ("0930", time(9, 30)), ("9 pm", time(21, 0)), ("12 am", time(0))]
)
def test_a_time_is_understood(typed: str, at: time) -> None:
    assert read_time(typed) == at


@pytest.mark.parametrize("typed", ["25:00", "9:75", "noon"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="Type a time"):
        read_time(typed)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 21), "today"),
        (date(2026, 11, 22), "tomorrow"),
        (date(2026, 12, 5), "in 2 weeks"),
        (date(2026, 11, 11), "10 days ago"),
        (date(2026, 9, 12), "10 weeks ago"),
    ],
)
def test_the_distance_is_said_in_words(day: date, words: str) -> None:
    assert distance(day, TODAY) == words
