"""The reminder book: what goes in comes out, the marks, and what happens to a file that cannot be used."""

from __future__ import annotations

import sqlite3
import stat
import sys
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b12desk.domain.errors import WorldError
from b12desk.reminders.book import Book
from b12desk.reminders.book_rows import Entry, Wish, item_from_row, item_to_row
from b12desk.reminders.planner import OpenItem
from tests.helpers.clock import FixedClock
from tests.reminders.fakes import Desk, FakeChannel, item

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
HOURS = st.times().map(lambda at: at.replace(tzinfo=None, microsecond=0))


@given(
    st.builds(
        OpenItem,
        person_id=st.text(),
        person_name=st.text(),
        occurrence_id=st.text(),
        planned=DAYS,
        on=st.none() | DAYS,
        window_end=st.none() | DAYS,
        interval_days=st.none() | st.integers(1, 400),
        state=st.sampled_from(["upcoming", "due", "late", "to_confirm", "ask_clinic"]),
        grace_days=st.integers(0, 30),
        snoozed_until=st.none() | DAYS,
        clock_time=HOURS,
        quiet=st.none() | st.tuples(HOURS, HOURS),
        neutral=st.booleans(),
    )
)
def test_an_item_comes_back_as_it_went_in(one: OpenItem) -> None:
    assert item_from_row(item_to_row(one)) == one


def test_the_projection_is_replaced_as_a_whole(desk: Desk) -> None:
    desk.project(item("2026-06-05"), item("2026-07-03"))
    desk.project(item("2026-06-12", quiet=(time(21), time(8))))
    with Book.open(desk.path, desk.clock()) as book:
        assert book.items() == [item("2026-06-12", quiet=(time(21), time(8)))]


def test_a_projection_that_breaks_off_leaves_the_former_one(desk: Desk) -> None:
    desk.project(item("2026-06-05"))

    def broken() -> object:
        yield item("2026-06-12")
        raise RuntimeError("the diary could not be read to its end")

    with Book.open(desk.path, desk.clock()) as book:
        with pytest.raises(RuntimeError):
            book.rewrite(broken(), 2, desk.clock())  # type: ignore[arg-type]
        assert book.items() == [item("2026-06-05")]
        assert book.counter() == 1


def test_the_counter_counts_for_nothing_while_the_book_is_stale(desk: Desk) -> None:
    now = desk.clock()
    with Book.open(desk.path, now) as book:
        assert (book.counter(), book.stale()) == (None, False)
        book.rewrite([], 7, now)
        assert book.counter() == 7
        book.mark_stale(now)
        book.mark_stale(now + timedelta(hours=1))
        assert (book.counter(), book.stale_since()) == (None, now)
        book.rewrite([], 8, now)
        assert (book.counter(), book.stale()) == (8, False)


@pytest.mark.parametrize(
    ("now", "zone", "today"),
    [
        ("2026-11-21T00:00", "Europe/Berlin", True),
        ("2026-11-21T23:59", "Europe/Berlin", True),
        ("2026-11-22T00:00", "Europe/Berlin", False),
        ("2026-11-21T23:00", "Pacific/Auckland", True),  # 10:00 in Berlin is 22:00 there
        ("2026-11-22T01:00", "Pacific/Auckland", False),
    ],
)
def test_a_projection_is_of_the_day_on_which_it_was_made(
    desk: Desk, now: str, zone: str, today: bool
) -> None:
    desk.project(item("2026-06-05"))
    with Book.open(desk.path, desk.clock()) as book:
        assert book.is_of_today(FixedClock(now, zone)()) is today


def test_the_ledger_is_told_newest_first(desk: Desk) -> None:
    desk.project(item("2026-06-05"))
    for day in ("2026-06-02", "2026-06-04", "2026-06-05"):
        desk.clock.set(f"{day}T09:00")
        desk.run(FakeChannel())
    with Book.open(desk.path, desk.clock()) as book:
        assert [entry.step for entry in book.ledger(2)] == ["day", "before-1"]


@pytest.mark.parametrize(("hours", "found"), [(-24 * 400, True), (0, True), (24, True), (24.1, False)])
def test_an_entry_over_a_day_in_the_future_is_void(desk: Desk, hours: float, found: bool) -> None:
    now = desk.clock()
    at = now + timedelta(hours=hours)
    entry = Entry("p1", "take", "2026-06-05", "day", "o1", now, at, "sent", 1, "list", "accepted")
    with Book.open(desk.path, now) as book:
        book.record([entry])
        assert (book.entry(entry.key, now) is not None) is found


