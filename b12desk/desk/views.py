"""What the pages show: plain answers put together from records and the schedule."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from b12desk.desk.context import Context
from b12desk.desk.entries import Entries
from b12desk.desk.explaining import Source, sources
from b12desk.desk.plans import Plans
from b12desk.desk.products import Products
from b12desk.domain.records import Event, Injection, LabResult, NotGiven, Reaction, Score, Trend
from b12desk.domain.schedule import Occurrence, Schedule

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class TodayView:
    """One day at a glance.

    Attributes:
        schedule: what is open and the next one, with messages.
        next: the first that is to come or to be confirmed; None where nothing is planned.
        past: the open ones whose day has passed ("planned for 3 May, not logged").
        scores: today's scores by symptom; a symptom without one is absent.
        recent: by symptom, the scores of the last 30 days as (day, score), oldest first.
        injected: the days with an injection within the last 30 days.
        last: the newest injection.
        days_since: whole days since it.
        events, trends: what was noted today.
    """

    schedule: Schedule
    next: Occurrence | None
    past: tuple[Occurrence, ...]
    scores: Mapping[str, int]
    recent: Mapping[str, Sequence[tuple[date, int]]]
    injected: tuple[date, ...]
    last: Injection | None
    days_since: int | None
    events: tuple[Event, ...]
    trends: tuple[Trend, ...]


@dataclass(frozen=True)
class InjectionRow:
    """One line of the injections table: given, not given, or still open.

    Attributes:
        record: what was recorded; None for a planned one that is open.
        occurrence: the planned one that it answers; None for an extra injection.
        on: the day that the line stands under.
        product_name: as the person calls it.
        days_since_last: days since the injection before; None for the first and for what was not given.
        days_from_planned: days after (or, negative, before) the planned window; 0 within it.
        reactions: what was noted after it.
    """

    record: Injection | NotGiven | None
    occurrence: Occurrence | None
    on: date
    product_name: str
    days_since_last: int | None
    days_from_planned: int | None
    reactions: tuple[Reaction, ...] = ()


@dataclass(frozen=True)
class LabRow:
    """One laboratory value with the days since the last injection before its sample."""

    result: LabResult
    days_since_injection: int | None


class Views:
    """Read-only questions to the diary."""

    def __init__(self, context: Context, products: Products, plans: Plans, entries: Entries) -> None:
        self._context = context
        self._products = products
        self._plans = plans
        self._entries = entries

    def today(self, person_id: str, on: date | None = None) -> TodayView:
        """Everything that the Today page shows."""
        diary, day = self._context.diary, on or self._context.today()
        schedule = self._plans.due(person_id)
        injections = diary.records(Injection, person_id=person_id, until=day)
        last = injections[-1] if injections else None
        recent = self._recent(person_id, day)
        past = tuple(one for one in schedule.due if one.state == "late")
        return TodayView(
            schedule=schedule,
            next=next((one for one in schedule.due if one.state != "late"), None),
            past=past,
            scores=_of_day(recent, day),
            recent=recent,
            injected=tuple(one.on for one in injections if one.on >= day - RECENT),
            last=last,
            days_since=(day - last.on).days if last else None,
            events=tuple(diary.records(Event, person_id=person_id, since=day, until=day)),
            trends=tuple(diary.records(Trend, person_id=person_id, since=day, until=day)),
        )

    def rescored(self, view: TodayView, person_id: str) -> TodayView:
        """Today's view with its scores read anew, which is all that scoring changes in it."""
        day = self._context.today()
        recent = self._recent(person_id, day)
        return replace(view, scores=_of_day(recent, day), recent=recent)

    def _recent(self, person_id: str, day: date) -> dict[str, list[tuple[date, int]]]:
        """The last 30 days' scores by symptom, oldest first; without records, of which these were most."""
        found: dict[str, list[tuple[date, int]]] = defaultdict(list)
        columns = ("symptom", "on", "score")
        for symptom, on, score in self._context.diary.rows(
            Score, columns, person_id=person_id, since=day - RECENT, until=day
        ):
            found[symptom].append((date.fromisoformat(on), score))
        return found

    def injections(self, person_id: str) -> list[InjectionRow]:
        """Planned against actual, the newest first, with what is open on top."""
        diary = self._context.diary
        schedule = self._plans.due(person_id)
        names = self._products.names(person_id)
        reactions: dict[str | None, list[Reaction]] = defaultdict(list)
        for reaction in diary.records(Reaction, person_id=person_id):
            reactions[reaction.injection_id].append(reaction)
        rows = []
        former: date | None = None
        for injection in diary.records(Injection, person_id=person_id):
            answered = schedule.answered.get(injection.id)
            rows.append(
                InjectionRow(
                    record=injection,
                    occurrence=answered,
                    on=injection.on,
                    product_name=names.get(injection.product_id, ""),
                    days_since_last=(injection.on - former).days if former else None,
                    days_from_planned=days_from_window(injection.on, answered),
                    reactions=tuple(reactions[injection.id]),
                )
            )
            former = injection.on
        rows += [
            InjectionRow(entry, None, entry.planned, "", None, None)
            for entry in diary.records(NotGiven, person_id=person_id)
        ]
        rows += [
            InjectionRow(None, one, one.on or one.planned, names.get(one.product_id or "", ""), None, None)
            for one in schedule.due
        ]
        return sorted(rows, key=lambda row: row.on, reverse=True)

    def sources(self, person_id: str, occurrence: Occurrence) -> tuple[Source, ...]:
        """The records that the date of a planned injection was worked out from."""
        return sources(self._context, person_id, occurrence)

    def labs(self, person_id: str, analyte: str | None = None) -> list[LabRow]:
        """Laboratory values, the newest sample first, each with its days since the last injection."""
        where = {"analyte": analyte} if analyte else None
        results = self._context.diary.records(LabResult, person_id=person_id, where=where)
        given = [one.on for one in self._context.diary.records(Injection, person_id=person_id)]
        rows = [LabRow(result, days_since(given, result.on)) for result in results]
        rows.reverse()
        return rows


def _of_day(recent: Mapping[str, Sequence[tuple[date, int]]], day: date) -> dict[str, int]:
    return {symptom: days[-1][1] for symptom, days in recent.items() if days[-1][0] == day}


def days_since(days: Sequence[date], on: date) -> int | None:
    """Whole days from the last of the rising `days` up to `on`; None where none is before."""
    index = bisect_right(days, on)
    return (on - days[index - 1]).days if index else None


def days_from_window(on: date, occurrence: Occurrence | None) -> int | None:
    """Days after (negative: before) the planned window, 0 within it."""
    if occurrence is None or occurrence.on is None:
        return None
    first, last = occurrence.window or (occurrence.on, occurrence.on)
    if on > last:
        return (on - last).days
    return min((on - first).days, 0)
