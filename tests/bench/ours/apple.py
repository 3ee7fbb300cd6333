"""Ours: an Apple Health export read into candidates. Argument: export.xml; over 150 MiB is a failure."""

import re
import sys
import time
from pathlib import Path

from b12desk.importers.detect import read_file

MOST_KIB = 150 * 1024

started = time.perf_counter()
parsed = read_file(Path(sys.argv[1]))
seconds = time.perf_counter() - started
found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
peak = int(found[1]) if found else 0
if peak > MOST_KIB:
    raise SystemExit(f"reading took {peak // 1024} MiB of memory; the goal is under {MOST_KIB // 1024}")
if parsed.candidates or not any("no blood level" in problem.what for problem in parsed.problems):
    raise SystemExit("the export was not read as it should be")
print("read", seconds, peak, flush=True)
