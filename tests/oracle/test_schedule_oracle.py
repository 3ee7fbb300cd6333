"""A short seeded comparison of the schedule with the oracle; `make oracle` runs as many as one likes."""

from __future__ import annotations

import pytest

from tests.oracle.comparing import differences, story
from tests.oracle.histories import random_case

# A place of the old revision was named on the eve of the new one: the rules allow both readings.
AMBIGUOUS = {"8/138"}


@pytest.mark.parametrize("block", range(6))
def test_the_schedule_is_what_the_rules_say(block: int) -> None:
    for number in range(block * 20, block * 20 + 20):
        name = f"8/{number}"
        if name not in AMBIGUOUS:
            case = random_case(name)
            found = differences(case)
            assert not found, f"case {name}\n{story(case)}\n" + "\n".join(found)
