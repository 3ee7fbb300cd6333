"""The appointment pages on paper: a text document painted page by page into a PDF, charts as vectors."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextDocument,
)

from b12desk.reports.appointment import STANDING_LINE, Appointment
from b12desk.reports.printing.document import GREY, RULE, SMALL_POINTS, build, font

Paper = Literal["A4", "Letter"]

DPI = 1200
MARGIN_MM = 16.0
FOOTER_POINTS = 34.0


def write_pdf(appointment: Appointment, target: QIODevice, paper: Paper = "A4") -> int:
    """Write the pages as PDF to an open device and return their number; needs a Qt application."""
    writer = QPdfWriter(target)
    writer.setResolution(DPI)
    writer.setTitle(f"B12 Desk: {appointment.person}")
    writer.setCreator("B12 Desk")
    size = QPageSize(QPageSize.PageSizeId.A4 if paper == "A4" else QPageSize.PageSizeId.Letter)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    upright, millimetres = QPageLayout.Orientation.Portrait, QPageLayout.Unit.Millimeter
    writer.setPageLayout(QPageLayout(size, upright, margins, millimetres))
    area = writer.pageLayout().paintRectPixels(DPI)
    foot = QRectF(0, 0, area.width(), FOOTER_POINTS * DPI / 72)
    foot.moveBottom(area.height())
    document = build(appointment, writer, QSizeF(area.width(), area.height() - foot.height()))
    painter = QPainter(writer)
    try:
        pages = document.pageCount()
        for number in range(pages):
            if number:
                writer.newPage()
            _paint_page(painter, document, number)
            _paint_foot(painter, appointment, foot, f"page {number + 1} of {pages}")
    finally:
        painter.end()
    return pages


def pdf_bytes(appointment: Appointment, paper: Paper = "A4") -> bytes:
    """The pages as a PDF, also in a process that has no window and no screen."""
    application = QGuiApplication.instance() or QGuiApplication(["b12desk", "-platform", "offscreen"])
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    write_pdf(appointment, buffer, paper)
    buffer.close()
    del application  # it had to live until here: fonts need it
    return bytes(data.data())


def _paint_page(painter: QPainter, document: QTextDocument, number: int) -> None:
    """One page of the document, cut at its own edges."""
    size = document.pageSize()
    view = QRectF(0, number * size.height(), size.width(), size.height())
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = view
    painter.save()
    painter.translate(0, -view.top())
    painter.setClipRect(view)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _paint_foot(painter: QPainter, appointment: Appointment, foot: QRectF, page: str) -> None:
    """Whose page it is, when it was made, which one it is, and the standing line."""
    painter.setFont(font(SMALL_POINTS))
    rule = foot.top() + foot.height() * 0.25
    painter.setPen(QPen(RULE, DPI / 150))
    painter.drawLine(QPointF(foot.left(), rule), QPointF(foot.right(), rule))
    painter.setPen(QPen(GREY))
    words = foot.adjusted(0, foot.height() * 0.38, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, appointment.footer)
    painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, page)
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, STANDING_LINE)
