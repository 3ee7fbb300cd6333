"""A desk on a new diary, with one person, in a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from b12desk.desk import Desk
from tests.helpers.clock import FixedClock

TWELVE_WEEKS = {
    "started_on": "2026-01-05",
    "anchor": "last_injection",
    "ordered_by": "Dr Example",
    "phases": [
        {
            "name": "maintenance",
            "dose": "1000 ug",
            "volume": "1 mL",
            "product": "Ampoule",
            "route": "IM",
            "every": {"weeks": 12},
            "until": "no_end",
        }
    ],
}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock("2026-06-01T12:00", "Europe/London")


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    numbers = count(1)
    opened = Desk.open(
        tmp_path / "diary.db",
        clock=clock,
        create=True,
        ids=lambda: f"{next(numbers):032x}",
        zone="Europe/London",
    )
    yield opened
    opened.close()


@pytest.fixture
def ann(desk: Desk) -> str:
    """The id of the only person, who has a labelled ampoule."""
    outcome = desk.people.add("Ann")
    person = outcome.records[0].id
    desk.products.add(person, "Ampoule", form="hydroxocobalamin", strength="1000 ug/mL", volume="1 mL")
    return person
