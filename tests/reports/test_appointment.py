"""The appointment pages as data: what stands on them, in which words, and that the diary has it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from b12desk.desk import Desk
from b12desk.desk.paper import PaperChoices
from b12desk.domain.wording import short_day
from b12desk.reports.appointment import ITEMS, Appointment, Facts, Item, Picture, Table
from tests.helpers.clock import FixedClock

UNTIL = date(2026, 11, 21)
FORBIDDEN = re.compile(
    r"\b(overdue|normal|abnormal|deficient|increase|safe|unsafe|take it now|should|working|missed your)\b",
    re.I,
)


def pages(desk: Desk, *items: Item) -> Appointment:
    choices = PaperChoices(items or ITEMS)
    return desk.paper.appointment(desk.people.find(None).id, choices=choices)


def tables(appointment: Appointment) -> dict[str, Table]:
    return {block.title: block for block in appointment.blocks if isinstance(block, Table)}


def words(appointment: Appointment) -> str:
    """Every word of the pages but those inside charts."""
    parts = [appointment.person, appointment.subtitle, appointment.footer]
    for block in appointment.blocks:
        parts.append(block.title)
        if isinstance(block, Facts):
            parts += [text for row in block.rows for text in row]
        elif isinstance(block, Table):
            parts += [block.note, block.empty, *block.heads, *(text for row in block.rows for text in row)]
    return "\n".join(parts)


def test_the_pages_have_all_items_in_their_order(sample: Desk) -> None:
    titles = [block.title for block in pages(sample).blocks]
    assert titles == [
        "What was prescribed",
        "Injections",
        "Symptoms by days since the injection",
        "Before the next injection",
        "Timeline",
        "Laboratory results over time",
        "Laboratory results",
        "Two periods beside each other",
        "Reactions and side effects",
        "Events and notes",
        "Questions",
    ]


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_can_stand_alone(sample: Desk, item: Item) -> None:
    assert 1 <= len(pages(sample, item).blocks) <= 2


def test_s14_injections_labs_and_symptoms_stand_together(sample: Desk) -> None:
    appointment = pages(sample)
    assert tables(appointment)["Injections"].rows
    assert tables(appointment)["Laboratory results"].rows
    assert any(isinstance(block, Picture) for block in appointment.blocks)


def test_the_injections_are_those_of_the_window(sample: Desk) -> None:
    person = sample.people.find(None).id
    shown = [row[0] for row in tables(pages(sample))["Injections"].rows]
    expected = [
        row.record.on
        for row in sample.views.injections(person)
        if row.record is not None and row.record.kind == "injection" and row.on >= date(2025, 11, 21)
    ]
    assert [text for text in shown if text[0].isdigit()] == [
        short_day(day, UNTIL) for day in reversed(expected)
    ]


def test_a_lab_result_keeps_its_own_digits_range_and_days_since(sample: Desk) -> None:
    person = sample.people.find(None).id
    rows = tables(pages(sample))["Laboratory results"].rows
    for row in sample.views.labs(person):
        if row.result.on < date(2025, 11, 21):
            continue
        shown = f"{row.result.comparator or ''}{row.result.value}"
        (line,) = [
            one
            for one in rows
            if one[2].startswith(f"{shown} ") and one[0] == short_day(row.result.on, UNTIL)
        ]
        assert line[5] == f"day {row.days_since_injection}"


def test_no_line_judges_or_advises(sample: Desk) -> None:
    assert FORBIDDEN.findall(words(pages(sample))) == []


def test_both_units_stand_beside_each_dose(sample: Desk) -> None:
    for row in tables(pages(sample))["Injections"].rows:
        assert row[3] in ("", "1000 micrograms (1 mg)")


def test_the_sample_says_that_it_is_one(sample: Desk) -> None:
    assert pages(sample).sample


def test_an_empty_diary_says_so(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "diary.db", clock=FixedClock(), create=True) as desk:
        desk.people.add("Ann")
        appointment = pages(desk)
    found = tables(appointment)
    assert not any(table.rows for table in found.values())
    assert found["Injections"].empty == "No injection recorded in this time."
    assert not appointment.sample
