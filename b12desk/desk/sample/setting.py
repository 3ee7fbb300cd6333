"""What happened beside the injections in the sample: medicines, travel, illness, notes, and how it went."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from b12desk.desk.sample.cast import Cast
from b12desk.domain.records import Direction, Event, Trend

NOTES = (
    ("note", "Long week at work, slept badly.", ("sleep",)),
    ("note", "Walked to the shop and back without a rest.", ("walking",)),
    ("note", "Asked the pharmacy for the next ampoules.", ()),
    ("note", "Hot days, drank too little.", ("hydration",)),
)
TREND_EVERY = timedelta(days=91)


def events(cast: Cast) -> Iterator[Event]:
    """Medicines at the start, then each year a journey, an illness and two notes."""
    begin = cast.start
    yield from _event(cast, "medicine_started", begin + timedelta(days=20), None, "metformin", ())
    yield from _event(
        cast, "supplement_started", begin + timedelta(days=30), begin + timedelta(days=120), "folic acid", ()
    )
    chances = cast.chances("events")
    for number, year in enumerate(range(begin.year, cast.end.year + 1)):
        summer = date(year, 7, 1) + timedelta(days=chances.randrange(40))
        yield from _event(cast, "travel", summer, summer + timedelta(days=13), "holiday by the sea", ())
        winter = date(year, 1, 10) + timedelta(days=chances.randrange(45))
        yield from _event(cast, "illness", winter, winter + timedelta(days=6), "a cold", ("illness",))
        for part in range(2):
            what, text, tags = NOTES[(2 * number + part) % len(NOTES)]
            day = date(year, 3 + 6 * part, 1) + timedelta(days=chances.randrange(60))
            yield from _event(cast, what, day, None, text, tags)


def trends(cast: Cast, started_on: date) -> Iterator[Trend]:
    """Every three months whether it is better, the same or worse, overall and for the tingling."""
    chances = cast.chances("trends")
    day, number = started_on + TREND_EVERY, 0
    while cast.within(day):
        later: tuple[Direction, ...] = ("same", "same", "better", "worse")
        direction = "better" if number < 2 else chances.choice(later)
        symptom = "tingling" if number % 3 == 2 else None
        yield Trend(
            **cast.stamp(day, "20:45"),
            symptom=symptom,
            on=day,
            direction=direction,
            since=day - timedelta(days=30),
        )
        number += 1
        day += TREND_EVERY


def _event(
    cast: Cast, what: str, on: date, until: date | None, text: str, tags: tuple[str, ...]
) -> Iterator[Event]:
    """The event, unless the diary does not cover it whole."""
    if cast.within(on) and (until is None or cast.within(until)):
        recorded = cast.stamp(until or on, "20:50")
        yield Event(**recorded, what=what, on=on, until=until, text=text, tags=tags)
