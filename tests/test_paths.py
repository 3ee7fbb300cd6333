"""Where things live, and that asking for a place makes nothing."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from b12desk import paths


def test_home_variable_puts_everything_below_one_folder(tmp_path: Path) -> None:
    found = paths.places({"B12DESK_HOME": str(tmp_path)})
    for place in (found.diary, found.settings, found.log, found.cache, found.autostart):
        assert place.is_relative_to(tmp_path)
    assert found.diary == tmp_path / "diary.db"


def test_relative_home_does_not_move_with_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.places({"B12DESK_HOME": "stick"}).diary == tmp_path / "stick" / "diary.db"


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of a Linux desktop")
def test_without_the_variable_the_desktop_decides(own_home: Path) -> None:
    found = paths.places({})
    assert found.diary == own_home / ".local" / "share" / "b12desk" / "diary.db"
    assert found.settings == own_home / ".config" / "b12desk" / "settings.json"
    assert found.autostart == own_home / ".config" / "autostart"


def test_asking_makes_nothing(tmp_path: Path) -> None:
    paths.places({"B12DESK_HOME": str(tmp_path / "none")})
    paths.beside(tmp_path / "none" / "d.db")
    assert list(tmp_path.iterdir()) == []


def test_companions_carry_the_whole_name_of_their_diary(tmp_path: Path) -> None:
    near = paths.beside(tmp_path / "d.db")
    assert [near.reminders.name, near.keys.name, near.backups.name] == [
        "d.db-reminders.db",
        "d.db-keys.json",
        "d.db-backups",
    ]
    assert near.reminders.parent == tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_ensure_makes_private_folders_and_leaves_others_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    made = paths.ensure(tmp_path / "a" / "b")
    assert paths.ensure(made) == made
    modes = [stat.S_IMODE(folder.stat().st_mode) for folder in (tmp_path, tmp_path / "a", made)]
    assert modes == [0o755, 0o700, 0o700]


def test_resources_of_a_checkout() -> None:
    assert paths.resources() == Path(paths.__file__).parents[1] / "resources"


def test_resources_of_an_installed_package_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_resources" / "presets").mkdir(parents=True)
    (tmp_path / "_resources" / "presets" / "x.json").write_text("µg", encoding="utf-8")
    monkeypatch.setattr(paths, "__file__", str(tmp_path / "paths.py"))
    assert paths.read_resource("presets/x.json") == "µg"
    assert paths.read_resource_bytes("presets/x.json") == "µg".encode()


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"no-such\.svg"):
        paths.read_resource("icons/no-such.svg")
