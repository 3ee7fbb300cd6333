"""The program on a screen of its own: driven with the keyboard, asked through the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

from tests.helpers.screen import Screen

NOW = "2026-11-21T10:00"
PATIENCE = 60
"""Seconds until something that must happen counts as not happening, on a machine with much else to do."""
BETWEEN = 0.2


class Desktop:
    """A screen with a keyboard, and one diary."""

    def __init__(self, screen: Screen, folder: Path) -> None:
        self.screen = screen
        self.folder = folder
        self.diary = folder / "diary.db"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the program on the diary."""
        return self.screen.start(*self._command())

    def ask(self, *arguments: str) -> str:
        """Run one command on the diary to its end; what it printed."""
        return self.screen.ask(*self._command(), *arguments, timeout=PATIENCE)

    def exported(self, kind: str) -> list[dict[str, Any]]:
        """Every record of a kind, as `export --format json` writes it."""
        out = self.folder / "out.json"
        out.unlink(missing_ok=True)
        self.ask("export", "--format", "json", str(out))
        records: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))["records"].get(kind, [])
        return records

    def window(self, title: str) -> str:
        """Wait until a window of this title is to be seen, and return its X11 id."""
        self.until(lambda: bool(self._windows(title)), f"a window called {title}")
        return self._windows(title)[0]

    def front(self) -> str:
        """The X11 id of the window that has the keyboard."""
        return self.screen.ask("xdotool", "getactivewindow").strip()

    def key(self, window: str, *keys: str) -> None:
        """Press keys, one after the other."""
        self.screen.ask("xdotool", "windowactivate", "--sync", window, "key", "--delay", "40", *keys)

    def type(self, window: str, text: str) -> None:
        """Type a text."""
        self.screen.ask("xdotool", "windowactivate", "--sync", window, "type", "--delay", "30", text)

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Ask again and again until it is so; `what` is said where it never is."""
        pause = Event()
        for _try in range(int(PATIENCE / BETWEEN)):
            if condition():
                return
            pause.wait(BETWEEN)
        raise AssertionError(f"never so: {what}")

    def _windows(self, title: str) -> list[str]:
        """What is to be seen now; a window that vanishes while xdotool looks is none."""
        try:
            found = self.screen.ask("xdotool", "search", "--onlyvisible", "--name", title)
        except subprocess.CalledProcessError:
            return []
        return found.split()

    def _command(self) -> list[str]:
        return [sys.executable, "-m", "b12desk", "--diary", str(self.diary), "--now", NOW]
