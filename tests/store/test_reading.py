"""Every kind of record comes back as it went in, in order, by each of the ways to ask for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from b12desk.domain import codec
from b12desk.domain.errors import BugError, NotFound
from b12desk.domain.records import RECORD_TYPES, Amount, LabResult, NotGiven, Person, Product, Record, Score
from b12desk.store.diary import Change
from b12desk.store.images import image
from tests.store.conftest import MOMENT, Scribe, ann, product, score

_ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=3)
st.register_type_strategy(str, _TEXTS)
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))
st.register_type_strategy(Decimal, _DECIMALS)
st.register_type_strategy(time, st.times().map(lambda at: at.replace(microsecond=0)))
st.register_type_strategy(datetime, st.datetimes(timezones=_ZONES))
st.register_type_strategy(Amount, st.builds(Amount, _DECIMALS, _TEXTS.filter(bool)))


def _any(cls: type[Record]) -> st.SearchStrategy[Record]:
    """Records of one kind with any content, whose links lead nowhere or to what the diary holds."""
    fixed: dict[str, Any] = {"id": st.just("new"), "person_id": st.just("ann")}
    hints = get_type_hints(cls)
    for name, target in {"product_id": "vial", "plan_id": None, "injection_id": None}.items():
        if name in hints:
            fixed[name] = st.just(target)
    if "document_id" in hints:
        fixed["document_id"] = st.none()
    if cls.kind == "document":
        fixed["kept"] = st.just(False)
    drawn = {name: st.from_type(hint) for name, hint in hints.items() if name not in fixed and name != "kind"}
    return st.builds(cls, **fixed, **drawn)


_UNLINKED = [cls for cls in RECORD_TYPES if "plan_id" not in get_type_hints(cls)]


@pytest.mark.parametrize("cls", _UNLINKED, ids=lambda cls: cls.kind)
@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_record_comes_back_as_written(scribe: Scribe, cls: type[Record], data: st.DataObject) -> None:
    if cls.kind == "injection" and not scribe.diary.count(Product):
        scribe.add(product())
    record = data.draw(_any(cls))
    scribe.add(record)
    assert scribe.diary.get(cls, "new") == record
    assert scribe.diary.find("new") == record
    (kept,) = scribe.diary._connection.execute(
        "SELECT after FROM change ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    assert kept == image(cls.kind, codec.to_cells(record))
    assert scribe.diary.check() == []
    scribe.undo()
    with pytest.raises(NotFound):
        scribe.diary.get(cls, "new")
    scribe.redo()
    assert scribe.diary.get(cls, "new") == record
    scribe.undo()


def test_no_optional_field_has_a_value_of_its_own() -> None:
    """An image leaves out what has no value; a default other than None would come back in its place."""
    for cls in RECORD_TYPES:
        for name in codec.optional_columns(cls):
            assert cls.__dataclass_fields__[name].default is None, f"{cls.kind}.{name}"


def test_the_digits_of_a_lab_value_are_kept(scribe: Scribe) -> None:
    lab = LabResult(id="lab", person_id="ann", recorded_at=MOMENT, collected="2026-01-05", value="1.10")
    scribe.add(lab)
    assert scribe.reopen().get(LabResult, "lab").value == "1.10"


def test_records_come_by_local_date_then_time_then_when_recorded(scribe: Scribe) -> None:
    later = datetime(2026, 11, 22, tzinfo=UTC)
    scribe.add(
        score("e", on=date(2026, 11, 21)),
        score("d", at=time(9, 30)),
        score("c", at=time(9, 5)),
        score("b", recorded_at=later),
        score("a2"),
        score("a1"),
    )
    assert [record.id for record in scribe.diary.records(Score)] == ["a1", "a2", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, ["early", "timed", "late"]),
        (date(2026, 1, 5), None, ["timed", "late"]),
        (None, date(2026, 1, 5), ["early", "timed"]),
        (date(2026, 1, 5), date(2026, 1, 5), ["timed"]),
        (date(2026, 1, 6), date(2026, 1, 6), []),
        (None, date.max, ["early", "timed", "late"]),
    ],
)
def test_both_ends_of_a_span_belong_to_it(
    scribe: Scribe, since: date | None, until: date | None, expected: list[str]
) -> None:
    times = {"early": "2026-01-04", "timed": "2026-01-05T23:59:59+11:00", "late": "2026-01-07"}
    for record_id, collected in times.items():
        scribe.add(LabResult(id=record_id, person_id="ann", recorded_at=MOMENT, collected=collected))
    assert [lab.id for lab in scribe.diary.records(LabResult, since=since, until=until)] == expected


def test_conditions_take_a_cell_a_date_none_or_several(scribe: Scribe) -> None:
    scribe.add(score("a"), score("b", symptom="pain", note="x"), score("c", on=date(2026, 1, 1)))
    ids = lambda **where: [row.id for row in scribe.diary.records(Score, where=where)]  # noqa: E731
    assert ids(symptom="pain") == ["b"]
    assert ids(note=None) == ["c", "a"]
    assert ids(on=date(2026, 1, 1)) == ["c"]
    assert ids(symptom=("pain", "none such")) == ["b"]
    assert ids(symptom=()) == []


def test_rows_hold_the_named_cells_by_date(scribe: Scribe) -> None:
    scribe.add(score("a", 7), score("b", 2, on=date(2026, 1, 1)))
    found = list(scribe.diary.rows(Score, ("on", "score"), person_id="ann"))
    assert found == [("2026-01-01", 2), ("2026-11-20", 7)]


def test_people_are_never_mixed(scribe: Scribe) -> None:
    scribe.add(Person(id="bo", person_id="bo", recorded_at=MOMENT, name="Bo"), score("a"))
    assert scribe.diary.records(Score, person_id="bo") == []
    assert scribe.diary.count(Score, "bo") == 0
    assert scribe.diary.count(Score, "ann") == scribe.diary.count(Score) == 1


def test_a_query_that_no_table_can_answer_is_our_own_bug(scribe: Scribe) -> None:
    with pytest.raises(BugError):
        scribe.diary.records(Score, where={"colour": "red"})
    with pytest.raises(BugError):
        scribe.diary.records(Person, since=date(2026, 1, 1))
    with pytest.raises(BugError):
        list(scribe.diary.rows(Score, ("colour",)))


def test_an_unknown_id_is_not_found(scribe: Scribe) -> None:
    with pytest.raises(NotFound, match="not given has the id nowhere"):
        scribe.diary.get(NotGiven, "nowhere")
    with pytest.raises(NotFound):
        scribe.diary.find("nowhere")


def test_a_second_diary_on_the_same_file_sees_what_the_first_wrote(scribe: Scribe, tmp_path: Path) -> None:
    with type(scribe.diary).open(tmp_path / "diary.db", key=scribe.key) as other:
        before = other.counter()
        scribe.add(score("a"))
        assert other.counter() == before + 1
        assert other.get(Score, "a").score == 3
        scribe.do(Change(score("a"), score("a", 9)))
        assert other.get(Score, "a").score == 9


def test_the_first_record_of_a_diary_is_its_person(scribe: Scribe) -> None:
    assert scribe.diary.records(Person) == [ann()]
