"""Diaries of every length for the chart tests: seeded, with gaps, censored labs and crowded events."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from b12desk.charts.data import (
    CycleOverlayData,
    EventMark,
    InjectionMark,
    IntervalsData,
    LabPoint,
    LabsData,
    LabSeries,
    PhaseSpan,
    Scores,
    TimelineData,
    TrendMark,
)
from b12desk.domain.cycles import Cycle, cycles
from b12desk.domain.records import Injection

END = date(2026, 11, 21)
RECORDED = datetime(2026, 11, 21, 12, tzinfo=UTC)
LABELS = (
    "Tingling or pins and needles",
    "Numbness",
    "Electric-shock feeling on bending the neck",
    "Brain fog",
    "Pain, redness, swelling, itch, bruise or lump at the site",
    "Tiredness, low energy",
)
LABS = (
    ("serum_b12", "Serum B12", "pmol/L", 110.0, 900.0, 150.0, 560.0),
    ("mma_serum", "Methylmalonic acid in serum, by mass spectrometry", "nmol/L", 620.0, 220.0, None, 280.0),
    ("haemoglobin", "Haemoglobin", "g/L", 104.0, 136.0, 120.0, None),
)


def injection(number: int, on: date, **fields: object) -> Injection:
    """A given injection with its own id."""
    values = {"recorded_at": RECORDED, "zone": "UTC", "product_id": "product", **fields}
    return Injection(id=f"injection-{number}", person_id="person", on=on, **values)  # type: ignore[arg-type]


def scores(since: date, until: date, number: int, seed: int = 7) -> tuple[Scores, ...]:
    """Daily scores with a fifth of the days blank and one long gap."""
    chance = np.random.default_rng(seed)
    days = (until - since).days + 1
    result = []
    for index in range(number):
        values = np.clip(np.round(5 + 3 * np.sin(np.arange(days) / 9) + chance.normal(size=days)), 0, 10)
        kept = chance.uniform(size=days) > 0.2
        kept[days // 3 : days // 3 + days // 15] = False
        points = [(since + timedelta(days=int(day)), int(values[day])) for day in np.flatnonzero(kept)]
        result.append(Scores.of(f"symptom-{index}", LABELS[index % len(LABELS)], points))
    return tuple(result)


def given_days(since: date, until: date) -> list[date]:
    """Six loading doses, then one every eight weeks."""
    days = [since + timedelta(days=3 * number) for number in range(6)]
    while days[-1] + timedelta(days=56) <= until:
        days.append(days[-1] + timedelta(days=56))
    return [day for day in days if day <= until]


def labs(since: date, until: date, number: int) -> tuple[LabSeries, ...]:
    """Results twice a year; every fourth B12 is censored, one result is a text."""
    days = (until - since).days
    count = max(2, min(40, days // 182))
    series = []
    for analyte, label, unit, first, last, low, high in LABS[:number]:
        points = []
        for index in range(count):
            value = first + (last - first) * index / count
            censored = ">" if analyte == "serum_b12" and index % 4 == 3 else None
            on = since + timedelta(days=index * days // count)
            shown = f"{censored or ''}{value:.0f} {unit}"
            points.append(LabPoint(on, value, shown, censored, low, high, days_since=index))
        points[0] = replace(points[0], baseline=True)
        points.append(LabPoint(until, None, "haemolysed"))
        series.append(LabSeries(analyte, label, unit, tuple(points)))
    return tuple(series)


def events(since: date, until: date, number: int) -> tuple[EventMark, ...]:
    """Bars and flags crowded into the middle and at both ends."""
    days = (until - since).days
    words = ("Folic acid 400 micrograms started", "Flu", "Travel", "Nitrous oxide at the dentist")
    marks = []
    for index in range(number):
        on = since + timedelta(days=(index * 7919) % (days + 1))
        lasting = on + timedelta(days=days // 6) if index % 2 else None
        marks.append(EventMark(on, words[index % len(words)], lasting))
    return tuple(marks)


def trends(since: date, until: date) -> tuple[TrendMark, ...]:
    """Better, same and worse in turn, every second one since some days before."""
    days = (until - since).days
    marks = []
    for index, direction in enumerate(("better", "same", "worse", "better", "worse")):
        on = since + timedelta(days=days * index // 5)
        back = timedelta(days=days // 12) if index % 2 else None
        marks.append(TrendMark(on, direction, on - back if back else None))  # type: ignore[arg-type]
    return tuple(marks)


def timeline(days: int, symptoms: int = 6, analytes: int = 1, number_of_events: int = 5) -> TimelineData:
    """Everything at once over the last `days` days."""
    since = END - timedelta(days=days)
    given = given_days(since, END)
    marks = [
        InjectionMark(
            day,
            planned=day,
            text="1000 micrograms (1 mg)",
            effect_until=day + timedelta(days=40) if number % 3 == 0 else None,
        )
        for number, day in enumerate(given)
    ]
    if len(marks) > 7:
        marks[6] = InjectionMark(marks[6].on, planned=marks[6].on - timedelta(days=4))
        marks[5] = InjectionMark(marks[5].on, approximate=True)
        marks[7] = InjectionMark(marks[7].on, "not_given")
    marks.append(InjectionMark(END - timedelta(days=min(1, days)), "planned"))
    middle = since + timedelta(days=days // 2)
    return TimelineData(
        since,
        END,
        scores(since, END, symptoms),
        tuple(marks),
        labs(since, END, analytes),
        events(since, END, number_of_events),
        (
            PhaseSpan(since, since + timedelta(days=min(15, days)), "Loading"),
            PhaseSpan(middle, None, "Maintenance, every 8 weeks, hydroxocobalamin"),
        ),
        "Sample Person",
        END - timedelta(days=days // 10),
        trends(since, END),
    )


def regular_cycles(number: int, length: int = 56, **fields: object) -> tuple[Cycle, ...]:
    """Complete cycles of `length` days and a running one, all of one phase."""
    start = END - timedelta(days=number * length + 20)
    given = [
        injection(index, start + timedelta(days=index * length), **fields) for index in range(number + 1)
    ]
    return cycles(given, {one.id: "Maintenance" for one in given})


def overlay(number: int, symptoms: int = 1, length: int = 56, threshold: int | None = 5) -> CycleOverlayData:
    """Scores over `number` complete cycles."""
    every = regular_cycles(number, length)
    return CycleOverlayData.of(
        every,
        scores(every[0].start, END, symptoms),
        planned_days=length,
        threshold=threshold,
        title="Sample Person",
    )


def returning(
    number: int, symptoms: int = 1, length: int = 56, since: date | None = None
) -> CycleOverlayData:
    """Scores that rise in the last quarter of each of `number` cycles; compared before and after `since`."""
    every = regular_cycles(number, length)
    chance = np.random.default_rng(5)
    start = every[0].start
    days = (END - start).days + 1
    day = np.arange(days) % length
    series = []
    for index in range(symptoms):
        course = 3 + 3 * np.clip((day - length * 0.7) / (length * 0.2), 0, 1) + chance.normal(size=days)
        points = [
            (start + timedelta(days=at), int(score))
            for at, score in enumerate(np.clip(np.round(course), 0, 10).tolist())
            if chance.uniform() > 0.2
        ]
        series.append(Scores.of(f"symptom-{index}", LABELS[index % len(LABELS)], points))
    return CycleOverlayData.of(
        every, series, planned_days=length, threshold=5, title="Sample Person", revised_on=since
    )


def labs_data(days: int, analytes: int = 3) -> LabsData:
    """The labs of the last `days` days with the injections."""
    since = END - timedelta(days=days)
    return LabsData(since, END, labs(since, END, analytes), tuple(given_days(since, END)))


def intervals_data(days: int) -> IntervalsData:
    """The intervals of the last `days` days, planned every 8 weeks and later every 6."""
    since = END - timedelta(days=days)
    given = [injection(index, day) for index, day in enumerate(given_days(since, END))]
    rule = [(since, 56), (since + timedelta(days=days // 2), 42)]
    effects = {one.on: one.on + timedelta(days=30) for one in given[::3]}
    return IntervalsData.of(cycles(given), since=since, until=END, planned=rule, effects=effects)
