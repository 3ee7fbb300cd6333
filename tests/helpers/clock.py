"""A clock for tests: it stands still until the test moves it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


class FixedClock:
    """A callable clock (`Clock` of the desk) with a zone of its own.

    Attributes:
        now: the aware moment that a call returns.
    """

    def __init__(self, text: str = "2026-11-21T10:00", zone: str = "Europe/Berlin") -> None:
        self._zone = ZoneInfo(zone)
        self.now = self._aware(text)

    def __call__(self) -> datetime:
        return self.now

    def set(self, text: str) -> None:
        """Jump to a local moment, as in `clock.set("2030-01-01T09:00")`."""
        self.now = self._aware(text)

    def advance(self, **step: float) -> None:
        """Let real time pass, as in `clock.advance(days=3)`; a day is 24 hours, whatever the clocks do."""
        self.now = (self.now.astimezone(ZoneInfo("UTC")) + timedelta(**step)).astimezone(self._zone)

    def _aware(self, text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=self._zone)
