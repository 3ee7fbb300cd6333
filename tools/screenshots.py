"""`make screenshots`: photographs every page, light and dark, from a sample diary on a real screen.

Without a screen it starts itself again under xvfb-run. The pictures go to docs/pictures or the folder named.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOW = "2026-11-21T10:00"
THEMES = ("light", "dark")
SETTLE = 700
"""Milliseconds a page gets after its work is done, for what it draws late."""


def main() -> int:
    """Take the pictures; returns the exit code."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "docs" / "pictures").resolve()
    if not os.environ.get("DISPLAY"):
        return _under_xvfb(target)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="b12desk-pictures-") as folder:
        os.environ["B12DESK_HOME"] = folder
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent/no-bus-for-pictures"
        diary = Path(folder) / "sample.db"
        _b12desk(diary, "demo", "--years", "3", "--seed", "7", "--end", NOW[:10], "--no-window")
        _take(diary, target)
    return 0


def _under_xvfb(target: Path) -> int:
    if shutil.which("xvfb-run") is None:
        sys.stderr.write("not run, because there is no screen and no xvfb-run (apt-get install xvfb xauth)\n")
        return 1
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24"]
    return subprocess.run(
        [*screen, sys.executable, "-m", "tools.screenshots", str(target)], check=False
    ).returncode


def _b12desk(diary: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "b12desk", "--diary", str(diary), "--now", NOW, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _take(diary: Path, target: Path) -> None:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from b12desk.clock import stopped_clock
    from b12desk.desk import Desk
    from b12desk.ui.main_window import MainWindow
    from b12desk.ui.page import Surroundings
    from b12desk.ui.registry import page_specs
    from b12desk.ui.tasks import Tasks
    from b12desk.ui.theme import Theme

    app = QApplication([])
    clock = stopped_clock(datetime.fromisoformat(NOW))
    theme = Theme(app, THEMES[0], 100)
    with Desk.open(diary, clock=clock) as desk:
        tasks = Tasks(lambda: Desk.open(diary, clock=clock))
        at_work = [False]
        tasks.busy.connect(lambda busy: at_work.__setitem__(0, busy))
        for name in THEMES:
            theme.choose(name)
            window = MainWindow(Surroundings(desk, tasks, theme), page_specs(), desk.people.list()[0])
            window.show()
            assert QTest.qWaitForWindowExposed(window)
            for spec in page_specs():
                window.show_page(spec.id)
                QTest.qWait(SETTLE)
                while at_work[0]:
                    QTest.qWait(SETTLE)
                picture = window.screen().grabWindow(window.winId())
                file = target / f"{spec.id}-{name}.png"
                if not picture.save(str(file)):
                    raise OSError(f"cannot write {file}")
                print(file)
            window.close()
        tasks.finish()


if __name__ == "__main__":
    sys.exit(main())
