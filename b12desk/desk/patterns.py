"""Which symptoms return before the next injection: the diary's scores put to `domain.return_of_symptoms`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from b12desk.charts.data import newest_phase
from b12desk.desk.context import Context
from b12desk.desk.entries import Entries
from b12desk.desk.pictures import Pictures
from b12desk.domain.cycles import align
from b12desk.domain.errors import Invalid
from b12desk.domain.pattern_words import in_words
from b12desk.domain.records import SymptomItem
from b12desk.domain.return_of_symptoms import Finding, find
from b12desk.domain.symptoms import HIGHEST, LOWEST

THRESHOLD = 5
"""The middle of the scale, where the person has named no score of their own."""
SEED = 20_260_105
"""One for every diary, so that the same entries always give the same answer."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One symptom's finding with its name and its words."""

    finding: Finding
    label: str
    text: str


class Patterns:
    """Read-only questions about the course of symptoms within the interval."""

    def __init__(self, context: Context, entries: Entries, pictures: Pictures) -> None:
        self._context = context
        self._entries = entries
        self._pictures = pictures

    def find(
        self,
        person_id: str,
        *,
        since: date | None = None,
        until: date | None = None,
        phase: str | None = None,
        threshold: int | None = None,
        seed: int = SEED,
    ) -> tuple[Pattern, ...]:
        """Every symptom with scores in the range that the person did not hide, over the cycles of one phase.

        Args:
            phase: without it that of the newest complete cycle; loading and maintenance stay apart.
            threshold: the person's own score for the day of crossing; without it `THRESHOLD`.

        Raises:
            Invalid: a threshold that the scale does not have.
        """
        bar = THRESHOLD if threshold is None else threshold
        if not LOWEST < bar <= HIGHEST:
            raise Invalid(f"goes from {LOWEST + 1} to {HIGHEST}, not {bar}.", "threshold")
        span = self._pictures.span(person_id, since, until)
        cycles = [one for one in self._pictures.cycles(person_id) if span.since <= one.start <= span.until]
        phase = newest_phase(cycles) if phase is None else phase
        among = [one for one in cycles if one.phase == phase]
        scored = [
            scores
            for one in self._pictures.scores(person_id, self._looked_at(person_id))
            if len((scores := one.within(span.since, span.until)).days)
        ]
        labels = {scores.symptom: scores.label for scores in scored}
        aligned = {scores.symptom: align(among, scores.pairs()) for scores in scored}
        found = find(aligned, threshold=bar, seed=seed)
        return tuple(Pattern(one, labels[one.symptom], in_words(one, labels[one.symptom])) for one in found)

    def _looked_at(self, person_id: str) -> list[str]:
        items = self._context.diary.records(SymptomItem, person_id=person_id)
        hidden = {item.symptom for item in items if not item.shown}
        return [one.id for one in self._entries.symptoms(person_id, everything=True) if one.id not in hidden]
