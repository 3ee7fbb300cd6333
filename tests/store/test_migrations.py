"""The tables are what the records need, made by steps that each leave a real file behind."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from b12desk.domain import codec
from b12desk.domain.errors import BugError
from b12desk.domain.records import RECORD_TYPES, Injection, LabResult, Plan, Record, Score
from b12desk.store import migrations, schema, upgrade
from b12desk.store.diary import Diary
from tests.store.conftest import MOMENT, Scribe, score
from tests.store.old_database import FOLDER, every_kind, make, path_for


@pytest.mark.parametrize("cls", RECORD_TYPES, ids=lambda cls: cls.kind)
def test_each_table_is_what_its_record_needs(scribe: Scribe, cls: type[Record]) -> None:
    table = list(scribe.diary._connection.execute(f'PRAGMA table_info("{cls.kind}")'))
    assert {name: kind for _, name, kind, *_ in table} == codec.columns(cls)
    assert {name for _, name, _, required, *_ in table if not required} == codec.optional_columns(cls)


def test_every_table_is_strict(scribe: Scribe) -> None:
    tables = scribe.diary._connection.execute("PRAGMA table_list").fetchall()
    loose = {name for _, name, kind, _, _, strict in tables if kind == "table" and not strict}
    assert {name for name in loose if not name.startswith("sqlite_")} == {"_sqlite_migrations"}


def test_the_names_in_the_schema_are_the_steps_in_their_order() -> None:
    steps = migrations.diary_migrations._migrations
    assert tuple(step.name for step in steps) == schema.MIGRATION_NAMES
    assert all(step.transactional for step in steps)


def test_each_step_has_a_file_of_the_tables_it_left() -> None:
    assert sorted(FOLDER.glob("*.db")) == [path_for(name) for name in schema.MIGRATION_NAMES]


def _whole(scribe: Scribe) -> tuple[object, object]:
    """The text of every table and index, and every record."""
    schema_rows = scribe.diary._connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name")
    return schema_rows.fetchall(), scribe.all_records()


def test_the_file_of_the_newest_step_is_what_this_version_writes(tmp_path: Path) -> None:
    make(tmp_path / "diary.db")
    path = tmp_path / "kept.db"
    shutil.copy(path_for(schema.MIGRATION_NAMES[-1]), path)
    with Diary.open(tmp_path / "diary.db") as made, Diary.open(path) as kept:
        assert _whole(Scribe(made, None)) == _whole(Scribe(kept, None))
        assert {record.kind for record in every_kind()} == {cls.kind for cls in RECORD_TYPES}


@pytest.mark.parametrize("name", schema.MIGRATION_NAMES)
def test_the_file_of_each_step_still_opens_whole(name: str, tmp_path: Path) -> None:
    path = tmp_path / "diary.db"
    shutil.copy(path_for(name), path)
    with Diary.open(path) as diary:
        assert diary.check() == []
        assert all(diary.count(cls) for cls in RECORD_TYPES)
        assert [lab.value for lab in diary.records(LabResult)] == ["1.10"]
        assert [injection.answers for injection in diary.records(Injection)] == [MOMENT.date()]
        assert diary.records(Plan)[0].phases[0].every.weeks == 12
        newest = name == schema.MIGRATION_NAMES[-1]
        assert (diary.upgraded_from is None) == newest


@pytest.fixture
def with_next_step(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Database], None]], None]:
    """Add a step to the program, as its next version will."""

    def add(step: Callable[[Database], None]) -> None:
        names = (*schema.MIGRATION_NAMES, "m9000_next")
        monkeypatch.setattr(upgrade, "MIGRATION_NAMES", names)
        steps = type(migrations.diary_migrations)(schema.MIGRATION_SET)
        steps._migrations = list(migrations.diary_migrations._migrations)
        steps(name="m9000_next")(step)
        monkeypatch.setattr(migrations, "diary_migrations", steps)

    return add


def test_an_older_diary_is_copied_and_brought_up_to_date(
    scribe: Scribe, with_next_step: Callable[[Callable[[Database], None]], None]
) -> None:
    scribe.add(score("a"))
    with_next_step(lambda db: db["score"].add_column("mood", str))
    diary = scribe.reopen()
    assert diary.upgraded_from == diary.path.parent / "diary.db-backups" / "diary-before-m9000_next.db"
    assert diary.upgraded_from.stat().st_mode & 0o777 == 0o600
    assert [name for _, name, *_ in diary._connection.execute("PRAGMA table_info(score)")][-1] == "mood"
    assert diary.get(Score, "a") == score("a")
    assert scribe.reopen().upgraded_from is None


def test_a_failing_step_leaves_the_old_file_as_it_was(
    scribe: Scribe,
    with_next_step: Callable[[Callable[[Database], None]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scribe.add(score("a"))
    before = _whole(scribe)

    def step(db: Database) -> None:
        db.execute("DELETE FROM score")
        db.execute("ALTER TABLE score RENAME TO points")
        db.execute("SELECT * FROM nowhere")

    with_next_step(step)
    for _ in range(2):
        with pytest.raises(BugError, match="nowhere"):
            scribe.reopen()
    copies = {path.name for path in (scribe.diary.path.parent / "diary.db-backups").iterdir()}
    assert copies == {"diary-before-m9000_next.db", "diary-before-m9000_next-2.db"}
    monkeypatch.undo()
    scribe.diary = Diary.open(scribe.diary.path, key=scribe.key)
    assert before == _whole(scribe)


def test_an_up_to_date_diary_opens_without_sqlite_utils(scribe: Scribe) -> None:
    scribe.diary.close()
    program = (
        "import sys; from pathlib import Path; from b12desk.store.diary import Diary, Change\n"
        "from tests.store.conftest import Scribe, score\n"
        "key = bytes.fromhex(sys.argv[2]) or None\n"
        "scribe = Scribe(Diary.open(Path(sys.argv[1]), key=key), key)\n"
        "scribe.add(score('a')); scribe.all_records(); scribe.undo(); scribe.redo(); scribe.diary.check()\n"
        "print(sorted({'sqlite_utils', 'numpy'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, str(scribe.diary.path), (scribe.key or b"").hex()]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