def test_a_wish_waits_until_it_is_in_the_diary_and_counts_at_once(desk: Desk) -> None:
    wish = Wish("p1", "take", "2026-06-05", "snooze", "2026-06-10", desk.clock())
    desk.project(item("2026-06-05"), item("2026-06-05", kind="book"))
    with Book.open(desk.path, desk.clock()) as book:
        book.wish([wish])
        ((number, kept),) = book.wishes().items()
        assert kept == wish
        assert [one.snoozed_until for one in book.items()] == [None, date(2026, 6, 10)]
        book.forget_wishes([number])
        assert book.wishes() == {}
        assert [one.snoozed_until for one in book.items()] == [None, None]


@pytest.mark.parametrize("content", [b"this is a letter, not a book" * 100, None])
def test_a_damaged_book_is_set_aside_and_begun_anew(desk: Desk, content: bytes | None) -> None:
    desk.project(item("2026-06-05"))
    whole = desk.path.read_bytes()
    desk.path.write_bytes(content or whole[:100] + b"\xff" * (len(whole) - 100))
    with Book.open(desk.path, desk.clock()) as book:
        assert (book.items(), book.counter()) == ([], None)
    aside = desk.path.with_name(f"{desk.path.name}-damaged-20261121T100000")
    assert aside.exists()


def test_the_agent_leaves_a_damaged_book_to_the_desk(desk: Desk) -> None:
    desk.path.write_bytes(b"this is a letter, not a book" * 100)
    with pytest.raises(WorldError) as caught:
        Book.existing(desk.path)
    assert caught.value.code == "damaged"


def test_a_newer_book_is_refused_and_left_alone(desk: Desk) -> None:
    desk.project(item("2026-06-05"))
    raw = sqlite3.connect(desk.path)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    before = desk.path.read_bytes()
    with pytest.raises(WorldError) as caught:
        Book.open(desk.path, desk.clock())
    assert caught.value.code == "newer_file"
    assert desk.path.read_bytes() == before


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(WorldError) as caught:
        Book.open(tmp_path / "nowhere" / "book.db", clock())
    assert caught.value.code == "read_only"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_may_read_it(desk: Desk) -> None:
    desk.project(item("2026-06-05"))
    assert stat.S_IMODE(desk.path.stat().st_mode) == 0o600


def test_a_full_disk_is_one_sentence_and_keeps_the_former_projection(desk: Desk) -> None:
    desk.project(item("2026-06-05"))
    with Book.open(desk.path, desk.clock()) as book:
        pages = book._db.execute("PRAGMA page_count").fetchone()[0]
        book._db.execute(f"PRAGMA max_page_count = {pages}")
        many = [item("2026-06-05", occurrence_id=str(number) * 100) for number in range(2000)]
        with pytest.raises(WorldError) as caught:
            book.rewrite(many, 2, desk.clock())
        assert caught.value.code == "disk_full"
        assert len(book.items()) == 1


@pytest.mark.parametrize(
    ("now", "steps"),
    [
        ("2026-06-01T10:00", []),
        ("2026-06-02T09:00", ["before-3"]),
        ("2026-08-01T00:00", ["after-56", "after-28"]),
    ],
)
def test_the_list_shows_every_open_item_whose_moment_has_come(desk: Desk, now: str, steps: list[str]) -> None:
    desk.project(item("2026-06-05"), *([item("2026-07-03")] if "08" in now[5:7] else []))
    moment: datetime = desk.clock()
    desk.clock.set(now)
    moment = desk.clock()
    with Book.open(desk.path, moment) as book:
        shown = book.pending(moment)
    assert [line.step for line in shown] == steps
    assert all(line.since <= moment for line in shown)


def test_a_book_of_an_older_version_keeps_its_ledger_and_is_filled_anew(desk: Desk) -> None:
    desk.project(item("2026-06-05"))
    said = Entry(
        "ann", "take", "2026-06-05", "day", "o", desk.clock(), desk.clock(), "sent", 1, "list", "accepted"
    )
    with Book.open(desk.path, desk.clock()) as book:
        book.record([said])
    with closing(sqlite3.connect(desk.path)) as file:
        file.executescript(
            "DROP TABLE open_item; CREATE TABLE open_item (person_id TEXT) STRICT;"
            "INSERT INTO open_item VALUES ('ann'); PRAGMA user_version = 1;"
        )
    with Book.open(desk.path, desk.clock()) as book:
        assert book.items() == []
        assert book.counter() is None
        assert [entry.step for entry in book.ledger(10)] == ["day"]
