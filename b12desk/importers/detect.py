"""What kind of file this is, told from its content and never from its name; then the reader for it."""

from __future__ import annotations

from pathlib import Path

from b12desk.domain.errors import WorldError
from b12desk.importers import apple_health, cda, fhir, hl7v2, tabular, xlsx
from b12desk.importers.candidates import Parsed
from b12desk.importers.hl7_segments import is_hl7
from b12desk.importers.tabular import Tick

MAX_TABLE = 64 * 1024 * 1024
MAX_JSON = 32 * 1024 * 1024
MAX_TEXT = 32 * 1024 * 1024
"""Larger files are refused before they are read: JSON takes about eight times its size in memory."""

_HEAD = 4096
_PDF = b"%PDF"
_ZIP = b"PK\x03\x04"
_OTHERS = (
    (_ZIP, "a ZIP that is no Excel file and no export of health data"),
    (b"SQLite format 3", "a database"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office file or one with a password"),
    (b"{\\rtf", "a word-processor file"),
)
_READS = "tables (CSV, Excel), FHIR, HL7 v2, CDA, Apple Health and PDF reports can be read"


def read_file(path: Path, tick: Tick | None = None) -> Parsed:
    """Read one laboratory file into candidates; nothing is written anywhere.

    `tick` is called now and then with the number of rows read; what it raises stops the reading.

    Raises:
        WorldError: `not_found`, or `unreadable_file` with what is wrong and where (empty, too large, binary,
            truncated, nested without end, another kind of file).
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        size = path.stat().st_size
    except FileNotFoundError:
        raise WorldError("not_found", f"There is no file {path}.") from None
    except OSError as error:
        what = f"{path.name or path} cannot be opened: {error.strerror}."
        raise WorldError("unreadable_file", what) from None
    encoding = _encoding(head)
    text = head.decode(encoding, "ignore").lstrip("\ufeff \t\r\n")
    if not text and size <= _HEAD:
        raise WorldError("unreadable_file", f"{path.name} is empty.")
    found = _read_packed(path, head, tick)
    if found is not None:
        return found
    if is_hl7(text):
        _refuse_large(path.name, size, MAX_TEXT)
        return hl7v2.read_hl7(path)
    _refuse_others(path.name, head.lstrip(b"\xef\xbb\xbf \t\r\n"), text)
    if text.startswith("<"):
        _refuse_large(path.name, size, MAX_TEXT)
        return cda.read_cda(path)
    if text[:1] in ("{", "["):
        _refuse_large(path.name, size, MAX_JSON)
        return fhir.read_fhir(path, encoding)
    _refuse_large(path.name, size, MAX_TABLE)
    try:
        return tabular.read_table(path, encoding, tick)
    except UnicodeDecodeError:
        return _read_western(path, tick)


def _read_packed(path: Path, head: bytes, tick: Tick | None) -> Parsed | None:
    """Archives, XML and PDFs by what they hold, or None for anything else."""
    if head.startswith(_PDF):
        from b12desk.importers.pdf_report import read_pdf  # its parser takes long to load

        return read_pdf(path, tick)
    if head.startswith(_ZIP):
        return xlsx.read_xlsx(path, tick) or apple_health.read_apple_zip(path, tick)
    if apple_health.is_health_data(head):
        return apple_health.read_apple_xml(path, tick)
    return None


def _read_western(path: Path, tick: Tick | None) -> Parsed:
    """Text that is no UTF-8 is taken as Windows-1252, which spreadsheets in Western languages write."""
    try:
        return tabular.read_table(path, "cp1252", tick)
    except UnicodeDecodeError as error:
        what = f"{path.name} is no text: its byte {error.start + 1} belongs to no known encoding."
        raise WorldError("unreadable_file", what) from None


def _encoding(head: bytes) -> str:
    """UTF-16 by its byte order mark or its zero bytes; else UTF-8, with or without a mark."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if len(head) > 3 and not head[0] and head[1] and not head[2]:
        return "utf-16-be"
    if len(head) > 3 and head[0] and not head[1] and not head[3]:
        return "utf-16-le"
    return "utf-8-sig"


def _refuse_others(name: str, head: bytes, text: str) -> None:
    for magic, kind in _OTHERS:
        if head.startswith(magic):
            raise WorldError("unreadable_file", f"{name} is {kind}; {_READS}.")
    controls = sum(char < " " and char not in "\t\r\n\f" for char in text)
    if controls > len(text) // 100:
        raise WorldError("unreadable_file", f"{name} is a binary file, not text; {_READS}.")


def _refuse_large(name: str, size: int, limit: int) -> None:
    if size > limit:
        sizes = f"{size // 2**20} MB; files of this kind are read up to {limit // 2**20} MB"
        raise WorldError(
            "unreadable_file", f"{name} is too large ({sizes}). Export a shorter period, please."
        )
