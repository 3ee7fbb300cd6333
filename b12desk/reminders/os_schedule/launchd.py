"""macOS: a launchd agent; a start that falls into sleep is made up for on waking."""

from __future__ import annotations

import plistlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from b12desk.reminders.os_schedule.job import EVERY_MINUTES, HOME_VARIABLE, Job, Recipe


def recipe(job: Job, folder: Path, user: int) -> Recipe:
    """A property list in `folder`, the account's LaunchAgents; `user` is its number."""
    path = folder / f"{job.name}.plist"
    domain = f"gui/{user}"
    return Recipe(
        kind="launchd",
        files={path: plistlib.dumps(_agent(job))},
        switch_on=(("launchctl", "bootstrap", domain, str(path)),),
        switch_off=(("launchctl", "bootout", f"{domain}/{job.name}"),),
        is_on=("launchctl", "print", f"{domain}/{job.name}"),
        problems=problems,
        judge=("plutil", "-lint"),
    )


def problems(files: Mapping[Path, bytes]) -> list[str]:
    """What keeps this agent from starting a pass."""
    found = []
    for path, content in files.items():
        try:
            agent = plistlib.loads(content)
        except (plistlib.InvalidFileException, ExpatError, ValueError):
            found.append(f"{path.name} cannot be read as a property list.")
            continue
        if agent.get("Label") != path.stem or not agent.get("ProgramArguments"):
            found.append(f"{path.name} does not say what to start.")
        if not (agent.get("StartInterval") and agent.get("RunAtLoad")):
            found.append(f"{path.name} does not say when to start.")
    return found


def _agent(job: Job) -> dict[str, Any]:
    agent: dict[str, Any] = {
        "Label": job.name,
        "ProgramArguments": list(job.one_pass),
        "StartInterval": EVERY_MINUTES * 60,
        "RunAtLoad": True,
        "ProcessType": "Background",
        "LowPriorityIO": True,
    }
    if job.home:
        agent["EnvironmentVariables"] = {HOME_VARIABLE: str(job.home)}
    return agent
