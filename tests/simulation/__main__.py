"""`make simulate`: a thousand years of patients, and what became of their reminders."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.simulation.life import Figures, Patient

YEARS_EACH = 1


def life(folder: str, hourly: bool, seed: int) -> Figures:
    """One patient from the first day to the last."""
    patient = Patient(seed, Path(folder), hourly)
    try:
        return patient.live(YEARS_EACH)
    finally:
        patient.book.unlink()


def say(line: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Run the patients over all processors and print the figures; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=1000, help="patient-years in all")
    parser.add_argument("--seed", type=int, default=1, help="the first patient's seed; the others follow")
    parser.add_argument(
        "--hourly", action="store_true", help="a pass at each hour awake (some hours of work)"
    )
    asked = parser.parse_args()
    seeds = range(asked.seed, asked.seed + max(1, asked.years // YEARS_EACH))
    total, start = Figures(), time.monotonic()
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as folder, ProcessPoolExecutor() as pool:
        for done, figures in enumerate(pool.map(partial(life, folder, asked.hourly), seeds), start=1):
            total.add(figures)
            if done % 5 == 0:
                say(f"{total.years:.0f} patient-years, {total.passes} passes, lost {total.lost} …")
    say(f"seeds {seeds[0]} to {seeds[-1]}, {time.monotonic() - start:.0f} s")
    for name, value in vars(total).items():
        say(f"{name.replace('_', ' '):>22}: {value}")
    return 0 if total.kept else 1


if __name__ == "__main__":
    sys.exit(main())
