"""Labs: results as reported with the other unit beside them, and a form that never guesses a unit."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from b12desk.desk import Desk, LabDraft
from b12desk.domain.records import Person
from b12desk.ui.labs.lab_edit import LabEditForm
from b12desk.ui.labs.lab_form import LabForm
from b12desk.ui.page import Surroundings
from b12desk.ui.pages.labs import LabsPage
from tests.ui import lab_samples

DISPLAY = Qt.ItemDataRole.DisplayRole


@pytest.fixture
def page(qtbot: QtBot, around: Surroundings, desk: Desk, person: Person) -> LabsPage:
    for value, day in (("312", "2026-10-05"), (">2000", "2026-10-20"), ("95", "2026-01-05")):
        desk.lab_entries.log_lab(
            person.id, LabDraft("serum_b12", value, "pg/mL", day, low="200", high="900", flag="H")
        )
    made = LabsPage(around, person)
    desk.subscribe(lambda outcome: made.refresh(outcome.changed))
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def form(qtbot: QtBot, desk: Desk, person: Person) -> LabForm:
    made = LabForm(desk, person)
    qtbot.addWidget(made)
    made.show()
    return made


def column(page: LabsPage, title: str) -> list[str]:
    where = [one.title for one in page.table.model.columns].index(title)
    proxy = page.table.proxy
    return [proxy.index(row, where).data(DISPLAY) for row in range(proxy.rowCount())]


def typed(field: object, text: str) -> None:
    field.line.setText(text)  # type: ignore[attr-defined]
    field.line.textEdited.emit(text)  # type: ignore[attr-defined]


def test_the_model_keeps_qts_rules(page: LabsPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.table.model)
    qtmodeltester.check(page.table.proxy)


def test_both_units_the_range_and_the_flag_stand_there_without_a_verdict(page: LabsPage) -> None:
    assert column(page, "Result") == [">2000 pg/mL", "312 pg/mL", "95 pg/mL"]
    assert column(page, "Other unit") == [">1476 pmol/L", "230.2 pmol/L", "70.09 pmol/L"]
    assert set(column(page, "Laboratory's range")) == {"200 to 900"}
    assert set(column(page, "Its flag")) == {"H"}
    colour = Qt.ItemDataRole.ForegroundRole
    cells = [page.table.model.index(row, place) for row in range(3) for place in range(8)]
    assert {cell.data(colour) for cell in cells} == {None}


def test_days_since_the_injection_before_the_sample(page: LabsPage) -> None:
    assert column(page, "Days since") == ["14", "", ""]


def test_results_sort_by_their_size(page: LabsPage) -> None:
    page.table.sort(2)
    assert column(page, "Result") == ["95 pg/mL", "312 pg/mL", ">2000 pg/mL"]


def test_the_unit_is_never_taken_for_granted(form: LabForm, desk: Desk, person: Person) -> None:
    typed(form.value, "312")
    form.day.set_value(date(2026, 10, 5))
    form.save()
    assert desk.views.labs(person.id) == []
    assert "choose the unit" in form.unit.below.text()


def test_the_other_unit_is_shown_while_one_types(form: LabForm) -> None:
    typed(form.value, ">2000")
    form.unit.set_value("pg/mL")
    form.changed_by_typing()
    assert form.unit.below.text() == "= >1476 pmol/L"


def test_a_number_with_two_readings_is_asked_about_in_place(
    form: LabForm, desk: Desk, person: Person
) -> None:
    typed(form.value, "1.000")
    form.unit.set_value("pg/mL")
    form.day.set_value(date(2026, 10, 5))
    form.changed_by_typing()
    assert "can be read as" in form._hint.text()
    form.save()
    assert form.questions.isVisible()
    form.questions.answer("1000")
    assert [row.result.value for row in desk.views.labs(person.id)] == ["1000"]


def test_units_follow_the_test(form: LabForm) -> None:
    form.analyte.set_value("haemoglobin")
    form.analyte.edited.emit()
    units = [form.unit.box.itemData(place) for place in range(form.unit.box.count())]
    assert units[0] is None
    assert "g/dL" in units
    assert "pg/mL" not in units


def test_the_original_file_is_opened_from_a_private_copy(
    page: LabsPage, desk: Desk, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) is None
    )
    path = lab_samples.file_of(tmp_path, lab_samples.PLAIN)
    page.import_files([path])
    assert page.review is not None
    page.review.confirm.click()
    rows = [page.table.proxy.row_at(page.table.proxy.index(row, 0)) for row in range(5)]
    page.table.view.selectRow(next(place for place, row in enumerate(rows) if row.result.document_id))
    page.original.click()
    assert opened[0].read_bytes() == path.read_bytes()
    assert stat.S_IMODE(opened[0].stat().st_mode) == 0o600


def test_a_result_is_edited_without_touching_the_rest(
    page: LabsPage, qtbot: QtBot, desk: Desk, person: Person
) -> None:
    result = next(row.result for row in page.table.model.rows if row.result.comparator)
    edit = LabEditForm(desk, person, result)
    qtbot.addWidget(edit)
    typed(edit.flag, "*")
    edit.save()
    after = next(row.result for row in page.table.model.rows if row.result.id == result.id)
    assert (after.flag, after.value, after.comparator, after.unit) == ("*", "2000", ">", "pg/mL")


def test_an_empty_page_says_what_to_do_next(qtbot: QtBot, around: Surroundings, person: Person) -> None:
    page = LabsPage(around, person)
    qtbot.addWidget(page)
    page.show()
    assert page._empty.button.isVisible()
    assert not page.table.isVisible()
