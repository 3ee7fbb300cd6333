"""`python -m tests.oracle --cases N --seed N`: compares the schedule with the oracle, prints what differs."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from tests.oracle.comparing import differences, story
from tests.oracle.histories import random_case


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=__doc__)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--show", type=int, default=3, help="how many differing cases to print, shortest first"
    )
    asked = parser.parse_args()
    kinds: Counter[str] = Counter()
    differing = []
    for number in range(asked.cases):
        name = f"{asked.seed}/{number}"
        case = random_case(name)
        found = differences(case)
        if found:
            kinds.update(line.split("\n")[0] for line in found)
            differing.append((len(story(case)), name, story(case) + "\n" + "\n".join(found)))
    for _, name, text in sorted(differing)[: asked.show]:
        print(f"--- case {name}\n{text}\n")
    print(f"{asked.cases} cases, {len(differing)} differ: {dict(kinds)}")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
