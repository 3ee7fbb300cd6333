"""What a first call relies on: whole locks without addresses, and scripts that say what is wrong."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = [ROOT / "requirements" / name for name in ("run.txt", "dev.txt")]
LOCKED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def locked(lock: Path) -> dict[str, str]:
    return dict(LOCKED.findall(lock.read_text(encoding="utf-8")))


def names(requirements: list[str]) -> set[str]:
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in requirements)
    return {re.sub(r"[._]", "-", match[0]).lower() for match in found if match}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_address_and_hashes_everything(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links|--trusted|^\s*(/|\.\.?/|-e|file:)", text, re.MULTILINE)
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    assert len(blocks) == len(locked(lock)) > 20
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_locks_hold_what_the_project_declares() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run, dev = (locked(lock) for lock in LOCKS)
    groups = project["dependency-groups"]
    assert names(project["project"]["dependencies"] + groups["build"]) <= set(run)
    assert names(groups["dev"]) <= set(dev)
    assert run.items() <= dev.items()


@pytest.mark.skipif(os.name == "nt", reason="the scripts are for sh")
def test_without_a_screen_one_line_names_the_ways() -> None:
    env = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = subprocess.run(
        [ROOT / "tools" / "need_display.sh"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "xvfb-run make run" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="the scripts are for sh")
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('case "$*" in *version_info*) exit 1;; esac; echo Python 3.9.2', "this one is Python 3.9.2"),
        (
            'case "$*" in *ensurepip*) exit 1;; -\\ *) printf "libegl1 ";; esac',
            "install .*python3-venv libegl1",
        ),
    ],
    ids=["old Python", "missing packages"],
)
def test_set_up_says_what_is_missing_and_leaves_nothing(tmp_path: Path, body: str, said: str) -> None:
    """With stand-ins for python3, id and apt-get: nothing is installed here, whoever runs the tests."""
    for name, text in {
        "python3": body,
        "id": "echo 1000",
        "apt-get": "exit 1",
        "uname": "echo Linux",
    }.items():
        stand_in = tmp_path / "bin" / name
        stand_in.parent.mkdir(exist_ok=True)
        stand_in.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        stand_in.chmod(0o755)
    project = tmp_path / "project"
    (project / "tools").mkdir(parents=True)
    (project / "requirements").mkdir()
    script = project / "tools" / "setup.sh"
    script.write_bytes((ROOT / "tools" / "setup.sh").read_bytes())
    env = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
    done = subprocess.run(["/bin/sh", script, "run"], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert re.search(said, done.stderr)
    assert not (project / ".venv").exists()


@pytest.mark.parametrize("script", ["Makefile", "README.md"])
def test_every_tool_that_is_named_exists(script: str) -> None:
    text = (ROOT / script).read_text(encoding="utf-8")
    for name in re.findall(r"tools/[a-z_]+\.(?:sh|py)|requirements[/\\][a-z]+\.txt|docs/[a-z_]+\.md", text):
        assert (ROOT / name.replace("\\", "/")).is_file(), name


def test_the_wheel_carries_what_the_program_reads(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        files = set(packed.namelist())
    shipped = {
        "b12desk/_resources/" + file.relative_to(ROOT / "resources").as_posix()
        for file in (ROOT / "resources").rglob("*")
        if file.is_file()
    }
    assert shipped <= files
    assert "b12desk/paths.py" in files
    assert not any(name.startswith(("tests/", "tools/")) for name in files)
