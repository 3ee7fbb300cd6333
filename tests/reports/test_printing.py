"""The pages as PDF: paper sizes, selectable text, charts as vectors, whose page it is on each page."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from b12desk.desk import Desk
from b12desk.domain.wording import STANDING_LINE
from b12desk.reports.appointment import Table
from b12desk.reports.printing import Paper, pdf_bytes

Extract = Callable[[bytes], list[str]]


@pytest.fixture
def text_of(tmp_path: Path) -> Extract:
    """The text of each page, by a program that shares nothing with ours."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")

    def extract(data: bytes) -> list[str]:
        path = tmp_path / "pages.pdf"
        path.write_bytes(data)
        done = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True)
        return done.stdout.removesuffix("\f").split("\f")

    return extract


def plain(text: str) -> str:
    return " ".join(text.split())


def pdf(desk: Desk, paper: Paper = "A4") -> bytes:
    return pdf_bytes(desk.paper.appointment(desk.people.find(None).id), paper)


def test_the_words_of_the_tables_come_back_from_the_file(
    qapp: QApplication, sample: Desk, text_of: Extract
) -> None:
    appointment = sample.paper.appointment(sample.people.find(None).id)
    found = plain(" ".join(text_of(pdf_bytes(appointment))))
    for block in appointment.blocks:
        if isinstance(block, Table):
            assert block.title in found
            for row in block.rows:
                assert row[0] in found
                assert [word for text in row for word in text.split() if word not in found] == []


def test_the_words_of_a_chart_can_be_selected(qapp: QApplication, sample: Desk, text_of: Extract) -> None:
    found = plain(" ".join(text_of(pdf(sample))))
    assert "Symptoms by days since the injection" in found
    assert "days since the injection" in found
    assert "Tingling or pins and needles" in found


def test_each_page_says_whose_it_is_and_the_standing_line(
    qapp: QApplication, sample: Desk, text_of: Extract
) -> None:
    sheets = text_of(pdf(sample))
    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, start=1):
        words = plain(sheet)
        assert "Sample Person · 21 November 2026" in words
        assert f"page {number} of {len(sheets)}" in words
        assert STANDING_LINE in words


def test_charts_are_vectors_and_letters_are_embedded(qapp: QApplication, sample: Desk) -> None:
    data = pdf(sample)
    assert data.startswith(b"%PDF-1.")
    assert b"/Subtype /Image" not in data
    assert b"/FontFile" in data


@pytest.mark.parametrize(("paper", "width", "height"), [("A4", 595, 842), ("Letter", 612, 792)])
def test_paper_sizes(qapp: QApplication, sample: Desk, paper: Paper, width: int, height: int) -> None:
    boxes = [line for line in pdf(sample, paper).split(b"\n") if b"/MediaBox" in line]
    assert boxes
    for box in boxes:
        numbers = [float(part) for part in box.split(b"[")[1].split(b"]")[0].split()]
        assert numbers[2:] == pytest.approx([width, height], abs=1)
