"""What charts are drawn from: plain data for each chart, without matplotlib.

Days inside arrays are whole days since 1970-01-01, which is also what matplotlib's date axis counts.
Everything else is a `date`. All scores are 0 (none) to 10 (worst), RULES C1; wellbeing is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from b12desk.domain.crossing import Crossing, crossing
from b12desk.domain.cycles import AlignedCycle, Cycle, DailySummary, align, summarise
from b12desk.domain.errors import BugError
from b12desk.domain.records import Direction
from b12desk.domain.symptoms import HIGHEST, LOWEST, WELLBEING

EPOCH = date(1970, 1, 1).toordinal()

MarkState = Literal["given", "not_given", "planned"]


def day_number(day: date) -> int:
    """Whole days since 1970-01-01."""
    return day.toordinal() - EPOCH


def day_at(number: float) -> date:
    """The day under an x coordinate of a chart's date axis (each day reaches from x - 0.5 to x + 0.5)."""
    return date.fromordinal(int(np.floor(number + 0.5)) + EPOCH)


@dataclass(frozen=True, eq=False, slots=True)
class Scores:
    """One symptom's scores: `days` rising, `values` 0 to 10, one a day, blank days left out."""

    symptom: str
    label: str
    days: NDArray[np.int64]
    values: NDArray[np.int64]

    @classmethod
    def of(cls, symptom: str, label: str, points: Iterable[tuple[date, int]]) -> Self:
        """Build from (local date, score) pairs in any order.

        Raises:
            BugError: a score outside 0 to 10, two on one day, or wellbeing (10 is best there).
        """
        if symptom == WELLBEING:
            raise BugError("wellbeing is never drawn among symptoms")
        pairs = sorted((day.toordinal() - EPOCH, score) for day, score in points)
        days = np.array([day for day, _ in pairs], dtype=np.int64)
        values = np.array([score for _, score in pairs], dtype=np.int64)
        if len(pairs) and (values.min() < LOWEST or values.max() > HIGHEST or (np.diff(days) == 0).any()):
            raise BugError(f"scores of {symptom} are not one a day from 0 to 10")
        return cls(symptom, label, days, values)

    def within(self, since: date, until: date) -> Self:
        """The scores of a range, both ends included."""
        first, last = np.searchsorted(self.days, (day_number(since), day_number(until) + 1))
        return type(self)(self.symptom, self.label, self.days[first:last], self.values[first:last])

    def pairs(self) -> list[tuple[date, int]]:
        """The scores as (date, score), oldest first."""
        return [
            (date.fromordinal(day + EPOCH), value)
            for day, value in zip(self.days.tolist(), self.values.tolist(), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class InjectionMark:
    """One injection on the time axis.

    Attributes:
        on: the local date given, or planned where it was not given (yet).
        state: `given`, `not_given` (recorded so), or `planned` (open).
        approximate: the date is only about right (`given` only).
        planned: the planned date that a given one answers, None for an extra one.
        text: its dose and product in words, for tables and hovering.
        effect_until: how long the person noted its effect to last (S10).
    """

    on: date
    state: MarkState = "given"
    approximate: bool = False
    planned: date | None = None
    text: str = ""
    effect_until: date | None = None


@dataclass(frozen=True, slots=True)
class LabPoint:
    """One result, its number in the unit of its series.

    Attributes:
        on: the printed day of the sample.
        value: the number, None for a text result.
        shown: what the report said, as typed with its unit (">2000 pg/mL").
        comparator: `<`, `<=`, `>=` or `>` for a censored value: drawn as an arrow, joined to nothing.
        low, high: the laboratory's own range on this report, in the unit of the series.
        range_text: the range as printed.
        flag: the laboratory's own flag, quoted.
        days_since: days since the last injection before the sample, None without any.
        baseline: the person or the clinic calls it the baseline (S13).
    """

    on: date
    value: float | None
    shown: str
    comparator: str | None = None
    low: float | None = None
    high: float | None = None
    range_text: str = ""
    flag: str | None = None
    days_since: int | None = None
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class LabSeries:
    """The results of one analyte in one unit, oldest first."""

    analyte: str
    label: str
    unit: str
    points: tuple[LabPoint, ...]


@dataclass(frozen=True, slots=True)
class EventMark:
    """Something beside the injections (S11): a bar from `on` to `until`, or a flag on one day."""

    on: date
    label: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TrendMark:
    """Better, same or worse as noted on a day, and since when (S9); `label` names a symptom or "overall"."""

    on: date
    direction: Direction
    since: date | None = None
    label: str = "overall"


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase of the plan as it was lived; `end` is its last day, None while it goes on."""

    start: date
    end: date | None
    label: str


@dataclass(frozen=True, eq=False, slots=True)
class TimelineData:
    """Everything of one person on one time axis, from `since` to `until`, both included.

    Entries outside the range are allowed and left out of the picture, so panning is a `replace` of the
    two dates. `today` draws a line.
    """

    since: date
    until: date
    scores: tuple[Scores, ...] = ()
    injections: tuple[InjectionMark, ...] = ()
    labs: tuple[LabSeries, ...] = ()
    events: tuple[EventMark, ...] = ()
    phases: tuple[PhaseSpan, ...] = ()
    title: str = ""
    today: date | None = None
    trends: tuple[TrendMark, ...] = ()


def newest_phase(cycles: Sequence[Cycle]) -> str:
    """The phase of the newest cycle that statistics use, else of the newest; "" without any cycle."""
    counted = next((cycle.phase for cycle in reversed(cycles) if cycle.counted), None)
    return counted if counted is not None else cycles[-1].phase if cycles else ""


@dataclass(frozen=True, eq=False, slots=True)
class OverlayPanel:
    """One symptom over the cycles of one phase.

    `crossing` is the day on which the person's threshold is reached, None without one or in too few cycles;
    `before` the summary of the cycles before the plan was revised, None where that is not compared.
    """

    symptom: str
    label: str
    aligned: tuple[AlignedCycle, ...]
    summary: DailySummary
    crossing: Crossing | None = None
    before: DailySummary | None = None


@dataclass(frozen=True, eq=False, slots=True)
class CycleOverlayData:
    """Scores by days since the injection, one panel a symptom, for the cycles of one phase.

    Attributes:
        phase: the name of the phase that is shown.
        cycles: its cycles, the running one too.
        planned_days: the planned interval in days, where the plan has one.
        threshold: the person's own threshold score, if one was set.
        revised_on: the revision of the plan before which the compared cycles lie, None without comparison.
    """

    panels: tuple[OverlayPanel, ...]
    cycles: tuple[Cycle, ...] = ()
    phase: str = ""
    planned_days: int | None = None
    threshold: int | None = None
    title: str = ""
    revised_on: date | None = None

    @classmethod
    def of(
        cls,
        cycles: Sequence[Cycle],
        scores: Iterable[Scores],
        *,
        phase: str | None = None,
        planned_days: int | None = None,
        threshold: int | None = None,
        title: str = "",
        revised_on: date | None = None,
    ) -> Self:
        """Lay scores over the cycles of one phase; loading and maintenance are never put together.

        Args:
            cycles: all of the person's cycles (`domain.cycles.cycles`), oldest first.
            phase: the phase to show; None takes that of the newest complete cycle, else of the newest.
            revised_on: compare the cycles from this day on with those of the phase before it; without any
                complete cycle before it nothing is compared.
        """
        phase = newest_phase(cycles) if phase is None else phase
        earlier = [cycle for cycle in cycles if revised_on is not None and cycle.start < revised_on]
        former_phase = newest_phase(earlier)
        former = [cycle for cycle in earlier if cycle.phase == former_phase and cycle.counted]
        since = revised_on if former else None
        shown = tuple(
            cycle for cycle in cycles if cycle.phase == phase and (since is None or cycle.start >= since)
        )
        panels = []
        for one in scores:
            aligned = align(shown, one.pairs())
            reached = crossing(aligned, threshold) if threshold is not None else None
            before = summarise(align(former, one.pairs())) if former else None
            panels.append(OverlayPanel(one.symptom, one.label, aligned, summarise(aligned), reached, before))
        return cls(tuple(panels), shown, phase, planned_days, threshold, title, since)


@dataclass(frozen=True, eq=False, slots=True)
class LabsData:
    """Laboratory results as small charts over one time range, with the injections as ticks."""

    since: date
    until: date
    labs: tuple[LabSeries, ...] = ()
    injections: tuple[date, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """The days from one given injection to the next.

    `planned` is what the plan said then, in days; `effect_days` how long its effect was noted to last (S10).
    """

    ended_on: date
    days: int
    planned: int | None = None
    exact: bool = True
    phase: str = ""
    effect_days: int | None = None


@dataclass(frozen=True, eq=False, slots=True)
class IntervalsData:
    """Actual intervals between injections over one time range, beside the planned ones."""

    since: date
    until: date
    intervals: tuple[Interval, ...] = ()
    title: str = ""

    @classmethod
    def of(
        cls,
        cycles: Iterable[Cycle],
        *,
        since: date,
        until: date,
        planned: Sequence[tuple[date, int]] = (),
        effects: Mapping[date, date] = MappingProxyType({}),
        title: str = "",
    ) -> Self:
        """Take the complete cycles.

        Args:
            planned: (from this date on, days), oldest first.
            effects: the day of an injection to the day until which its effect was noted to last.
        """
        intervals = []
        for cycle in cycles:
            if cycle.end is not None and cycle.length is not None and since <= cycle.end <= until:
                rule = [days for start, days in planned if start <= cycle.end]
                lasted = effects.get(cycle.start)
                intervals.append(
                    Interval(
                        cycle.end,
                        cycle.length,
                        rule[-1] if rule else None,
                        cycle.exact,
                        cycle.phase,
                        (lasted - cycle.start).days if lasted else None,
                    )
                )
        return cls(since, until, tuple(intervals), title)


@dataclass(frozen=True, eq=False, slots=True)
class CalendarData:
    """One year: the scores of one symptom (None without any) and the injections, in any order."""

    year: int
    scores: Scores | None = None
    injections: tuple[InjectionMark, ...] = ()
    title: str = ""

    def score_by_day(self) -> dict[date, int]:
        """The scores of the year's days."""
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        return dict(self.scores.within(first, last).pairs()) if self.scores else {}

    def marks(self) -> tuple[InjectionMark, ...]:
        """The year's injections, oldest first."""
        these = (mark for mark in self.injections if mark.on.year == self.year)
        return tuple(sorted(these, key=lambda mark: mark.on))
