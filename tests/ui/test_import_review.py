"""The import review: nothing is written before Confirm, one undo takes all of it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from b12desk.desk import Desk, LabDraft
from b12desk.domain.records import LabResult, Person
from b12desk.ui.labs.review_model import decision_words, state_words
from b12desk.ui.labs.review_panel import ReviewPanel
from b12desk.ui.labs.unread_lines import UnreadLines
from b12desk.ui.page import Surroundings
from b12desk.ui.pages.labs import LabsPage
from tests.helpers.pdf_files import ENGLISH, pdf, text_page
from tests.ui import lab_samples


@pytest.fixture
def page(qtbot: QtBot, around: Surroundings, person: Person) -> LabsPage:
    made = LabsPage(around, person)
    around.desk.subscribe(lambda outcome: made.refresh(outcome.changed))
    qtbot.addWidget(made)
    made.show()
    return made


def review_of(page: LabsPage, path: Path) -> ReviewPanel:
    page.import_files([path])
    assert page.review is not None
    return page.review


def results(desk: Desk, person: Person) -> list[LabResult]:
    return [row.result for row in desk.views.labs(person.id)]


def values(desk: Desk, person: Person) -> list[str | None]:
    return sorted(result.value or "" for result in results(desk, person))


def test_nothing_is_written_before_confirm(
    page: LabsPage, desk: Desk, person: Person, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    before = desk.counter()
    review = review_of(page, lab_samples.file_of(tmp_path, lab_samples.PLAIN))
    qtmodeltester.check(review.table.model)
    qtmodeltester.check(review.table.proxy)
    assert desk.counter() == before
    review.drop.click()
    assert desk.counter() == before
    assert results(desk, person) == []


def test_confirm_writes_in_one_action_and_one_undo_takes_it_back(
    page: LabsPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    heard = []
    desk.subscribe(heard.append)
    review = review_of(page, lab_samples.file_of(tmp_path, lab_samples.PLAIN))
    assert review.confirm.text() == "Write 2 results"
    review.confirm.click()
    assert values(desk, person) == ["312", "58"]
    assert len(page.table.model.rows) == 2
    assert heard[-1].action is not None, "the window offers Undo for it"
    desk.history.undo(heard[-1].action)
    assert results(desk, person) == []
    assert page.table.model.rows == []


def test_a_second_import_of_the_same_file_finds_nothing_new(
    page: LabsPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    path = lab_samples.file_of(tmp_path, lab_samples.PLAIN)
    review_of(page, path).confirm.click()
    review = review_of(page, path)
    assert [state_words(row) for row in review.rows] == ["there already", "there already", "unknown test"]
    assert not review.confirm.isEnabled()


def test_a_question_is_answered_row_by_row(
    page: LabsPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    review = review_of(page, lab_samples.file_of(tmp_path, lab_samples.TWO_OF_ONE_DAY))
    assert "second sample" in review.row_panel.text.text(), "the open one stands in front"
    assert [decision_words(row) for row in review.rows] == ["please look", "is written"]
    review.row_panel.buttons["yes"].click()
    review.confirm.click()
    assert values(desk, person) == ["312", "340"]


def test_an_open_question_stays_out(page: LabsPage, desk: Desk, person: Person, tmp_path: Path) -> None:
    review_of(page, lab_samples.file_of(tmp_path, lab_samples.TWO_OF_ONE_DAY)).confirm.click()
    assert values(desk, person) == ["312"]


def test_any_new_row_can_be_left_out_and_taken_in_again(
    page: LabsPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    review = review_of(page, lab_samples.file_of(tmp_path, lab_samples.PLAIN))
    review.row_panel.buttons["no"].click()
    assert review.confirm.text() == "Write 1 result"
    rows = [review.table.proxy.row_at(review.table.proxy.index(row, 0)) for row in range(3)]
    left_out = [row.candidate.accepted is False for row in rows]
    review.table.view.selectRow(left_out.index(True))
    review.row_panel.buttons["yes"].click()
    assert review.confirm.text() == "Write 2 results"


def test_of_two_readings_the_person_chooses_one(
    page: LabsPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    review = review_of(page, lab_samples.file_of(tmp_path, lab_samples.TWO_READINGS))
    readings = [option for option in review.row_panel.buttons if option != "no"]
    assert len(readings) == 2
    assert not review.confirm.isEnabled()
    review.row_panel.buttons["1.000"].click()
    review.confirm.click()
    assert values(desk, person) == ["1.000"]


def test_a_file_without_a_date_is_asked_for_it(
    page: LabsPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    review = review_of(page, lab_samples.file_of(tmp_path, lab_samples.UNDATED))
    assert not review.confirm.isEnabled()
    review.sample_date.line.setText("5 October 2026")
    review.use_date.click()
    assert page.review is not None
    page.review.confirm.click()
    assert [result.collected for result in results(desk, person)] == ["2026-10-05"]


def test_of_several_people_one_is_chosen_first(
    page: LabsPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    review = review_of(page, lab_samples.file_of(tmp_path, lab_samples.TWO_PEOPLE))
    assert not review.confirm.isEnabled()
    review.patient.chips.chip("Bo Example").click()
    assert page.review is not None
    page.review.confirm.click()
    assert values(desk, person) == ["250"]


@pytest.mark.parametrize(("answer", "value"), [("yes", "400"), ("no", "312")])
def test_what_differs_from_the_diary_is_replaced_or_kept(
    page: LabsPage, desk: Desk, person: Person, tmp_path: Path, answer: str, value: str
) -> None:
    desk.lab_entries.log_lab(person.id, LabDraft("serum_b12", "312", "pg/mL", "2026-10-05T09:30"))
    review = review_of(page, lab_samples.file_of(tmp_path, lab_samples.OTHER_VALUE))
    assert state_words(review.table.row) == "differs"
    review.row_panel.buttons[answer].click()
    review.confirm.click()
    assert values(desk, person) == [value]


def test_a_broken_file_is_one_sentence_and_the_table_stays(
    page: LabsPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    page.import_files([path])
    assert page.review is None
    assert "picture.csv" in page._wrong.text
    assert results(desk, person) == []


def test_a_dropped_file_is_reviewed(page: LabsPage, desk: Desk, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(lab_samples.file_of(tmp_path, lab_samples.PLAIN)))])
    page.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert page.review is not None
    assert len(page.review.rows) == 3


def test_an_unknown_test_is_named_in_the_review_and_written(
    page: LabsPage, desk: Desk, person: Person, tmp_path: Path
) -> None:
    path = tmp_path / "unknown.csv"
    path.write_text("Date,Test,Result,Unit\n2026-01-05,XB-COB,212,pg/mL\n2026-02-05,XB-COB,240,pg/mL\n")
    review = review_of(page, path)
    panel = review.row_panel
    assert [state_words(row) for row in review.rows] == ["unknown test"] * 2
    assert panel.use_test.isVisible()
    panel.use_test.click()
    assert "choose a test" in panel.test.below.text()
    panel.test.set_value("serum_b12")
    panel.use_test.click()
    assert [decision_words(row) for row in review.rows] == ["is written"] * 2
    review.confirm.click()
    assert values(desk, person) == ["212", "240"]
    assert [one.analyte for one in desk.lab_assignments.assigned(person.id)] == ["serum_b12"]


def test_lines_of_a_report_that_were_not_read_can_be_looked_at(page: LabsPage, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf([text_page(ENGLISH)]))
    review = review_of(page, path)
    unread = review.findChild(UnreadLines)
    assert unread is not None
    assert "not read" in unread.toggle.text()
    assert unread.text.isHidden()
    unread.toggle.click()
    assert "report.pdf, page 1, line 15: Comment: 3 of 4 values" in unread.text.toPlainText()
    assert not unread.text.isHidden()
    unread.toggle.click()
    assert unread.text.isHidden()
