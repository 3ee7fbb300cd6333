"""A few records of several kinds, with text that is hard on file formats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal

from b12desk.domain.records import Amount, Event, Injection, LabResult, Person, Product, Record, Score

AT = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
BASE = {"person_id": "p", "recorded_by": "self", "recorded_at": AT}
HARD = '=HYPERLINK("x"), "quoted"\nsecond line; µg'

RECORDS: tuple[Record, ...] = (
    Person(id="p", person_id="p", recorded_at=AT, name="Ada"),
    Product(
        id="h",
        **BASE,
        name="-Hydroxo",
        form="hydroxocobalamin",
        strength=Amount(Decimal("1000"), "ug/mL"),
        volume=Amount(Decimal("1.0"), "mL"),
    ),
    Injection(
        id="i2",
        **BASE,
        on=date(2026, 1, 7),
        zone="Europe/London",
        product_id="h",
        dose=Amount(Decimal("1.10"), "mg"),
    ),
    Injection(
        id="i1", **BASE, on=date(2026, 1, 5), at=time(9, 30), zone="Europe/London", product_id="h", note=HARD
    ),
    Score(id="s2", **BASE, symptom="fog", on=date(2026, 1, 5), score=4),
    Score(id="s1", **BASE, symptom="tingling", on=date(2026, 1, 5), score=0, note="'so-so'"),
    Event(id="e", **BASE, what="@note", on=date(2026, 1, 6), tags=("sleep", "a,b")),
    LabResult(id="l", **BASE, analyte="serum_b12", collected="2026-01-05T08:40", value="-1.50", unit="ng/L"),
)


def records(cls: type[Record]) -> Iterable[Record]:
    """The records of one kind, in no useful order."""
    return [record for record in reversed(RECORDS) if type(record) is cls]
