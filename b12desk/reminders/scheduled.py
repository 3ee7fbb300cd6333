"""What is special about a pass that the system's scheduler starts: it is noted, and lets a desktop wake up.

The note is an empty file beside the book whose time says when: a write into the book at every pass would
wake the disk every few minutes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

SUFFIX = ".ran"
GAP_SECONDS = 15 * 60
"""Three starts of the scheduler; a longer time without one means that the computer was off or asleep."""
WAKING_SECONDS = 8.0
"""What a desktop needs after waking before a pop-up is seen."""


def begin(book_path: str, now: datetime, pause: Callable[[float], None]) -> None:
    """Note that the scheduler has run at `now`; after a gap wait some seconds first.

    A folder that cannot be written has no note; the pass itself goes on.
    """
    last = last_run(book_path)
    if last is None or abs((now - last).total_seconds()) > GAP_SECONDS:
        pause(WAKING_SECONDS)
    with suppress(OSError):
        os.close(os.open(book_path + SUFFIX, os.O_CREAT | os.O_WRONLY, 0o600))
        os.utime(book_path + SUFFIX, (now.timestamp(), now.timestamp()))


def last_run(book_path: str) -> datetime | None:
    """When the scheduler last ran a pass over this book (UTC); None if it never did."""
    try:
        return datetime.fromtimestamp(os.stat(book_path + SUFFIX).st_mtime, UTC)  # noqa: PTH116
    except OSError:
        return None


def forget(book_path: str) -> None:
    """Remove the note, when the scheduler's entry is removed."""
    with suppress(OSError):
        os.unlink(book_path + SUFFIX)  # noqa: PTH108
