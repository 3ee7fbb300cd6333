"""The score grid: numbers typed into any day, as in a spreadsheet; Enter goes down, Delete makes blank."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from b12desk.ui.symptoms.grid_model import Index, ScoreGridModel

ROW_HEIGHT = 36
DAY_WIDTH = 232
COLUMN_WIDTH = 104
HEADER_HEIGHT = 58


class _ScoreDelegate(QStyledItemDelegate):
    """An editor that takes 0 to 10 and nothing else."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = QLineEdit(parent)
        line.setValidator(QRegularExpressionValidator(QRegularExpression("|[0-9]|10"), line))
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        line.setStyleSheet("min-height: 0; padding: 0; border-radius: 0")
        return line


class ScoreGrid(QTableView):
    """A table in which every cell but the day takes a number."""

    def __init__(self, model: ScoreGridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = model
        self.setModel(model)
        self.setItemDelegate(_ScoreDelegate(self))
        self.setAccessibleName(self.tr("Scores by day"))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        header.setFixedHeight(HEADER_HEIGHT)
        header.setMinimumSectionSize(COLUMN_WIDTH)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        model.modelReset.connect(self._fit)

    def go_to(self, day: date) -> None:
        """Bring a day to the front, with its first symptom chosen."""
        row = self._grid.row_of(day)
        index = self._grid.index(row, 1 if self._grid.columnCount() > 1 else 0)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.setFocus()

    def _fit(self) -> None:
        header = self.horizontalHeader()
        if header.count():
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(0, DAY_WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._grid.setData(self.currentIndex(), "")
            return
        super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            below = self.currentIndex().siblingAtRow(self.currentIndex().row() + 1)
            if below.isValid():
                self.setCurrentIndex(below)
