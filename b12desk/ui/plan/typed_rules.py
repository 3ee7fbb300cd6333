"""How often, and until when: from what is chosen and typed to the plan file's own terms, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OPEN_ENDS = ("clinician_says", "blood_count_normal", "no_end")


def tr(text: str) -> str:
    """A phrase in the person's language."""
    return QCoreApplication.translate("PlanRules", text)


def every_kinds() -> list[tuple[str, str]]:
    """The interval rules; "every 4 weeks", "every 30 days" and "every month" are three of them (S31)."""
    return [
        ("days", tr("every … days")),
        ("window", tr("every … to … days")),
        ("weeks", tr("every … weeks")),
        ("months", tr("every … months, same day")),
        ("weekdays", tr("on these weekdays")),
        ("offsets", tr("on these days, counted")),
    ]


def until_kinds() -> list[tuple[str, str]]:
    """The ends of a phase."""
    return [
        ("doses", tr("for … doses")),
        ("days", tr("for … days")),
        ("date", tr("until a date")),
        ("clinician_says", tr("until my clinic says")),
        ("blood_count_normal", tr("until the clinic says that the blood count has recovered")),
        ("no_end", tr("no end date")),
    ]


EVERY_EXAMPLES = {
    "days": "2",
    "window": "28 to 30",
    "weeks": "12",
    "months": "2",
    "weekdays": "mon wed fri",
    "offsets": "1, 3, 7",
}
UNTIL_EXAMPLES = {"doses": "6", "days": "14", "date": "2026-12-31"}


def every_of(kind: str, typed: str) -> dict[str, Any]:
    """The plan file's `every`.

    Raises:
        ValueError: with one sentence, when what is typed does not fit the kind.
    """
    if kind == "weekdays":
        days = [word[:3].casefold() for word in re.findall(r"[^\W\d]+", typed)]
        if not days or any(day not in WEEKDAYS for day in days):
            raise ValueError(tr("Type the weekdays, like mon wed fri."))
        return {"weekdays": sorted(set(days), key=WEEKDAYS.index)}
    numbers = [int(word) for word in re.findall(r"\d{1,4}", typed)]
    if kind == "offsets" and numbers:
        return {"offsets": numbers}
    if kind == "window" and len(numbers) == 2:
        return {"days": numbers}
    if kind in ("days", "weeks", "months") and len(numbers) == 1:
        return {kind: numbers[0]}
    raise ValueError(tr("Type it like {0}.").format(EVERY_EXAMPLES[kind]))


def until_of(kind: str, typed: str) -> Any:
    """The plan file's `until`; raises ValueError like `every_of`."""
    if kind in OPEN_ENDS:
        return kind
    if kind == "date" and typed:
        return {"date": typed}
    if typed.isdecimal():
        return {kind: int(typed)}
    raise ValueError(tr("Type it like {0}.").format(UNTIL_EXAMPLES[kind]))


def typed_every(every: Mapping[str, Any]) -> tuple[str, str]:
    """The kind and the text for a plan file's `every`."""
    if isinstance(every.get("days"), list):
        return "window", tr("{0} to {1}").format(*every["days"])
    for kind in ("weekdays", "offsets"):
        if isinstance(every.get(kind), list):
            return kind, (" " if kind == "weekdays" else ", ").join(str(one) for one in every[kind])
    kind = next(
        (kind for kind in ("days", "weeks", "months", "weekdays", "offsets") if kind in every), "days"
    )
    value = every.get(kind)
    return kind, str(value) if isinstance(value, int) else ""


def typed_until(until: Any) -> tuple[str, str]:
    """The kind and the text for a plan file's `until`."""
    if isinstance(until, str):
        return until, ""
    for kind in ("doses", "days", "date"):
        if kind in (until or {}):
            return kind, str(until[kind])
    return "no_end", ""


def option_words(value: Any) -> str:
    """A preset's option in a few words: "2 months", "mon, wed, fri", "for 7 days", "250 ug"."""
    if not isinstance(value, Mapping):
        return ", ".join(value) if isinstance(value, list) else str(value).replace("_", " ")
    if set(value) & {"doses", "date"}:
        return " ".join(f"{number} {kind}" for kind, number in value.items())
    kind, typed = typed_every(value)
    unit = {"window": tr("days"), "weekdays": "", "offsets": tr("days counted")}.get(kind, kind)
    on_day = tr(" on day {0}").format(value["on_day"]) if "on_day" in value else ""
    return f"{typed} {unit}".strip() + on_day
