"""A table with a filter line above it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from b12desk.ui.table_model import RowsModel, RowsProxy
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.labels import label

ROW_HEIGHT = 40
WIDEST_NARROW = 212
"""Pixels; what is longer is cut with dots and stands whole in the tool tip."""
NARROWEST_WIDE = 224


class FilterTable(QWidget):
    """Sorts by a click on a header, filters as one types.

    Signals:
        opened: a row was double-clicked, or Enter pressed on it.
        chosen: the row in front now, or None.
        delete_wanted: Delete was pressed on a row.
    """

    opened = Signal(object)
    chosen = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, model: RowsModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.proxy = RowsProxy(model, self)
        self._build(name)
        self._connect()

    @property
    def row(self) -> Any:
        """The row in front, or None."""
        return self.proxy.row_at(self.view.currentIndex())

    def sort(self, column: int, descending: bool = False) -> None:
        """Sort by a column."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.view.sortByColumn(column, order)

    def _build(self, name: str) -> None:
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Filter (Ctrl+F)"))
        self.filter.setAccessibleName(self.tr("Filter {0}").format(name))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(GAP * 80)
        self._count = label("", "small")
        self.view = QTableView()
        self.view.setAccessibleName(name)
        self.view.setModel(self.proxy)
        self.view.setSortingEnabled(True)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setCornerButtonEnabled(False)
        self.view.setTabKeyNavigation(False)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._build_headers()
        top = QHBoxLayout()
        top.addWidget(self.filter, 1)
        top.addStretch(1)
        top.addWidget(self._count)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP * 3)
        rows.addLayout(top)
        rows.addWidget(self.view, 1)

    def _build_headers(self) -> None:
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.proxy.filter_by)
        self.view.doubleClicked.connect(lambda index: self.opened.emit(self.proxy.row_at(index)))
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit(self.row))
        self.view.installEventFilter(self)
        for signal in (self.proxy.modelReset, self.proxy.rowsInserted, self.proxy.rowsRemoved):
            signal.connect(self._fit)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.filter.setFocus, context=context)
        self._fit()

    def _fit(self) -> None:
        shown, there = self.proxy.rowCount(), self.model.rowCount()
        self._count.setText(
            self.tr("{0} entries").format(there)
            if shown == there
            else self.tr("{0} of {1}").format(shown, there)
        )
        self._share_width()

    def _share_width(self) -> None:
        """Narrow columns as wide as their content, up to a limit; the others share the rest by weight."""
        spare = self.view.viewport().width()
        for number, column in enumerate(self.model.columns):
            if not column.weight:
                self.view.resizeColumnToContents(number)
                width = min(self.view.columnWidth(number), WIDEST_NARROW)
                self.view.setColumnWidth(number, width)
                spare -= width
        whole = sum(column.weight for column in self.model.columns)
        for number, column in enumerate(self.model.columns):
            if column.weight:
                self.view.setColumnWidth(number, max(spare * column.weight // whole, NARROWEST_WIDE))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if self.row is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.opened.emit(self.row)
                return True
            if self.row is not None and key == Qt.Key.Key_Delete:
                self.delete_wanted.emit(self.row)
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()
