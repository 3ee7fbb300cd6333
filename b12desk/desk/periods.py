"""Before and after: two periods of the diary beside each other, and the questions that the entries raise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from b12desk.desk.context import Context
from b12desk.desk.entries import Entries
from b12desk.desk.patterns import Patterns
from b12desk.desk.pictures import Pictures, shown_value
from b12desk.domain.analytes import Catalogue
from b12desk.domain.periods import Period, Periods, TextPair, injection_words, symptom_pairs
from b12desk.domain.records import Injection, LabResult, Trend
from b12desk.domain.visit_questions import RECENT, labs_and_symptoms, lasting_symptoms, returning
from b12desk.domain.wording import count, long_day


class Comparing:
    """Read-only: what two periods have, and what could be asked."""

    def __init__(
        self,
        context: Context,
        entries: Entries,
        pictures: Pictures,
        patterns: Patterns,
        analytes: Catalogue,
    ) -> None:
        self._context = context
        self._entries = entries
        self._pictures = pictures
        self._patterns = patterns
        self._analytes = analytes

    def periods(
        self,
        person_id: str,
        *,
        since: date | None = None,
        until: date | None = None,
        former: Period | None = None,
        title: str = "",
    ) -> Periods:
        """Two periods beside each other, without a verdict.

        Args:
            since, until: the later period; without a start the second half of everything up to `until`.
            former: the earlier one; without it the same number of days right before the later one.
        """
        span = self._pictures.span(person_id, since, until)
        if since is None:
            middle = span.since + (span.until - span.since) // 2
            second = Period(middle, span.until)
        else:
            second = Period(since, span.until)
        first = former or second.before()
        return Periods(
            first,
            second,
            symptom_pairs(first, second, self._scores(person_id)),
            self._injections(person_id, first, second),
            self._labs(person_id, first, second),
            title,
        )

    def questions(
        self, person_id: str, *, since: date | None = None, until: date | None = None
    ) -> tuple[str, ...]:
        """What the entries up to `until` let one ask at a visit; sentences, each ending in a question."""
        last = until or self._context.today()
        found = self._patterns.find(person_id, since=since, until=last)
        newest: dict[str, tuple[str, LabResult]] = {}
        for result in self._results(person_id):
            if last - RECENT <= result.on <= last and result.analyte:
                label = self._analytes.by_id[result.analyte].label
                newest[result.analyte] = (label, result)
        lasting = lasting_symptoms(self._scores(person_id), last)
        asked = (
            returning({one.label: one.finding for one in found}),
            labs_and_symptoms(list(newest.values()), lasting),
        )
        return tuple(question for question in asked if question)

    def _scores(self, person_id: str) -> Mapping[str, Sequence[tuple[date, int]]]:
        return {one.label: one.pairs() for one in self._pictures.scores(person_id)}

    def _results(self, person_id: str) -> list[LabResult]:
        """Results of known analytes, oldest first, without those that the laboratory took back."""
        return [
            result
            for result in self._context.diary.records(LabResult, person_id=person_id)
            if result.analyte in self._analytes.by_id and result.status != "entered_in_error"
        ]

    def _injections(self, person_id: str, first: Period, second: Period) -> tuple[TextPair, ...]:
        given = [one.on for one in self._context.diary.records(Injection, person_id=person_id)]
        (before, between), (after, between_after) = (injection_words(given, one) for one in (first, second))
        trends = self._context.diary.records(Trend, person_id=person_id)
        noted = [
            ", ".join(
                f"{direction} {count(number, 'time')}"
                for direction in ("better", "same", "worse")
                if (number := sum(one.direction == direction and one.on in period for one in trends))
            )
            for period in (first, second)
        ]
        rows = [
            TextPair("Injections", before, after),
            TextPair("Median time between them", between, between_after),
            TextPair("Noted as", *noted),
        ]
        return tuple(row for row in rows if row.first or row.second)

    def _labs(self, person_id: str, first: Period, second: Period) -> tuple[TextPair, ...]:
        """The newest result of each analyte within each period, as the report printed it, with its date."""
        newest: dict[str, list[str]] = defaultdict(lambda: ["", ""])
        for result in self._results(person_id):
            words = f"{shown_value(result)}, {long_day(result.on)}"
            for place, period in enumerate((first, second)):
                if result.on in period:
                    newest[result.analyte or ""][place] = words
        return tuple(
            TextPair(self._analytes.by_id[analyte].label, before, after)
            for analyte, (before, after) in newest.items()
        )
