"""The appointment pages on paper: a text document painted page by page into a PDF, charts as vectors."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QGuiApplication,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextDocument,
)

from b12desk.domain.wording import STANDING_LINE
from b12desk.reports.appointment import Appointment
from b12desk.reports.printing.document import GREY, RULE, SMALL_POINTS, build, font

Paper = Literal["A4", "Letter"]

DPI = 1200
MARGIN_MM = 16.0
FOOTER_POINTS = 34.0
HAIR_PER_INCH = 150
METRES_PER_INCH = 0.0254


def write_pdf(appointment: Appointment, target: QIODevice, paper: Paper = "A4") -> int:
    """Write the pages as PDF to an open device and return their number; needs a Qt application."""
    writer = QPdfWriter(target)
    writer.setResolution(DPI)
    writer.setTitle(f"B12 Desk: {appointment.person}")
    writer.setCreator("B12 Desk")
    writer.setPageLayout(page_layout(paper))
    return write_pages(appointment, writer, DPI)


def page_layout(paper: Paper) -> QPageLayout:
    """An upright page with the margins of the report."""
    size = QPageSize(QPageSize.PageSizeId.A4 if paper == "A4" else QPageSize.PageSizeId.Letter)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def write_pages(appointment: Appointment, device: QPagedPaintDevice, dpi: int) -> int:
    """Paint all pages onto a PDF writer or a printer of `dpi` and return their number."""
    pages = _Pages(appointment, device, dpi)
    painter = QPainter(device)
    try:
        for number in range(pages.count):
            if number:
                device.newPage()
            pages.paint(painter, number)
    finally:
        painter.end()
    return pages.count


def page_images(appointment: Appointment, paper: Paper, width: int) -> list[QImage]:
    """Each page as a picture `width` pixels wide, with the line breaks that the PDF has."""
    unused = QBuffer()
    unused.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(unused)
    writer.setResolution(DPI)
    writer.setPageLayout(page_layout(paper))
    pages = _Pages(appointment, writer, DPI)
    whole, printed = writer.pageLayout().fullRectPixels(DPI), writer.pageLayout().paintRectPixels(DPI)
    scale = width / whole.width()
    images = []
    for number in range(pages.count):
        image = QImage(width, round(whole.height() * scale), QImage.Format.Format_RGB32)
        image.setDotsPerMeterX(
            round(DPI / METRES_PER_INCH)
        )  # so that letters in points have the paper's size
        image.setDotsPerMeterY(round(DPI / METRES_PER_INCH))
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        painter.translate(printed.topLeft())
        pages.paint(painter, number)
        painter.end()
        images.append(image)
    return images


class _Pages:
    """An appointment laid out for a device; the document lives as long as this."""

    def __init__(self, appointment: Appointment, device: QPagedPaintDevice, dpi: int) -> None:
        self._appointment = appointment
        self._dpi = dpi
        area = device.pageLayout().paintRectPixels(dpi)
        self._foot = QRectF(0, 0, area.width(), FOOTER_POINTS * dpi / 72)
        self._foot.moveBottom(area.height())
        self._document = build(appointment, device, QSizeF(area.width(), area.height() - self._foot.height()))
        self.count = self._document.pageCount()

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint one page, counted from 0."""
        _paint_page(painter, self._document, number)
        words = f"page {number + 1} of {self.count}"
        _paint_foot(painter, self._appointment, self._foot, words, self._dpi / HAIR_PER_INCH)


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


def _paint_foot(painter: QPainter, appointment: Appointment, foot: QRectF, page: str, hair: float) -> None:
    """Whose page it is, when it was made, which one it is, and the standing line."""
    painter.setFont(font(SMALL_POINTS))
    rule = foot.top() + foot.height() * 0.25
    painter.setPen(QPen(RULE, hair))
    painter.drawLine(QPointF(foot.left(), rule), QPointF(foot.right(), rule))
    painter.setPen(QPen(GREY))
    words = foot.adjusted(0, foot.height() * 0.38, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, appointment.footer)
    painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, page)
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, STANDING_LINE)
