"""`make screenshots`: photographs every page and form, light and dark, from a sample diary on a real screen.

Without a screen it starts itself again under xvfb-run. The pictures go to docs/pictures or the folder named.
"""

from __future__ import annotations

import argparse
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
SETTLE = 250
"""Milliseconds a scene gets after its work is done, for what it draws late."""
COLOURS = 256


def main() -> int:
    """Take the pictures; returns the exit code."""
    wanted = _arguments()
    if not os.environ.get("DISPLAY"):
        return _under_xvfb(wanted.size)
    wanted.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="b12desk-pictures-") as folder:
        os.environ["B12DESK_HOME"] = folder
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent/no-bus-for-pictures"
        diary = Path(folder) / "sample.db"
        command = [sys.executable, "-m", "b12desk", "--diary", str(diary), "--now", wanted.now]
        demo = ["demo", "--years", "3", "--seed", "7", "--end", wanted.now[:10], "--no-window"]
        subprocess.run([*command, *demo], check=True, stdout=subprocess.DEVNULL)
        _take(diary, wanted)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make screenshots")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "pictures")
    parser.add_argument("--only", default="", help="scenes whose name begins like this")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--text", type=int, default=100, help="text size in per cent")
    parser.add_argument("--themes", nargs="+", default=THEMES)
    parser.add_argument("--now", default=NOW)
    return parser.parse_args()


def _under_xvfb(size: str) -> int:
    if shutil.which("xvfb-run") is None:
        sys.stderr.write("not run, because there is no screen and no xvfb-run (apt-get install xvfb xauth)\n")
        return 1
    screen = ["xvfb-run", "-a", "-s", f"-screen 0 {size}x24"]
    command = [*screen, sys.executable, "-m", "tools.screenshots", *sys.argv[1:]]
    return subprocess.run(command, check=False).returncode


def _take(diary: Path, wanted: argparse.Namespace) -> None:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from b12desk.clock import stopped_clock
    from b12desk.desk import Desk
    from b12desk.ui.main_window import MainWindow
    from b12desk.ui.page import Surroundings
    from b12desk.ui.registry import page_specs
    from b12desk.ui.tasks import Tasks
    from b12desk.ui.theme import Theme
    from tools.scenes import scenes, tidy, wait

    app = QApplication([])
    clock = stopped_clock(datetime.fromisoformat(wanted.now))
    theme = Theme(app, wanted.themes[0], wanted.text)
    with Desk.open(diary, clock=clock) as desk:
        tasks = Tasks(lambda: Desk.open(diary, clock=clock))
        at_work = [False]
        tasks.busy.connect(lambda busy: at_work.__setitem__(0, busy))
        person = desk.people.list()[0]
        for name in wanted.themes:
            theme.choose(name)
            window = MainWindow(Surroundings(desk, tasks, theme), page_specs(), person)
            window.resize(*(int(side) for side in wanted.size.split("x")))
            window.show()
            assert QTest.qWaitForWindowExposed(window)
            for scene, show in scenes(desk, person, diary.parent):
                if not scene.startswith(wanted.only):
                    continue
                show(window)
                wait(SETTLE)
                while at_work[0]:
                    wait(SETTLE)
                _keep(window, wanted.folder / f"{scene}-{name}.png")
                tidy(window)
            window.close()
        tasks.finish()


def _keep(window: object, file: Path) -> None:
    """Write what is on the screen, with few enough colours to be small."""
    from PIL import Image
    from PySide6.QtWidgets import QWidget

    assert isinstance(window, QWidget)
    if not window.screen().grabWindow(window.winId()).save(str(file)):
        raise OSError(f"cannot write {file}")
    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
    print(file)


if __name__ == "__main__":
    sys.exit(main())
