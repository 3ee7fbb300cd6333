"""The check finds what SQLite itself does not see (RULES F7)."""

from __future__ import annotations

import hashlib

import pytest

from b12desk.domain.records import Document, LabResult
from b12desk.store.diary import Change, Diary
from tests.store.conftest import MOMENT, Scribe, score


def _lab(value: str) -> LabResult:
    return LabResult(id="lab", person_id="ann", recorded_at=MOMENT, collected="2026-01-05", value=value)


def _tamper(scribe: Scribe, sql: str) -> None:
    scribe.diary._connection.execute("PRAGMA foreign_keys = OFF")
    scribe.diary._connection.execute(sql)


def test_a_sound_diary_has_no_problems(scribe: Scribe) -> None:
    scribe.add(score("a"), _lab("180"))
    scribe.do(Change(score("a"), None))
    assert scribe.diary.check() == []
    assert scribe.diary.check(full=False) == []


@pytest.mark.parametrize(
    ("sql", "code", "record_id"),
    [
        ("UPDATE lab_result SET value = '780'", "differs", "lab"),
        ("UPDATE lab_result SET unit = NULL, name = ''", "differs", "lab"),
        ("DELETE FROM lab_result", "lost", "lab"),
        ("DELETE FROM change WHERE record_id = 'lab'", "unrecorded", "lab"),
        ("UPDATE change SET after = NULL WHERE record_id = 'lab'", "unrecorded", "lab"),
        ("UPDATE change SET after = 'not json' WHERE record_id = 'lab'", "differs", "lab"),
        ("UPDATE change SET after = replace(after, '180', '780') WHERE record_id = 'lab'", "differs", "lab"),
    ],
)
def test_a_changed_value_is_found(scribe: Scribe, sql: str, code: str, record_id: str) -> None:
    scribe.add(score("a"), _lab("180"))
    _tamper(scribe, sql)
    assert [(problem.code, problem.record_id) for problem in scribe.diary.check()] == [(code, record_id)]
    assert scribe.diary.check(full=False) == []


def test_a_link_to_nothing_is_found_by_the_quick_check_too(scribe: Scribe) -> None:
    scribe.add(_lab("180"))
    _tamper(scribe, "UPDATE lab_result SET document_id = 'nowhere'")
    (problem,) = scribe.diary.check(full=False)
    assert (problem.code, problem.kind, problem.record_id) == ("link", "lab_result", "lab")


@pytest.mark.parametrize("sql", ["DELETE FROM document_content", "UPDATE document_content SET data = x'00'"])
def test_a_changed_document_is_found(scribe: Scribe, sql: str) -> None:
    digest = hashlib.sha256(b"report").hexdigest()
    document = Document(
        id="doc", person_id="ann", recorded_at=MOMENT, name="f", sha256=digest, size=6, format="csv"
    )
    scribe.stream([Change(None, document)], {digest: b"report"})
    _tamper(scribe, sql)
    assert [(problem.code, problem.record_id) for problem in scribe.diary.check()] == [("document", "doc")]


def test_one_flipped_bit_in_the_file_is_found(scribe: Scribe) -> None:
    """Plain: in a value, where SQLite's own check sees nothing. Encrypted: anywhere in a page."""
    scribe.add(_lab("180.25"))
    path = scribe.diary.path
    scribe.diary.close()
    content = bytearray(path.read_bytes())
    at = content.find(b"180.25") if scribe.key is None else len(content) // 2
    content[at] ^= 1
    path.write_bytes(content)
    scribe.diary = Diary.open(path, key=scribe.key)
    codes = {problem.code for problem in scribe.diary.check()}
    assert codes == ({"differs"} if scribe.key is None else {"structure"})
