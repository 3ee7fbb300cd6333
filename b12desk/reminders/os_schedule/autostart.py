"""Linux desktops without systemd: an autostart entry for a process that stays and runs the passes itself."""

from __future__ import annotations

from collections.abc import Mapping
from configparser import ConfigParser, Error
from pathlib import Path

from b12desk.reminders.os_schedule.job import HOME_VARIABLE, TITLE, Job, Recipe

GROUP = "Desktop Entry"


def recipe(job: Job, folder: Path) -> Recipe:
    """A desktop entry in `folder`, the account's autostart folder; the next log-in starts it."""
    return Recipe(
        kind="autostart",
        files={folder / f"{job.name}.desktop": _entry(job).encode()},
        switch_on=(),
        switch_off=(),
        is_on=(),
        problems=problems,
        judge=("desktop-file-validate",),
    )


def problems(files: Mapping[Path, bytes]) -> list[str]:
    """What keeps this entry from starting the passes."""
    found = []
    for path, content in files.items():
        entry = ConfigParser(interpolation=None)
        entry.optionxform = str  # type: ignore[assignment,method-assign]
        try:
            entry.read_string(content.decode())
        except (Error, UnicodeDecodeError):
            found.append(f"{path.name} cannot be read as a desktop entry.")
            continue
        if entry.get(GROUP, "Type", fallback="") != "Application" or not entry.get(
            GROUP, "Exec", fallback=""
        ):
            found.append(f"{path.name} starts nothing.")
    return found


def _entry(job: Job) -> str:
    words = ("env", f"{HOME_VARIABLE}={job.home}", *job.watch) if job.home else job.watch
    line = " ".join(_quoted(word) for word in words)
    return (
        f"[{GROUP}]\nType=Application\nVersion=1.0\nName={TITLE}\nExec={line}\n"
        "Terminal=false\nNoDisplay=true\nX-GNOME-Autostart-enabled=true\n"
    )


def _quoted(word: str) -> str:
    """One word of Exec: quoted, then once more escaped as a value of the file."""
    quoted = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in word)
    return '"{}"'.format(quoted.replace("%", "%%").replace("\\", "\\\\"))
