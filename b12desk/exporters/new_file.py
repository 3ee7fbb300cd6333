"""Files and folders that appear under their name only when they are whole, readable by this user only."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from b12desk.domain.errors import WorldError

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside `path` for writing; at the end it takes that name, replacing what was there.

    When the block fails, or the disk does, nothing is left behind and `path` is as it was.

    Raises:
        WorldError: read_only, disk_full, or not_found where the folder is missing.
    """
    with _sentences(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # mode 0600
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Fill a folder beside `path`; at the end it takes that name, which must be free or an empty folder.

    Raises:
        WorldError: `exists` where something is in the way; else as for `new_file`.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise WorldError("exists", f"“{path}” is there already and not an empty folder.")
    with _sentences(path):
        unfinished = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))  # mode 0700
        try:
            yield unfinished
            with suppress(FileNotFoundError):
                path.rmdir()  # Windows cannot rename over an empty folder
            unfinished.rename(path)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into one sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise WorldError("disk_full", f"There is no room left on the disk for “{path}”.") from error
        if error.errno in _REFUSED:
            raise WorldError("read_only", f"“{path}” cannot be written there.") from error
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            raise WorldError("not_found", f"There is no folder “{path.parent}”.") from error
        message = f"“{path}” could not be written: {error.strerror or error}."
        raise WorldError("read_only", message) from error
