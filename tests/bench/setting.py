"""What the measured programs work on: sample diaries and a large lab file, made once for each run."""

from __future__ import annotations

import csv
import os
import random
import shutil
import sys
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from tests.bench.measure import Sample
from tests.bench.process import whole

NOW = "2026-11-21T10:00"
SEED = 7
LAB_ROWS = 100_000
ANALYTES = (
    ("Serum vitamin B12", "pg/mL", 200, 900, 0),
    ("Haemoglobin", "g/dL", 12, 17, 1),
    ("MCV", "fL", 80, 100, 1),
    ("Ferritin", "ng/mL", 15, 200, 0),
    ("Homocysteine", "umol/L", 5, 15, 1),
    ("Potassium", "mmol/L", 3.5, 5.1, 2),
    ("TSH", "mIU/L", 0.4, 4, 2),
)


@dataclass
class Setting:
    """A folder of its own for one run of the bench."""

    folder: Path
    _copies: int = field(default=0, repr=False)

    @property
    def env(self) -> dict[str, str]:
        """The environment of measured programs: no real data or notifications, a screen if there is one.

        Their bytecode is kept between runs, as that of an installed program is.
        """
        env = dict(os.environ)
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        env["PYTHONPYCACHEPREFIX"] = str(self.folder / "bytecode")
        env["B12DESK_HOME"] = str(self.folder / "home")
        env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent/no-bus-in-benchmarks"
        if not env.get("DISPLAY"):
            env["QT_QPA_PLATFORM"] = "offscreen"
        return env

    @cached_property
    def ten_years(self) -> Path:
        """A sample diary of 10 years with about 44,000 scores."""
        return self._demo(10)

    @cached_property
    def hundred_years(self) -> Path:
        """The same profile over 100 years: what grows with the diary shows here."""
        return self._demo(100)

    @cached_property
    def one_person(self) -> Path:
        """A diary with one person and no entries, for imports."""
        diary = self.folder / "empty.db"
        self.b12desk(diary, "person", "add", "Sample Person")
        return diary

    @cached_property
    def lab_file(self) -> Path:
        """A CSV file of 100,000 lab results of one person, seven columns, no two alike."""
        return self._lab_file("labs.csv", SEED)

    @cached_property
    def other_lab_file(self) -> Path:
        """Another 100,000 results, at other times."""
        return self._lab_file("more-labs.csv", SEED + 1)

    @cached_property
    def after_import(self) -> Path:
        """A diary that already holds `lab_file`."""
        diary = self.copy(self.one_person)
        self.b12desk(diary, "import", str(self.lab_file), "--yes")
        return diary

    def b12desk(self, diary: Path, *arguments: str) -> Sample:
        """Run one command line on a diary and time the whole process."""
        return whole(
            sys.executable, "-m", "b12desk", "--diary", str(diary), "--now", NOW, *arguments, env=self.env
        )

    def copy(self, diary: Path) -> Path:
        """A copy of a diary that no program has open, with its reminder book; it may be written to."""
        self._copies += 1
        copy = self.folder / f"copy-{self._copies}.db"
        for suffix in ("", "-reminders.db"):
            source = diary.with_name(diary.name + suffix)
            if source.exists():
                shutil.copy(source, copy.with_name(copy.name + suffix))
        return copy

    def _demo(self, years: int) -> Path:
        diary = self.folder / f"demo-{years}.db"
        self.b12desk(
            diary, "demo", "--years", str(years), "--seed", str(SEED), "--end", NOW[:10], "--no-window"
        )
        return diary

    def _lab_file(self, name: str, seed: int) -> Path:
        # Random numbers only decide values; nothing here is secret.
        chance = random.Random(seed)
        taken = datetime.fromisoformat(f"{1990 + seed}-01-01T07:{seed:02}")
        file = self.folder / name
        with file.open("w", encoding="utf-8", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(["Collected", "Test", "Result", "Unit", "Low", "High", "Lab"])
            for number in range(LAB_ROWS):
                test, unit, low, high, digits = ANALYTES[number % len(ANALYTES)]
                if number % len(ANALYTES) == 0:
                    taken += timedelta(hours=12)
                value = f"{chance.uniform(low * 0.7, high * 1.2):.{digits}f}"
                rows.writerow([taken.isoformat(" ", "minutes"), test, value, unit, low, high, "Sample Lab"])
        return file
