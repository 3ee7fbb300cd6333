"""Undo and redo by RULES U1, across restarts, and what stays when an import is taken back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from b12desk.domain.errors import NotFound, WorldError
from b12desk.domain.records import Document, Injection, LabResult, Product, Score
from b12desk.store.diary import Change
from tests.store.conftest import MOMENT, Scribe, product, score


def _points(scribe: Scribe) -> dict[str, int]:
    return {record.id: record.score for record in scribe.diary.records(Score)}


def _injection(record_id: str = "shot") -> Injection:
    return Injection(
        id=record_id, person_id="ann", recorded_at=MOMENT, on=MOMENT.date(), zone="UTC", product_id="vial"
    )


def test_undo_takes_back_the_newest_action_each_time_also_after_a_restart(scribe: Scribe) -> None:
    scribe.add(score("a", 1))
    scribe.do(Change(score("a", 1), score("a", 2)))
    scribe.do(Change(score("a", 2), None), text="Deleted")
    scribe.reopen()
    reversal = scribe.undo()
    assert (reversal.of.text, reversal.records, reversal.left) == ("Deleted", (("score", "a"),), ())
    assert _points(scribe) == {"a": 2}
    scribe.reopen()
    scribe.undo()
    assert _points(scribe) == {"a": 1}
    scribe.undo()
    assert _points(scribe) == {}


def test_redo_brings_back_in_the_opposite_order(scribe: Scribe) -> None:
    scribe.add(score("a", 1))
    scribe.do(Change(score("a", 1), score("a", 2)))
    scribe.undo()
    scribe.undo()
    scribe.reopen()
    scribe.redo()
    assert _points(scribe) == {"a": 1}
    scribe.redo()
    assert _points(scribe) == {"a": 2}
    with pytest.raises(WorldError, match="nothing to redo"):
        scribe.redo()


def test_what_was_redone_can_be_undone_again(scribe: Scribe) -> None:
    scribe.add(score("a", 1))
    for _ in range(3):
        scribe.undo()
        assert _points(scribe) == {}
        scribe.redo()
        assert _points(scribe) == {"a": 1}
    assert scribe.diary.check() == []


def test_a_new_action_ends_redo(scribe: Scribe) -> None:
    scribe.add(score("a"))
    scribe.undo()
    scribe.add(score("b"))
    with pytest.raises(WorldError, match="nothing to redo"):
        scribe.redo()
    assert _points(scribe) == {"b": 3}


def test_nothing_is_left_to_undo_in_an_empty_diary(scribe: Scribe) -> None:
    scribe.undo()
    with pytest.raises(WorldError, match="nothing to undo"):
        scribe.undo()


def test_an_older_action_is_undone_when_no_later_one_touched_its_records(scribe: Scribe) -> None:
    first = scribe.add(score("a", 1))
    scribe.add(score("b", 2))
    scribe.undo(first)
    assert _points(scribe) == {"b": 2}
    scribe.undo()
    assert _points(scribe) == {}
    scribe.redo()
    scribe.redo()
    assert _points(scribe) == {"a": 1, "b": 2}


def test_later_actions_on_the_same_record_forbid_it_and_are_named(scribe: Scribe) -> None:
    first = scribe.add(score("a", 1))
    for points in range(2, 7):
        scribe.do(Change(score("a", points - 1), score("a", points)), text=f"Score set to {points}")
    before = scribe.diary.counter()
    with pytest.raises(
        WorldError, match=r"“Score set to 6”, “Score set to 5”, “Score set to 4” and 2 more"
    ) as caught:
        scribe.undo(first)
    assert caught.value.code == "invalid"
    assert scribe.diary.counter() == before


def test_a_later_action_that_is_undone_forbids_nothing(scribe: Scribe) -> None:
    first = scribe.add(score("a", 1))
    scribe.do(Change(score("a", 1), score("a", 2)))
    scribe.undo()
    scribe.undo(first)
    assert _points(scribe) == {}


def test_what_a_later_record_refers_to_cannot_be_undone(scribe: Scribe) -> None:
    first = scribe.add(product())
    scribe.add(_injection(), text="Injection logged")
    with pytest.raises(WorldError, match="“Injection logged”"):
        scribe.undo(first)
    assert scribe.diary.count(Product) == 1


@pytest.mark.parametrize("which", ["undone", "undo"])
def test_an_action_is_undone_once_and_an_undo_is_not_undone(scribe: Scribe, which: str) -> None:
    action_id = scribe.add(score("a"))
    undo_id = scribe.undo().action.id
    with pytest.raises(WorldError, match="undone already"):
        scribe.undo(action_id if which == "undone" else undo_id)


def test_an_unknown_action_is_not_found(scribe: Scribe) -> None:
    with pytest.raises(NotFound):
        scribe.undo("nowhere")


def test_the_history_lists_what_is_undone(scribe: Scribe) -> None:
    action_id = scribe.add(score("a"), text="Scores")
    scribe.undo()
    undo, scores, ann = scribe.diary.actions(3)
    assert (undo.action.name, undo.undoes, undo.can_undo) == ("undo", action_id, False)
    assert (scores.undone, scores.can_undo, ann.can_undo) == (True, False, True)
    scribe.redo()
    assert [line.undone for line in scribe.diary.actions(4, person_id="ann")] == [False] * 4
    assert scribe.diary.actions(4, person_id="bo") == []


def test_undoing_an_import_leaves_what_was_edited_since(scribe: Scribe) -> None:
    imported = scribe.add(*(score(f"s{number}", 1) for number in range(5)), name="import")
    scribe.do(Change(score("s1", 1), score("s1", 9)))
    scribe.do(Change(score("s2", 1), None))
    reversal = scribe.undo(imported)
    assert set(reversal.left) == {("score", "s1"), ("score", "s2")}
    assert {record_id for _, record_id in reversal.records} == {"s0", "s3", "s4"}
    assert _points(scribe) == {"s1": 9}
    assert scribe.diary.check() == []
    scribe.redo()
    assert _points(scribe) == {"s0": 1, "s1": 9, "s3": 1, "s4": 1}


def test_undoing_an_import_keeps_the_document_of_a_result_that_stays(scribe: Scribe) -> None:
    document = Document(
        id="doc", person_id="ann", recorded_at=MOMENT, name="f", sha256="0", size=1, format="csv", kept=False
    )

    def lab(record_id: str, value: str) -> LabResult:
        return LabResult(
            id=record_id,
            person_id="ann",
            recorded_at=MOMENT,
            collected="2026-01-05",
            value=value,
            document_id="doc",
        )

    imported = scribe.add(document, lab("x", "1"), lab("y", "2"), name="import")
    scribe.do(Change(lab("x", "1"), lab("x", "1.5")))
    assert set(scribe.undo(imported).left) == {("lab_result", "x"), ("document", "doc")}
    assert [record.id for record in scribe.diary.records(LabResult)] == ["x"]
    assert scribe.diary.check() == []


def test_undoing_an_import_keeps_a_product_that_was_used_since(scribe: Scribe) -> None:
    imported = scribe.add(product(), score("a"), name="import")
    scribe.add(_injection())
    assert scribe.undo(imported).left == (("product", "vial"),)
    assert _points(scribe) == {}


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "edit", "delete", "undo", "redo"]), st.integers(0, 4), st.integers(0, 10)
    ),
    max_size=25,
)


@given(steps=_STEPS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_and_redo_follow_a_stack_of_states(scribe: Scribe, steps: list[tuple[str, int, int]]) -> None:
    """Against the simplest model: a list of states and a finger in it."""
    for record in scribe.diary.records(Score):
        scribe.do(Change(record, None))
    base = scribe.diary.counter()
    states, finger = [_points(scribe)], 0
    for step, number, points in steps:
        now = states[finger]
        record_id = f"r{number}"
        if step == "undo" and finger:
            scribe.undo()
            finger -= 1
        elif step == "redo" and finger < len(states) - 1:
            scribe.redo()
            finger += 1
        elif step in ("add", "edit", "delete") and (record_id in now) == (step != "add"):
            before = score(record_id, now[record_id]) if step != "add" else None
            after = score(record_id, points) if step != "delete" else None
            scribe.do(Change(before, after))
            following = {key: value for key, value in now.items() if key != record_id}
            states[finger + 1 :] = [following if after is None else following | {record_id: points}]
            finger += 1
        assert _points(scribe) == states[finger]
    assert scribe.diary.counter() >= base
    assert scribe.diary.check() == []
