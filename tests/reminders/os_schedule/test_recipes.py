"""What each scheduler is told: read back by the format's own reader, and judged by systemd."""

from __future__ import annotations

import os
import plistlib
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from b12desk.reminders.os_schedule import autostart, launchd, systemd, task_scheduler
from b12desk.reminders.os_schedule.job import Job, Recipe
from b12desk.reminders.own_program import own_program

ODD = Path('/home/an a/50% "dia\\ry" $HOME \'é/diary.db')
JOB = Job(("/opt/b12 desk/b12desk",), ODD)


def text_of(recipe: Recipe, ending: str) -> str:
    (content,) = [content for path, content in recipe.files.items() if path.suffix == ending]
    return content.decode()


def ini(text: str) -> ConfigParser:
    found = ConfigParser(interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]
    found.read_string(text)
    return found


def test_systemd_makes_up_for_missed_passes_and_lets_the_waiter_live(tmp_path: Path) -> None:
    recipe = systemd.recipe(JOB, tmp_path)
    timer = ini(text_of(recipe, ".timer"))
    service = ini(text_of(recipe, ".service"))
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Timer"]["OnCalendar"] == "*:0/5"
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert service["Service"]["Type"] == "oneshot"
    assert service["Service"]["KillMode"] == "process"


def test_systemd_quotes_whatever_a_path_holds(tmp_path: Path) -> None:
    line = ini(text_of(systemd.recipe(JOB, tmp_path), ".service"))["Service"]["ExecStart"]
    words = [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(line)]
    assert tuple(words) == JOB.one_pass


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze on this machine")
@pytest.mark.parametrize("home", [None, Path("/tmp/a home")])
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path, home: Path | None) -> None:
    recipe = systemd.recipe(Job(("/bin/true",), ODD, home), tmp_path)
    for path, content in recipe.files.items():
        path.write_bytes(content)
    runtime = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    judged = [*recipe.judge, *map(str, recipe.files)]
    done = subprocess.run(judged, capture_output=True, text=True, env=runtime)
    assert (done.returncode, done.stderr) == (0, "")


def test_launchd_starts_at_log_in_and_every_five_minutes(tmp_path: Path) -> None:
    ((path, content),) = launchd.recipe(JOB._replace(home=Path("/stick")), tmp_path, 501).files.items()
    agent = plistlib.loads(content)
    assert agent["Label"] == path.stem == "b12desk-reminders"
    assert tuple(agent["ProgramArguments"]) == JOB.one_pass
    assert (agent["StartInterval"], agent["RunAtLoad"]) == (300, True)
    assert agent["EnvironmentVariables"] == {"B12DESK_HOME": "/stick"}


def test_windows_starts_when_available_and_without_a_console(tmp_path: Path) -> None:
    program = own_program("win32", "C:\\Python 3\\python.exe", frozen=False)
    recipe = task_scheduler.recipe(Job(program, Path("C:\\d & d\\diary.db")), tmp_path)
    ((_, content),) = recipe.files.items()
    task = ET.fromstring(content)
    found = {element.tag.rpartition("}")[2]: element.text for element in task.iter()}
    assert found["StartWhenAvailable"] == "true"
    assert found["Interval"] == "PT5M"
    assert found["Command"].endswith("pythonw.exe")
    assert found["Arguments"] == '-m b12desk remind "--diary=C:\\d & d\\diary.db" --scheduled'
    assert content.startswith((b"\xff\xfe", b"\xfe\xff"))
    assert recipe.problems(recipe.files) == []


def test_a_console_program_is_objected_to(tmp_path: Path) -> None:
    recipe = task_scheduler.recipe(Job(("C:\\Python\\python.exe",), Path("C:\\diary.db")), tmp_path)
    assert recipe.problems(recipe.files) == ["b12desk-reminders.xml would open a console window."]


def test_a_frozen_program_is_started_as_it_is() -> None:
    assert own_program("win32", "C:\\B12\\b12desk.exe", frozen=True) == ("C:\\B12\\b12desk.exe",)
    assert own_program("linux", "/usr/bin/python3", frozen=False) == ("/usr/bin/python3", "-m", "b12desk")


def test_autostart_stays_since_nothing_else_would_start_a_pass(tmp_path: Path) -> None:
    entry = ini(text_of(autostart.recipe(JOB, tmp_path), ".desktop"))["Desktop Entry"]
    line = entry["Exec"].replace("\\\\", "\\").replace("%%", "%")  # the file's own escapes
    assert tuple(shlex.split(line.replace("\\$", "$"))) == JOB.watch
    assert entry["Type"] == "Application"


@pytest.mark.parametrize("maker", [systemd.recipe, autostart.recipe, task_scheduler.recipe])
def test_what_is_damaged_is_said(tmp_path: Path, maker: object) -> None:
    recipe = maker(JOB, tmp_path)  # type: ignore[operator]
    assert recipe.problems(recipe.files) == []
    assert recipe.problems(dict.fromkeys(recipe.files, b"\x00nonsense"))


def test_another_diary_has_an_entry_of_its_own(tmp_path: Path) -> None:
    other = JOB._replace(diary=Path("/elsewhere/d.db"), usual=False)
    assert not systemd.recipe(JOB, tmp_path).files.keys() & systemd.recipe(other, tmp_path).files.keys()
