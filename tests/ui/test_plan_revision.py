"""Changing a plan: what is in force is kept, what is over is left out, who advised it is asked."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from b12desk.desk import Desk, InjectionDraft
from b12desk.domain.records import Person, Plan
from b12desk.ui.dialogs.plan_form import PlanForm
from b12desk.ui.page import Surroundings
from b12desk.ui.widgets.fields import ListField
from tests.helpers.clock import FixedClock
from tests.helpers.window import every_weeks

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bo(desk: Desk) -> Person:
    desk.people.add("Bo")
    return desk.people.find("Bo")


def opened(qtbot: QtBot, desk: Desk, person: Person) -> PlanForm:
    form = PlanForm(desk, person)
    qtbot.addWidget(form)
    form.show()
    return form


def said(form: PlanForm) -> str:
    return " ".join(one.text() for one in form.findChildren(QLabel))


def save(qtbot: QtBot, form: PlanForm, told_by: str = "Dr Lee") -> None:
    form.order.ordered_by.set_text(told_by)
    qtbot.mouseClick(form.save_button, LEFT)


def newest(desk: Desk, person: Person) -> Plan:
    return desk.plans.revisions(person.id)[-1]


def test_every_field_of_the_order_is_shown_and_kept(qtbot: QtBot, desk: Desk, bo: Person) -> None:
    order = {
        "first_on": "2026-12-01",
        "review_on": "2027-06-30",
        "grace_days": 3,
        "min_gap_days": 5,
        "lifelong": True,
    }
    desk.plans.set(bo.id, every_weeks(8, "2026-11-01") | order)
    form = opened(qtbot, desk, bo)
    assert (form.order.grace_days.text, form.order.min_gap_days.text) == ("3", "5")
    save(qtbot, form)
    plan = newest(desk, bo)
    assert (plan.first_on, plan.review_on) == (date(2026, 12, 1), date(2027, 6, 30))
    assert (plan.grace_days, plan.min_gap_days, plan.lifelong) == (3, 5, True)
    assert plan.started_on == date(2026, 11, 21)


def test_the_fields_of_the_order_can_be_changed(qtbot: QtBot, desk: Desk, bo: Person) -> None:
    desk.plans.set(bo.id, every_weeks(8, "2026-11-01") | {"grace_days": 3, "min_gap_days": 5})
    form = opened(qtbot, desk, bo)
    form.order.grace_days.set_text("7")
    form.order.min_gap_days.set_text(None)
    save(qtbot, form)
    assert (newest(desk, bo).grace_days, newest(desk, bo).min_gap_days) == (7, None)


def test_s39_who_advised_a_change_and_why_is_asked_anew(qtbot: QtBot, desk: Desk, bo: Person) -> None:
    desk.plans.set(bo.id, every_weeks(8, "2026-11-01") | {"ordered_by": "Dr Old", "why": "after the test"})
    form = opened(qtbot, desk, bo)
    assert (form.order.ordered_by.text, form.order.why.text) == (None, None)
    assert form.order.ordered_by.title.text() == "Who advised this?"
    assert "Dr Old" in said(form)
    qtbot.mouseClick(form.save_button, LEFT)
    assert len(desk.plans.revisions(bo.id)) == 1
    save(qtbot, form, "Nurse Kim")
    assert newest(desk, bo).ordered_by == "Nurse Kim"
    assert newest(desk, bo).why is None


def test_s39_loading_that_is_over_does_not_begin_again_with_a_revision(
    qtbot: QtBot, desk: Desk, bo: Person
) -> None:
    data = every_weeks(8, "2026-11-02")
    loading = {"name": "Loading", "dose": "1000 ug", "every": {"days": 2}, "until": {"doses": 2}}
    data["phases"].insert(0, loading)
    desk.plans.set(bo.id, data)
    for day in (date(2026, 11, 2), date(2026, 11, 4)):
        desk.injections.log_injection(bo.id, InjectionDraft(on=day, dose="1000 ug", route="IM"))
    before = desk.plans.due(bo.id).due[0].planned
    form = opened(qtbot, desk, bo)
    assert [phase.name.text for phase in form.phases] == ["Maintenance"]
    assert "Left out, because it is over: Loading." in said(form)
    save(qtbot, form)
    assert desk.plans.due(bo.id).due[0].planned == before


def test_a_loading_under_way_says_that_the_new_order_counts_from_one(
    qtbot: QtBot, desk: Desk, bo: Person
) -> None:
    data = every_weeks(8, "2026-11-18")
    loading = {"name": "Loading", "dose": "1000 ug", "every": {"days": 2}, "until": {"doses": 6}}
    data["phases"].insert(0, loading)
    desk.plans.set(bo.id, data)
    desk.injections.log_injection(bo.id, InjectionDraft(on=date(2026, 11, 18), dose="1000 ug", route="IM"))
    form = opened(qtbot, desk, bo)
    assert "Loading: 1 of 6 are behind you" in said(form)


def test_fixed_dates_go_on_with_the_next_planned_one(
    qtbot: QtBot, desk: Desk, bo: Person, clock: FixedClock
) -> None:
    data = every_weeks(4, "2026-11-02") | {"anchor": "fixed_dates", "first_on": "2026-11-02"}
    desk.plans.set(bo.id, data)
    desk.injections.log_injection(bo.id, InjectionDraft(on=date(2026, 11, 2), dose="1000 ug", route="IM"))
    form = opened(qtbot, desk, bo)
    assert form.order.first_on.value == date(2026, 11, 30)
    save(qtbot, form)
    assert desk.plans.due(bo.id).due[0].on == date(2026, 11, 30)


def test_a_template_leaves_the_persons_own_words_and_dates(qtbot: QtBot, desk: Desk, bo: Person) -> None:
    form = opened(qtbot, desk, bo)
    form.order.ordered_by.set_text("Dr Lee")
    form.order.grace_days.set_text("2")
    form.template.set_value("R14")
    form.template.edited.emit()
    assert (form.order.ordered_by.text, form.order.grace_days.text) == ("Dr Lee", "2")
    assert form.order.min_gap_days.text == "3"


def test_s46_a_route_left_open_by_a_template_must_be_chosen(
    qtbot: QtBot, around: Surroundings, desk: Desk, bo: Person
) -> None:
    form = opened(qtbot, desk, bo)
    form.template.set_value("R9")
    form.template.edited.emit()
    assert [phase.route.value for phase in form.phases] == [None] * 4
    assert "route" in form._words.text()


def test_weekdays_left_open_by_a_template_are_chosen_in_a_list(qtbot: QtBot, desk: Desk, bo: Person) -> None:
    form = opened(qtbot, desk, bo)
    form.template.set_value("R1")
    form.template.edited.emit()
    loading = form.phases[0]
    offered = next(field for field in loading.findChildren(ListField) if field.box.count() > 30)
    assert offered.value is None
    offered.box.setCurrentIndex(offered.box.findText("mon, wed, fri"))
    offered.edited.emit()
    assert (loading.every_kind.value, loading.every.text) == ("weekdays", "mon wed fri")
