"""`make bench`: measures all rows, or those named, prints the ratios, on request keeps them in the docs."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench import commands, drawing, files, windows
from tests.bench.process import ProgramFailed
from tests.bench.report import Finding, line, page
from tests.bench.row import Row
from tests.bench.setting import Setting

ROWS = (*windows.ROWS, *drawing.ROWS, *commands.ROWS, *files.ROWS)
PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def measured(row: Row, setting: Setting) -> Finding:
    """Measure one row; a program that fails is a finding, not the end of the run."""
    try:
        return Finding(row, row.measure(setting))
    except ProgramFailed as failure:
        return Finding(row, None, " ".join(str(failure).split())[-200:])


def main() -> int:
    """Run the bench; the exit status is 1 when a goal was measured and missed."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(row.name for row in ROWS))
    parser.add_argument("--write", action="store_true", help="also write docs/benchmarks.md")
    asked = parser.parse_args()
    unknown = set(asked.rows) - {row.name for row in ROWS}
    if unknown:
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    findings = []
    with tempfile.TemporaryDirectory(prefix="b12desk-bench-") as folder:
        setting = Setting(Path(folder))
        for row in ROWS:
            if not asked.rows or row.name in asked.rows:
                findings.append(measured(row, setting))
                print(line(findings[-1]), flush=True)
    if asked.write:
        PAGE.write_text(page(findings), encoding="utf-8")
    return int(any(finding.missed for finding in findings))


if __name__ == "__main__":
    sys.exit(main())
