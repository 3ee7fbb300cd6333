"""Which reminder has to be out at a moment: RULES R1 to R7, written anew from that text alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from b12desk.reminders.planner import OpenItem

DAY = timedelta(days=1)
AFTER = (1, 3, 7, 14, 21, 28, 35, 42, 49, 56, *range(84, 5000, 28))


def newest(item: OpenItem, now: datetime, zone: ZoneInfo) -> date | None:
    """The local day of the step that has to be out or tried at `now`; None while there is none."""
    if item.kind == "book" and now.astimezone(zone).date() >= (item.window_end or item.planned):
        return None
    today = now.astimezone(zone).date()
    days = _days(item, today)
    if item.snoozed_until is not None:
        days = sorted({*(day for day in days if day >= item.snoozed_until), item.snoozed_until})
    latest = (day for day in reversed(days) if day <= today)
    return next((day for day in latest if _moment(item, day, zone) <= now), None)


def moments(item: OpenItem, since: datetime, until: datetime, zone: ZoneInfo) -> list[datetime]:
    """The moments of an item's steps between two others."""
    last = until.date() + 2 * DAY
    near = [day for day in _days(item, last) if day >= since.date() - 2 * DAY]
    if item.snoozed_until is not None:
        near.append(item.snoozed_until)
    return [at for at in (_moment(item, day, zone) for day in near) if since < at < until]


def in_quiet_hours(item: OpenItem, now: datetime, zone: ZoneInfo) -> bool:
    """Whether nothing may pop up now."""
    return item.quiet is not None and _quiet(now.astimezone(zone).time(), item.quiet)


def _days(item: OpenItem, up_to: date) -> list[date]:
    """The days of an item's steps up to one."""
    if item.kind == "book":
        booked = item.planned - item.lead_weeks * 7 * DAY
        return [booked] if booked <= up_to else []
    if item.on is None:  # gentle reminders, weekly and then every four weeks (P12)
        missed = item.planned - (item.interval_days or 0) * DAY
        return [missed + after * DAY for after in AFTER if after % 7 == 0 and missed + after * DAY <= up_to]
    if item.on - 3 * DAY > up_to:
        return []
    last = item.window_end or item.on
    before = [lead for lead in (3, 1) if item.interval_days is None or lead < item.interval_days / 2]
    days = {item.on, last, *(item.on - lead * DAY for lead in before)}
    if last < up_to:
        days |= {last + after * DAY for after in AFTER}
    return sorted(day for day in days if day <= up_to)


def _moment(item: OpenItem, day: date, zone: ZoneInfo) -> datetime:
    clock = item.clock_time
    if item.quiet is not None and _quiet(clock, item.quiet):
        start, end = item.quiet
        day = day + DAY if start > end and clock >= start else day
        clock = end
    local = datetime.combine(day, clock)
    while local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        local += timedelta(minutes=1)  # what the clock change skips
    return local.replace(tzinfo=zone).astimezone(UTC)


def _quiet(clock: time, quiet: tuple[time, time]) -> bool:
    start, end = quiet
    return start <= clock < end if start <= end else clock >= start or clock < end
