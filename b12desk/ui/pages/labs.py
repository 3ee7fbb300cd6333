"""Labs: results as reported, by hand or from a file that is reviewed before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from b12desk.desk.labs import Import, Imported
from b12desk.desk.views import LabRow
from b12desk.domain.errors import WorldError
from b12desk.domain.records import Person
from b12desk.ui.labs.columns import columns
from b12desk.ui.labs.import_work import ImportWork
from b12desk.ui.labs.reading_panel import ReadingPanel
from b12desk.ui.labs.review_panel import ReviewPanel
from b12desk.ui.page import Page, Surroundings
from b12desk.ui.table_model import RowsModel
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.empty_state import EmptyState
from b12desk.ui.widgets.filter_table import FilterTable
from b12desk.ui.widgets.labels import Notice
from b12desk.ui.widgets.page_frame import PageFrame

MATTERS = frozenset({"lab_result", "document", "injection", "everything"})


class LabsPage(Page):
    """The table; and in its place, while files come in, their reading and their review."""

    def __init__(self, around: Surroundings, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(around, person, parent)
        self._paths: list[Path] = []
        self._patient: str | None = None
        self._sample_date: date | None = None
        self._opened: TemporaryDirectory[str] | None = None
        self.review: ReviewPanel | None = None
        self._work = ImportWork(around.tasks, person, self)
        self._build()
        self._connect()
        self._read()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & MATTERS:
            self._read()

    def shown(self) -> None:
        if self.review is None:
            self.table.view.setFocus()

    def import_files(self, paths: Sequence[Path]) -> None:
        """Read files and show their review; nothing is written before it is confirmed."""
        self._paths, self._patient, self._sample_date = list(paths), None, None
        self._look()

    def open_original(self) -> None:
        """Open the file that the result in front came from, with the program that the desktop has for it."""
        row = self.table.row
        if row is None or row.result.document_id is None:
            return
        if self._opened is None:
            self._opened = TemporaryDirectory(prefix="b12desk-")  # mode 0700
            self.destroyed.connect(self._opened.cleanup)
        try:
            path = self.desk.labs.original(row.result.document_id, Path(self._opened.name))
        except WorldError as error:
            self.told.emit(error.message)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _read(self) -> None:
        rows = self.desk.views.labs(self.person.id)
        self.table.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._on_chosen(self.table.row)

    def _look(self) -> None:
        self._wrong.say("")
        self.reading.show_paths(self._paths)
        self._stack.setCurrentWidget(self.reading)
        self._work.look(self._paths, self._patient, self._sample_date)

    def _on_looked(self, looked: Import) -> None:
        self._end_review()
        self.review = ReviewPanel(self.desk, looked, self._patient)
        self.review.confirmed.connect(self._on_confirmed)
        self.review.dropped.connect(self._show_table)
        self.review.again.connect(self._on_again)
        self._stack.addWidget(self.review)
        self._stack.setCurrentWidget(self.review)
        self._show_actions(False)
        self.review.table.view.setFocus()

    def _on_again(self, patient: str | None, sample_date: date | None) -> None:
        self._patient = patient
        self._sample_date = sample_date or self._sample_date
        self._look()

    def _on_confirmed(self, looked: Import) -> None:
        self.reading.show_writing()
        self._stack.setCurrentWidget(self.reading)
        self._work.write(looked)

    def _on_written(self, imported: Imported) -> None:
        self._show_table()
        self.desk.heard(imported.outcome)

    def _on_failed(self, sentence: str) -> None:
        self._show_table()
        self._wrong.say(sentence)

    def _show_table(self) -> None:
        self._end_review()
        self._stack.setCurrentWidget(self._main)
        self._show_actions(True)

    def _end_review(self) -> None:
        if self.review is not None:
            self._stack.removeWidget(self.review)
            self.review.deleteLater()
            self.review = None

    def _show_actions(self, on: bool) -> None:
        for button in self._buttons:
            button.setVisible(on)
        self._frame.subtitle.setText("" if on else self.tr("Review: nothing is written yet"))

    def _on_chosen(self, row: LabRow | None) -> None:
        self.edit.setEnabled(row is not None)
        self.delete.setEnabled(row is not None)
        self.original.setEnabled(row is not None and row.result.document_id is not None)

    def _ask_for_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Import laboratory files"),
            "",
            self.tr("Laboratory files (*.csv *.tsv *.txt *.json *.ndjson);;All files (*)"),
        )
        if names:
            self.import_files([Path(name) for name in names])

    def _open_form(self) -> None:
        from b12desk.ui.labs.lab_form import LabForm

        self.form_opened.emit(LabForm(self.desk, self.person))

    def _open_edit(self, row: LabRow | None) -> None:
        from b12desk.ui.labs.lab_edit import LabEditForm

        if row is not None:
            self.form_opened.emit(LabEditForm(self.desk, self.person, row.result))

    def _delete(self, row: LabRow | None) -> None:
        if row is None:
            return
        try:
            self.desk.editing.delete(row.result.id)
        except WorldError as error:
            self.told.emit(error.message)

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self._frame = PageFrame(self.tr("Labs"), scrolls=False)
        self.original = Button(self.tr("Original file"))
        self.edit = Button(self.tr("Edit…"), icon_name="edit")
        self.delete = Button(self.tr("Delete"), icon_name="delete")
        self.import_button = Button(self.tr("Import files…"), icon_name="import")
        self.add = Button(self.tr("Add result…"), "primary")
        self._buttons = (self.original, self.edit, self.delete, self.import_button, self.add)
        for button in self._buttons:
            self._frame.add_action(button)
        self.table = FilterTable(RowsModel(columns(self.desk.analytes)), self.tr("Laboratory results"))
        self.table.sort(0, descending=True)
        self._empty = EmptyState(
            "labs",
            self.tr("No result yet"),
            self.tr("Import a CSV or FHIR file from your laboratory, drop one here, or copy a line by hand."),
            self.tr("Import files…"),
        )
        self._wrong = Notice()
        self._main = QWidget()
        rows = QVBoxLayout(self._main)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP * 3)
        rows.addWidget(self._wrong)
        rows.addWidget(self.table, 1)
        rows.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignVCenter)
        self.reading = ReadingPanel()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._main)
        self._stack.addWidget(self.reading)
        self._frame.body.addWidget(self._stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)

    def _connect(self) -> None:
        for button in (self.import_button, self._empty.button):
            button.clicked.connect(self._ask_for_files)
        self.add.clicked.connect(self._open_form)
        self.edit.clicked.connect(lambda: self._open_edit(self.table.row))
        self.table.opened.connect(self._open_edit)
        self.delete.clicked.connect(lambda: self._delete(self.table.row))
        self.original.clicked.connect(self.open_original)
        self.table.chosen.connect(self._on_chosen)
        self.table.delete_wanted.connect(self._delete)
        self.reading.cancelled.connect(self._work.cancel)
        self._work.progressed.connect(self.reading.say)
        self._work.looked.connect(self._on_looked)
        self._work.written.connect(self._on_written)
        self._work.stopped.connect(self._show_table)
        self._work.failed.connect(self._on_failed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.review is None and _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.import_files(_files(event))


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
