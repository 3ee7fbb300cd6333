"""The appointment pages: what the diary has about a person and a range, in the words of the report."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from b12desk.charts.data import TimelineData
from b12desk.desk.context import Context
from b12desk.desk.patterns import Patterns
from b12desk.desk.periods import Comparing
from b12desk.desk.pictures import Pictures, Span, shown_range, shown_value
from b12desk.desk.plans import Plans
from b12desk.desk.products import Products
from b12desk.desk.views import InjectionRow, LabRow, Views
from b12desk.domain.analytes import Catalogue
from b12desk.domain.pattern_words import NO_PATTERN, NOT_ENOUGH
from b12desk.domain.plan import in_words
from b12desk.domain.records import Event, Injection, NotGiven, Person, Plan, Reaction, Trend
from b12desk.domain.units import both_units
from b12desk.domain.wording import long_day
from b12desk.reports.appointment import (
    ITEMS,
    Appointment,
    Block,
    Facts,
    InjectionLine,
    Item,
    LabLine,
    NoteLine,
    Picture,
    Table,
    injections_table,
    labs_table,
    notes_table,
    subtitle,
)

YEAR = timedelta(days=365)
NOT_GIVEN = {"missed": "missed", "postponed": "postponed", "unknown": "not known"}
MOST_OVERLAYS = 4
OVERLAY_HEIGHTS = (0.3, 0.4, 0.58)
"""Of the width, for no, one and two rows of charts."""
LABS_ROW_HEIGHT = 0.27


@dataclass(frozen=True, slots=True)
class PaperChoices:
    """What to print: the items, and the symptoms of the dose-aligned chart (None: the first four scored)."""

    items: Collection[Item] = ITEMS
    symptoms: tuple[str, ...] | None = None


class Paper:
    """Read-only: puts the pages together."""

    def __init__(
        self,
        context: Context,
        products: Products,
        plans: Plans,
        views: Views,
        pictures: Pictures,
        analytes: Catalogue,
        patterns: Patterns,
        comparing: Comparing,
    ) -> None:
        self._context = context
        self._products = products
        self._plans = plans
        self._views = views
        self._pictures = pictures
        self._analytes = analytes
        self._patterns = patterns
        self._comparing = comparing

    def appointment(
        self,
        person_id: str,
        *,
        since: date | None = None,
        until: date | None = None,
        choices: PaperChoices | None = None,
    ) -> Appointment:
        """The pages for one person; without a start the last twelve months."""
        wanted = choices or PaperChoices()
        last = until or self._context.today()
        span = Span(since or last - YEAR, last)
        person = self._context.diary.get(Person, person_id)
        makers = {
            "plan": self._plan,
            "injections": self._injections,
            "cycles": self._overlay,
            "timeline": self._timeline,
            "labs": self._labs,
            "periods": self._periods,
            "reactions": self._reactions,
            "notes": self._notes,
            "questions": self._questions,
        }
        blocks = [
            block for item in ITEMS if item in wanted.items for block in makers[item](person, span, wanted)
        ]
        return Appointment(
            person=person.name,
            subtitle=subtitle(span.since, span.until, person.birth_date),
            made_on=self._context.today(),
            blocks=tuple(blocks),
            sample=person.sample,
        )

    def _plan(self, person: Person, span: Span, _: PaperChoices) -> Iterable[Block]:
        names = self._products.names(person.id)
        rows = [
            (f"From {long_day(plan.started_on)}", self._plan_words(plan, names))
            for plan in reversed(self._plans.revisions(person.id))
            if plan.started_on <= span.until
        ]
        if person.cause:
            rows.append(("Cause, as told by the clinic", person.cause.replace("_", " ")))
        if person.neurological != "unknown":
            rows.append(("Nerve symptoms, as told by the clinic", person.neurological))
        yield Facts("What was prescribed", tuple(rows) or (("", "No plan recorded."),))

    def _plan_words(self, plan: Plan, names: dict[str, str]) -> str:
        phases = []
        for phase in plan.phases:
            product = names.get(phase.product_id or "")
            phases.append(f"{in_words(phase)} ({product})" if product else in_words(phase))
        told = ", ".join(words for words in (plan.ordered_by, plan.why) if words)
        text = ". ".join(phases)
        return f"{text}. {told}" if told else text

    def _injections(self, person: Person, span: Span, _: PaperChoices) -> Iterable[Block]:
        everything = self._views.injections(person.id)
        rows = [row for row in everything if span.since <= row.on <= span.until]
        coming = [row for row in everything if row.record is None and row.on > span.until]
        lines = [_injection_line(row) for row in reversed([*coming[-1:], *rows])]
        yield injections_table(lines, span.until)

    def _overlay(self, person: Person, span: Span, choices: PaperChoices) -> Iterable[Block]:
        symptoms = choices.symptoms or tuple(
            scores.symptom
            for scores in self._pictures.scores(person.id)
            if len(scores.within(span.since, span.until).days)
        )
        drawn = self._pictures.overlay(
            person.id, symptoms=symptoms[:MOST_OVERLAYS] or None, since=span.since, until=span.until
        )
        rows = (len(drawn.panels) + 1) // 2
        yield Picture("Symptoms by days since the injection", drawn, OVERLAY_HEIGHTS[min(rows, 2)])
        found = self._patterns.find(person.id, since=span.since, until=span.until)
        told = [one for one in found if one.finding.verdict == "returns"]
        lines = tuple((one.label, one.text.removeprefix(f"{one.label}: ")) for one in told)
        yield Table(
            "Before the next injection",
            ("Symptom", "What was recorded"),
            lines,
            "late in the interval against after the injection",
            f"{NO_PATTERN}."
            if any(one.finding.verdict == "no_pattern" for one in found)
            else f"{NOT_ENOUGH}.",
        )

    def _timeline(self, person: Person, span: Span, _: PaperChoices) -> Iterable[Block]:
        drawn = self._pictures.timeline(person.id, since=span.since, until=span.until)
        yield Picture("Timeline", drawn, _timeline_height(drawn))

    def _labs(self, person: Person, span: Span, _: PaperChoices) -> Iterable[Block]:
        drawn = self._pictures.labs(person.id, since=span.since, until=span.until)
        within = [row for row in self._views.labs(person.id) if span.since <= row.result.on <= span.until]
        if any(row.result.value is not None for row in within):
            rows = (len(drawn.labs) + 2) // 3
            yield Picture("Laboratory results over time", drawn, min(0.12 + LABS_ROW_HEIGHT * rows, 1.2))
        yield labs_table([self._lab_line(row) for row in within], span.until)

    def _periods(self, person: Person, span: Span, _: PaperChoices) -> Iterable[Block]:
        """These days beside as many before them: the same numbers as in the window, without a verdict."""
        found = self._comparing.periods(person.id, since=span.since, until=span.until)
        rows = [
            (pair.label, *(one.in_words() if one else "" for one in (pair.first, pair.second)))
            for pair in found.symptoms
        ]
        rows += [(pair.label, pair.first, pair.second) for pair in (*found.injections, *found.labs)]
        heads = (f"{long_day(one.since)} to {long_day(one.until)}" for one in (found.first, found.second))
        note = "scores 0 none to 10 worst, median and middle half; newest result of each test"
        yield Table("Two periods beside each other", ("", *heads), tuple(rows), note)

    def _questions(self, person: Person, span: Span, _: PaperChoices) -> Iterable[Block]:
        asked = self._comparing.questions(person.id, since=span.since, until=span.until)
        rows = tuple((str(number), question) for number, question in enumerate(asked, start=1))
        empty = "The entries of this time raise none."
        yield Table("Questions", ("", "To ask at the visit"), rows, empty=empty)

    def _lab_line(self, row: LabRow) -> LabLine:
        result = row.result
        known = self._analytes.by_id.get(result.analyte or "")
        converted = known.to_si(result.value, result.unit) if known and result.value else None
        other = ""
        if known and converted is not None and known.si != result.unit:
            other = f"{result.comparator or ''}{converted} {known.si}"
        name = known.label if known else result.name or ""
        mark = f"{name}, baseline" if result.baseline else name
        return LabLine(
            result.on,
            mark,
            shown_value(result),
            other,
            shown_range(result),
            result.flag or "",
            row.days_since_injection,
        )

    def _reactions(self, person: Person, span: Span, _: PaperChoices) -> Iterable[Block]:
        found = self._context.diary.records(Reaction, person_id=person.id, since=span.since, until=span.until)
        lines = [
            NoteLine(one.on, one.until, one.what, ", ".join(_words(one.severity, one.area, one.note)))
            for one in found
        ]
        yield notes_table("Reactions and side effects", lines, span.until)

    def _notes(self, person: Person, span: Span, _: PaperChoices) -> Iterable[Block]:
        diary = self._context.diary
        lines = [
            NoteLine(one.on, one.until, one.what.replace("_", " "), " · ".join(_words(one.text, *one.tags)))
            for one in diary.records(Event, person_id=person.id, until=span.until)
            if (one.until or one.on) >= span.since
        ]
        for trend in diary.records(Trend, person_id=person.id, since=span.since, until=span.until):
            since = f"since {long_day(trend.since)}" if trend.since else ""
            lines.append(
                NoteLine(
                    trend.on,
                    None,
                    trend.symptom or "overall",
                    " · ".join(_words(trend.direction, since, trend.note)),
                )
            )
        yield notes_table("Events and notes", sorted(lines, key=lambda line: line.on), span.until)


def _injection_line(row: InjectionRow) -> InjectionLine:
    record, planned = row.record, row.occurrence.planned if row.occurrence else None
    if isinstance(record, Injection):
        how = _words(record.site, record.side, "given elsewhere" if record.given_elsewhere else None)
        reactions = "; ".join(one.what for one in row.reactions)
        return InjectionLine(
            given=record.on,
            planned=planned,
            days_since=row.days_since_last,
            days_from_planned=row.days_from_planned,
            approximate=record.precision == "approximate",
            dose=both_units(record.dose) if record.dose else "not recorded",
            how=" ".join(how),
            note=", ".join(_words(reactions, record.note)),
        )
    if isinstance(record, NotGiven):
        moved = f"moved to {long_day(record.moved_to)}" if record.moved_to else ""
        state = NOT_GIVEN[record.reason]
        return InjectionLine(
            None, record.planned, None, state=state, note=", ".join(_words(moved, record.note))
        )
    state = "to come" if row.occurrence and row.occurrence.state == "upcoming" else "not logged"
    dose = both_units(row.occurrence.dose) if row.occurrence else ""
    return InjectionLine(None, planned, None, state=state, dose=dose)


def _timeline_height(drawn: TimelineData) -> float:
    """A part of the width that gives each row of the timeline room to be read."""
    return min(0.35 + 0.055 * len(drawn.scores) + 0.09 * len(drawn.labs), 1.25)


def _words(*parts: str | None) -> list[str]:
    return [part for part in parts if part]
