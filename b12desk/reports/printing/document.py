"""The appointment as a Qt text document: headings, tables with repeated heads, charts as vectors."""

from __future__ import annotations

from functools import cache
from typing import cast

from PySide6.QtCore import QByteArray, QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QPagedPaintDevice,
    QPainter,
    QPyTextObject,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtSvg import QSvgRenderer

from b12desk import paths
from b12desk.reports.appointment import Appointment, Block, Facts, Picture, Table
from b12desk.reports.pictures import svg

BODY_POINTS, SMALL_POINTS, TITLE_POINTS, SECTION_POINTS = 9.0, 7.5, 17.0, 10.5
INK, GREY, RULE, SHADE = QColor("#111111"), QColor("#555555"), QColor("#bbbbbb"), QColor("#f1f1f1")
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
PICTURE = int(QTextFormat.ObjectTypes.UserObject) + 1
SVG = int(QTextFormat.Property.UserProperty) + 1
SIZE = int(QTextFormat.Property.UserProperty) + 2
FACT_NAMES_PERCENT = 20
FIRST_LINES = 8  # cells of a table stand one after the other: its head and one row
POINT = 96 / 72
"""A point in the pixels that Qt scales to the device by itself: margins and borders, not objects."""


@cache
def _family() -> str:
    """The typeface that ships with the app, so that a page looks the same on every computer."""
    for name in ("Inter-Regular.otf", "Inter-SemiBold.otf"):
        QFontDatabase.addApplicationFontFromData(QByteArray(paths.read_resource_bytes(f"fonts/{name}")))
    return "Inter"


def font(points: float, bold: bool = False) -> QFont:
    """A letter size of the pages."""
    made = QFont(_family())
    made.setPointSizeF(points)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    # Inter's contextual forms ("(1" takes a raised bracket) have no letter behind them in a PDF
    made.setFeature(QFont.Tag("calt"), 0)
    return made


def build(appointment: Appointment, device: QPagedPaintDevice, page: QSizeF) -> QTextDocument:
    """Lay the pages out for a device; `page` is its printable size in its own pixels."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(font(BODY_POINTS))
    document.setDocumentMargin(0)
    layout = document.documentLayout()
    layout.setPaintDevice(device)
    document.setPageSize(page)
    handler = _PictureObject(document)
    layout.registerHandler(PICTURE, handler)
    writer = _Writer(document)
    writer.write(appointment)
    _keep_with_next(document, writer.headings)
    return document


class _PictureObject(QPyTextObject):
    """Draws a chart's SVG in its place: vectors, never pixels."""

    def intrinsicSize(self, document: QTextDocument, position: int, form: QTextFormat) -> QSizeF:
        return cast("QSizeF", form.property(SIZE))

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        document: QTextDocument,
        position: int,
        form: QTextFormat,
    ) -> None:
        # the line above a chart can end on the page before: what is cut away there must not be written either
        if painter.clipBoundingRect().intersected(QRectF(rect)).height() > 1:
            QSvgRenderer(cast("QByteArray", form.property(SVG))).render(painter, QRectF(rect))


