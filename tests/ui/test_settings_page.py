"""Settings: a choice is in force and kept at once; people, products and plan; history taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from b12desk import settings
from b12desk.desk import Desk
from b12desk.domain.records import Person, Product
from b12desk.ui.dialogs.plan_form import PlanForm
from b12desk.ui.form import Form
from b12desk.ui.page import Surroundings
from b12desk.ui.pages.settings import SettingsPage
from b12desk.ui.settings.person_edit import PersonEditForm
from b12desk.ui.settings.product_edit import ProductEditForm


@pytest.fixture
def page(qtbot: QtBot, around: Surroundings, desk: Desk, person: Person, tmp_path: Path) -> SettingsPage:
    around.save_settings = lambda chosen: settings.save(tmp_path / "settings.json", chosen)
    made = SettingsPage(around, person)
    desk.subscribe(lambda outcome: made.refresh(outcome.changed))
    qtbot.addWidget(made)
    made.show()
    return made


def kept(tmp_path: Path) -> settings.Settings:
    return settings.load(tmp_path / "settings.json").settings


def forms(page: SettingsPage, qtbot: QtBot) -> list[Form]:
    opened: list[Form] = []

    def keep(form: Form) -> None:
        qtbot.addWidget(form)
        opened.append(form)

    page.form_opened.connect(keep)
    return opened


def choose_row(page: SettingsPage, row: int) -> None:
    """Choose one line of the history, whatever keys an earlier test left pressed."""
    flags = QItemSelectionModel.SelectionFlag
    model = page.history.table.view.selectionModel()
    model.select(page.history.table.proxy.index(row, 0), flags.ClearAndSelect | flags.Rows)


def test_the_models_keep_qts_rules(page: SettingsPage, qtmodeltester: ModelTester) -> None:
    for part in (page.people, page.products, page.history):
        qtmodeltester.check(part.table.model)


def test_the_look_changes_at_once_and_is_kept(
    page: SettingsPage, around: Surroundings, tmp_path: Path
) -> None:
    page.computer.theme.chips.chip("dark").click()
    assert around.theme.tokens.dark
    assert kept(tmp_path).theme == "dark"


def test_the_caregiver_is_written_with_new_entries(
    page: SettingsPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    page.computer.who.line.setText("Bea")
    page.computer.who.line.editingFinished.emit()
    assert kept(tmp_path).recorded_by == "Bea"
    desk.entries.log_event(person.id, "note", text="slept badly")
    assert desk.history.list(1)[0].action.by == "Bea"
    page.computer.who.line.setText("")
    page.computer.who.line.editingFinished.emit()
    assert kept(tmp_path).recorded_by == "self"


def test_the_reminder_time_is_kept_once_it_is_a_time(page: SettingsPage, tmp_path: Path) -> None:
    line = page.computer.time.line
    line.setText("25:00")
    line.editingFinished.emit()
    assert not (tmp_path / "settings.json").exists()
    line.setText("8 pm")
    line.editingFinished.emit()
    assert kept(tmp_path).reminder_time == "20:00"


def test_neutral_pop_ups_are_kept_and_in_force(page: SettingsPage, desk: Desk, tmp_path: Path) -> None:
    page.computer.neutral.chips.chip("yes").click()
    assert kept(tmp_path).neutral_notifications
    assert desk.reminders._choices.neutral


def test_options_of_other_versions_survive(page: SettingsPage, around: Surroundings, tmp_path: Path) -> None:
    around.settings = settings.Settings(others={"future": 1})
    page.computer.paper.chips.chip("Letter").click()
    assert kept(tmp_path).others == {"future": 1}


def test_a_person_is_edited_field_by_field(
    page: SettingsPage, qtbot: QtBot, desk: Desk, person: Person
) -> None:
    opened = forms(page, qtbot)
    page.people.open(person)
    form = opened[0]
    assert isinstance(form, PersonEditForm)
    form.emergency.set_text("112")
    form.neurological.set_value("yes")
    form.save()
    after = desk.people.find("Ann")
    assert (after.emergency_number, after.neurological, after.name) == ("112", "yes", "Ann")
    assert page.people.table.model.rows[0].emergency_number == "112"


def test_a_product_is_edited_and_cannot_be_deleted_while_it_is_used(
    page: SettingsPage, qtbot: QtBot, desk: Desk, person: Person
) -> None:
    desk.products.add(person.id, "Ampoule", form="hydroxocobalamin", strength="1000 ug/mL", volume="1 mL")
    assert [row.name for row in page.products.table.model.rows] == ["Ampoule"]
    opened = forms(page, qtbot)
    product = page.products.table.model.rows[0]
    assert isinstance(product, Product)
    page.products.open(product)
    form = opened[0]
    assert isinstance(form, ProductEditForm)
    form.brand.set_text("Sample A")
    form.save()
    assert desk.products.find(person.id, "Ampoule").brand == "Sample A"
    page.products.table.view.selectRow(0)
    page.products.delete.click()
    assert page.products.table.model.rows == []


def test_the_plan_is_said_in_words_and_changed_from_what_is_in_force(
    page: SettingsPage, qtbot: QtBot
) -> None:
    opened = forms(page, qtbot)
    page.show_part("plan")
    assert page.plan.change.isVisible()
    page.plan.open_plan()
    form = opened[0]
    assert isinstance(form, PlanForm)
    assert form.data()["phases"][0]["every"] == {"weeks": 8}


def test_several_actions_are_taken_back_the_newest_first(
    page: SettingsPage, desk: Desk, person: Person
) -> None:
    for score in (3, 4):
        desk.entries.log_scores(person.id, {"tingling": score})
    page.show_part("history")
    view = page.history.table.view
    view.selectAll()
    newest = page.history.selected[:2]
    assert [one.action.name for one in newest] == ["log symptom", "log symptom"]
    choose_row(page, 0)
    page.history.take_back.click()
    assert desk.views.today(person.id).scores == {"tingling": 3}


def test_what_later_entries_stand_on_stays_and_is_said(
    page: SettingsPage, desk: Desk, person: Person
) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    desk.entries.log_scores(person.id, {"tingling": 3})
    desk.entries.log_scores(person.id, {"tingling": 4})
    page.show_part("history")
    choose_row(page, 1)
    page.history.take_back.click()
    assert len(told) == 1
    assert desk.views.today(person.id).scores == {"tingling": 4}


def test_the_check_says_that_nothing_is_damaged(page: SettingsPage) -> None:
    page.show_part("diary")
    page.diary.check.click()
    assert "nothing is damaged" in page.diary.result.text()
    assert page.diary.check.isEnabled()
