"""The clock of the computer: the only module that reads the time; everything else is given it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import tzlocal

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now in the computer's present IANA zone; asked each time, since people travel."""
    return datetime.now(ZoneInfo(tzlocal.reload_localzone().key))


def stopped_clock(now: datetime) -> Clock:
    """A clock that always shows `now`; a reading without a zone is taken in the computer's own.

    A bare offset becomes a zone that has it, so that the local date stays as it was written: the computer's
    own where that has it too, else the fixed zone of whole hours. Other offsets (India) give the same moment
    in the computer's own zone.
    """
    fixed = _in_a_named_zone(now)
    return lambda: fixed


def _in_a_named_zone(now: datetime) -> datetime:
    own = ZoneInfo(tzlocal.get_localzone_name())
    offset = now.utcoffset()
    if offset is None:
        return now.replace(tzinfo=own)
    if isinstance(now.tzinfo, ZoneInfo):
        return now
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest or now.astimezone(own).utcoffset() == offset or not -12 <= hours <= 14:
        return now.astimezone(own)
    return now.astimezone(ZoneInfo(f"Etc/GMT{-hours:+d}"))  # these names count westward


def zone_name(now: datetime) -> str:
    """The IANA name of a reading's zone; a bare offset has none and is kept as the computer's own zone."""
    key: str | None = getattr(now.tzinfo, "key", None)
    return key or tzlocal.get_localzone_name()
