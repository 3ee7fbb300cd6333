"""A private screen for tests that need a real window: Xvfb, a window manager and a session bus of their own.

A test that asks for the `screen` fixture starts the program as a process with `screen.env`. Where a tool is
missing the test is skipped and says which.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

TOOLS = ("Xvfb", "dbus-daemon", "openbox")


@dataclass
class Screen:
    """A running screen.

    Attributes:
        env: the environment for processes that shall appear on it.
    """

    env: dict[str, str]
    _running: ExitStack = field(repr=False)

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a process on this screen; it is ended with the screen."""
        process = subprocess.Popen(
            command, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._running.callback(_end, process)
        return process

    def ask(self, *command: str, timeout: float = 60) -> str:
        """Run a command on this screen to its end and return what it printed.

        Raises:
            subprocess.CalledProcessError: it failed; what it said is in the error.
        """
        done = subprocess.run(
            command, env=self.env, capture_output=True, text=True, timeout=timeout, check=True
        )
        return done.stdout


@pytest.fixture
def screen(own_home: object) -> Iterator[Screen]:
    """A screen of 1280 x 800 for one test."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"needs {', '.join(missing)} on this machine")
    with ExitStack() as running:
        env = {
            key: value
            for key, value in os.environ.items()
            if key not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        }
        bus = _first_line(running, env, "dbus-daemon", "--session", "--nofork", "--print-address=1")
        env["DBUS_SESSION_BUS_ADDRESS"] = bus
        display = _first_line(
            running, env, "Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"
        )
        env["DISPLAY"] = f":{display}"
        made = Screen(env, running)
        made.start("openbox")
        yield made


def _first_line(running: ExitStack, env: dict[str, str], *command: str) -> str:
    """Start a service and wait for the line in which it says that it is ready."""
    process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    running.callback(_end, process)
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    assert line, f"{command[0]} did not start"
    return line


def _end(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
