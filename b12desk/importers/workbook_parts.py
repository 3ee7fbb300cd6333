"""A workbook looked over before it is opened: what its parts would unpack to, and that they are plain.

A few kilobytes of ZIP can hold gigabytes of cells. The parts are unpacked once in small pieces and only
counted; what is larger than any spreadsheet of results is refused before a parser sees it.
"""

from __future__ import annotations

import re
import zipfile

from b12desk.domain.errors import WorldError

MAX_UNPACKED = 64 * 2**20
MAX_PART = 8 * 2**20
"""Bytes of a part that is read as a whole: the list of sheets, the styles."""

MAX_ROW_TAGS = 100_000
"""Tags within one row: spreadsheets have up to 16,384 columns."""

_CHUNK = 256 * 1024
_STREAMED = ("xl/worksheets/", "xl/sharedStrings")
_ROW = re.compile(rb"<(?:\w{1,20}:)?(?:row|si)[\s/>]")


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether a ZIP is an Excel workbook (xlsx, xlsm)."""
    names = archive.namelist()
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def check_parts(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse parts that no workbook of results has.

    Raises:
        WorldError: `unreadable_file` for parts too large, rows without end, and document type definitions.
        zipfile.BadZipFile, zlib.error: a part is damaged.
    """
    parts = [entry for entry in archive.infolist() if entry.filename.lower().endswith((".xml", ".rels"))]
    total = sum(entry.file_size for entry in parts)
    if total > MAX_UNPACKED:
        raise _refused(name, f"would unpack to {total // 2**20} MB")
    for entry in parts:
        streamed = entry.filename.startswith(_STREAMED)
        if entry.file_size > MAX_PART and not streamed:
            raise _refused(name, f"has a part of {entry.file_size // 2**20} MB ({entry.filename[:60]})")
        _check_part(name, archive, entry)


def _check_part(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    tags, rest = 0, b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise _refused(name, f"defines entities of its own ({entry.filename[:60]})")
            rest = text[-32:]
            *_, last = _ROW.split(chunk)
            tags = last.count(b"<") + (tags if len(last) == len(chunk) else 0)
            if tags > MAX_ROW_TAGS:
                raise _refused(name, f"has a row without end ({entry.filename[:60]})")


def _refused(name: str, why: str) -> WorldError:
    return WorldError("unreadable_file", f"{name} is no workbook of results: it {why}.")
