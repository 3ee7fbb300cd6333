"""What reminders say, and what they never say (DOMAIN 6 and 8)."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b12desk.reminders.planner import Alert, OpenItem, look, zone_of
from b12desk.reminders.wording import STALE_NOTE, Said, message
from tests.helpers.clock import FixedClock
from tests.reminders.fakes import item

NEVER = re.compile(
    r"\b(overdue|late|missed|forg[eo]t\w*|should|must|take it now|skip|double|increase|(ab)?normal|safe)\b",
    re.IGNORECASE,
)
CONTACT = "Contact your clinic about when to have it. Do not take extra."
MOVED_ON = "It would begin a new phase: has your clinic moved you on?"


def alert(of: OpenItem, today: str) -> Alert:
    now = FixedClock(f"{today}T23:00")()
    found = look(of, now, zone_of(now)).newest
    assert found is not None
    return found


def say(today: str, *items: OpenItem, stale: bool = False) -> Said:
    return message([alert(one, today) for one in items], date.fromisoformat(today), stale)


@pytest.mark.parametrize(
    ("planned", "today", "title", "text"),
    [
        (
            item("2026-06-05"),
            "2026-06-02",
            "Anna: B12 injection planned for 5 June (in 3 days)",
            "Your B12 injection is planned for 5 June.",
        ),
        (
            item("2026-06-05"),
            "2026-06-04",
            "Anna: B12 injection planned for 5 June (in 1 day)",
            "Your B12 injection is planned for 5 June.",
        ),
        (
            item("2026-06-05", person_name=""),
            "2026-06-05",
            "B12 injection planned for 5 June (today)",
            "Your B12 injection is planned for 5 June.",
        ),
        (
            item("2026-06-05", window_end=date(2026, 6, 7)),
            "2026-06-07",
            "Anna: B12 injection planned for 5 June (until 7 June)",
            "Your B12 injection is planned for 5 June to 7 June (last day today).",
        ),
        (
            item("2026-05-03"),
            "2026-05-10",
            "Anna: B12 injection planned for 3 May",
            f"Your injection planned for 3 May is not logged. {CONTACT}",
        ),
        (
            item("2026-05-03", grace_days=7),
            "2026-05-10",
            "Anna: B12 injection planned for 3 May",
            "Your injection planned for 3 May is not logged yet.",
        ),
        (
            item("2025-11-03"),
            "2026-05-10",
            "Anna: B12 injection planned for 3 November 2025",
            f"Your injection planned for 3 November 2025 is not logged. {CONTACT}",
        ),
        (
            item("2026-06-05", state="to_confirm"),
            "2026-06-05",
            "Anna: B12 injection planned for 5 June (today)",
            f"Your B12 injection is planned for 5 June. {MOVED_ON}",
        ),
    ],
)
def test_one_injection_in_words(planned: OpenItem, today: str, title: str, text: str) -> None:
    assert say(today, planned) == (title, text)


def test_s34_an_injection_not_logged_points_to_the_clinic() -> None:
    said = say("2026-05-04", item("2026-05-03"))
    assert "Contact your clinic about when to have it." in said.text
    assert "Do not take extra." in said.text
    asked = say("2026-06-10", item(None, planned=date(2026, 6, 28)))
    assert "Ask your clinic when to have it" in asked.text


def test_s33_several_dates_in_one_message_stay_several_single_injections() -> None:
    said = say("2026-05-12", item("2026-05-03"), item("2026-05-10"), item("2026-05-15"))
    assert said.title == "Anna: B12 injections (2 not logged, 1 planned)"
    assert said.text == (
        "Your injections planned for 3 May and 10 May are not logged. Call your clinic before the next one. "
        "Do not take extra. B12 injection planned for 15 May."
    )


def test_s32_no_message_blames_or_orders() -> None:
    for days in (-3, -1, 0, 1, 3, 7, 56, 84, 364):
        today = date(2026, 6, 5) + timedelta(days=days)
        for planned in (item("2026-06-05"), item("2026-06-05", window_end=date(2026, 6, 7))):
            said = message([alert(planned, today.isoformat())], today, stale=False)
            assert not NEVER.search(f"{said.title} {said.text}"), said


def test_a_neutral_message_names_no_injection() -> None:
    said = say("2026-06-05", item("2026-06-05", neutral=True, person_name="Person 2"))
    assert said == ("Person 2: A reminder from your diary", "About 5 June. Open B12 Desk to see it.")


def test_a_stale_book_asks_to_open_the_app() -> None:
    assert say("2026-05-10", item("2026-05-03"), stale=True).text.endswith(f"Do not take extra. {STALE_NOTE}")


@given(
    name=st.text(max_size=90),
    days=st.lists(st.integers(0, 900), min_size=1, max_size=12),
    stale=st.booleans(),
    neutral=st.booleans(),
)
def test_every_message_fits_the_smallest_pop_up(
    name: str, days: list[int], stale: bool, neutral: bool
) -> None:
    today = date(2026, 12, 28)
    items = [
        item((today - timedelta(days=back)).isoformat(), person_name=name, neutral=neutral)
        for back in sorted(days)
    ]
    said = message([alert(one, today.isoformat()) for one in items], today, stale)
    assert 0 < len(said.title) <= 60
    assert 0 < len(said.text) <= 200
    assert not stale or said.text.endswith(STALE_NOTE)
    if any(back > 0 for back in days) and not neutral:
        assert "clinic" in said.text
        assert "Do not take extra." in said.text
