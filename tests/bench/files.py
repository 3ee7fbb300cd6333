"""Rows of reading large files, in one process each, without the command line around it."""

from __future__ import annotations

import os
from pathlib import Path

from tests.bench.measure import Comparison, compare
from tests.bench.process import FLOORS, read_through
from tests.bench.row import Row
from tests.bench.setting import Setting

OURS = Path(__file__).parent / "ours"
MEBIBYTES = int(os.environ.get("B12DESK_BENCH_APPLE_MIB", "64"))
"""Of the export; 1024 is the size of the goal, which takes about a quarter of an hour."""
SMALL = 256
_RECORD = (
    ' <Record type="HKQuantityTypeIdentifier{kind}" sourceName="Watch" sourceVersion="9.1" '
    'device="&lt;&lt;HKDevice: 0x2824&gt;, name:Watch, model:Watch, hardware:Watch6,2&gt;" unit="{unit}" '
    'creationDate="2025-09-10 02:47:35 +0200" startDate="2025-09-10 02:28:55 +0200" '
    'endDate="2025-09-10 02:28:55 +0200" value="{value}">\n'
    '  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="0"/>\n </Record>\n'
)


def export(setting: Setting) -> Path:
    """An export.xml with heart rates and, once in a thousand, vitamin B12 in food."""
    file = setting.folder / f"export-{MEBIBYTES}.xml"
    if file.exists():
        return file
    rates = [
        _RECORD.format(kind="HeartRate", unit="count/min", value=60 + number % 40) for number in range(999)
    ]
    block = "".join([*rates, _RECORD.format(kind="DietaryVitaminB12", unit="mcg", value=3)])
    with file.open("w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="en_GB">\n')
        for _ in range(MEBIBYTES * 2**20 // len(block) + 1):
            out.write(block)
        out.write("</HealthData>\n")
    return file


def apple(setting: Setting) -> Comparison:
    """The export, against doing nothing with each of its elements."""
    file = str(export(setting))
    return compare(
        lambda: read_through(str(OURS / "apple.py"), file, env=setting.env),
        lambda: read_through(str(FLOORS / "expat.py"), file, env=setting.env),
        runs=9 if MEBIBYTES <= SMALL else 3,
    )


ROWS = (
    Row(
        "apple",
        f"Apple Health export of {MEBIBYTES} MiB, under 150 MiB of memory",
        "expat with an empty start handler on the same file",
        apple,
        1.3,
    ),
)
