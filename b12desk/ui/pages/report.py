"""Report: what goes on the appointment pages, a preview of them, and the ways to paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from b12desk.desk import Desk
from b12desk.domain.errors import WorldError
from b12desk.domain.records import Person
from b12desk.reports.appointment import Appointment, Item
from b12desk.reports.printing import Paper
from b12desk.ui.page import Page, Surroundings
from b12desk.ui.report.choices import ReportChoices
from b12desk.ui.report.preview import Preview
from b12desk.ui.tasks import Ticket
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.page_frame import PageFrame
from b12desk.ui.widgets.scroller import Scroller

CHOICES_WIDTH = 320
SETTLED = 200
"""Milliseconds after the last choice before the pages are laid out again."""


@dataclass(frozen=True)
class Wanted:
    """What is to be printed."""

    person_id: str
    since: date | None
    until: date
    items: tuple[Item, ...]
    paper: Paper


class ReportPage(Page):
    """Pages are laid out in the worker, for the preview, for the file and for the printer alike."""

    def __init__(self, around: Surroundings, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(around, person, parent)
        self._under_way: Ticket | None = None
        self._stale = True
        self._laid_out_for = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SETTLED)
        self._build()
        self._connect()

    @property
    def wanted(self) -> Wanted:
        """What is asked for now."""
        since, until = self.choices.range.span
        paper = cast("Paper", self.choices.paper.value)
        return Wanted(self.person.id, since, until, self.choices.chosen_items, paper)

    def refresh(self, changed: frozenset[str]) -> None:
        self._ask_again()

    def shown(self) -> None:
        if self._stale:
            self.lay_out()

    def lay_out(self) -> None:
        """Have the worker lay the pages out; where nobody looks, when the page is shown again."""
        self._pause.stop()
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        if self._under_way is not None:
            self._under_way.cancel()
        wanted, ratio = self.wanted, self.devicePixelRatioF()
        self._laid_out_for = width = self.preview.page_width

        def work(desk: Desk, ticket: Ticket) -> list[QImage] | None:
            from b12desk.reports.printing import page_images

            if ticket.cancelled():
                return None
            return page_images(_appointment(desk, wanted), wanted.paper, round(width * ratio))

        self._under_way = None
        self._under_way = self.around.tasks.run(
            work, lambda images: self._on_laid_out(images, ratio), owner=self
        )

    def save(self, path: Path) -> None:
        """Write the pages as a PDF."""
        wanted = self.wanted

        def work(desk: Desk, _ticket: Ticket) -> None:
            from b12desk.exporters.new_file import new_file
            from b12desk.reports.printing import pdf_bytes

            data = pdf_bytes(_appointment(desk, wanted), wanted.paper)
            with new_file(path) as stream:
                stream.write(data)

        self._run(work, self.tr("Saved as {0}").format(path.name))

    def print_on(self, printer: Any) -> None:
        """Paint the pages onto a QPrinter that the person has chosen."""
        wanted = self.wanted

        def work(desk: Desk, _ticket: Ticket) -> int:
            from b12desk.reports.printing import write_pages

            return write_pages(_appointment(desk, wanted), printer, printer.resolution())

        self._run(work, self.tr("Sent to {0}").format(printer.printerName() or self.tr("the printer")))

    def _run(self, work: Any, told: str) -> None:
        self.save_button.setEnabled(False)
        self.print_button.setEnabled(False)

        def done(_: object) -> None:
            self._enable()
            self.told.emit(told)

        self.around.tasks.run(work, done, self._on_failed, owner=self)

    def _on_failed(self, error: BaseException) -> None:
        self._enable()
        if not isinstance(error, WorldError):
            raise error
        self.told.emit(error.message)

    def _enable(self) -> None:
        some = bool(self.choices.chosen_items)
        self.save_button.setEnabled(some)
        self.print_button.setEnabled(some)

    def _on_laid_out(self, images: list[QImage] | None, ratio: float) -> None:
        if images is not None:
            self.preview.show_pages(images, ratio)
            pages = self.tr("1 page") if len(images) == 1 else self.tr("{0} pages").format(len(images))
            self._frame.subtitle.setText(pages)

    def _ask_again(self) -> None:
        self._enable()
        self._stale = True
        if self.isVisible():
            self._pause.start()

    def _on_paper(self, paper: str) -> None:
        self.around.save_settings(replace(self.around.settings, paper=paper))

    def _ask_where(self) -> None:
        today = self.desk.today().isoformat()
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the report"),
            f"b12-{self.person.name}-{today}.pdf".replace("/", "-"),
            "PDF (*.pdf)",
        )
        if name:
            path = Path(name)
            self.save(path if path.suffix else path.with_suffix(".pdf"))

    def _ask_printer(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from b12desk.reports.printing import page_layout

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(self.wanted.paper))
        printer.setDocName(self.tr("B12 Desk: {0}").format(self.person.name))
        if QPrintDialog(printer, self).exec():
            self.print_on(printer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._laid_out_for and self.preview.page_width != self._laid_out_for:
            self._ask_again()

    def _build(self) -> None:
        self._frame = PageFrame(self.tr("Report"), scrolls=False)
        self.print_button = Button(self.tr("Print…"), icon_name="print", shortcut="Ctrl+P")
        self.save_button = Button(self.tr("Save as PDF…"), "primary", shortcut="Ctrl+S")
        self._frame.add_action(self.print_button)
        self._frame.add_action(self.save_button)
        self.choices = ReportChoices(self.around.settings.paper, self.desk.today)
        self.preview = Preview()
        side = Scroller(self.choices)
        side.setFixedWidth(CHOICES_WIDTH)
        across = QHBoxLayout()
        across.setSpacing(GAP * 4)
        across.addWidget(side)
        across.addWidget(self.preview, 1)
        self._frame.body.addLayout(across, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.lay_out)
        self.choices.changed.connect(self._ask_again)
        self.choices.paper_chosen.connect(self._on_paper)
        self.save_button.clicked.connect(self._ask_where)
        self.print_button.clicked.connect(self._ask_printer)


def _appointment(desk: Desk, wanted: Wanted) -> Appointment:
    from b12desk.desk.paper import PaperChoices

    since = wanted.since or desk.pictures.span(wanted.person_id, None, wanted.until).since
    return desk.paper.appointment(
        wanted.person_id, since=since, until=wanted.until, choices=PaperChoices(wanted.items)
    )
