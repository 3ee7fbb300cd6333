"""The command that says which symptoms return before the next injection."""

from __future__ import annotations

from typing import Any

import click

from b12desk.cli.parameters import command, maybe_day
from b12desk.cli.session import Session
from b12desk.desk.patterns import THRESHOLD, Pattern
from b12desk.domain.errors import Invalid
from b12desk.domain.pattern_words import METHOD

SHAPE = (
    '{"patterns": [{"symptom", "label", "verdict": "returns|no_pattern|not_enough", "cycles": n, '
    '"cycles_worse": n, "late_minus_early": number|null, "interval": [low, high]|null, "p": number|null, '
    '"threshold": n, "crossing_day": {"median", "low", "high", "cycles": n}|null, "text"}], "method"}'
)


@command("patterns", shape=SHAPE)
@click.option("--from", "since", metavar="DATE", help="Without it from the first entry.")
@click.option("--to", "until", metavar="DATE", help="Without it to today.")
@click.option(
    "--threshold",
    type=int,
    metavar="N",
    help=f"Your own score, 1 to 10, for the day on which it is reached; without it {THRESHOLD}.",
)
def patterns(session: Session, since: str | None, until: str | None, threshold: int | None) -> None:
    """Say for each symptom whether scores late in the interval are worse than after the injection.

    Five complete intervals of the present phase are needed. docs/method-return-of-symptoms.md has the method.
    """
    desk, person = session.chosen()
    first, last = maybe_day(since, "from"), maybe_day(until, "to")
    if first and last and last < first:
        raise Invalid("is before the start of the range.", "to")
    found = desk.patterns.find(person.id, since=first, until=last, threshold=threshold)
    lines = [one.text for one in found] or ["No symptom was scored in this time."]
    session.reply({"patterns": [_json(one) for one in found], "method": METHOD}, lines)


def _json(pattern: Pattern) -> dict[str, Any]:
    one, crossing = pattern.finding, pattern.finding.crossing
    return {
        "symptom": one.symptom,
        "label": pattern.label,
        "verdict": one.verdict,
        "cycles": one.cycles,
        "cycles_worse": one.worse,
        "late_minus_early": _rounded(one.late_minus_early),
        "interval": [round(limit, 3) for limit in one.interval] if one.interval else None,
        "p": None if one.p is None else round(one.p, 6),
        "threshold": one.threshold,
        "crossing_day": None
        if crossing is None
        else {
            "median": crossing.median,
            "low": crossing.low,
            "high": crossing.high,
            "cycles": crossing.cycles,
        },
        "text": pattern.text,
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 3)


COMMANDS = (patterns,)
