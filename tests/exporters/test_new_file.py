"""A file or folder appears whole under its name, or not at all."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from b12desk.domain.errors import WorldError
from b12desk.exporters.new_file import new_file, new_folder

posix = pytest.mark.skipif(sys.platform == "win32", reason="file modes are a POSIX matter")


def test_the_file_has_what_was_written_and_no_other_is_left(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_bytes(b"former")
    with new_file(out) as stream:
        stream.write(b"newer")
        assert out.read_bytes() == b"former"
    assert out.read_bytes() == b"newer"
    assert list(tmp_path.iterdir()) == [out]


@posix
def test_files_and_folders_are_for_this_user_only(tmp_path: Path) -> None:
    with new_file(tmp_path / "file") as stream:
        stream.write(b"x")
    with new_folder(tmp_path / "folder"):
        pass
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o700


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_bytes(b"former")
    with pytest.raises(ZeroDivisionError), new_file(out) as stream:
        stream.write(bytes(1 // stream.tell()))
    assert out.read_bytes() == b"former"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "read_only"),
        (errno.EIO, "read_only"),
    ],
)
def test_what_the_disk_refuses_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(WorldError) as caught, new_file(tmp_path / "out") as stream:
        stream.write(b"x")
    assert caught.value.code == code
    assert str(tmp_path / "out") in caught.value.message
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorldError) as caught, new_file(tmp_path / "none" / "out"):
        pass
    assert caught.value.code == "not_found"


def test_a_folder_may_be_new_or_empty_and_nothing_else(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with new_folder(empty) as folder:
        (folder / "a.csv").write_text("a", encoding="utf-8")
    assert (empty / "a.csv").read_text(encoding="utf-8") == "a"
    with pytest.raises(WorldError) as caught, new_folder(empty):
        pass
    assert caught.value.code == "exists"
    with pytest.raises(WorldError) as caught, new_folder(empty / "a.csv"):
        pass
    assert caught.value.code == "exists"


def test_a_folder_that_failed_is_gone(tmp_path: Path) -> None:
    with pytest.raises(WorldError), new_folder(tmp_path / "out") as folder:
        folder.write_text("half", encoding="utf-8")
    assert list(tmp_path.iterdir()) == []
