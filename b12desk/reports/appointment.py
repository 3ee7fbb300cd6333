"""The appointment pages as plain data: what stands on the paper, before anything is drawn or laid out.

The wording follows the diary's rule: what was recorded, what the clinic planned, the laboratory's own range;
no verdict and no advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from b12desk.charts.data import CycleOverlayData, LabsData, TimelineData
from b12desk.domain.wording import count, long_day, short_day

Item = Literal[
    "plan", "injections", "cycles", "timeline", "labs", "periods", "reactions", "notes", "questions"
]
ITEMS: tuple[Item, ...] = get_args(Item)
"""What can be left out of the pages, in their order."""


Drawn = CycleOverlayData | TimelineData | LabsData


@dataclass(frozen=True, slots=True)
class Facts:
    """A short list of name and text."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under column heads; `note` stands beside the title, `empty` in place of the rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    empty: str = "Nothing recorded in this time."


@dataclass(frozen=True, eq=False, slots=True)
class Picture:
    """A chart over the whole width, with its title drawn in it; `height` is a part of that width."""

    title: str
    drawn: Drawn
    height: float


Block = Facts | Table | Picture


@dataclass(frozen=True, eq=False, slots=True)
class Appointment:
    """One person's pages for one range of days.

    Attributes:
        person: the name as the person entered it. subtitle: the range in words, and the birth date.
        sample: the pages come from the made-up sample diary and say so.
    """

    person: str
    subtitle: str
    made_on: date
    blocks: tuple[Block, ...]
    sample: bool = False

    @property
    def footer(self) -> str:
        """What stands at the foot of each page, before the page number."""
        return f"{self.person} · {long_day(self.made_on)}"


@dataclass(frozen=True, slots=True)
class InjectionLine:
    """One injection given, not given or still to come.

    Attributes:
        given: the day; None for one that was not given or is to come. approximate: it is only about right.
        planned: the planned day; None for an extra one. days_since: since the injection before.
        days_from_planned: after (negative: before) the planned window. state: other words than the dates.
        dose: both units. how: route, site and side in words. note: the person's own.
    """

    given: date | None
    planned: date | None
    days_since: int | None
    days_from_planned: int | None = None
    approximate: bool = False
    state: str = ""
    dose: str = ""
    how: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LabLine:
    """One laboratory value as reported, the report's own range and flag, and days since the injection."""

    on: date
    name: str
    shown: str
    other_unit: str
    reference: str
    flag: str
    days_since: int | None


@dataclass(frozen=True, slots=True)
class NoteLine:
    """Anything dated and said in words: an event, a trend, a reaction."""

    on: date
    until: date | None
    what: str
    text: str


def subtitle(since: date, until: date, born: date | None) -> str:
    """The line under the name."""
    range_words = f"B12 injections, symptoms and labs from {long_day(since)} to {long_day(until)}"
    return f"{range_words} · born {long_day(born)}" if born else range_words


def injections_table(lines: Sequence[InjectionLine], until: date) -> Table:
    """Planned against given."""
    rows = []
    for line in lines:
        given = short_day(line.given, until) if line.given else line.state
        if line.approximate:
            given = f"about {given}"
        rows.append(
            (
                given,
                short_day(line.planned, until) if line.planned else "not planned",
                str(line.days_since) if line.days_since is not None else "",
                line.dose,
                ", ".join(words for words in (_shift(line), line.how, line.note) if words),
            )
        )
    heads = ("Given", "Planned", "Days since last", "Dose", "Note")
    return Table("Injections", heads, tuple(rows), empty="No injection recorded in this time.")


def _shift(line: InjectionLine) -> str:
    shift = line.days_from_planned
    if not shift:
        return ""
    words = count(abs(shift), "day")
    return f"{words} after the planned date" if shift > 0 else f"{words} before the planned date"


def labs_table(lines: Sequence[LabLine], until: date) -> Table:
    """Results as reported; the range and the flag are the laboratory's own."""
    rows = tuple(
        (
            short_day(line.on, until),
            line.name,
            f"{line.shown} ({line.other_unit})" if line.other_unit else line.shown,
            line.reference,
            line.flag,
            "" if line.days_since is None else f"day {line.days_since}",
        )
        for line in lines
    )
    heads = ("Sample", "Test", "Result", "Laboratory's range", "Its flag", "Since injection")
    note = "as reported; the range is the laboratory's own"
    return Table("Laboratory results", heads, rows, note, "No laboratory result recorded in this time.")


def notes_table(title: str, lines: Iterable[NoteLine], until: date) -> Table:
    """Dated words: events, trends, reactions."""
    rows = tuple(
        (
            short_day(line.on, until) + (f" to {short_day(line.until, until)}" if line.until else ""),
            line.what,
            line.text,
        )
        for line in lines
    )
    return Table(title, ("When", "What", "Words"), rows)
