"""ZIP archives opened with care: nothing is unpacked to disk; bombs and forged names are refused."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from b12desk.domain.errors import WorldError

MAX_DIRECTORY = 24 * 2**20
"""Bytes of a ZIP's own list of files; Python takes about six times as much memory to read it."""

_END = b"PK\x05\x06"
_END_SIZE = 22
_MAX_COMMENT = 65_535
_WIDE = 0xFFFFFFFF
_LOCKED = 0x1


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP to read single entries from it.

    What goes wrong while the archive is open (a damaged entry, a wrong checksum) is told in one sentence too.

    Raises:
        WorldError: `unreadable_file` for a damaged or locked archive, too many files, or a file name
            that points out of it.
    """
    try:
        with path.open("rb") as stream:
            _check_directory(path.name, stream)
        with zipfile.ZipFile(path) as archive:
            _check_names(path.name, archive)
            yield archive
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        UnicodeDecodeError,
        ValueError,
    ) as error:
        what = f"{path.name} is a damaged ZIP file: {str(error)[:80] or 'it is cut off'}."
        raise WorldError("unreadable_file", what) from None
    except OSError as error:
        raise WorldError("unreadable_file", f"{path.name} cannot be read: {error.strerror}.") from None


def _check_directory(name: str, stream: BinaryIO) -> None:
    """Refuse a list of files that would not fit into memory, before Python reads all of it."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END_SIZE - _MAX_COMMENT))
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _END_SIZE:
        raise WorldError("unreadable_file", f"{name} is a damaged ZIP file: its end is missing.")
    listed = int.from_bytes(tail[at + 12 : at + 16], "little")
    if listed > MAX_DIRECTORY and not (listed == _WIDE and _wide_directory(tail, at) <= MAX_DIRECTORY):
        raise WorldError("unreadable_file", f"{name} holds too many files to be an export of health data.")


def _wide_directory(tail: bytes, at: int) -> int:
    """The size of the list in a ZIP64 file, whose record stands before the ordinary one."""
    record = tail.rfind(b"PK\x06\x06", 0, at)
    return int.from_bytes(tail[record + 40 : record + 48], "little") if record >= 0 else _WIDE + 1


def _check_names(name: str, archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        parts = entry.filename.replace("\\", "/").split("/")
        if ".." in parts or not parts[0] or ":" in parts[0]:
            what = f"{name} has a file name that points out of it ({entry.filename[:60]}); it is not opened."
            raise WorldError("unreadable_file", what)
        if entry.flag_bits & _LOCKED:
            what = f"{name} is locked with a password; please unpack it, or export it without one."
            raise WorldError("unreadable_file", what)
