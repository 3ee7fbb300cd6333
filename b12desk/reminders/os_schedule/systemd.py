"""Linux: a systemd timer of the user's own manager, which makes up for passes missed while switched off."""

from __future__ import annotations

from collections.abc import Mapping
from configparser import ConfigParser, Error
from pathlib import Path

from b12desk.reminders.os_schedule.job import EVERY_MINUTES, HOME_VARIABLE, TITLE, Command, Job, Recipe

ASK = ("systemctl", "--user", "show-environment")
"""Ends with 0 where a user manager answers."""
THERE = ("systemctl", "--version")
"""Ends with 0 where systemd is installed."""


def recipe(job: Job, folder: Path) -> Recipe:
    """Service and timer in `folder`, the user's unit folder."""
    service, timer = f"{job.name}.service", f"{job.name}.timer"
    return Recipe(
        kind="systemd",
        files={folder / service: _service(job).encode(), folder / timer: _timer().encode()},
        switch_on=(("systemctl", "--user", "enable", "--now", timer),),
        switch_off=(
            ("systemctl", "--user", "disable", "--now", timer),
            ("systemctl", "--user", "clean", "--what=state", timer),  # where it notes the last start
        ),
        is_on=("systemctl", "--user", "is-active", "--quiet", timer),
        problems=problems,
        reread=(("systemctl", "--user", "daemon-reload"),),
        judge=("systemd-analyze", "--user", "verify"),
    )


def problems(files: Mapping[Path, bytes]) -> list[str]:
    """What keeps these units from starting a pass."""
    found = []
    for path, content in files.items():
        unit = ConfigParser(interpolation=None, strict=False)
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        try:
            unit.read_string(content.decode())
        except (Error, UnicodeDecodeError):
            found.append(f"{path.name} cannot be read as a unit.")
            continue
        if path.suffix == ".timer" and unit.get("Timer", "Persistent", fallback="") != "true":
            found.append(f"{path.name} does not make up for missed passes.")
        if path.suffix == ".service":
            start = unit.get("Service", "ExecStart", fallback="")
            if not start:
                found.append(f"{path.name} starts nothing.")
    return found


def _service(job: Job) -> str:
    home = f"Environment={_quoted(f'{HOME_VARIABLE}={job.home}')}\n" if job.home else ""
    return (
        f"[Unit]\nDescription={TITLE}\n\n"
        f"[Service]\nType=oneshot\n{home}ExecStart={_line(job.one_pass)}\n"
        # the process that waits for a button outlives its pass, and later passes do not wait for it
        "KillMode=process\nTimeoutStartSec=5min\nNice=10\n"
    )


def _timer() -> str:
    return (
        f"[Unit]\nDescription={TITLE}\n\n"
        f"[Timer]\nOnCalendar=*:0/{EVERY_MINUTES}\nOnStartupSec=1min\nPersistent=true\nAccuracySec=30s\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def _line(words: Command) -> str:
    """A command as ExecStart takes it: no shell, but `%` and `$` mean something there."""
    first, *others = words
    return " ".join([_quoted(first), *(_quoted(word.replace("$", "$$")) for word in others)])


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'
