"""A message to the clinic about planned injections that were not given: facts and a question, to be copied.

It says what is recorded and what was planned, asks for a date, and proposes none (S33, S34).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from b12desk.domain.plan import in_words
from b12desk.domain.records import Injection, Phase
from b12desk.domain.units import both_units
from b12desk.domain.wording import count, long_day


def message_to_clinic(
    missing: Sequence[date], last: Injection | None, phase: Phase | None, ordered_by: str | None, today: date
) -> str:
    """The message, with the dates filled in.

    Args:
        missing: the planned dates without an injection, at least one.
        last: the newest injection; None where none is recorded.
        phase: what was planned, as the clinic ordered it; None where no plan is known.
        ordered_by: who ordered it.
    """
    days = [long_day(day) for day in sorted(missing)]
    one = len(days) == 1
    planned = days[0] if one else f"{', '.join(days[:-1])} and {days[-1]}"
    what = "My vitamin B12 injection" if one else "My vitamin B12 injections"
    parts = [f"{what} planned for {planned} {'was' if one else 'were'} not given, as of {long_day(today)}."]
    parts.append(_last(last, today))
    if phase is not None:
        told = f" (ordered by {ordered_by})" if ordered_by else ""
        parts.append(f"The plan{told}: {in_words(phase)}.")
    parts.append("When should I have the next one, please? Until I hear from you I take nothing extra.")
    return "\n".join(parts)


def _last(last: Injection | None, today: date) -> str:
    if last is None:
        return "No injection before that is recorded."
    dose = f", {both_units(last.dose)}" if last.dose else ""
    ago = (today - last.on) // timedelta(days=1)
    return f"The last one was given on {long_day(last.on)}{dose}, {count(ago, 'day')} ago."
