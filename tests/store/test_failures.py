"""Whatever the world does to the file gets one sentence and a code, and leaves the file as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from b12desk.domain.errors import WorldError
from b12desk.domain.records import Score
from b12desk.store import database, diary
from b12desk.store.database import Connection
from b12desk.store.diary import Diary
from tests.store.conftest import RAW_KEY, Scribe, score


def _code(action: Callable[[], object]) -> str:
    """The code of the WorldError that `action` raises; its message must be one line."""
    with pytest.raises(WorldError) as caught:
        action()
    assert caught.value.message.endswith(".")
    assert "\n" not in caught.value.message
    return caught.value.code


def test_no_file_and_a_folder_are_no_diary(key: bytes | None, tmp_path: Path) -> None:
    assert _code(lambda: Diary.open(tmp_path / "none.db", key=key)) == "no_diary"
    assert _code(lambda: Diary.open(tmp_path, key=key)) == "no_diary"
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    "content", [b"", b"not a database at all " * 500, b"SQLite format 3\x00" + b"\x07" * 4000]
)
def test_a_file_that_is_no_database_is_told_so_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    assert _code(lambda: Diary.open(path)) == "damaged"
    assert path.read_bytes() == content


def test_another_programs_database_is_no_diary(tmp_path: Path) -> None:
    path = tmp_path / "music.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE song (title)")
    other.close()
    content = path.read_bytes()
    with pytest.raises(WorldError, match="not a B12 Desk diary"):
        Diary.open(path)
    assert path.read_bytes() == content


def test_a_file_that_was_just_begun_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "begun.db"
    with sqlite3.connect(path) as begun:
        begun.execute("PRAGMA journal_mode = WAL")
    begun.close()
    with pytest.raises(WorldError, match="is empty"):
        Diary.open(path)


def test_create_never_touches_what_is_there(key: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("dear clinic")
    assert _code(lambda: Diary.create(path, key=key)) == "exists"
    assert path.read_text() == "dear clinic"
    assert _code(lambda: Diary.create(tmp_path / "no" / "folder.db", key=key)) == "read_only"


def test_only_the_owner_can_read_the_files(scribe: Scribe) -> None:
    scribe.add(score("a"))
    files = list(scribe.diary.path.parent.glob("diary.db*"))
    assert len(files) >= 2
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_keys_are_told_apart(
    make_scribe: Callable[[Path], Scribe], key: bytes | None, tmp_path: Path
) -> None:
    path = tmp_path / "diary.db"
    make_scribe(path).diary.close()
    if key is None:
        assert _code(lambda: Diary.open(path, key=RAW_KEY)) == "wrong_passphrase"
        return
    with pytest.raises(WorldError, match="another key file"):
        Diary.open(path, key=bytes(32))
    assert _code(lambda: Diary.open(path)) == "damaged"
    (tmp_path / "diary.db-keys.json").write_text("{}")
    assert _code(lambda: Diary.open(path)) == "locked"
    with Diary.open(path, key=key) as opened:
        assert opened.counter() == 1


def test_an_encrypted_diary_shows_no_text(scribe: Scribe) -> None:
    scribe.add(score("a", note="a private matter"))
    scribe.diary.close()
    found = b"private" in scribe.diary.path.read_bytes()
    assert found == (scribe.key is None)


@pytest.mark.parametrize("kept", [100, 4096, 20_000])
def test_a_truncated_diary_is_damaged_never_half_read(scribe: Scribe, kept: int) -> None:
    scribe.add(*(score(f"s{number}") for number in range(500)))
    path = scribe.diary.path
    scribe.diary.close()
    os.truncate(path, kept)

    def use() -> None:
        with Diary.open(path, key=scribe.key) as opened:
            problems = opened.check()
            opened.records(Score)
            assert problems
            raise WorldError("damaged", "The check saw it.")

    assert _code(use) == "damaged"


def test_another_writer_makes_it_busy_and_reading_goes_on(
    scribe: Scribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    with Diary.open(scribe.diary.path, key=scribe.key) as impatient:
        with database.transaction(scribe.diary._connection, scribe.diary.path):
            assert _code(lambda: Scribe(impatient, scribe.key).add(score("a"))) == "busy"
            assert impatient.records(Score) == []
        Scribe(impatient, scribe.key).do(name="after")
    assert scribe.diary.actions(1)[0].action.name == "after"


def test_where_the_write_ahead_log_is_refused_the_diary_works_without(
    make_scribe: Callable[[Path], Scribe], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network folder has no shared memory; a lock that is held there gives the same refusal."""
    connect = database.connect

    def without_shared_memory(path: Path, key: bytes | None) -> Connection:
        class Refusing:
            def __init__(self) -> None:
                self.real = connect(path, key)

            def execute(self, sql: str, *parameters: object) -> object:
                return self.real.execute(sql.replace("= WAL", "= MEMORY"), *parameters)

            def __getattr__(self, name: str) -> object:
                return getattr(self.real, name)

        return Refusing()  # type: ignore[return-value]

    monkeypatch.setattr(diary, "connect", without_shared_memory)
    scribe = make_scribe(tmp_path / "diary.db")
    scribe.add(score("a"))
    assert scribe.diary._connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert scribe.reopen().get(Score, "a") == score("a")


def test_a_newer_file_is_refused_untouched(scribe: Scribe) -> None:
    path = scribe.diary.path
    with database.transaction(scribe.diary._connection, path):
        scribe.diary._connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('b12desk', 'm9999_later', '')"
        )
    scribe.diary.close()
    content = path.read_bytes()
    assert _code(lambda: Diary.open(path, key=scribe.key)) == "newer_file"
    assert path.read_bytes() == content


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A mounted disk of 2 MB, for those who may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("needs the right to mount a small disk")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False)
    if done.returncode:
        pytest.skip("mounting is not allowed here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_keeps_what_was_there(make_scribe: Callable[[Path], Scribe], small_disk: Path) -> None:
    scribe = make_scribe(small_disk / "diary.db")
    scribe.add(score("kept"))
    before = scribe.diary.counter()
    much = [score(f"s{number}", note="x" * 1000) for number in range(3000)]
    assert _code(lambda: scribe.add(*much)) == "disk_full"
    assert scribe.diary.counter() == before
    assert [record.id for record in scribe.reopen().records(Score)] == ["kept"]
    assert scribe.diary.check() == []
    scribe.add(score("after"))
    scribe.diary.close()


def test_a_diary_that_does_not_fit_is_not_begun(key: bytes | None, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(b"x" * ((2 << 20) - 8192))
    assert _code(lambda: Diary.create(small_disk / "diary.db", key=key)) == "disk_full"
    assert [file.name for file in small_disk.iterdir()] == ["filler"]


def test_a_disk_that_became_read_only(make_scribe: Callable[[Path], Scribe], small_disk: Path) -> None:
    scribe = make_scribe(small_disk / "diary.db")
    path = scribe.diary.path
    scribe.diary.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert _code(lambda: Diary.open(path, key=scribe.key)) == "read_only"
    assert _code(lambda: Diary.create(small_disk / "new.db", key=scribe.key)) == "read_only"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_file_is_told_so(scribe: Scribe) -> None:
    path = scribe.diary.path
    scribe.diary.close()
    path.chmod(0o400)
    assert _code(lambda: Scribe(Diary.open(path, key=scribe.key), scribe.key).add(score("a"))) == "read_only"
