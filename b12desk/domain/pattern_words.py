"""What a finding says in words: what was recorded, never a judgement and never what to do (DOMAIN.md 8)."""

from __future__ import annotations

from b12desk.domain.crossing import Crossing
from b12desk.domain.return_of_symptoms import FEWEST, Finding, Windows
from b12desk.domain.wording import count

METHOD = (
    "Scores of the last days of each complete interval are compared with those after its injection, the day "
    "of the injection left out and slow drift removed. Signs of whole intervals are flipped, one-sided, and "
    "all symptoms looked at together share a 5 % chance of a wrong “returns” (max-T). Needs 5 complete "
    "intervals. docs/method-return-of-symptoms.md has the details."
)
WORTH_SHOWING = "Worth showing your clinic."
NOT_ENOUGH = "Not enough entries yet"
NO_PATTERN = "No pattern seen"


def in_words(finding: Finding, label: str) -> str:
    """One symptom's finding as sentences that begin with its name."""
    if finding.verdict == "not_enough":
        have = "has" if finding.cycles == 1 else "have"
        there = f"{count(finding.cycles, 'complete interval')} {have} scores early and late"
        return f"{label}: {NOT_ENOUGH.lower()}. {there}; {FEWEST} are needed."
    middle, (low, high) = finding.late_minus_early or 0.0, finding.interval or (0.0, 0.0)
    numbers = f"{points(middle)} on average (95 % interval {_number(low)} to {_number(high)})"
    where = _windows(finding.windows)
    if finding.verdict == "no_pattern":
        return " ".join(
            [f"{label}: {NO_PATTERN.lower()} in {finding.cycles} intervals.", f"{where}: {numbers}."]
        )
    worse = f"scores were higher in {finding.worse} of {finding.cycles} intervals"
    sentences = [f"{label}: {worse}.", f"{where}: {numbers}."]
    if finding.crossing is not None:
        sentences.append(crossing_words(finding.crossing, finding.threshold))
    return " ".join([*sentences, WORTH_SHOWING])


def crossing_words(crossing: Crossing, threshold: int) -> str:
    """ "Reached 5 on day 47 (44 to 50), in 7 of 9 intervals."."""
    often = f"in {crossing.cycles} of {crossing.among} intervals"
    return f"Reached {threshold} on {crossing_days(crossing)}, {often}."


def crossing_days(crossing: Crossing) -> str:
    """ "day 47 (44 to 50)": the median and the middle half, in whole days."""
    return f"day {crossing.median:.0f} ({crossing.low:.0f} to {crossing.high:.0f})"


def points(difference: float) -> str:
    """ "+2.1 points", with a sign."""
    return f"{_number(difference)} points"


def _windows(parts: Windows | None) -> str:
    if parts is None:
        return "Late against early"
    last, first = len(parts.late), parts.early[-1]
    late = f"Last {last} days before the next injection" if last > 1 else "Last day before the next injection"
    return f"{late} against " + (f"days 1 to {first} after one" if first > 1 else "day 1 after one")


def _number(value: float) -> str:
    """A signed number with one digit; what rounds to nothing has no sign."""
    text = f"{value:+.1f}"
    return text[1:] if text[1:] == "0.0" else text.replace("-", "−")
