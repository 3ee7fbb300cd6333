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
"""Pixels; where there is no room what is longer is cut with dots and stands whole in the tool tip."""
NARROWEST_WIDE = 224
"""The same for columns that share the spare width."""


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
        every = self.tr("1 entry") if there == 1 else self.tr("{0} entries").format(there)
        self._count.setText(every if shown == there else self.tr("{0} of {1}").format(shown, there))
        self._share_width()

    def _share_width(self) -> None:
        """Each column gets what its content needs, up to a limit; what is left lengthens the cut ones."""
        columns = self.model.columns
        needed = [self._content_width(number) for number in range(len(columns))]
        limits = [NARROWEST_WIDE if column.weight else WIDEST_NARROW for column in columns]
        widths = [min(need, limit) for need, limit in zip(needed, limits, strict=True)]
        spare = max(0, self.view.viewport().width() - sum(widths))
        for number, need in enumerate(needed):
            more = min(spare, need - widths[number])
            widths[number] += more
            spare -= more
        whole = sum(column.weight for column in columns)
        for number, column in enumerate(columns):
            share = spare * column.weight // whole if whole else 0
            self.view.setColumnWidth(number, widths[number] + share)

    def _content_width(self, number: int) -> int:
        header = self.view.horizontalHeader().sectionSizeHint(number)
        return max(self.view.sizeHintForColumn(number), header)

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
