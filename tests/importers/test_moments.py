"""Sample times as printed, at their own precision."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b12desk.importers.moments import Moment, Order, day_order, read_moment
from b12desk.importers.ranges import Range, limits, read_range


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2026-01-05", "2026-01-05"),
        ("2026-01-05 09:30", "2026-01-05T09:30"),
        ("2026-01-05T09:30:00+11:00", "2026-01-05T09:30:00+11:00"),
        ("2005-07-05T15:29:58.597000+00:00", "2005-07-05T15:29:58.597000+00:00"),
        ("2026-01-05T09:30:00Z", "2026-01-05T09:30:00Z"),
        ("05.01.2026", "2026-01-05"),
        ("5.1.2026 8:15", "2026-01-05T08:15"),
        ("31/12/2025", "2025-12-31"),
        ("12/31/2025", "2025-12-31"),
        ("12/31/2025 1:05 PM", "2025-12-31T13:05"),
        ("12/31/2025 12:05 am", "2025-12-31T00:05"),
        ("2026/01/05", "2026-01-05"),
        ("20260105", "2026-01-05"),
        ("202601050930", "2026-01-05T09:30"),
        ("5 Jan 2026", "2026-01-05"),
        ("5. März 2026", "2026-03-05"),
        ("12 août 2025", "2025-08-12"),
        ("3 juillet 2025", "2025-07-03"),
        ("Jan 5, 2026", "2026-01-05"),
        ("05-Jan-2026", "2026-01-05"),
        ("29.02.2024", "2024-02-29"),
    ],
)
def test_a_printed_date_is_read(printed: str, iso: str) -> None:
    assert read_moment(printed) == Moment(iso)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "2026",
        "2026-01",
        "0000-01-01",
        "29.02.2025",
        "2025-02-30",
        "05.01.26",
        "32/01/2026",
        "2026-01-05T25:00",
        "soon",
    ],
)
def test_what_is_no_single_day_is_none(printed: str) -> None:
    assert read_moment(printed) is None


def test_slashes_have_two_readings_until_the_file_proves_one() -> None:
    assert read_moment("03/04/2024") == Moment("2024-04-03", "2024-03-04")
    assert read_moment("03/04/2024", "mdy") == Moment("2024-03-04")
    assert read_moment("04/04/2024") == Moment("2024-04-04")
    assert read_moment("03.04.2024") == Moment("2024-04-03")


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2024", "31/12/2024"], "dmy"),
        (["03/04/2024", "12/31/2024"], "mdy"),
        (["03/04/2024"], None),
        (["31/12/2024", "12/31/2024"], None),
        (["03.04.2024"], "dmy"),
    ],
)
def test_the_order_of_day_and_month_is_proved_or_open(texts: list[str], order: Order | None) -> None:
    assert day_order(texts) == order


@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y"]))
def test_a_written_date_is_read_back(day: object, form: str) -> None:
    moment = read_moment(f"{day:{form}}")
    assert moment is None or moment.iso == f"{day:%Y-%m-%d}"


@given(st.text(max_size=25))
def test_no_text_breaks_the_reading_of_times_and_ranges(text: str) -> None:
    moment = read_moment(text)
    assert moment is None or moment.iso[4] == "-"
    assert isinstance(read_range(text, None), Range)


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("13.5-17.5", Range("13.5", "17.5", None)),
        ("[12 - 16]", Range("12", "16", None)),
        ("4,0 – 11,0", Range("4.0", "11.0", None)),
        ("12 to 16", Range("12", "16", None)),
        ("< 84", Range(None, "84", None)),
        ("- 3.0", Range(None, "3.0", None)),
        ("> 3.9", Range("3.9", None, None)),
        ("50 -", Range("50", None, None)),
        ("46 - 38", Range(None, None, "46 - 38")),
        ("negative", Range(None, None, "negative")),
        ("0 - 0", Range(None, None, None)),
        ("", Range(None, None, None)),
    ],
)
def test_a_printed_range_is_two_limits_or_its_text(printed: str, found: Range) -> None:
    assert read_range(printed, None) == found


def test_limits_in_two_cells_that_are_words_stay_text() -> None:
    assert limits("Negative", "", ".") == Range(None, None, "Negative")
    assert limits("0", "0", ".") == Range(None, None, None)
    assert limits("12.0", "", ".") == Range("12.0", None, None)
