"""Windows: a task that starts a windowed program every few minutes, and as soon as it can after off time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from subprocess import list2cmdline
from xml.etree import ElementTree as ET

from b12desk.reminders.os_schedule.job import EVERY_MINUTES, TITLE, Job, Recipe

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
BEGINNING = "2020-01-01T00:00:00"
"""Any day that is past: the repetition has no end."""
WHO = "Author"
"""How the task's parts refer to its principal; without a name it is whoever registers the task."""


def recipe(job: Job, folder: Path) -> Recipe:
    """A task description in `folder`; the scheduler keeps a copy of its own, ours is for checking."""
    path = folder / f"{job.name}.xml"
    return Recipe(
        kind="task_scheduler",
        files={path: _task(job)},
        switch_on=(("schtasks", "/Create", "/TN", job.name, "/XML", str(path), "/F"),),
        switch_off=(("schtasks", "/Delete", "/TN", job.name, "/F"),),
        is_on=("schtasks", "/Query", "/TN", job.name),
        problems=problems,
    )


def problems(files: Mapping[Path, bytes]) -> list[str]:
    """What keeps this task from starting a pass without a console window."""
    found = []
    for path, content in files.items():
        try:
            task = ET.fromstring(content)  # noqa: S314 - our own file, and expat bounds what entities do
        except ET.ParseError:
            found.append(f"{path.name} cannot be read as a task.")
            continue
        if _text(task, "Settings/StartWhenAvailable") != "true":
            found.append(f"{path.name} does not make up for missed passes.")
        command = _text(task, "Actions/Exec/Command")
        if not command:
            found.append(f"{path.name} starts nothing.")
        elif command.lower().endswith(("\\python.exe", "/python.exe", "cmd.exe")):
            found.append(f"{path.name} would open a console window.")
    return found


def _task(job: Job) -> bytes:
    task = ET.Element("Task", {"version": "1.2", "xmlns": NAMESPACE})
    _add(task, "RegistrationInfo", Description=TITLE, URI=f"\\{job.name}")
    # no log-on trigger: a task with one asks for an administrator
    timed = ET.SubElement(ET.SubElement(task, "Triggers"), "TimeTrigger")
    _add(timed, "Repetition", Interval=f"PT{EVERY_MINUTES}M")
    _fill(timed, StartBoundary=BEGINNING, Enabled="true")
    who = ET.SubElement(ET.SubElement(task, "Principals"), "Principal", {"id": WHO})
    _fill(who, LogonType="InteractiveToken")
    _add(
        task,
        "Settings",
        MultipleInstancesPolicy="IgnoreNew",
        DisallowStartIfOnBatteries="false",
        StopIfGoingOnBatteries="false",
        StartWhenAvailable="true",
        ExecutionTimeLimit="PT10M",
        Hidden="true",
    )
    program, *arguments = job.one_pass
    actions = ET.SubElement(task, "Actions", {"Context": WHO})
    _add(actions, "Exec", Command=program, Arguments=list2cmdline(arguments))
    ET.indent(task)
    written: bytes = ET.tostring(task, encoding="utf-16", xml_declaration=True)
    return written


def _add(parent: ET.Element, name: str, **texts: str) -> None:
    _fill(ET.SubElement(parent, name), **texts)


def _fill(element: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(element, name).text = text


def _text(task: ET.Element, path: str) -> str:
    steps = "/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/"))
    return task.findtext(steps, "")
