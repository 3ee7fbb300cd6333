"""A first day with the program, on the keyboard alone: begin, log, score, close, and find it all again."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.helpers.desktop import PATIENCE, Desktop
from tests.helpers.window import every_weeks

TITLE = "^Ann – B12 Desk$"


def begin(desktop: Desktop) -> tuple[subprocess.Popen[bytes], str]:
    """Through the first start: a name, a product, no plan yet, the last injection ten weeks ago."""
    program = desktop.start()
    first = desktop.window("^B12 Desk$")
    desktop.type(first, "Ann")
    desktop.key(first, "ctrl+Return")
    desktop.type(first, "Hydroxocobalamin 1 mg")
    desktop.key(first, "ctrl+Return")
    desktop.key(first, "Escape")
    desktop.type(first, "10 weeks ago")
    desktop.key(first, "ctrl+Return")
    return program, desktop.window(TITLE)


def plan_on_the_command_line(desktop: Desktop, folder: Path) -> None:
    """Every 10 weeks, written while the window has the diary open."""
    file = folder / "plan.json"
    file.write_text(json.dumps(every_weeks(10, "2026-09-12")), encoding="utf-8")
    desktop.ask("plan", "set", str(file))


def end(desktop: Desktop, program: subprocess.Popen[bytes], window: str) -> None:
    desktop.key(window, "ctrl+q")
    assert program.wait(PATIENCE) == 0


def test_what_was_entered_in_the_window_is_in_the_export_and_there_again(
    desktop: Desktop, tmp_path: Path
) -> None:
    program, window = begin(desktop)
    assert [(one["name"], one["sample"]) for one in desktop.exported("person")] == [("Ann", False)]
    plan_on_the_command_line(desktop, tmp_path)

    desktop.key(window, "ctrl+l")

    def saved() -> bool:
        desktop.key(window, "ctrl+Return")
        return len(desktop.exported("injection")) == 2

    desktop.until(saved, "the injection is in the diary")
    newest = desktop.exported("injection")[-1]
    assert newest["on"] == "2026-11-21"

    desktop.key(window, "4", "Return")
    desktop.until(lambda: bool(desktop.exported("score")), "the score is in the diary")
    assert [(one["on"], one["score"]) for one in desktop.exported("score")] == [("2026-11-21", 4)]
    end(desktop, program, window)
    assert len(desktop.exported("injection")) == 2

    program = desktop.start()
    window = desktop.window(TITLE)
    desktop.key(window, "ctrl+z")
    desktop.until(lambda: not desktop.exported("score"), "the window knows the score and takes it back")
    end(desktop, program, window)


def test_a_second_start_raises_the_first_window_and_ends(desktop: Desktop) -> None:
    program, window = begin(desktop)
    desktop.screen.ask("xdotool", "windowminimize", "--sync", window)
    second = desktop.start()
    assert second.wait(PATIENCE) == 0
    desktop.until(lambda: desktop.front() == window, "the first window is in front")
    end(desktop, program, window)


def test_a_window_and_commands_write_to_one_diary(desktop: Desktop) -> None:
    program, window = begin(desktop)
    desktop.ask("log", "symptom", "tingling", "6", "--at", "2026-11-20")
    desktop.key(window, "7", "Return")
    desktop.until(lambda: len(desktop.exported("score")) == 2, "both scores are in the diary")
    assert sorted((one["on"], one["score"]) for one in desktop.exported("score")) == [
        ("2026-11-20", 6),
        ("2026-11-21", 7),
    ]
    assert json.loads(desktop.ask("check", "--json"))["problems"] == []
    end(desktop, program, window)
