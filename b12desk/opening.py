"""`b12desk` as an icon starts it: straight into the window, with at most the diary, the person and the clock.

Click and the commands are an eighth of the time to the first paint. Whatever else is asked, and a computer
without a screen, is left to the full command line.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from b12desk import plain_options

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
VALUES = ("diary", "person", "now")
DAY = "2026-01-05"


def has_screen() -> bool:
    """Whether a window can be opened at all."""
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in SCREENS)


def open_window(argv: Sequence[str]) -> int | None:
    """Open the window and return the exit code, if that is all that `argv` (without the program's name) asks.

    Returns:
        None where the full command line has to take over; also where the diary's folder is still to be made,
        since it words a refusal.
    """
    read = plain_options.read(argv, VALUES)
    if read is None or read[1] or not has_screen():
        return None
    asked = {name: str(value) for name, value in read[0].items()}
    try:
        now = datetime.fromisoformat(asked["now"]) if "now" in asked else None
    except ValueError:
        return None
    if now is not None and len(asked["now"]) <= len(DAY):
        return None  # which hour a day alone means is the full command line's affair
    from b12desk import paths

    diary = Path(asked["diary"]) if "diary" in asked else paths.places().diary
    if not diary.parent.is_dir():
        return None
    from b12desk.app import run
    from b12desk.clock import stopped_clock, system_clock

    clock = stopped_clock(now) if now else system_clock
    return run(diary, clock=clock, person=asked.get("person"))
