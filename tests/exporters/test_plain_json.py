"""One JSON file: complete, ordered, and equal for equal records."""

from __future__ import annotations

import io
import json
from typing import Any

from b12desk.domain.codec import from_json
from b12desk.domain.records import BY_KIND, RECORD_TYPES, Record
from b12desk.exporters.plain_json import write_json
from tests.exporters.samples import RECORDS, records


def written() -> bytes:
    stream = io.BytesIO()
    write_json(stream, records)
    return stream.getvalue()


def test_every_record_comes_back_as_it_was() -> None:
    data: dict[str, Any] = json.loads(written())
    back = [from_json(BY_KIND[kind], one) for kind, listed in data["records"].items() for one in listed]
    assert sorted(back, key=lambda one: one.id) == sorted(RECORDS, key=lambda one: one.id)


def test_every_kind_has_its_list_even_without_records() -> None:
    data = json.loads(written())
    assert list(data["records"]) == [cls.kind for cls in RECORD_TYPES]
    assert (data["format"], data["version"]) == ("b12desk-json", 1)


def test_the_order_is_by_day_then_id_and_the_bytes_are_stable() -> None:
    data = json.loads(written())
    assert [one["id"] for one in data["records"]["injection"]] == ["i1", "i2"]
    assert [one["id"] for one in data["records"]["score"]] == ["s1", "s2"]
    assert written() == written()


def test_each_record_stands_on_a_line_of_its_own_in_utf_8() -> None:
    lines = written().decode("utf-8").splitlines()
    injections = [line for line in lines if '"kind": "injection"' in line]
    assert len(injections) == 2
    assert any("µg" in line for line in injections)


def test_an_empty_diary_is_a_file_too() -> None:
    def none(cls: type[Record]) -> list[Record]:
        return []

    stream = io.BytesIO()
    assert set(write_json(stream, none).values()) == {0}
    assert json.loads(stream.getvalue())["records"]["score"] == []
