"""Lists the claims of the source articles that no test shows yet; claim S24 is shown by `test_s24_…`."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

CLAIMS = range(1, 77)
TESTS = Path(__file__).resolve().parents[1] / "tests"
DEFINITION = re.compile(r"^\s*def test_s(\d+)_", re.MULTILINE)


def shown(folder: Path) -> Counter[int]:
    """Count the tests of each claim in the test files below `folder`."""
    files = sorted(folder.rglob("test_*.py"))
    names = (DEFINITION.findall(file.read_text(encoding="utf-8")) for file in files)
    return Counter(int(number) for found in names for number in found)


def main() -> int:
    """Print the list; the exit status is 0, for open claims are a plan and not a failure."""
    tests = shown(TESTS)
    unknown = sorted(set(tests) - set(CLAIMS))
    if unknown:
        sys.stderr.write(f"tests name claims that do not exist: {unknown}\n")
        return 1
    open_claims = [claim for claim in CLAIMS if claim not in tests]
    print(f"{len(CLAIMS) - len(open_claims)} of {len(CLAIMS)} claims have a test ({tests.total()} tests).")
    print("Without one: " + (", ".join(f"S{claim}" for claim in open_claims) or "none"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
