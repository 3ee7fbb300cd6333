"""Installing, looking, removing: on the person's word only, and nothing is left behind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from b12desk.domain.errors import WorldError
from b12desk.reminders.os_schedule.installer import NOT_THERE, Folders, Installer, Ran, installer_for
from b12desk.reminders.os_schedule.job import Job

JOB = Job(("/usr/bin/b12desk",), Path("/home/anna/diary.db"))


class System:
    """The system's commands: notes what was asked, and answers as the test says."""

    def __init__(self, **answers: int) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, command: Sequence[str]) -> Ran:
        line = " ".join(command)
        self.asked.append(line)
        code = next((code for word, code in self.answers.items() if word.replace("_", "-") in command), 0)
        return Ran(code, "no such bus\n" if code else "")


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "autostart", tmp_path / "units", tmp_path / "tasks")


def everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def made(folders: Folders, system: System, platform: str = "linux") -> Installer:
    return installer_for(JOB, folders, system, platform)


@pytest.mark.parametrize(
    ("platform", "kind", "on", "off"),
    [
        ("linux", "systemd", "enable --now", "disable --now"),
        ("darwin", "launchd", "bootstrap", "bootout"),
        ("win32", "task_scheduler", "/Create", "/Delete"),
    ],
)
def test_installed_looked_at_and_removed(
    tmp_path: Path, folders: Folders, platform: str, kind: str, on: str, off: str
) -> None:
    system = System()
    installer = made(folders, system, platform)
    assert not installer.status().installed
    assert everything(tmp_path) == []
    system.asked.clear()
    standing = installer.install()
    assert (standing.kind, standing.installed, standing.running, standing.problems) == (kind, True, True, ())
    assert any(on in line for line in system.asked)
    assert installer.remove()
    assert any(off in line for line in system.asked)
    assert everything(tmp_path) == []
    assert not installer.remove()


def test_asking_how_it_stands_changes_nothing(tmp_path: Path, folders: Folders) -> None:
    system = System()
    made(folders, system).status()
    assert everything(tmp_path) == []
    assert system.asked == ["systemctl --user show-environment"]


def test_without_systemd_the_desktop_starts_it(tmp_path: Path, folders: Folders) -> None:
    system = System(systemctl=1, desktop_file_validate=NOT_THERE)
    standing = made(folders, system).install()
    assert (standing.kind, standing.installed, standing.running) == ("autostart", True, None)
    assert everything(tmp_path) == ["autostart/b12desk-reminders.desktop"]


def test_a_scheduler_that_refuses_leaves_nothing_behind(tmp_path: Path, folders: Folders) -> None:
    with pytest.raises(WorldError, match="no such bus") as refused:
        made(folders, System(enable=1)).install()
    assert refused.value.code == "busy"
    assert everything(tmp_path) == []


def test_a_second_install_replaces_the_first(tmp_path: Path, folders: Folders) -> None:
    made(folders, System()).install()
    before = everything(tmp_path)
    moved = JOB._replace(program=("/opt/new/b12desk",))
    installer = installer_for(moved, folders, System(), "linux")
    assert installer.status().problems == ("It starts B12 Desk in another way than now; install again.",)
    assert installer.install().problems == ()
    assert everything(tmp_path) == before


def test_what_is_wrong_is_said(folders: Folders) -> None:
    installer = made(folders, System())
    installer.install()
    (folders.units / "b12desk-reminders.timer").unlink()
    standing = installer.status()
    assert not standing.installed
    assert "b12desk-reminders.timer is missing; install again." in standing.problems


def test_an_entry_that_does_not_run_is_said(folders: Folders) -> None:
    made(folders, System()).install()
    standing = made(folders, System(is_active=3)).status()
    assert standing.running is False
    assert standing.problems == ("It is written, but the scheduler does not run it; install again.",)


def test_below_a_home_of_its_own_the_system_is_left_alone(tmp_path: Path) -> None:
    below = tmp_path / "home" / "autostart"
    system = System()
    installer = installer_for(JOB, Folders(below, below, below, heeded=False), system, "linux")
    standing = installer.install()
    installer.remove()
    assert standing.installed
    assert "B12DESK_HOME" in standing.problems[-1]
    assert not [line for line in system.asked if "enable" in line or "disable" in line]
    assert not below.exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    below = tmp_path / "file" / "autostart"
    with pytest.raises(WorldError, match="cannot be written") as refused:
        installer_for(JOB, Folders(below, below, below), System(), "linux").install()
    assert refused.value.code == "read_only"
