"""The clock of the computer: the only module that reads the time; everything else is given it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import tzlocal

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now in the computer's present IANA zone; asked each time, since people travel."""
    return datetime.now(ZoneInfo(tzlocal.reload_localzone().key))


def stopped_clock(now: datetime) -> Clock:
    """A clock that always shows `now`; a reading without a zone is taken in the computer's own."""
    fixed = now if now.tzinfo else now.replace(tzinfo=ZoneInfo(tzlocal.get_localzone_name()))
    return lambda: fixed


def zone_name(now: datetime) -> str:
    """The IANA name of a reading's zone; a bare offset has none and is kept as the computer's own zone."""
    key: str | None = getattr(now.tzinfo, "key", None)
    return key or tzlocal.get_localzone_name()
