"""What is no laboratory file ends in one clear sentence, with bounded memory, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from b12desk.domain.errors import WorldError
from b12desk.importers.detect import MAX_TABLE, read_file
from tests.importers.labs import HEADER

OBSERVATION = (
    '{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org",'
    '"code":"718-7"}]},"effectiveDateTime":"2020-01-01","valueQuantity":{"value":VALUE,"unit":"g/dL"}}'
)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\n \r\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (bytes(range(256)) * 20, "binary"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"%PDF-1.7", "PDF"),
        (b"SQLite format 3\x00", "database"),
        (b"<html>", "XML"),
        (b"MSH|^~\\&|", "HL7"),
        (b'{"a": 1}', "no FHIR resource"),
        (b"[1, 2, 3]", "no FHIR resource"),
        (b'{"resourceType": "Patient", "id": "1"}', "without a result"),
        (OBSERVATION.replace("VALUE", "NaN").encode(), "NaN"),
        (OBSERVATION[:60].encode(), "cut off"),
        (OBSERVATION.replace("VALUE", "1,,").encode(), "line 1, column"),
        (b"[" * 100_000, "nested without end"),
        (b'{"a":' * 100_000, "nested without end"),
        (b'{"resourceType": "Bundle", "x": "\xff"}', "byte"),
        ((HEADER + '2024-01-01,"Hb,14.2,g/dL\n').encode(), "near row 2"),
        ((HEADER + '2024-01-01,Hb,"' + "9" * 200_000 + '",g/dL\n').encode(), "field larger"),
        ((HEADER + "2024-01-01,Hb,14.2,g/dL\n").encode() + b"\x81\x8d", "no text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_or_foreign_file_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "labs.csv"
    path.write_bytes(content)
    with pytest.raises(WorldError) as refused:
        read_file(path)
    assert refused.value.code == "unreadable_file"
    assert refused.value.message.startswith("labs.csv ")
    assert told in refused.value.message
    assert "\n" not in refused.value.message


@pytest.mark.parametrize("start", [HEADER, '{"resourceType": "Bundle"'])
def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path: Path, start: str) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.write(start.encode().ljust(8192))
        stream.truncate(200 * 2**20)
    with pytest.raises(WorldError, match=r"too large \(200 MB") as refused:
        read_file(path)
    assert refused.value.code == "unreadable_file"


def test_a_table_up_to_the_limit_is_not_refused_for_its_size() -> None:
    assert MAX_TABLE >= 64 * 2**20


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(WorldError) as missing:
        read_file(tmp_path / "no.csv")
    assert missing.value.code == "not_found"
    with pytest.raises(WorldError) as folder:
        read_file(tmp_path)
    assert folder.value.code == "unreadable_file"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "labs.csv"
    path.write_text(HEADER)
    path.chmod(0)
    with pytest.raises(WorldError, match="cannot be opened"):
        read_file(path)
