"""The score grid as a Qt model: a day a row, the newest on top, a symptom a column; blank stays blank."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from b12desk.desk import SymptomChoice
from b12desk.ui.words import table_day

Index = QModelIndex | QPersistentModelIndex
STEP = 28
"""Days by which the grid grows towards the past."""
MOST_DAYS = 366 * 80
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class ScoreGridModel(QAbstractTableModel):
    """Grows towards the past as one scrolls.

    Signals:
        scored: day, symptom and the score (None for blank) that the person typed.
        days_wanted: the first and the last day whose scores are to be put in.
    """

    scored = Signal(object, str, object)
    days_wanted = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = date.min
        self._days = 0
        self._symptoms: list[SymptomChoice] = []
        self._scores: dict[date, Mapping[str, int]] = {}
        self._injected: Collection[date] = ()

    @property
    def symptoms(self) -> Sequence[SymptomChoice]:
        """The columns after the day."""
        return self._symptoms

    @property
    def shown_days(self) -> tuple[date, date]:
        """The first and the last day that stand in the grid."""
        return self._today - timedelta(days=max(self._days, STEP) - 1), self._today

    def show_grid(
        self,
        today: date,
        symptoms: Sequence[SymptomChoice],
        scores: Mapping[date, Mapping[str, int]],
        injected: Collection[date],
    ) -> None:
        """Show these columns and scores; the grid keeps its length, and its place if only scores differ."""
        if (today, list(symptoms)) == (self._today, self._symptoms):
            self._scores, self._injected = dict(scores), injected
            self.dataChanged.emit(self.index(0, 0), self.index(self._days - 1, len(self._symptoms)))
            return
        self.beginResetModel()
        self._today = today
        self._days = max(self._days, STEP)
        self._symptoms = list(symptoms)
        self._scores = dict(scores)
        self._injected = injected
        self.endResetModel()

    def add_scores(self, scores: Mapping[date, Mapping[str, int]]) -> None:
        """Put in the scores of further days."""
        self._scores.update(scores)

    def day_at(self, row: int) -> date:
        """The day of a row."""
        return self._today - timedelta(days=row)

    def row_of(self, day: date) -> int:
        """The row of a day; the grid grows until it has it."""
        row = (self._today - day).days
        while row >= self._days and self.canFetchMore(QModelIndex()):
            self.fetchMore(QModelIndex())
        return min(max(row, 0), self._days - 1)

    def score_at(self, index: Index) -> int | None:
        """The score of a place, None where it is blank or the day's own column."""
        if not index.isValid() or index.column() == 0:
            return None
        day = self._scores.get(self.day_at(index.row()), {})
        return day.get(self._symptoms[index.column() - 1].id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else self._days

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self._symptoms) + 1

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and 0 < self._days < MOST_DAYS

    def fetchMore(self, parent: Index) -> None:
        first = self._days
        self.days_wanted.emit(self.day_at(first + STEP - 1), self.day_at(first))
        self.beginInsertRows(QModelIndex(), first, first + STEP - 1)
        self._days += STEP
        self.endInsertRows()

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return plain | Qt.ItemFlag.ItemIsEditable if index.column() else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignHCenter if index.column() else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if index.column() == 0:
            return self._day_words(index.row()) if role == Qt.ItemDataRole.DisplayRole else None
        score = self.score_at(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return "" if score is None else str(score)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            symptom = self._symptoms[index.column() - 1].label
            words = self.tr("no score") if score is None else self.tr("{0} of 10").format(score)
            return f"{symptom}, {table_day(self.day_at(index.row()))}: {words}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() == 0:
            return False
        text = str(value).strip() if value is not None else ""
        if text and (not text.isascii() or not text.isdigit() or int(text) > 10):
            return False
        score = int(text) if text else None
        if score != self.score_at(index):
            symptom = self._symptoms[index.column() - 1].id
            self.scored.emit(self.day_at(index.row()), symptom, score)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section <= len(self._symptoms):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._symptoms[section - 1].label if section else self.tr("Day")
        if role == Qt.ItemDataRole.TextAlignmentRole and section == 0:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _day_words(self, row: int) -> str:
        day = self.day_at(row)
        words = f"{WEEKDAYS[day.weekday()]} {table_day(day)}"
        return self.tr("{0} · injected").format(words) if day in self._injected else words
