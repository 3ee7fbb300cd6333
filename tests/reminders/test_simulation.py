"""Lives of patients with power-offs, sleep, travel, kills and wrong clocks; `make simulate` runs many."""

from __future__ import annotations

from pathlib import Path

import pytest

from b12desk.reminders import agent
from b12desk.reminders.planner import Decision, OpenItem, look
from tests.simulation.life import Figures, Patient


@pytest.mark.parametrize("seed", range(9001, 9004))
def test_nothing_is_lost_repeated_or_moved(seed: int, tmp_path: Path) -> None:
    figures = Patient(seed, tmp_path).live(0.4)
    assert figures.kept, figures.first_wrong
    assert figures.passes > 100


def test_the_simulation_would_see_a_lost_reminder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(item: OpenItem, now: object, zone: object) -> Decision:
        decision = look(item, now, zone)  # type: ignore[arg-type]
        lost = decision.newest is not None and decision.newest.step.name == "after-3"
        return decision._replace(newest=None) if lost else decision

    monkeypatch.setattr(agent, "look", forgetful)
    total = Figures()
    for seed in range(9001, 9005):
        folder = tmp_path / str(seed)
        folder.mkdir()
        total.add(Patient(seed, folder).live(0.5))
    assert total.lost > 0
    assert "lost" in total.first_wrong


def test_the_simulation_would_see_a_repeated_reminder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("b12desk.reminders.book.Book.entry", lambda *_: None)
    assert Patient(9001, tmp_path).live(0.5).repeated > 0
