"""`python -m tests.statistics`: error rate and power of the return of symptoms in simulated diaries.

Prints every world with all its parameters; `--write` keeps the tables in docs/method-return-of-symptoms.md.
The exit code is 1 where RULES C4 is not met.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from tests.statistics.diaries import World
from tests.statistics.measure import Row, measure
from tests.statistics.worlds import NOTHING, RETURNS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "method-return-of-symptoms.md"
BEGIN, END = "<!-- simulated: begin -->", "<!-- simulated: end -->"
LEAST_POWER = 0.9


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.statistics", description=__doc__)
    parser.add_argument("--diaries", type=int, default=2000, help="simulated a row")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="keep the tables in docs")
    asked = parser.parse_args()
    began = time.perf_counter()
    rows = []
    for world in (*NOTHING, *RETURNS):
        rows.append(measure(world, asked.diaries, asked.seed))
        print(_progress(rows[-1]), flush=True)
    text = "\n".join([f"{asked.diaries} diaries a row, seed {asked.seed}.", "", *tables(rows)])
    print(text)
    print(f"{time.perf_counter() - began:.0f} s")
    if asked.write:
        page = PAGE.read_text(encoding="utf-8")
        head, tail = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{head}{BEGIN}\n{text}\n{END}{tail}", encoding="utf-8")
    return 0 if met(rows) else 1


def met(rows: Sequence[Row]) -> bool:
    """Whether the error rates and the power of RULES C4 are reached."""
    power = next(row.found for row in rows if row.world == RETURNS[0])
    return all(row.wrong <= row.allowed for row in rows) and power is not None and power >= LEAST_POWER


def tables(rows: Sequence[Row]) -> Iterator[str]:
    """The rates, then every parameter, as two Markdown tables."""
    yield "| world | wrong “returns” | allowed | found | not enough |"
    yield "|---|---|---|---|---|"
    for row in rows:
        found = "" if row.found is None else f"{row.found:.1%}"
        yield f"| {row.world.name} | {row.wrong:.1%} | {row.allowed:.1%} | {found} | {row.not_enough:.0%} |"
    names = [field.name for field in fields(World)]
    yield ""
    yield f"| {' | '.join(names)} |"
    yield "|" + "---|" * len(names)
    for row in rows:
        yield f"| {' | '.join(str(getattr(row.world, name)) for name in names)} |"


def _progress(row: Row) -> str:
    found = "" if row.found is None else f", found {row.found:.1%}"
    return f"{row.world.name}: wrong {row.wrong:.1%}{found}"


if __name__ == "__main__":
    sys.exit(main())
