"""How often the return of symptoms is found in simulated diaries, where it is and where it is not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from b12desk.domain.return_of_symptoms import LEVEL, find
from tests.statistics.diaries import World, diary

THRESHOLD = 6


@dataclass(frozen=True)
class Row:
    """What one simulated world gave.

    Attributes:
        diaries: how many were simulated.
        wrong: share of diaries in which an unaffected symptom was said to return.
        found: share of the affected symptoms that were found; None without any.
        not_enough: share of symptoms that were left undecided.
    """

    world: World
    diaries: int
    wrong: float
    found: float | None
    not_enough: float

    @property
    def allowed(self) -> float:
        """5 % and two standard errors of a share of so many diaries."""
        return LEVEL + 2 * float(np.sqrt(LEVEL * (1 - LEVEL) / self.diaries))


def measure(world: World, diaries: int, seed: int) -> Row:
    """Simulate and count."""
    chance = np.random.default_rng(seed)
    wrong = found = undecided = 0
    for number in range(diaries):
        findings = find(diary(world, chance), threshold=THRESHOLD, seed=seed + number)
        returns = [finding.verdict == "returns" for finding in findings]
        found += sum(returns[: world.affected])
        wrong += any(returns[world.affected :])
        undecided += sum(finding.verdict == "not_enough" for finding in findings)
    return Row(
        world,
        diaries,
        wrong / diaries,
        found / (diaries * world.affected) if world.affected else None,
        undecided / (diaries * world.symptoms),
    )
