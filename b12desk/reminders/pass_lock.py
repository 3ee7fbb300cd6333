"""One pass at a time: a lock that the system takes back when its holder is killed.

Without it two passes at once could both find the same step unsaid. A row in the book would not do: after a
kill nobody could tell whether its writer still runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pass_lock(book_path: str) -> Iterator[bool]:
    """Hold the lock beside the book; yields False, and holds nothing, while another pass has it.

    A file of its own, since closing any handle of the book's file would drop SQLite's own locks on it. Where
    locks are not to be had (some network folders) it yields True: the ledger alone must do.
    """
    try:
        handle = os.open(f"{book_path}.lock", os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        yield True
        return
    try:
        yield _take(handle)
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True
