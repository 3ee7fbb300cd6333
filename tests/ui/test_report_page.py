"""Report: the preview shows the pages of the chosen range, and the PDF has them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from b12desk.desk import Desk
from b12desk.domain.records import Person
from b12desk.reports.printing import page_layout
from b12desk.settings import Settings
from b12desk.ui.page import Surroundings
from b12desk.ui.pages.report import ReportPage


@pytest.fixture
def page(qtbot: QtBot, around: Surroundings, desk: Desk, person: Person) -> ReportPage:
    desk.entries.log_scores(person.id, {"tingling": 4})
    made = ReportPage(around, person)
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.shown()
    return made


def only_what_was_prescribed(page: ReportPage) -> None:
    for item, box in page.choices.items.items():
        box.setChecked(item == "plan")


def test_the_preview_shows_every_page(page: ReportPage) -> None:
    assert page.preview.pages
    image = page.preview.pages[0].pixmap().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, 200, 2)}
    assert len(colours) > 5, "there is ink on the page"


def test_the_pdf_has_the_chosen_range(page: ReportPage, tmp_path: Path) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    page.choices.range.choose("quarter")
    wanted = page.wanted
    assert (wanted.since, wanted.until) == (date(2026, 8, 21), date(2026, 11, 21))
    path = tmp_path / "report.pdf"
    page.save(path)
    assert path.read_bytes().startswith(b"%PDF")
    assert told == ["Saved as report.pdf"]


def test_leaving_parts_out_makes_the_pages_fewer(page: ReportPage) -> None:
    before = len(page.preview.pages)
    only_what_was_prescribed(page)
    page.lay_out()
    assert len(page.preview.pages) == 1 <= before


def test_with_no_part_there_is_nothing_to_save(page: ReportPage) -> None:
    for box in page.choices.items.values():
        if box.isChecked():
            box.click()
    assert not page.save_button.isEnabled()


def test_letter_paper_is_shorter_and_remembered(page: ReportPage, around: Surroundings) -> None:
    saved: list[Settings] = []
    around.save_settings = saved.append
    a4 = page.preview.pages[0].pixmap()
    page.choices.paper.chip("Letter").click()
    page.lay_out()
    letter = page.preview.pages[0].pixmap()
    assert letter.height() / letter.width() < a4.height() / a4.width()
    assert saved[-1].paper == "Letter"


def test_the_printer_gets_the_same_pages(page: ReportPage, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(page_layout("A4"))
    only_what_was_prescribed(page)
    page.print_on(printer)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")


def test_a_folder_that_cannot_be_written_is_one_sentence(page: ReportPage, tmp_path: Path) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    page.save(tmp_path / "missing" / "report.pdf")
    assert told == [f"There is no folder “{tmp_path / 'missing'}”."]
    assert page.save_button.isEnabled()
