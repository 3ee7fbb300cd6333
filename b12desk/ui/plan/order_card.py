"""The order of a plan beside its phases: since when, who advised it and why, how its dates count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from b12desk.domain.plan import LONGEST_GRACE, MOST_WEEKS
from b12desk.domain.wording import count
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.date_field import DateField
from b12desk.ui.widgets.fields import ChipsField, Field, TextField
from b12desk.ui.widgets.rows import row

DATES = ("started_on", "first_on", "review_on")
TEXTS = ("ordered_by", "why")
NUMBERS = ("grace_days", "min_gap_days", "book_weeks_before")


class OrderCard(Card):
    """Edits every field of the plan file but its phases."""

    def __init__(self, today: Callable[[], date], revises: bool, parent: QWidget | None = None) -> None:
        """With `revises` there is a plan already: who advised the change must be said (S39)."""
        super().__init__(self.tr("The order"), parent=parent)
        self._build_dates(today)
        self._build_words(revises)
        self._build_counting()
        self.body.addLayout(row(self.started_on, self.first_on))
        self.body.addLayout(row(self.anchor, self.lifelong, stretch=(3, 1)))
        self.body.addLayout(row(self.grace_days, self.min_gap_days, self.book_weeks_before))
        self.body.addLayout(row(self.ordered_by, self.review_on))
        self.body.addWidget(self.why)

    def fields(self) -> Iterator[tuple[str, Field]]:
        """Each field with the plan file's name for it, which an error names too."""
        for name in (*DATES, *TEXTS, *NUMBERS, "anchor", "lifelong"):
            yield name, getattr(self, name)

    def value(self) -> dict[str, Any]:
        """What is typed, as the plan file writes it; what is empty is left out."""
        dates = {name: self._date(name).value for name in DATES}
        numbers = {name: self._text(name).text for name in NUMBERS}
        typed: dict[str, Any] = {
            **{name: day.isoformat() if day else None for name, day in dates.items()},
            **{name: self._text(name).text for name in TEXTS},
            **{name: int(text) if text and text.isdecimal() else None for name, text in numbers.items()},
            "anchor": self.anchor.value,
            "lifelong": self.lifelong.value == "yes",
        }
        return {name: value for name, value in typed.items() if value is not None}

    def set_value(self, data: Mapping[str, Any]) -> None:
        """Fill from a plan file."""
        for name in DATES:
            day = data.get(name)
            self._date(name).set_value(date.fromisoformat(day) if isinstance(day, str) else None)
        for name in TEXTS:
            self._text(name).set_text(data.get(name))
        for name in NUMBERS:
            self._text(name).set_text(str(data[name]) if data.get(name) else None)
        self.take_template(data)

    def take_template(self, data: Mapping[str, Any]) -> None:
        """Take what a template says; dates, names and reasons are the person's own and stay."""
        anchor = data.get("anchor")
        self.anchor.set_value(anchor if isinstance(anchor, str) else None)
        self.lifelong.set_value("yes" if data.get("lifelong") else None)
        if data.get("min_gap_days"):
            self.min_gap_days.set_text(str(data["min_gap_days"]))

    def _date(self, name: str) -> DateField:
        field: DateField = getattr(self, name)
        return field

    def _text(self, name: str) -> TextField:
        field: TextField = getattr(self, name)
        return field

    def _build_dates(self, today: Callable[[], date]) -> None:
        self.started_on = DateField(self.tr("In force since"), today, required=True)
        self.first_on = DateField(self.tr("First injection of this plan"), today, optional=True)
        self.review_on = DateField(self.tr("To be reviewed on"), today, optional=True)

    def _build_words(self, revises: bool) -> None:
        if revises:
            self.ordered_by = TextField(self.tr("Who advised this?"), required=True, longest=80)
            self.why = TextField(self.tr("Why does the plan change?"), optional=True)
        else:
            self.ordered_by = TextField(self.tr("Ordered by"), optional=True, longest=80)
            self.why = TextField(self.tr("Why"), optional=True)

    def _build_counting(self) -> None:
        self.anchor = ChipsField(
            self.tr("How do the dates count?"),
            [
                ("last_injection", self.tr("from the last injection")),
                ("fixed_dates", self.tr("fixed dates in the calendar")),
            ],
        )
        self.lifelong = ChipsField(self.tr("Meant for life?"), [("yes", self.tr("yes"))], optional=True)
        self.grace_days = TextField(self.tr("Days of grace"), check=self._grace_words, optional=True)
        self.min_gap_days = TextField(self.tr("Fewest days apart"), check=self._gap_words, optional=True)
        self.book_weeks_before = TextField(
            self.tr("Book, weeks ahead"), check=self._book_words, optional=True
        )

    def _grace_words(self, text: str) -> str:
        days = count(_whole(text, LONGEST_GRACE), "day")
        return self.tr("“Not logged” is said only later than {0} after the planned date.").format(days)

    def _gap_words(self, text: str) -> str:
        days = count(_whole(text, LONGEST_GRACE), "day")
        return self.tr("You are asked when two injections are less than {0} apart.").format(days)

    def _book_words(self, text: str) -> str:
        weeks = count(_whole(text, MOST_WEEKS), "week")
        return self.tr("You are reminded to book or order {0} before the planned date.").format(weeks)


def _whole(text: str, most: int) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) > most:
        raise ValueError(f"Type a whole number, up to {most}.")
    return int(text)
