"""Forms: checked as one types, both units shown, questions in place, nothing lost by looking elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from b12desk.desk import Desk
from b12desk.domain.records import Event, Injection, NotGiven, Person, Reaction
from b12desk.ui.dialogs.clinic_word import AgreeForm
from b12desk.ui.dialogs.event_form import EventForm
from b12desk.ui.dialogs.injection_edit import InjectionEditForm
from b12desk.ui.dialogs.injection_form import InjectionForm
from b12desk.ui.dialogs.not_given import NotGivenForm
from b12desk.ui.dialogs.not_given_edit import NotGivenEditForm
from b12desk.ui.dialogs.plan_form import PlanForm
from b12desk.ui.dialogs.reaction_form import ReactionForm
from b12desk.ui.dialogs.symptom_form import SymptomForm
from b12desk.ui.form import Form
from tests.helpers.clock import FixedClock
from tests.helpers.window import every_weeks

LEFT = Qt.MouseButton.LeftButton


def kept(desk: Desk, kind: type, person: Person) -> list:
    return desk._context.diary.records(kind, person_id=person.id)


def shown(qtbot: QtBot, form: Form) -> Form:
    qtbot.addWidget(form)
    form.show()
    form.start()
    return form


@pytest.fixture
def form(qtbot: QtBot, desk: Desk, person: Person) -> InjectionForm:
    made = InjectionForm(desk, person)
    shown(qtbot, made)
    return made


def type_over(qtbot: QtBot, field, text: str) -> None:
    field.line.selectAll()
    qtbot.keyClicks(field.line, text)


def test_s41_a_dose_is_echoed_in_the_other_unit_while_it_is_typed(qtbot: QtBot, form: InjectionForm) -> None:
    type_over(qtbot, form.dose, "1 mg")
    assert form.dose.below.text() == "1 mg (1000 micrograms)"


def test_a_dose_that_cannot_be_read_is_said_below_the_field_and_not_saved(
    qtbot: QtBot, desk: Desk, person: Person, form: InjectionForm
) -> None:
    type_over(qtbot, form.dose, "a lot")
    assert "a lot" in form.dose.below.text()
    qtbot.mouseClick(form.save_button, LEFT)
    assert len(kept(desk, Injection, person)) == 1
    assert form.dose.line.property("wrong") is True


def test_s43_a_question_stands_in_place_and_no_leaves_everything_as_typed(
    qtbot: QtBot, desk: Desk, person: Person, form: InjectionForm
) -> None:
    type_over(qtbot, form.dose, "1000 mg")
    qtbot.mouseClick(form.save_button, LEFT)
    assert "1000 mg (1000000 micrograms)" in form.questions.text
    qtbot.mouseClick(form.questions.findChild(QPushButton, "answer_no"), LEFT)
    assert len(kept(desk, Injection, person)) == 1
    assert form.dose.text == "1000 mg"
    assert not form.questions.isVisible()


def test_each_question_is_answered_before_anything_is_written(
    qtbot: QtBot, desk: Desk, person: Person, form: InjectionForm
) -> None:
    type_over(qtbot, form.day, "6 October 2026")
    form.time.set_text("")
    type_over(qtbot, form.dose, "2000 ug")
    qtbot.mouseClick(form.save_button, LEFT)
    asked = []
    while form.questions.isVisible():
        assert len(kept(desk, Injection, person)) == 1
        asked.append(form.questions.text)
        form.questions.answer("yes")
    assert any("more than most" in text for text in asked)
    assert any("second one" in text for text in asked)
    assert len(kept(desk, Injection, person)) == 2


def test_a_day_to_come_is_refused_as_it_is_typed(qtbot: QtBot, form: InjectionForm) -> None:
    type_over(qtbot, form.day, "24 December 2026")
    assert form.day.below.text() == "That day is still to come."


def test_site_side_and_a_reaction_are_kept_with_the_injection(
    qtbot: QtBot, desk: Desk, person: Person, form: InjectionForm
) -> None:
    qtbot.mouseClick(form.site.chips.chip("hip"), LEFT)
    qtbot.mouseClick(form.side.chips.chip("right"), LEFT)
    qtbot.mouseClick(form.reaction.chips.chip("redness"), LEFT)
    form.planned.set_value("none")
    qtbot.mouseClick(form.save_button, LEFT)
    while form.questions.isVisible():
        form.questions.answer("yes")
    newest = kept(desk, Injection, person)[-1]
    assert (newest.site, newest.side) == ("hip", "right")
    assert [(one.what, one.injection_id) for one in kept(desk, Reaction, person)] == [("redness", newest.id)]
    desk.history.undo()  # one action, so one undo
    assert len(kept(desk, Injection, person)) == 1
    assert kept(desk, Reaction, person) == []


def test_an_expiry_without_a_day_means_the_last_of_the_month_and_says_so(
    qtbot: QtBot, desk: Desk, person: Person, form: InjectionForm
) -> None:
    type_over(qtbot, form.expiry, "05/2027")
    assert form.expiry.below.text() == "31 May 2027, the last day of the month"
    form.planned.set_value("none")
    qtbot.mouseClick(form.save_button, LEFT)
    assert kept(desk, Injection, person)[-1].expiry == date(2027, 5, 31)


def test_leaving_a_form_with_something_typed_asks_in_place(qtbot: QtBot, form: InjectionForm) -> None:
    type_over(qtbot, form.lot, "A4471")
    with qtbot.assertNotEmitted(form.finished):
        form.leave()
        assert form._leaving.isVisible()
        form.leave()
    form.leave()
    with qtbot.waitSignal(form.finished):
        qtbot.mouseClick(form._leave_button, LEFT)


def test_an_untouched_form_is_left_at_once(qtbot: QtBot, form: InjectionForm) -> None:
    with qtbot.waitSignal(form.finished) as left:
        form.leave()
    assert left.args == [None]


def test_an_edit_changes_only_what_was_typed_anew(qtbot: QtBot, desk: Desk, person: Person) -> None:
    before = kept(desk, Injection, person)[0]
    form = InjectionEditForm(desk, person, before)
    shown(qtbot, form)
    type_over(qtbot, form.lot, "A4471")
    qtbot.mouseClick(form.save_button, LEFT)
    after = kept(desk, Injection, person)[0]
    assert after.lot == "A4471"
    assert (after.on, after.dose, after.site, after.id) == (before.on, before.dose, before.site, before.id)


def test_s33_a_missed_one_is_noted_without_planning_another(
    qtbot: QtBot, clock: FixedClock, desk: Desk, person: Person
) -> None:
    clock.set("2026-12-05T10:00")
    open_one = desk.plans.due(person.id).due[0]
    form = NotGivenForm(desk, person, open_one)
    shown(qtbot, form)
    qtbot.mouseClick(form.reason.chips.chip("missed"), LEFT)
    assert "Do not take extra" in form._ask_clinic.text()
    qtbot.mouseClick(form.save_button, LEFT)
    assert [one.reason for one in kept(desk, NotGiven, person)] == ["missed"]
    assert [one.on for one in desk.plans.due(person.id).due] == [None]


def test_an_entry_about_one_not_given_can_be_changed(
    qtbot: QtBot, clock: FixedClock, desk: Desk, person: Person
) -> None:
    clock.set("2026-12-05T10:00")
    desk.injections.log_not_given(person.id, date(2026, 12, 1), "missed")
    form = NotGivenEditForm(desk, person, kept(desk, NotGiven, person)[0])
    shown(qtbot, form)
    qtbot.mouseClick(form.reason.chips.chip("postponed"), LEFT)
    qtbot.mouseClick(form.save_button, LEFT)
    assert "belongs to a postponed" in form.day.below.text()
    type_over(qtbot, form.day, "9 December 2026")
    qtbot.mouseClick(form.save_button, LEFT)
    entry = kept(desk, NotGiven, person)[0]
    assert (entry.reason, entry.moved_to) == ("postponed", date(2026, 12, 9))
    assert desk.plans.due(person.id).due[0].on == date(2026, 12, 9)


def test_s34_the_date_the_clinic_agreed_is_recorded(
    qtbot: QtBot, clock: FixedClock, desk: Desk, person: Person
) -> None:
    clock.set("2026-12-05T10:00")
    desk.injections.log_not_given(person.id, date(2026, 12, 1), "missed")
    form = AgreeForm(desk, person)
    shown(qtbot, form)
    type_over(qtbot, form.day, "9 December 2026")
    type_over(qtbot, form.told_by, "Dr Lee")
    qtbot.mouseClick(form.save_button, LEFT)
    assert desk.plans.due(person.id).due[0].on == date(2026, 12, 9)


def test_s11_an_event_keeps_its_days_and_tags(qtbot: QtBot, desk: Desk, person: Person) -> None:
    form = EventForm(desk, person)
    shown(qtbot, form)
    qtbot.mouseClick(form.kind.chips.chip("illness"), LEFT)
    type_over(qtbot, form.day, "yesterday")
    type_over(qtbot, form.tags, "cold, poor sleep")
    qtbot.mouseClick(form.save_button, LEFT)
    event = kept(desk, Event, person)[0]
    assert (event.what, event.on, event.tags) == ("illness", date(2026, 11, 20), ("cold", "poor sleep"))


def test_a_reaction_can_be_noted_by_itself(qtbot: QtBot, desk: Desk, person: Person) -> None:
    form = ReactionForm(desk, person)
    shown(qtbot, form)
    type_over(qtbot, form.what, "headache")
    qtbot.mouseClick(form.area.chips.chip("general"), LEFT)
    qtbot.mouseClick(form.save_button, LEFT)
    assert [(one.what, one.area, one.severity) for one in kept(desk, Reaction, person)] == [
        ("headache", "general", "mild")
    ]


def test_a_new_symptom_joins_the_daily_list(qtbot: QtBot, desk: Desk, person: Person) -> None:
    form = SymptomForm(desk, person)
    shown(qtbot, form)
    type_over(qtbot, form.own, "Cold feet")
    qtbot.mouseClick(form.save_button, LEFT)
    assert "Cold feet" in [choice.label for choice in desk.entries.symptoms(person.id)]


@pytest.fixture
def plan_form(qtbot: QtBot, desk: Desk) -> PlanForm:
    desk.people.add("Bo")
    made = PlanForm(desk, desk.people.find("Bo"))
    shown(qtbot, made)
    return made


def test_s46_no_template_is_chosen_beforehand(plan_form: PlanForm) -> None:
    assert plan_form.template.value is None
    assert plan_form.phases[0].dose.text is None
    assert plan_form.order.anchor.value is None


def test_s21_a_template_is_copied_and_what_it_leaves_open_stays_open(
    qtbot: QtBot, desk: Desk, plan_form: PlanForm
) -> None:
    plan_form.template.set_value("R1")
    plan_form.template.edited.emit()
    assert [phase.name.text for phase in plan_form.phases] == ["Loading", "Maintenance"]
    assert plan_form.phases[1].every.text is None
    qtbot.mouseClick(plan_form.save_button, LEFT)
    assert desk.plans.current(desk.people.find("Bo").id) is None


def test_every_template_can_be_copied(desk: Desk, plan_form: PlanForm) -> None:
    for preset in desk.plans.presets():
        plan_form.set_data(preset.plan)
        assert [phase.name.text for phase in plan_form.phases] == [
            one["name"] for one in preset.plan["phases"]
        ]


def test_the_plan_is_said_in_words_as_it_is_typed(qtbot: QtBot, desk: Desk, plan_form: PlanForm) -> None:
    phase = plan_form.phases[0]
    type_over(qtbot, phase.name, "Maintenance")
    type_over(qtbot, phase.dose, "1 mg")
    type_over(qtbot, phase.every, "12")
    qtbot.mouseClick(plan_form.order.anchor.chips.chip("last_injection"), LEFT)
    assert "1 mg (1000 micrograms) IM every 12 weeks" in plan_form._words.text()
    qtbot.mouseClick(plan_form.save_button, LEFT)
    plan = desk.plans.current(desk.people.find("Bo").id)
    assert plan is not None
    assert plan.phases[0].every.weeks == 12


def test_a_plan_goes_through_the_form_unchanged(qtbot: QtBot, desk: Desk, plan_form: PlanForm) -> None:
    bo = desk.people.find("Bo")
    data = every_weeks(8, "2026-11-21", volume="1 mL", product="unknown")
    data["phases"].insert(
        0,
        {
            "name": "Loading",
            "dose": "1 mg",
            "product": "unknown",
            "route": "IM",
            "every": {"weekdays": ["mon", "wed", "fri"]},
            "until": {"doses": 6},
        },
    )
    plan_form.set_data(data)
    assert desk.plans.check(bo.id, plan_form.data()).phases == desk.plans.check(bo.id, data).phases


def test_a_phase_can_be_taken_away_again(plan_form: PlanForm) -> None:
    plan_form.add_phase()
    plan_form.add_phase()
    plan_form.phases[0].removed.emit()
    assert [phase.number for phase in plan_form.phases] == [1, 2]
    assert "phases[2].dose" not in plan_form._fields
