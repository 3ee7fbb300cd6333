"""`make fuzz`: 100,000 damaged and made-up files through the readers; it prints what went wrong."""

from __future__ import annotations

import argparse
import hashlib
import logging
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.fuzz.mutation import made_up, mutated, words_of
from tests.fuzz.targets import ROOT, TARGETS, Target
from tests.fuzz.trial import Trial

KEPT = ROOT / "build" / "fuzz"
LEAST = 5_000


@dataclass
class Finding:
    """What the inputs of one reader brought to light."""

    target: str
    inputs: int = 0
    tracebacks: int = 0
    hangs: int = 0
    rows: int = 0
    shown: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.tracebacks or self.hangs or self.rows)


def fuzz(target: Target, inputs: int, seed: int) -> Finding:
    """Give one reader so many inputs, every second one a mutated real file; failing ones are kept."""
    logging.disable(logging.CRITICAL)  # the PDF parser speaks of every damage
    random = Random(f"{seed} {target.name}")
    seeds = [path.read_bytes() for path in target.seed_files()]
    words = words_of(target)
    finding = Finding(target.name)
    seen: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="b12desk-fuzz-") as folder:
        trial = Trial(Path(folder))
        for number in range(inputs):
            real = number % 2 == 0 and seeds
            data = mutated(random, random.choice(seeds), words) if real else made_up(random, target)
            finding.inputs += 1
            failure = trial.run(data)
            if failure is None:
                continue
            finding.hangs += failure == "hang"
            finding.tracebacks += failure != "hang"
            last = failure.strip().splitlines()[-3:]
            if str(last) not in seen and len(seen) < 20:
                seen.add(str(last))
                finding.shown.append(f"{_keep(target, data)}\n{failure}")
        finding.rows = trial.rows_written()
        trial.close()
    return finding


def _keep(target: Target, data: bytes) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{target.name}-{hashlib.sha256(data).hexdigest()[:12]}"
    path.write_bytes(data)
    return path


def main() -> int:
    """Run the fuzzer; the exit status is 1 when anything was found."""
    parser = argparse.ArgumentParser(prog="make fuzz ARGS=…", description=__doc__)
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(one.name for one in TARGETS))
    parser.add_argument("--inputs", type=int, default=100_000, help="of all readers together")
    parser.add_argument("--seed", type=int, default=1, help="another one gives other inputs")
    parser.add_argument("--jobs", type=int, default=None, help="processes at a time")
    asked = parser.parse_args()
    chosen = [target for target in TARGETS if not asked.readers or target.name in asked.readers]
    if not chosen:
        parser.error("no such reader")
    shares = sum(target.share for target in chosen)
    least = min(LEAST, asked.inputs // len(chosen))
    numbers = [max(least, round(asked.inputs * target.share / shares)) for target in chosen]
    clean = True
    print(f"{'reader':14} {'inputs':>8} {'tracebacks':>11} {'hangs':>6} {'rows written':>13}")
    with ProcessPoolExecutor(asked.jobs) as pool:
        for one in pool.map(fuzz, chosen, numbers, [asked.seed] * len(chosen)):
            print(*one.shown, sep="\n", end="\n" * bool(one.shown))
            row = f"{one.target:14} {one.inputs:8} {one.tracebacks:11} {one.hangs:6} {one.rows:13}"
            print(row, flush=True)
            clean = clean and one.is_clean
    print(f"{'together':14} {sum(numbers):8}")
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
