"""Two periods, questions for a visit and the records behind a date, from a real diary."""

from __future__ import annotations

from datetime import date, timedelta

from b12desk.desk import Desk, InjectionDraft, LabDraft
from b12desk.domain.periods import Period
from tests.desk.conftest import TWELVE_WEEKS

SINCE, UNTIL = date(2026, 3, 1), date(2026, 6, 1)


def fill(desk: Desk, person: str) -> None:
    """Fog from 6 to 3 in spring; a B12 result in each period, the second within its range."""
    for back in range(150):
        day = UNTIL - timedelta(days=back)
        desk.entries.log_scores(person, {"fog": 3 if day >= SINCE else 6}, day)
    for value, day in (("120", "2026-01-10"), ("400", "2026-05-20")):
        desk.lab_entries.log_lab(person, LabDraft("serum_b12", value, "pmol/L", day, low="150", high="560"))
    desk.entries.log_trend(person, "better", on=date(2026, 5, 1))


def test_s72_labs_and_symptoms_of_two_periods_stand_together(desk: Desk, ann: str) -> None:
    fill(desk, ann)
    found = desk.comparing.periods(ann, since=SINCE, until=UNTIL)
    assert (found.first, found.second) == (
        Period(date(2025, 11, 28), date(2026, 2, 28)),
        Period(SINCE, UNTIL),
    )
    (fog,) = found.symptoms
    assert fog.first is not None
    assert fog.second is not None
    assert (fog.first.median, fog.second.median) == (6, 3)
    (b12,) = found.labs
    assert (b12.first, b12.second) == ("120 pmol/L, 10 January 2026", "400 pmol/L, 20 May 2026")
    assert ("Noted as", "", "better 1 time") in [
        (row.label, row.first, row.second) for row in found.injections
    ]


def test_without_a_start_everything_is_halved(desk: Desk, ann: str) -> None:
    fill(desk, ann)
    found = desk.comparing.periods(ann)
    assert found.second.until == UNTIL
    assert found.first.until + timedelta(days=1) == found.second.since
    assert found.second.until - found.second.since == found.first.until - found.first.since


def test_s51_the_question_comes_from_the_entries(desk: Desk, ann: str) -> None:
    fill(desk, ann)
    (question,) = desk.comparing.questions(ann)
    assert "within the laboratory's own range (20 May 2026)" in question
    assert "Brain fog (median 3 of 10)" in question
    assert desk.comparing.questions(ann, until=date(2026, 2, 1)) == ()


def test_the_records_behind_a_date_are_named(desk: Desk, ann: str) -> None:
    desk.plans.set(ann, TWELVE_WEEKS)
    product = desk.products.find(ann, "Ampoule").id
    given = desk.injections.log_injection(
        ann, InjectionDraft(on=date(2026, 4, 1), product_id=product, dose="1000 ug", volume="1 mL")
    )
    (coming,) = desk.plans.due(ann).due[-1:]
    found = desk.views.sources(ann, coming)
    assert [source.kind for source in found] == ["plan", "injection"]
    assert found[1].id == given.records[0].id
    assert found[1].text == "Injection of 1 April 2026"


def test_the_newest_revision_splits_the_overlay(desk: Desk, ann: str) -> None:
    assert desk.pictures.overlay(ann, compared=True).revised_on is None
