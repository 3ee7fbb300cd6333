"""How this very program is started again: by the scheduler, for a button's wait, to open the window."""

from __future__ import annotations

import os
import sys


def own_program(
    platform: str = sys.platform, executable: str = sys.executable, frozen: bool = hasattr(sys, "frozen")
) -> tuple[str, ...]:
    """The words that start B12 Desk again, before any option.

    On Windows that is a windowed executable, or a console would flash at every pass (RULES R12).
    """
    if frozen:
        return (executable,)
    if platform == "win32":
        folder, name = os.path.split(executable)
        windowed = name.lower().replace("python.exe", "pythonw.exe")
        return (os.path.join(folder, windowed), "-m", "b12desk")  # noqa: PTH118 - pathlib is slow to load
    return (executable, "-m", "b12desk")
