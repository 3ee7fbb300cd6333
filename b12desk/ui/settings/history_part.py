"""History: who changed what and when, and taking back one or several of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from b12desk.desk import Desk
from b12desk.domain.errors import WorldError
from b12desk.store.history import Logged
from b12desk.ui.table_model import Column, RowsModel
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.filter_table import FilterTable
from b12desk.ui.widgets.labels import label
from b12desk.ui.words import table_day, tr

SHOWN = 500


class HistoryPart(QWidget):
    """Reads when it is looked at.

    Signals:
        told: a sentence, where something could not be taken back.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._people: dict[str, str] = {}
        columns: list[Column[Logged]] = [
            Column(tr("When"), self._when, lambda row: row.seq),
            Column(tr("What"), lambda row: row.action.text, weight=1),
            Column(tr("Whose diary"), lambda row: self._people.get(row.action.person_id or "", "")),
            Column(tr("By"), lambda row: row.action.by),
            Column("", lambda row: tr("taken back") if row.undone else ""),
        ]
        self.table = FilterTable(RowsModel(columns), self.tr("History"))
        self.table.sort(0, descending=True)
        self.table.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.take_back = Button(self.tr("Take back"), icon_name="undo")
        self.take_back.setEnabled(False)
        hint = label(
            self.tr("Choose one or, with Shift or Ctrl, several. The newest are taken back first."), "small"
        )
        top = QHBoxLayout()
        top.setSpacing(GAP * 3)
        top.addWidget(self.take_back)
        top.addWidget(hint, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP * 3)
        rows.addLayout(top)
        rows.addWidget(self.table, 1)
        self.table.view.selectionModel().selectionChanged.connect(lambda *_: self._on_selected())
        self.take_back.clicked.connect(self.undo_selected)

    @property
    def selected(self) -> list[Logged]:
        """The chosen actions that can be taken back, the newest first."""
        chosen = [self.table.proxy.row_at(index) for index in self.table.view.selectionModel().selectedRows()]
        return sorted((one for one in chosen if one.can_undo), key=lambda one: one.seq, reverse=True)

    def read(self) -> None:
        """Read the list again."""
        self._people = {person.id: person.name for person in self._desk.people.list()}
        self.table.model.set_rows(self._desk.history.list(SHOWN))
        self._on_selected()

    def undo_selected(self) -> None:
        """Take the chosen ones back, and stop at the first that later entries stand on."""
        for one in self.selected:
            try:
                self._desk.history.undo(one.action.id)
            except WorldError as error:
                self.told.emit(error.message)
                return

    def _on_selected(self) -> None:
        count = len(self.selected)
        self.take_back.setEnabled(count > 0)
        words = self.tr("Take back {0}").format(count) if count > 1 else self.tr("Take back")
        self.take_back.setText(words)
        self.take_back.setAccessibleName(words)

    def _when(self, row: Logged) -> str:
        """The moment in the computer's zone, in whatever zone it was recorded."""
        at = row.action.at.astimezone(self._desk.now().tzinfo)
        return f"{table_day(at.date())} {at:%H:%M}"
