"""One input through the product: looked over like any file, against a diary that must stay as it is."""

from __future__ import annotations

import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import NoReturn

from b12desk.desk import Desk
from b12desk.domain.errors import WorldError
from b12desk.importers.settle import settle
from tests.helpers.clock import FixedClock

LIMIT = 5.0
"""Seconds that any input may take, of the processor's time: a busy machine is no hang."""


class Hang(BaseException):
    """An input that takes too long; no reader's own handling of errors may swallow it."""


class Faulty(Exception):
    """A reader ended properly, but what it said breaks a promise."""


class Trial:
    """A diary with one person, and the file that every input is written to."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "labs.dat"
        self._desk = Desk.open(
            folder / "diary.db", clock=FixedClock("2026-11-21T12:00", "Europe/London"), create=True
        )
        self._person = self._desk.people.add("Ann").records[0].id
        self._before = self._rows()

    def run(self, data: bytes) -> str | None:
        """Look an input over; the return value is None, "hang", or the traceback of what went wrong."""
        self._path.write_bytes(data)
        try:
            with _limited():
                self._look()
        except Hang:
            return "hang"
        except Exception:
            return traceback.format_exc()
        return None

    def rows_written(self) -> int:
        """How many rows the diary has that it had not before the first input."""
        return self._rows() - self._before

    def close(self) -> None:
        """Close the diary."""
        self._desk.close()

    def _rows(self) -> int:
        diary = self._desk._context.diary._connection
        tables = [name for (name,) in diary.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return sum(diary.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables)

    def _look(self) -> None:
        try:
            looked = self._desk.labs.look(self._person, [self._path])
        except WorldError as error:
            if error.code != "unreadable_file" or not error.message.startswith(self._path.name):
                raise Faulty(f"{error.code}: {error.message}") from error
            if "\n" in error.message or len(error.message) > 500:
                raise Faulty(f"no single sentence: {error.message[:600]!r}") from error
            return
        for one in looked.files:
            places = [candidate.where for candidate in one.review.parsed.candidates]
            if len(set(places)) != len(places):
                raise Faulty(f"two results in one place: {sorted(places)[:5]}")
            one.review.parsed.to_json()
            for candidate, _ in settle(one.review, accept_questions=True, conflicts="replace").write:
                if candidate.value is not None and not Decimal(candidate.value).is_finite():
                    raise Faulty(f"{candidate.where}: {candidate.value}")


@contextmanager
def _limited() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise Hang

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    started = time.process_time()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    if time.process_time() - started > LIMIT:
        raise Hang
