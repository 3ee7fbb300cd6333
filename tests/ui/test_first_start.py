"""The first start: from nobody to a next date, each step skippable."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from b12desk.desk import Desk
from b12desk.ui.dialogs.last_injection_form import LastInjectionForm
from b12desk.ui.dialogs.person_form import PersonForm
from b12desk.ui.dialogs.plan_form import PlanForm
from b12desk.ui.dialogs.product_form import ProductForm
from b12desk.ui.first_start import FirstStart
from b12desk.ui.page import Surroundings

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def start(qtbot: QtBot, around: Surroundings) -> FirstStart:
    made = FirstStart(around)
    qtbot.addWidget(made)
    made.show()
    return made


def save(qtbot: QtBot, start: FirstStart) -> None:
    qtbot.mouseClick(start.form.save_button, LEFT)


def test_ten_weeks_ago_and_every_twelve_weeks_is_due_in_two(
    qtbot: QtBot, start: FirstStart, desk: Desk
) -> None:
    assert isinstance(start.form, PersonForm)
    qtbot.keyClicks(start.form.name.line, "Ann")
    save(qtbot, start)
    assert isinstance(start.form, ProductForm)
    qtbot.keyClicks(start.form.name.line, "Hydroxocobalamin 1 mg")
    start.form.form.set_value("hydroxocobalamin")
    qtbot.keyClicks(start.form.strength.line, "1000 mcg/mL")
    save(qtbot, start)
    assert isinstance(start.form, PlanForm)
    phase = start.form.phases[0]
    assert phase.product.value == "Hydroxocobalamin 1 mg"
    qtbot.keyClicks(phase.name.line, "Maintenance")
    qtbot.keyClicks(phase.dose.line, "1000 ug")
    qtbot.keyClicks(phase.every.line, "12")
    qtbot.mouseClick(start.form.order.anchor.chips.chip("last_injection"), LEFT)
    save(qtbot, start)
    assert isinstance(start.form, LastInjectionForm)
    qtbot.keyClicks(start.form.day.line, "10 weeks ago")
    with qtbot.waitSignal(start.finished) as finished:
        save(qtbot, start)
    due = desk.plans.due(finished.args[0]).due
    assert [one.on for one in due] == [date(2026, 12, 5)]


def test_everything_can_be_skipped(qtbot: QtBot, start: FirstStart, desk: Desk) -> None:
    with qtbot.waitSignal(start.finished):
        for _step in range(4):
            qtbot.mouseClick(start.form.cancel_button, LEFT)
    assert [person.name for person in desk.people.list()] == ["Me"]
    assert desk.products.unknown(desk.people.list()[0].id).name == "unknown"


def test_a_person_without_a_name_is_asked_for_one(qtbot: QtBot, start: FirstStart, desk: Desk) -> None:
    save(qtbot, start)
    assert isinstance(start.form, PersonForm)
    assert start.form.name.below.text() == "Please fill this in."
    assert desk.people.list() == []


def test_another_persons_start_can_be_cancelled(qtbot: QtBot, around: Surroundings, desk: Desk) -> None:
    desk.people.add("Ann")
    start = FirstStart(around, may_cancel=True)
    qtbot.addWidget(start)
    with qtbot.waitSignal(start.cancelled):
        qtbot.mouseClick(start.form.cancel_button, LEFT)
    assert [person.name for person in desk.people.list()] == ["Ann"]
