"""Rows of whole commands: import, reminder pass, report."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench.measure import Comparison, Sample, compare
from tests.bench.process import FLOORS, whole
from tests.bench.row import Row
from tests.bench.setting import NOW, Setting


def _insert_csv(setting: Setting) -> Sample:
    """The floor of imports: sqlite-utils puts the same file, unchecked, into a new table of a new file."""
    target = setting.folder / "floor.db"
    target.unlink(missing_ok=True)
    program = str(Path(sys.executable).with_name("sqlite-utils"))
    return whole(program, "insert", str(target), "labs", str(setting.lab_file), "--csv", env=setting.env)


def _import(setting: Setting, diary: Path, file: Path) -> Callable[[], Sample]:
    def run() -> Sample:
        copy = setting.copy(diary)
        try:
            return setting.b12desk(copy, "import", str(file), "--yes")
        finally:
            for left in setting.folder.glob(f"{copy.name}*"):
                left.unlink()

    return run


def import_new(setting: Setting) -> Comparison:
    """100,000 rows into a diary without entries."""
    run = _import(setting, setting.one_person, setting.lab_file)
    return compare(run, lambda: _insert_csv(setting))


def import_more(setting: Setting) -> Comparison:
    """100,000 other rows into a diary that holds 100,000."""
    run = _import(setting, setting.after_import, setting.other_lab_file)
    return compare(run, lambda: _insert_csv(setting))


def import_again(setting: Setting) -> Comparison:
    """The same file once more: everything is known and nothing is written."""
    run = _import(setting, setting.after_import, setting.lab_file)
    return compare(run, lambda: _insert_csv(setting))


def remind(setting: Setting) -> Comparison:
    """One reminder pass when everything due has been said."""
    diary = setting.copy(setting.ten_years)
    setting.b12desk(diary, "remind", "--channel", "list")
    return compare(
        lambda: setting.b12desk(diary, "remind", "--channel", "list"),
        lambda: whole(sys.executable, "-c", "import sqlite3", env=setting.env),
    )


def report(setting: Setting) -> Comparison:
    """The report of the last 12 months as PDF, against saving its charts alone."""
    diary, target = setting.ten_years, setting.folder / "report.pdf"
    span = ("2025-11-21", NOW[:10])
    floor = (str(FLOORS / "charts_pdf.py"), str(diary), str(setting.folder), NOW, *span)
    return compare(
        lambda: setting.b12desk(diary, "report", str(target), "--from", span[0], "--to", span[1]),
        lambda: whole(sys.executable, *floor, env=setting.env),
    )


CSV = "`sqlite-utils insert --csv` of the same file"
ROWS = (
    Row("import", "import of 100,000 lab rows (CSV), checked and with history", CSV, import_new, 0.5),
    Row("import-more", "the same into a diary of 100,000", CSV, import_more, 0.6),
    Row("import-again", "the same file again, 0 written", CSV, import_again, 0.4),
    Row("remind", "one reminder pass, nothing due", '`python -c "import sqlite3"`', remind, 3),
    Row("report", "12-month report as PDF", "matplotlib saving the same charts as PDF", report, 2),
)
