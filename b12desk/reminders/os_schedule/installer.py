"""Writes, switches on, checks and removes the entry in the system's scheduler; nothing else ever does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from b12desk.domain.errors import WorldError
from b12desk.reminders.os_schedule import autostart, launchd, systemd, task_scheduler
from b12desk.reminders.os_schedule.job import Job, Kind, Recipe

PATIENCE_SECONDS = 30
NOT_THERE = 127
NO_SESSION = "Failed to initialize manager"
"""What systemd's check says where nobody is logged in: it has not looked at the files then."""


class Ran(NamedTuple):
    """How a command of the system ended; `NOT_THERE` where there is no such command."""

    code: int
    text: str


Run = Callable[[Sequence[str]], Ran]


class Folders(NamedTuple):
    """Where the entries go.

    Attributes:
        autostart: what the desktop starts at log-in. units: the user's systemd units.
        tasks: where Windows' task description is kept.
        heeded: whether the system looks there; not below `B12DESK_HOME`, which keeps everything together.
    """

    autostart: Path
    units: Path
    tasks: Path
    heeded: bool = True


class Standing(NamedTuple):
    """How it stands with the scheduler.

    Attributes:
        kind: which scheduler it is, or would be.
        installed: whether all files are there.
        running: whether the scheduler says that it starts passes; None where it cannot be asked.
        files: the files of this entry. problems: one sentence each; empty when all is well.
    """

    kind: Kind
    installed: bool
    running: bool | None
    files: tuple[Path, ...]
    problems: tuple[str, ...]


class Installer:
    """The entry of one job in one scheduler."""

    def __init__(self, recipe: Recipe, run: Run, heeded: bool = True) -> None:
        self._recipe = recipe
        self._run = run
        self._heeded = heeded

    def install(self) -> Standing:
        """Write the entry and switch it on; over an older one of the same diary.

        Raises:
            WorldError: read_only or disk_full where the files cannot be written; busy where the scheduler
                refused. Nothing is left behind then.
        """
        wrong = self._recipe.problems(self._recipe.files)
        if wrong:
            raise WorldError("invalid", wrong[0])
        if self._heeded and self._standing_files():
            self._quietly(self._recipe.switch_off)
        try:
            for path, content in self._recipe.files.items():
                _write(path, content)
            self._switch_on()
        except WorldError:
            self.remove()
            raise
        return self.status()

    def remove(self) -> bool:
        """Switch the entry off and delete its files; whether there was anything.

        Raises:
            WorldError: read_only where a file cannot be deleted.
        """
        there = self._standing_files()
        if self._heeded and (there or self._is_on()):
            self._quietly(self._recipe.switch_off)
        for path in there:
            try:
                path.unlink()
            except OSError as error:
                raise WorldError("read_only", f"“{path}” cannot be removed ({error.strerror}).") from error
        if there and self._heeded:
            self._quietly(self._recipe.reread)
        elif there:
            for folder in {path.parent for path in there}:
                with suppress(OSError):  # somebody else's entry is in it
                    folder.rmdir()
        return bool(there)

    def status(self) -> Standing:
        """Look at files and scheduler; nothing is changed."""
        there = self._standing_files()
        installed = len(there) == len(self._recipe.files)
        running = self._is_on() if installed else False
        problems = self._problems(there, running) if there else ()
        return Standing(self._recipe.kind, installed, running, tuple(self._recipe.files), tuple(problems))

    def _switch_on(self) -> None:
        if not self._heeded:
            return
        self._quietly(self._recipe.reread)
        for command in self._recipe.switch_on:
            ran = self._run(command)
            if ran.code:
                why = ran.text.strip().splitlines()
                raise WorldError("busy", f"The system's scheduler refused: {why[-1] if why else ran.code}.")

    def _quietly(self, commands: Sequence[Sequence[str]]) -> None:
        for command in commands:
            self._run(command)

    def _is_on(self) -> bool | None:
        if not self._heeded:
            return False
        if not self._recipe.is_on:
            return None
        return self._run(self._recipe.is_on).code == 0

    def _standing_files(self) -> list[Path]:
        return [path for path in self._recipe.files if path.is_file()]

    def _problems(self, there: Sequence[Path], running: bool | None) -> list[str]:
        missing = [path.name for path in self._recipe.files if path not in there]
        found = [f"{name} is missing; install again." for name in missing]
        contents = {path: path.read_bytes() for path in there}
        found += self._recipe.problems(contents)
        if not found and contents != self._recipe.files:
            found.append("It starts B12 Desk in another way than now; install again.")
        if self._recipe.judge:
            ran = self._run((*self._recipe.judge, *map(str, there)))
            if ran.code not in (0, NOT_THERE) and NO_SESSION not in ran.text:
                found.append(f"The system's own check objects: {_last(ran.text)}")
        if not self._heeded:
            found.append("The system does not look into this folder: B12DESK_HOME keeps everything in one.")
        elif running is False and not missing:
            found.append("It is written, but the scheduler does not run it; install again.")
        return found


def installer_for(job: Job, folders: Folders, run: Run, platform: str = sys.platform) -> Installer:
    """The installer for the scheduler of this computer."""
    return Installer(_recipe(job, folders, run, platform), run, folders.heeded)


def run_command(command: Sequence[str]) -> Ran:
    """Run a command of the system to its end."""
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(  # noqa: S603 - words of our own, no shell
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=PATIENCE_SECONDS,
            check=False,
            creationflags=hidden,
        )
    except FileNotFoundError:
        return Ran(NOT_THERE, "")
    except (OSError, subprocess.TimeoutExpired) as error:
        return Ran(1, str(error))
    return Ran(done.returncode, done.stdout)


def _recipe(job: Job, folders: Folders, run: Run, platform: str) -> Recipe:
    if platform == "win32":
        return task_scheduler.recipe(job, folders.tasks)
    if platform == "darwin":
        return launchd.recipe(job, folders.autostart, os.getuid())
    by_systemd = systemd.recipe(job, folders.units)
    if all(path.is_file() for path in by_systemd.files):
        return by_systemd
    by_desktop = autostart.recipe(job, folders.autostart)
    # where the system does not look anyway, no manager has to answer: that there is one on disk is enough
    ask = systemd.ASK if folders.heeded else systemd.THERE
    if all(path.is_file() for path in by_desktop.files) or run(ask).code:
        return by_desktop
    return by_systemd


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise WorldError("read_only", f"“{path}” cannot be written ({error.strerror}).") from error


def _last(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "no reason given."
