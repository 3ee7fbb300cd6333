"""The program started as a person starts it: a process of its own, on a real screen."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.screen import Screen

NAME = "B12 Desk"
SECONDS = 30


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """A sample diary of one year."""
    if shutil.which("xdotool") is None:
        pytest.skip("needs xdotool on this machine")
    file = tmp_path / "d.db"
    make = [sys.executable, "-m", "b12desk", "--diary", str(file), "demo", "--years", "1", "--no-window"]
    subprocess.run(make, check=True, capture_output=True)
    return file


def window_of(screen: Screen) -> str:
    """Wait for our window and return its X11 id."""
    search = ("xdotool", "search", "--sync", "--onlyvisible", "--name", NAME)
    return screen.ask(*search, timeout=SECONDS).splitlines()[0]


def test_the_window_opens_and_closes_without_a_word(screen: Screen, diary: Path) -> None:
    command = [sys.executable, "-m", "b12desk", "--diary", str(diary)]
    with subprocess.Popen(command, env=screen.env, stderr=subprocess.PIPE, text=True) as program:
        try:
            screen.ask("xdotool", "windowactivate", "--sync", window_of(screen), "key", "alt+F4")
            _, said = program.communicate(timeout=SECONDS)
        finally:
            program.kill()
    assert said == ""
    assert program.returncode == 0


def test_an_empty_home_opens_the_first_start(screen: Screen) -> None:
    if shutil.which("xdotool") is None:
        pytest.skip("needs xdotool on this machine")
    screen.start(sys.executable, "-m", "b12desk")
    assert window_of(screen)
