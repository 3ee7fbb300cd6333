"""Shows measured rows: lines for the terminal, and a page for the docs."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass

from tests.bench.measure import RUNS, STEADY, Comparison
from tests.bench.row import Row


@dataclass(frozen=True)
class Finding:
    """A row with what came out, or why nothing did."""

    row: Row
    found: Comparison | None
    problem: str = ""

    @property
    def verdict(self) -> str:
        """`met`, `not met`, or why there is no ratio."""
        if self.found is None:
            return f"not measured: {self.problem}"
        if self.row.time is not None and not self.found.steady:
            return f"refused: the floor varied by {self.found.floor.spread:.0%}"
        return "met" if not self.missed else "not met: " + ", ".join(self.missed)

    @property
    def missed(self) -> list[str]:
        """Which of the goals the ratios exceed."""
        pairs = [("time", self._time, self.row.time), ("memory", self._memory, self.row.memory)]
        return [
            name for name, ratio, goal in pairs if goal is not None and ratio is not None and ratio > goal
        ]

    @property
    def cells(self) -> list[str]:
        """The row as text, in the order of HEADINGS."""
        found = self.found
        ours, floor = (found.ours, found.floor) if found else (None, None)
        return [
            self.row.what,
            self.row.floor,
            f"{ours.seconds:.3f} s" if ours else "",
            f"{floor.seconds:.3f} s ± {floor.spread / 2:.0%}" if floor else "",
            _ratio(self._time, self.row.time),
            _ratio(self._memory, self.row.memory),
            self.verdict,
        ]

    @property
    def _time(self) -> float | None:
        return self.found.time_ratio if self.found and self.found.steady else None

    @property
    def _memory(self) -> float | None:
        return self.found.memory_ratio if self.found else None  # other programs do not change it


HEADINGS = ["what", "against", "ours", "floor", "time (goal)", "memory (goal)", "verdict"]


def _ratio(ratio: float | None, goal: float | None) -> str:
    if ratio is None:
        return ""
    return f"{ratio:.2f}x" + (f" ({goal:g}x)" if goal is not None else "")


def line(finding: Finding) -> str:
    """One row for the terminal."""
    what, against, ours, floor, seconds, memory, verdict = finding.cells
    numbers = f"{ours} / {floor} = {seconds}" if ours else ""
    memory = f", memory {memory}" if memory else ""
    return f"{finding.row.name:14} {what}\n{'':14} against {against}\n{'':14} {numbers}{memory}  {verdict}"


def page(findings: list[Finding]) -> str:
    """The page for the docs, in Markdown."""
    table = [HEADINGS, ["---"] * len(HEADINGS), *(finding.cells for finding in findings)]
    rows = "\n".join("| " + " | ".join(cells) + " |" for cells in table)
    screen = "on a screen" if os.environ.get("DISPLAY") else "offscreen"
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    return f"""# Benchmarks

Made by `make bench ARGS="--write"`. Each row compares medians of {RUNS} runs of ours and of its floor, taken
in turns. A floor that varies by more than {STEADY:.0%}, its fastest and slowest run left out, gives no ratio.
The diaries are samples: `b12desk demo --years 10 --seed 7`.

Here: {platform.system()} {platform.machine()}, {os.cpu_count()} cores, {python}, {screen}.

{rows}
"""