class _Writer:
    """Writes blocks one after the other."""

    def __init__(self, document: QTextDocument) -> None:
        self.headings: list[int] = []
        self._cursor = QTextCursor(document)
        self._width = document.pageSize().width()
        self._page_height = document.pageSize().height()

    def write(self, appointment: Appointment) -> None:
        self._line(appointment.person, font(TITLE_POINTS, bold=True), INK, first=True)
        self._line(appointment.subtitle, font(BODY_POINTS), GREY)
        if appointment.sample:
            self._line("A made-up sample diary. No real person.", font(BODY_POINTS, bold=True), INK)
        for block in appointment.blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        if isinstance(block, Facts):
            self._heading(block.title)
            self._facts(block)
        elif isinstance(block, Table):
            self._heading(block.title, block.note)
            if block.rows:
                self._table(block)
            else:
                self._line(block.empty, font(BODY_POINTS), GREY)
        else:
            self._picture(block)

    def _line(self, text: str, of: QFont, colour: QColor, *, first: bool = False, above: float = 2) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(0 if first else above * POINT)
        if first:
            self._cursor.setBlockFormat(block)
        else:
            self._cursor.insertBlock(block)
        self._cursor.insertText(text, _letters(of, colour))

    def _heading(self, title: str, note: str = "") -> None:
        self._line(title, font(SECTION_POINTS, bold=True), INK, above=12)
        self.headings.append(self._cursor.blockNumber())
        if note:
            self._cursor.insertText(f"  {note}", _letters(font(SMALL_POINTS), GREY))

    def _facts(self, facts: Facts) -> None:
        widths = (FACT_NAMES_PERCENT, 100 - FACT_NAMES_PERCENT)
        table = self._cursor.insertTable(len(facts.rows), 2, self._table_format(widths, heads=0))
        for row, (name, text) in enumerate(facts.rows):
            table.cellAt(row, 0).firstCursorPosition().insertText(name, _letters(font(BODY_POINTS), GREY))
            table.cellAt(row, 1).firstCursorPosition().insertText(text, _letters(font(BODY_POINTS), INK))
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _table(self, block: Table) -> None:
        widths = _widths(block)
        form = self._table_format(widths, heads=1)
        table = self._cursor.insertTable(len(block.rows) + 1, len(block.heads), form)
        for column, head in enumerate(block.heads):
            cell = table.cellAt(0, column)
            cell.firstCursorPosition().insertText(head, _letters(font(SMALL_POINTS, bold=True), GREY))
        letters = _letters(font(BODY_POINTS), INK)
        whole = QTextBlockFormat()
        whole.setNonBreakableLines(True)
        for row, cells in enumerate(block.rows, start=1):
            for column, text in enumerate(cells):
                place = table.cellAt(row, column).firstCursorPosition()
                if column == 0:  # a date stays on one line
                    place.setBlockFormat(whole)
                place.insertText(text, letters)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _table_format(self, widths: tuple[int, ...], heads: int) -> QTextTableFormat:
        form = QTextTableFormat()
        form.setHeaderRowCount(heads)
        form.setCellSpacing(0)
        form.setCellPadding(2.2 * POINT)
        form.setBorder(0.4 * POINT)
        form.setBorderCollapse(True)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setBorderBrush(QBrush(RULE))
        form.setTopMargin(3 * POINT)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        form.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, width) for width in widths]
        )
        return form

    def _picture(self, picture: Picture) -> None:
        """A chart with its heading inside, so that the two always stand on one page."""
        height = min(self._width * picture.height, self._page_height * 0.9)
        form = QTextCharFormat()
        form.setObjectType(PICTURE)
        form.setProperty(SVG, QByteArray(svg(picture)))
        form.setProperty(SIZE, QSizeF(self._width, height))
        block = QTextBlockFormat()
        block.setTopMargin(12 * POINT)
        self._cursor.insertBlock(block)
        self._cursor.insertText(OBJECT, form)


def _keep_with_next(document: QTextDocument, headings: list[int]) -> None:
    """Begin a new page at each heading whose first lines would stand on the next one.

    A table repeats its head there, so the lines looked at are those of its first row.
    """
    layout, height = document.documentLayout(), document.pageSize().height()
    for number in headings:
        heading = document.findBlockByNumber(number)
        followed = heading
        for _ in range(FIRST_LINES):
            followed = followed.next() if followed.next().isValid() else followed
        pages = [int(layout.blockBoundingRect(block).bottom() // height) for block in (heading, followed)]
        if pages[0] != pages[1]:
            form = heading.blockFormat()
            form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(heading).setBlockFormat(form)


def _letters(of: QFont, colour: QColor) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(of)
    form.setForeground(QBrush(colour))
    return form


def _widths(block: Table) -> tuple[int, ...]:
    """Column widths in per cent by the longest text of each; of few columns the last, for words, is wide."""
    last = len(block.heads) - 1
    words = 60 if last < 3 else 26
    longest = [
        max(len(head), *(min(len(row[column]), words if column == last else 26) for row in block.rows)) + 2
        for column, head in enumerate(block.heads)
    ]
    total = sum(longest)
    return tuple(round(100 * one / total) for one in longest)
