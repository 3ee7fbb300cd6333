"""One line of the bench: what is measured, against what, and the goal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.measure import Comparison
from tests.bench.setting import Setting


@dataclass(frozen=True)
class Row:
    """A ratio with its goal.

    Attributes:
        name: short name, by which the command line chooses rows.
        what: what is measured.
        floor: what it is measured against, in the same run.
        measure: does it, on the diaries of a setting.
        time: the highest time ratio that is met; None where time is no goal.
        memory: the same for peak memory.
    """

    name: str
    what: str
    floor: str
    measure: Callable[[Setting], Comparison]
    time: float | None = None
    memory: float | None = None
