"""The injections table: planned against given, sortable and filterable."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from b12desk.desk import Desk, InjectionDraft
from b12desk.domain.records import Person
from b12desk.ui.dialogs.injection_edit import InjectionEditForm
from b12desk.ui.page import Surroundings
from b12desk.ui.pages.injections import InjectionsPage
from b12desk.ui.table_model import Column, RowsModel, RowsProxy

DISPLAY = Qt.ItemDataRole.DisplayRole


@pytest.fixture
def page(qtbot: QtBot, around: Surroundings, desk: Desk, person: Person) -> InjectionsPage:
    for day, note in (("2026-08-10", "after travel"), ("2026-11-20", None)):
        draft = InjectionDraft(
            on=date.fromisoformat(day),
            product_id=desk.products.unknown(person.id).id,
            dose="1000 ug",
            note=note,
        )
        draft.answers = "none"
        desk.injections.log_injection(person.id, draft)
    made = InjectionsPage(around, person)
    qtbot.addWidget(made)
    made.show()
    return made


def column(page: InjectionsPage, title: str) -> list[str]:
    proxy = page.table.proxy
    titles = [one.title for one in page.table.model.columns]
    where = titles.index(title)
    return [proxy.index(row, where).data(DISPLAY) for row in range(proxy.rowCount())]


def test_the_model_keeps_qts_rules(page: InjectionsPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.table.model)
    qtmodeltester.check(page.table.proxy)


def test_the_newest_stands_on_top_with_the_days_since_the_one_before(page: InjectionsPage) -> None:
    assert column(page, "Day")[1:] == ["20 Nov 2026", "6 Oct 2026", "10 Aug 2026"]
    assert column(page, "Days since")[1:] == ["45", "57", ""]


def test_days_sort_as_days_and_not_as_text(page: InjectionsPage) -> None:
    page.table.sort(0)
    assert column(page, "Day")[:3] == ["10 Aug 2026", "6 Oct 2026", "20 Nov 2026"]


def test_what_is_planned_is_told_from_what_was_given(page: InjectionsPage) -> None:
    assert column(page, "What")[:2] == ["planned", "given, extra"]


def test_the_filter_keeps_rows_with_every_word(qtbot: QtBot, page: InjectionsPage) -> None:
    qtbot.keyClicks(page.table.filter, "travel AUG")
    assert column(page, "Day") == ["10 Aug 2026"]


def test_enter_on_a_row_opens_it_and_delete_takes_it_away(
    qtbot: QtBot, desk: Desk, page: InjectionsPage
) -> None:
    opened: list[object] = []
    page.form_opened.connect(opened.append)
    page.table.view.selectRow(1)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    assert isinstance(opened[0], InjectionEditForm)
    opened[0].deleteLater()
    page.table.view.selectRow(1)
    qtbot.keyClick(page.table.view, Qt.Key.Key_Delete)
    page.refresh(frozenset({"due"}))
    assert "20 Nov 2026" not in column(page, "Day")
    desk.history.undo()
    page.refresh(frozenset({"due"}))
    assert "20 Nov 2026" in column(page, "Day")


def test_an_empty_table_says_what_to_do(qtbot: QtBot, around: Surroundings, desk: Desk) -> None:
    desk.people.add("Bo")
    page = InjectionsPage(around, desk.people.find("Bo"))
    qtbot.addWidget(page)
    page.show()
    assert not page.table.isVisible()


def test_rows_without_a_value_sort_before_the_others(qtmodeltester: ModelTester) -> None:
    model = RowsModel([Column[int]("n", str, lambda row: row or None)])
    model.set_rows([3, 0, 1])
    proxy = RowsProxy(model)
    proxy.sort(0)
    assert [proxy.index(row, 0).data(DISPLAY) for row in range(3)] == ["0", "1", "3"]
    qtmodeltester.check(model)
