"""Questions for a visit that the entries raise: what was recorded, then a question (S38, S51).

None of them draws a conclusion. A laboratory value is only held against the range on its own report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from b12desk.domain.records import LabResult
from b12desk.domain.return_of_symptoms import Finding
from b12desk.domain.wording import count, long_day

RECENT = timedelta(days=365)  # results older than this are not spoken of
LATELY = timedelta(days=30)
MOST_NAMED = 3  # symptoms in one sentence


@dataclass(frozen=True, slots=True)
class Lasting:
    """A symptom that was scored above none on most scored days of late; `median` is of 0 to 10."""

    label: str
    median: float


def labs_and_symptoms(results: Sequence[tuple[str, LabResult]], lasting: Sequence[Lasting]) -> str | None:
    """The question where results lie within the laboratory's own range and symptoms go on; None otherwise.

    Args:
        results: the newest result of each analyte with the name to use in the sentence.
        lasting: as `lasting_symptoms` gives them.
    """
    within = [name for name, result in results if within_own_range(result)]
    if not within or not lasting:
        return None
    newest = max(result.on for name, result in results if name in within)
    are = "is" if len(within) == 1 else "are"
    noted = _listed([f"{one.label} (median {one.median:g} of 10)" for one in lasting[:MOST_NAMED]])
    return (
        f"My newest {_listed(within)} {are} within the laboratory's own range ({long_day(newest)}), "
        f"and in the last 30 days I noted {noted}. What else could be looked at?"
    )


def returning(findings: Mapping[str, Finding]) -> str | None:
    """The question where symptoms were worse late in the interval; `findings` by label. None without any."""
    labels = [label for label, finding in findings.items() if finding.verdict == "returns"]
    if not labels:
        return None
    cycles = max(findings[label].cycles for label in labels)
    intervals = count(cycles, "interval")
    return (
        f"In {intervals} I noted higher scores before the next injection than after one: "
        f"{_listed(labels)}. What does that mean for me?"
    )


def lasting_symptoms(scores: Mapping[str, Sequence[tuple[date, int]]], until: date) -> tuple[Lasting, ...]:
    """Symptoms (by label) above none on most of their scored days of the last 30, the highest first."""
    found = []
    for label, points in scores.items():
        values = sorted(score for day, score in points if until - LATELY < day <= until)
        if values and values[len(values) // 2] > 0 and sum(score > 0 for score in values) * 2 > len(values):
            middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
            found.append(Lasting(label, middle))
    return tuple(sorted(found, key=lambda one: -one.median))


def within_own_range(result: LabResult) -> bool:
    """Whether a result lies within the limits on its own report; False where any of it is not a number."""
    value, low, high = (_number(text) for text in (result.value, result.reference_low, result.reference_high))
    if value is None or result.comparator or result.flag or (low is None and high is None):
        return False
    return (low is None or low <= value) and (high is None or value <= high)


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _listed(words: Sequence[str]) -> str:
    """ "a; b and c": names may have commas of their own."""
    return words[0] if len(words) == 1 else f"{'; '.join(words[:-1])} and {words[-1]}"
