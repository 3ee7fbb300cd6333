"""Runs a program of its own for one sample, until its end or until it says that its window is painted."""

from __future__ import annotations

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


def painted(*arguments: str, env: dict[str, str]) -> Sample:
    """Time a Python program from its start to the line `painted MOMENT KIB` it prints after its first paint.

    MOMENT is `time.monotonic()`, one clock for all processes; KIB is its own peak memory at that moment (what
    the system reports about an ended child includes the parent's memory).

    Raises:
        ProgramFailed: it ended without that line.
    """
    started = time.monotonic()
    moment, kib = _said("painted", arguments, env)
    return Sample(float(moment) - started, int(kib) / 1024)


def saved(*arguments: str, env: dict[str, str]) -> Sample:
    """Let a Python program save entries; it prints `saved SECONDS`, its median for one.

    Raises:
        ProgramFailed: it ended without that line.
    """
    (seconds,) = _said("saved", arguments, env)
    return Sample(float(seconds))


def read_through(*arguments: str, env: dict[str, str]) -> Sample:
    """Let a Python program read a file; it prints `read SECONDS KIB`, its time and its own peak memory.

    Raises:
        ProgramFailed: it ended without that line.
    """
    seconds, kib = _said("read", arguments, env)
    return Sample(float(seconds), int(kib) / 1024)


def _said(word: str, arguments: tuple[str, ...], env: dict[str, str]) -> list[str]:
    """Run a Python program; return what follows `word` on the line that it prints with it."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=LONGEST, check=False)
    for line in done.stdout.splitlines():
        if line.startswith(f"{word} "):
            return line.split()[1:]
    raise ProgramFailed(f"{' '.join(arguments[:3])} never said {word}: {done.stderr[-500:]}")
