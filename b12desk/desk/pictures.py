"""The data of the charts: records and schedule put on time axes, without drawing anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from b12desk.charts.data import (
    CalendarData,
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
    newest_phase,
)
from b12desk.desk.context import Context
from b12desk.desk.entries import Entries
from b12desk.desk.plans import Plans
from b12desk.desk.views import days_since
from b12desk.domain.analytes import Catalogue
from b12desk.domain.cycles import Cycle, cycles
from b12desk.domain.errors import NotFound
from b12desk.domain.records import Event, Injection, LabResult, NotGiven, Plan, Score, Trend
from b12desk.domain.units import both_units

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Span:
    """A range of days, both ends included."""

    since: date
    until: date


class Pictures:
    """Read-only questions to the diary whose answers are drawn.

    Attributes:
        units: analyte id to the unit in which it is shown; others in their SI unit.
    """

    def __init__(
        self, context: Context, plans: Plans, entries: Entries, analytes: Catalogue, units: Mapping[str, str]
    ) -> None:
        self._context = context
        self._plans = plans
        self._entries = entries
        self._analytes = analytes
        self.units = units

    def span(self, person_id: str, since: date | None = None, until: date | None = None) -> Span:
        """The range asked for; an end left open reaches to today, a start left open to the first entry."""
        last = until or self._context.today()
        first = since or min(
            (day for kind in (Injection, Score, LabResult, Event) for day in self._first(kind, person_id)),
            default=last - YEAR,
        )
        return Span(min(first, last), last)

    def timeline(
        self,
        person_id: str,
        *,
        since: date | None = None,
        until: date | None = None,
        symptoms: Sequence[str] | None = None,
        analytes: Sequence[str] | None = None,
        title: str = "",
    ) -> TimelineData:
        """Scores, injections, labs, events and phases on one axis; without names all that have entries."""
        span = self.span(person_id, since, until)
        return TimelineData(
            since=span.since,
            until=span.until,
            scores=self.scores(person_id, symptoms),
            injections=self.injections(person_id, span),
            labs=self.lab_series(person_id, analytes if analytes is not None else ("serum_b12",)),
            events=self._events(person_id),
            phases=self._phases(person_id),
            title=title,
            today=self._context.today(),
            trends=self._trends(person_id),
        )

    def overlay(
        self,
        person_id: str,
        *,
        symptoms: Sequence[str] | None = None,
        since: date | None = None,
        until: date | None = None,
        phase: str | None = None,
        threshold: int | None = None,
        title: str = "",
        compared: bool = False,
    ) -> CycleOverlayData:
        """Scores by days since the injection, for the cycles of one phase that start within the range.

        With `compared` the cycles since the newest revision of the plan stand against those before it.
        """
        span = self.span(person_id, since, until)
        shown = [cycle for cycle in self.cycles(person_id) if span.since <= cycle.start <= span.until]
        phase = newest_phase(shown) if phase is None else phase
        return CycleOverlayData.of(
            shown,
            [scores.within(span.since, span.until) for scores in self.scores(person_id, symptoms)],
            phase=phase,
            planned_days=self._planned_days(person_id, phase),
            threshold=threshold,
            title=title,
            revised_on=self._revised_on(person_id) if compared else None,
        )

    def labs(
        self,
        person_id: str,
        *,
        analytes: Sequence[str] | None = None,
        since: date | None = None,
        until: date | None = None,
        title: str = "",
    ) -> LabsData:
        """Each analyte over time in one unit, with the injections as ticks."""
        span = self.span(person_id, since, until)
        given = self._context.diary.records(
            Injection, person_id=person_id, since=span.since, until=span.until
        )
        series = self.lab_series(person_id, analytes)
        return LabsData(span.since, span.until, series, tuple(one.on for one in given), title)

    def intervals(
        self, person_id: str, *, since: date | None = None, until: date | None = None, title: str = ""
    ) -> IntervalsData:
        """Actual days between injections beside the planned ones."""
        span = self.span(person_id, since, until)
        planned = [
            (plan.started_on, days)
            for plan in self._plans.revisions(person_id)
            if (days := _interval_days(plan)) is not None
        ]
        effects = {
            one.on: one.effect_until
            for one in self._context.diary.records(Injection, person_id=person_id)
            if one.effect_until
        }
        return IntervalsData.of(
            self.cycles(person_id),
            since=span.since,
            until=span.until,
            planned=planned,
            effects=effects,
            title=title,
        )

    def calendar(
        self, person_id: str, year: int, symptoms: Sequence[str] | None = None, title: str = ""
    ) -> CalendarData:
        """A year of the first of the symptoms (named, else shown ones with scores) and the injections."""
        found = self.scores(person_id, symptoms)
        whole = Span(date(year, 1, 1), date(year, 12, 31))
        return CalendarData(year, found[0] if found else None, self.injections(person_id, whole), title)

    def cycles(self, person_id: str) -> tuple[Cycle, ...]:
        """The cycles between given injections, each with the name of its phase."""
        injections = self._context.diary.records(Injection, person_id=person_id)
        answered = self._plans.due(person_id).answered
        phases = {one.id: answered[one.id].phase_name for one in injections if one.id in answered}
        return cycles(injections, phases)

    def scores(self, person_id: str, symptoms: Sequence[str] | None = None) -> tuple[Scores, ...]:
        """The scores of the named symptoms, else of those shown that have any; in the list's order."""
        known = {one.id: one for one in self._entries.symptoms(person_id, everything=True)}
        for symptom in symptoms or ():
            if symptom not in known:
                raise NotFound(f"There is no symptom “{symptom}”.")
        points: dict[str, list[tuple[date, int]]] = defaultdict(list)
        where = {"symptom": tuple(symptoms)} if symptoms else None
        for symptom, day, score in self._context.diary.rows(
            Score, ("symptom", "on", "score"), person_id=person_id, where=where
        ):
            points[symptom].append((date.fromisoformat(day), score))
        wanted: Iterable[str] = symptoms or [
            one.id for one in known.values() if one.shown and one.id in points
        ]
        return tuple(Scores.of(symptom, known[symptom].label, points[symptom]) for symptom in wanted)

    def injections(self, person_id: str, span: Span) -> tuple[InjectionMark, ...]:
        """Given, not given and still planned injections as marks."""
        schedule = self._plans.due(person_id)
        marks = []
        for one in self._context.diary.records(Injection, person_id=person_id):
            answered = schedule.answered.get(one.id)
            marks.append(
                InjectionMark(
                    one.on,
                    approximate=one.precision == "approximate",
                    planned=answered.on if answered else None,
                    text=both_units(one.dose) if one.dose else "",
                    effect_until=one.effect_until,
                )
            )
        marks += [
            InjectionMark(one.planned, "not_given", text=one.reason)
            for one in self._context.diary.records(NotGiven, person_id=person_id)
        ]
        marks += [
            InjectionMark(one.on, "planned", text=both_units(one.dose)) for one in schedule.due if one.on
        ]
        return tuple(mark for mark in marks if span.since <= mark.on <= max(span.until, mark.on))

    def lab_series(self, person_id: str, analytes: Sequence[str] | None = None) -> tuple[LabSeries, ...]:
        """The results of each analyte in one unit; a result that cannot be converted keeps its words only."""
        given = [
            date.fromisoformat(day)
            for (day,) in self._context.diary.rows(Injection, ("on",), person_id=person_id)
        ]
        found: dict[str, list[LabResult]] = defaultdict(list)
        for result in self._context.diary.records(LabResult, person_id=person_id):
            if result.analyte and result.status != "entered_in_error":
                found[result.analyte].append(result)
        wanted: Collection[str] = analytes if analytes is not None else list(found)
        return tuple(self._series(analyte, found[analyte], given) for analyte in wanted if analyte in found)

    def _series(self, analyte: str, results: Sequence[LabResult], given: Sequence[date]) -> LabSeries:
        known = self._analytes.by_id[analyte]
        unit = self.units.get(analyte) or known.si or ""
        points = []
        for result in results:
            value = known.convert(result.value, result.unit, unit) if result.value else None
            low, high = (
                known.convert(limit, result.unit, unit) if limit and value is not None else None
                for limit in (result.reference_low, result.reference_high)
            )
            points.append(
                LabPoint(
                    result.on,
                    float(value) if value is not None else None,
                    shown_value(result),
                    result.comparator,
                    float(low) if low is not None else None,
                    float(high) if high is not None else None,
                    shown_range(result),
                    result.flag,
                    days_since(given, result.on),
                    result.baseline,
                )
            )
        return LabSeries(analyte, known.label, unit, tuple(points))

    def _events(self, person_id: str) -> tuple[EventMark, ...]:
        return tuple(
            EventMark(one.on, one.text or one.what.replace("_", " "), one.until)
            for one in self._context.diary.records(Event, person_id=person_id)
        )

    def _trends(self, person_id: str) -> tuple[TrendMark, ...]:
        labels = {one.id: one.label for one in self._entries.symptoms(person_id, everything=True)}
        return tuple(
            TrendMark(one.on, one.direction, one.since, labels.get(one.symptom or "", "overall"))
            for one in self._context.diary.records(Trend, person_id=person_id)
        )

    def _revised_on(self, person_id: str) -> date | None:
        """The start of the newest revision of the plan that followed another."""
        starts = sorted({plan.started_on for plan in self._plans.revisions(person_id)})
        return starts[-1] if len(starts) > 1 else None

    def _phases(self, person_id: str) -> tuple[PhaseSpan, ...]:
        """Each phase from its first injection to the day before the next one's."""
        answered = self._plans.due(person_id).answered
        starts: list[tuple[date, str]] = []
        for one in self._context.diary.records(Injection, person_id=person_id):
            name = answered[one.id].phase_name if one.id in answered else None
            if name and (not starts or starts[-1][1] != name):
                starts.append((one.on, name))
        ends = [start - timedelta(days=1) for start, _ in starts[1:]]
        return tuple(
            PhaseSpan(start, end, name) for (start, name), end in zip(starts, [*ends, None], strict=False)
        )

    def _planned_days(self, person_id: str, phase: str | None) -> int | None:
        plan = self._plans.current(person_id)
        return _interval_days(plan, phase) if plan else None

    def _first(self, kind: type[Injection | Score | LabResult | Event], person_id: str) -> list[date]:
        column = "collected" if kind is LabResult else "on"
        day = next(self._context.diary.rows(kind, (column,), person_id=person_id), None)
        return [date.fromisoformat(day[0][:10])] if day else []


def _interval_days(plan: Plan, phase: str | None = None) -> int | None:
    """Planned days between injections of a phase, the last one without a name; None where they vary."""
    named = [one for one in plan.phases if phase in (None, one.name)]
    every = named[-1].every if named else None
    if every is None:
        return None
    if every.weeks:
        return every.weeks * 7
    if every.months:
        return round(every.months * 30.44)
    return every.days or (every.window[0] if every.window else None)


def shown_value(result: LabResult) -> str:
    """A result as the report printed it: comparator, digits, the report's own unit."""
    if result.value is None:
        return result.text or ""
    unit = result.unit_reported or result.unit or ""
    return f"{result.comparator or ''}{result.value} {unit}".strip()


def shown_range(result: LabResult) -> str:
    """The laboratory's own range as printed."""
    if result.reference_text:
        return result.reference_text
    low, high = result.reference_low, result.reference_high
    if low and high:
        return f"{low} to {high}"
    return f"from {low}" if low else f"up to {high}" if high else ""
