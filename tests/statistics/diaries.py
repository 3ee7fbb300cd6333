"""Simulated diaries for the return of symptoms, by RULES C4: seeded noise, and an effect or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from b12desk.domain.cycles import AlignedCycle, Cycle

START = date(2024, 1, 1)  # a Monday
WEEKEND = np.array([0, 0, 0, 0, 0, 1, 1], dtype=np.float64)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """How the simulated people live.

    Attributes:
        cycles, length: complete cycles and their days.
        symptoms: scored each day, with noise of `correlation` between any two, of `memory` from one day to
            the next (AR(1)) and of standard deviation `sd`, around `level`; rounded, clipped to 0 to 10.
        missing: share of scores that are left blank.
        late: points added on each of the last `late_days` days of a cycle; `ramp`: they grow from 0 evenly
            over these days instead.
        affected: how many of the symptoms have the effect.
        weekend: points added on Saturdays and Sundays to every symptom.
        drift: points from the first to the last day; `shape` is line, wave (there and back), step (in the
            middle, with an injection) or walk (random, of this standard deviation at its end).
    """

    name: str
    cycles: int = 8
    length: int = 28
    symptoms: int = 12
    correlation: float = 0.5
    memory: float = 0.5
    sd: float = 1.5
    level: float = 4.0
    missing: float = 0.2
    late: float = 0.0
    late_days: int = 7
    ramp: bool = False
    affected: int = 0
    weekend: float = 0.0
    drift: float = 0.0
    shape: str = "line"


def scores(world: World, chance: np.random.Generator) -> Floats:
    """Scores by day (rows) and symptom; NaN where blank."""
    days = world.cycles * world.length
    noise = _noise(world, chance, days)
    day = np.arange(days)
    values = world.level + world.sd * noise
    values[:, : world.affected] += _effect(world)[day % world.length][:, None]
    values += world.weekend * WEEKEND[day % 7][:, None]
    values += _drift(world, chance, days)[:, None]
    values = np.clip(np.rint(values), 0, 10)
    values[chance.uniform(size=values.shape) < world.missing] = np.nan
    return values


def diary(world: World, chance: np.random.Generator) -> dict[str, tuple[AlignedCycle, ...]]:
    """One simulated diary as the product sees it: each symptom's scores over the cycles."""
    values = scores(world, chance).reshape(world.cycles, world.length, world.symptoms)
    cycles = [
        Cycle(
            START + timedelta(days=number * world.length),
            START + timedelta(days=(number + 1) * world.length),
            "",
            "",
            True,
        )
        for number in range(world.cycles)
    ]
    return {
        f"symptom-{symptom}": tuple(
            _aligned(cycle, values[number, :, symptom]) for number, cycle in enumerate(cycles)
        )
        for symptom in range(world.symptoms)
    }


def _aligned(cycle: Cycle, values: Floats) -> AlignedCycle:
    there = np.flatnonzero(~np.isnan(values))
    return AlignedCycle(cycle, tuple(there.tolist()), tuple(values[there].astype(int).tolist()))


def _noise(world: World, chance: np.random.Generator, days: int) -> Floats:
    """Normal noise of variance 1: stationary AR(1) in time, equally correlated between symptoms."""
    shared = chance.normal(size=(days, 1))
    own = chance.normal(size=(days, world.symptoms))
    fresh = np.sqrt(world.correlation) * shared + np.sqrt(1 - world.correlation) * own
    noise = fresh.copy()
    for day in range(1, days):
        noise[day] = world.memory * noise[day - 1] + np.sqrt(1 - world.memory**2) * fresh[day]
    return noise


def _effect(world: World) -> Floats:
    """Points added on each day of a cycle."""
    effect = np.zeros(world.length)
    if world.late_days:
        shape = np.arange(1, world.late_days + 1) / world.late_days if world.ramp else 1.0
        effect[-world.late_days :] = world.late * shape
    return effect


def _drift(world: World, chance: np.random.Generator, days: int) -> Floats:
    if world.shape == "walk":
        result: Floats = np.cumsum(chance.normal(size=days)) * world.drift / np.sqrt(days)
        return result
    along = np.arange(days) / days
    shapes = {
        "line": along - 0.5,
        "wave": np.sin(np.pi * along) - 0.5,
        "step": (np.arange(days) >= world.cycles // 2 * world.length) - 0.5,
    }
    return world.drift * shapes[world.shape]
