"""Runs a program of its own for one sample, until its end or until it says that its window is painted."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.measure import Sample

LONGEST = 600
"""Seconds after which a program counts as hung."""

FLOORS = Path(__file__).parent / "floors"


class ProgramFailed(Exception):
    """A measured program ended badly; the message holds what it said."""


def whole(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> Sample:
    """Time a program from its start to its end.

    Raises:
        ProgramFailed: its exit status was not 0.
    """
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    seconds = time.monotonic() - started
    if done.returncode:
        raise ProgramFailed(f"{' '.join(command[:4])}: {done.stderr[-500:]}")
    return Sample(seconds)


def painted(*arguments: str, env: dict[str, str] | None = None) -> Sample:
    """Time a Python program from its start to the line `painted MOMENT KIB` it prints after its first paint.

    MOMENT is `time.monotonic()`, one clock for all processes; KIB is its own peak memory at that moment (what
    the system reports about an ended child includes the parent's memory).

    Raises:
        ProgramFailed: it ended without that line.
    """
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, *arguments],
        env=env or offscreen(),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    for line in done.stdout.splitlines():
        if line.startswith("painted "):
            _, moment, kib = line.split()
            return Sample(float(moment) - started, int(kib) / 1024)
    raise ProgramFailed(f"{' '.join(arguments[:3])} painted nothing: {done.stderr[-500:]}")


def offscreen() -> dict[str, str]:
    """The environment for windows: the desktop's, or Qt's offscreen platform where there is none."""
    env = dict(os.environ)
    if not env.get("DISPLAY"):
        env["QT_QPA_PLATFORM"] = "offscreen"
    return env
