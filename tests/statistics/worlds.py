"""The worlds that `make statistics` simulates: nothing there, rhythms that are no return, and returns."""

from __future__ import annotations

from tests.statistics.diaries import World

NOTHING = (
    World("nothing"),
    World("nothing, 5 cycles", cycles=5),
    World("nothing, 12 cycles", cycles=12),
    World("nothing, 24 cycles", cycles=24),
    World("nothing, every 84 days", length=84),
    World("weekends 1 worse", weekend=1.0),
    World("weekends 2 worse", weekend=2.0),
    World("2 worse from first to last day", drift=2.0),
    World("4 worse from first to last day", drift=4.0),
    World("4 better from first to last day", drift=-4.0),
    World("3 worse in the middle of the time", drift=3.0, shape="wave"),
    World("3 worse from an injection on", drift=3.0, shape="step"),
    World("a random walk to a standard deviation of 2", drift=2.0, shape="walk"),
    World("weekends 1 and 2 from first to last day", weekend=1.0, drift=2.0),
)
"""Worlds in which "returns" is always wrong."""

RETURNS = (
    World("2 worse on the last 7 days", late=2.0, affected=1),
    World("the same in all 12 symptoms", late=2.0, affected=12),
    World("the same, weekends 1 worse, drift 2", late=2.0, affected=1, weekend=1.0, drift=2.0),
    World("the same, 4 cycles", cycles=4, late=2.0, affected=1),
    World("the same, 6 cycles", cycles=6, late=2.0, affected=1),
    World("the same, 12 cycles", cycles=12, late=2.0, affected=1),
    World("the same, 24 cycles", cycles=24, late=2.0, affected=1),
    World("1 worse on the last 7 days", late=1.0, affected=1),
    World("a ramp to 2 over the last 7 days", late=2.0, ramp=True, affected=1),
    World("a ramp to 2 over the last 14 days", late=2.0, late_days=14, ramp=True, affected=1),
    World("a ramp to 4 over the last 14 days", late=4.0, late_days=14, ramp=True, affected=1),
    World("a ramp to 3 over all 28 days", late=3.0, late_days=28, ramp=True, affected=1),
    World(
        "a ramp to 3 over all 28 days, 24 cycles", cycles=24, late=3.0, late_days=28, ramp=True, affected=1
    ),
)
"""Worlds in which some symptoms return; the first must be found in 90 % of the diaries."""
