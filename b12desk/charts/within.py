"""A timeline's data without what lies outside its range; the picture and its table both start here."""

from __future__ import annotations

from dataclasses import replace

from b12desk.charts.data import TimelineData


def within(data: TimelineData) -> TimelineData:
    """The same data without what lies outside its range; series without any entry are left out."""
    since, until = data.since, data.until
    labs = (
        replace(series, points=tuple(point for point in series.points if since <= point.on <= until))
        for series in data.labs
    )
    return replace(
        data,
        scores=tuple(cut for one in data.scores if len((cut := one.within(since, until)).days)),
        trends=tuple(mark for mark in data.trends if since <= mark.on <= until),
        injections=tuple(mark for mark in data.injections if since <= mark.on <= until),
        labs=tuple(series for series in labs if series.points),
        events=tuple(
            event for event in data.events if event.on <= until and (event.until or event.on) >= since
        ),
        phases=tuple(
            phase for phase in data.phases if phase.start <= until and (phase.end or until) >= since
        ),
    )
