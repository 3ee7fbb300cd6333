"""The message to the clinic about what was not given: dates filled in, nothing proposed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

from b12desk.domain.clinic_message import message_to_clinic
from b12desk.domain.records import Amount, Every, Injection, Phase, Until

TODAY = date(2026, 6, 8)
DOSE = Amount(Decimal("1000"), "ug")
LAST = Injection(
    id="i",
    person_id="p",
    recorded_at=datetime(2026, 4, 5, tzinfo=UTC),
    on=date(2026, 4, 5),
    zone="Europe/Berlin",
    product_id="unknown",
    dose=DOSE,
)
PHASE = Phase(name="Maintenance", dose=DOSE, every=Every(days=28), until=Until(open_end="no_end"))


def test_s34_the_message_has_the_dates_filled_in() -> None:
    assert message_to_clinic([date(2026, 5, 3)], LAST, PHASE, "Dr Example", TODAY) == (
        "My vitamin B12 injection planned for 3 May 2026 was not given, as of 8 June 2026.\n"
        "The last one was given on 5 April 2026, 1000 micrograms (1 mg), 64 days ago.\n"
        "The plan (ordered by Dr Example): Maintenance: 1000 micrograms (1 mg) IM every 28 days, "
        "without an end date.\n"
        "When should I have the next one, please? Until I hear from you I take nothing extra."
    )


def test_several_are_named_together_and_nothing_is_needed_beside_them() -> None:
    text = message_to_clinic([date(2026, 5, 31), date(2026, 5, 3)], None, None, None, TODAY)
    assert text.startswith("My vitamin B12 injections planned for 3 May 2026 and 31 May 2026 were not given")
    assert "No injection before that is recorded." in text


def test_s33_it_proposes_no_date_and_no_amount() -> None:
    text = message_to_clinic([date(2026, 5, 3)], LAST, None, None, TODAY)
    days = re.findall(r"\d+ \w+ 2026", text)
    assert days == ["3 May 2026", "8 June 2026", "5 April 2026"]
    assert not re.search(r"double|catch up|increase|overdue", text)
