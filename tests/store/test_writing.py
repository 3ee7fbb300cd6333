"""An action is written whole or not at all: in bulk, against a stale copy, and when the process is killed."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from b12desk.domain.errors import BugError, NotFound, WorldError
from b12desk.domain.records import Document, Injection, Product, Score
from b12desk.store.diary import Change, Diary
from tests.store.conftest import MOMENT, Scribe, product, score


def _document(data: bytes) -> Document:
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        id="doc",
        person_id="ann",
        recorded_at=MOMENT,
        name="labs.csv",
        sha256=digest,
        size=len(data),
        format="csv",
    )


def test_each_action_counts_one_and_is_kept(scribe: Scribe) -> None:
    before = scribe.diary.counter()
    scribe.add(score("a"), score("b"), text="Two scores")
    diary = scribe.reopen()
    assert diary.counter() == before + 1
    assert [line.action.text for line in diary.actions(2)] == ["Two scores", "Ann added"]
    assert diary.actions(1)[0].action.at == MOMENT


def test_more_records_than_one_chunk_arrive_in_full(scribe: Scribe) -> None:
    scribe.add(*(score(f"s{number}", number % 11) for number in range(2500)))
    assert scribe.diary.count(Score) == 2500
    assert scribe.diary.get(Score, "s2499").score == 2499 % 11
    assert scribe.diary.check() == []


def test_a_failure_in_the_middle_leaves_nothing(scribe: Scribe) -> None:
    before = (scribe.diary.counter(), scribe.all_records())

    def changes() -> Iterator[Change]:
        for number in range(1500):
            yield Change(None, score(f"s{number}"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scribe.stream(changes())
    assert (scribe.diary.counter(), scribe.all_records()) == before
    scribe.add(score("after"))
    assert scribe.diary.check() == []


def test_one_action_may_change_a_record_twice(scribe: Scribe) -> None:
    scribe.do(Change(None, score("a", 1)), Change(score("a", 1), score("a", 2)), Change(score("a", 2), None))
    assert scribe.diary.count(Score) == 0
    scribe.undo()
    assert scribe.diary.count(Score) == 0
    assert scribe.diary.check() == []


@pytest.mark.parametrize(
    "stale",
    [
        Change(score("a", 1), score("a", 5)),
        Change(score("a", 1), None),
        Change(score("gone"), score("gone", 4)),
        Change(None, score("a", 4)),
    ],
    ids=["edit", "delete", "edit of nothing", "add what is there"],
)
def test_a_change_of_something_else_than_seen_is_refused(scribe: Scribe, stale: Change) -> None:
    scribe.add(score("a", 3))
    before = (scribe.diary.counter(), scribe.all_records())
    with pytest.raises(WorldError, match="changed in the meantime") as caught:
        scribe.do(Change(None, score("b")), stale)
    assert caught.value.code == "invalid"
    assert (scribe.diary.counter(), scribe.all_records()) == before


def test_a_change_must_be_of_one_record(scribe: Scribe) -> None:
    with pytest.raises(BugError):
        scribe.do(Change(None, None))
    scribe.add(score("a"))
    with pytest.raises(BugError):
        scribe.do(Change(score("a"), score("b")))


def test_what_others_refer_to_cannot_be_deleted(scribe: Scribe) -> None:
    scribe.add(
        product(),
        Injection(
            id="i", person_id="ann", recorded_at=MOMENT, on=MOMENT.date(), zone="UTC", product_id="vial"
        ),
    )
    with pytest.raises(WorldError, match="refer to") as caught:
        scribe.do(Change(product(), None))
    assert caught.value.code == "invalid"
    assert scribe.diary.count(Product) == 1


def test_records_of_one_action_may_come_before_what_they_refer_to(scribe: Scribe) -> None:
    given = Injection(
        id="i", person_id="ann", recorded_at=MOMENT, on=MOMENT.date(), zone="UTC", product_id="vial"
    )
    scribe.add(given, product())
    assert scribe.diary.get(Injection, "i") == given


def test_a_document_comes_back_byte_for_byte(scribe: Scribe) -> None:
    data = b"\x00\xff report " * 1000
    document = _document(data)
    for number in range(2):
        scribe.stream([] if number else [Change(None, document)], {document.sha256: data})
    assert scribe.reopen().content(document.sha256) == data
    assert scribe.diary.check() == []
    with pytest.raises(NotFound):
        scribe.diary.content("0" * 64)


def test_bytes_under_a_wrong_digest_are_our_own_bug(scribe: Scribe) -> None:
    with pytest.raises(BugError):
        scribe.stream([Change(None, _document(b"one"))], {"0" * 64: b"two"})
    assert scribe.diary.count(Document) == 0


def test_the_sentence_of_an_error_holds_no_values(scribe: Scribe) -> None:
    scribe.add(score("a", note="a private matter"))
    with pytest.raises(WorldError) as caught:
        scribe.do(Change(score("a", note="a private matter", symptom="x"), None))
    assert "private" not in caught.value.message


_WRITER = """
import sys
from pathlib import Path
from tests.store.conftest import Scribe, score
from b12desk.store.diary import Change, Diary

key = bytes.fromhex(sys.argv[2]) or None
scribe = Scribe(Diary.open(Path(sys.argv[1]), key=key), key)
scribe.add(score("kept"))
print("kept", flush=True)

def changes():
    for number in range(3000):
        yield Change(None, score(f"lost{number}"))
    print("half", flush=True)
    sys.stdin.read()

scribe.stream(changes())
"""


def test_a_killed_process_loses_only_what_was_not_acknowledged(scribe: Scribe, tmp_path: Path) -> None:
    path = scribe.diary.path
    scribe.diary.close()
    command = [sys.executable, "-c", _WRITER, str(path), (scribe.key or b"").hex()]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        command,
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(root)},
    ) as process:
        assert process.stdout is not None
        assert [process.stdout.readline().strip() for _ in range(2)] == ["kept", "half"]
        process.send_signal(signal.SIGKILL)
    scribe.diary = Diary.open(path, key=scribe.key)
    assert [record.id for record in scribe.diary.records(Score)] == ["kept"]
    assert scribe.diary.check() == []
