"""Lists of what was noted in words: trends, and events and notes with a choice of tag."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from b12desk.desk import Desk
from b12desk.domain.errors import WorldError
from b12desk.domain.records import Event, Person, Trend
from b12desk.ui.symptoms.words import direction_words, event_words, tr
from b12desk.ui.table_model import Column, RowsModel
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.empty_state import EmptyState
from b12desk.ui.widgets.filter_table import FilterTable
from b12desk.ui.words import table_day


class _ListPart(QWidget):
    """A table, what it says while it is empty, and buttons above it.

    Signals:
        told: a sentence, where something could not be done.
    """

    told = Signal(str)

    def __init__(self, desk: Desk, person: Person, table: FilterTable, empty: EmptyState) -> None:
        super().__init__()
        self._desk = desk
        self._person = person
        self.table = table
        self.empty = empty
        self.delete = Button(self.tr("Delete"), icon_name="delete")
        self.delete.setEnabled(False)
        self.top = QHBoxLayout()
        self.top.setSpacing(GAP * 2)
        self.top.addStretch(1)
        self.top.addWidget(self.delete)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP * 3)
        rows.addLayout(self.top)
        rows.addWidget(table, 1)
        rows.addWidget(empty, 1, Qt.AlignmentFlag.AlignVCenter)
        table.chosen.connect(lambda row: self.delete.setEnabled(row is not None))
        table.delete_wanted.connect(self._delete)
        self.delete.clicked.connect(lambda: self._delete(table.row))

    def _show(self, rows: list[Any], any_there: bool) -> None:
        self.table.model.set_rows(rows)
        self.table.setVisible(any_there)
        self.empty.setVisible(not any_there)
        self.delete.setEnabled(self.table.row is not None)

    def _delete(self, row: Trend | Event | None) -> None:
        if row is None:
            return
        try:
            self._desk.editing.delete(row.id)
        except WorldError as error:
            self.told.emit(error.message)


class TrendsPart(_ListPart):
    """What was noted as better, same or worse."""

    def __init__(self, desk: Desk, person: Person) -> None:
        self._labels: dict[str, str] = {}
        columns: list[Column[Trend]] = [
            Column(tr("Noted on"), lambda row: table_day(row.on), lambda row: row.on),
            Column(tr("Symptom"), self._label),
            Column(tr("How it is"), lambda row: direction_words(row.direction)),
            Column(tr("Since"), lambda row: table_day(row.since) if row.since else "", lambda row: row.since),
            Column(tr("Note"), lambda row: row.note or "", weight=1),
        ]
        table = FilterTable(RowsModel(columns), tr("Better, same or worse"))
        table.sort(0, descending=True)
        empty = EmptyState(
            "symptoms",
            tr("Nothing noted yet"),
            tr("Note now and then whether a symptom is better, the same or worse, and since when."),
            tr("Better, same or worse…"),
        )
        super().__init__(desk, person, table, empty)
        self.add = Button(self.tr("Better, same or worse…"), "primary")
        self.top.insertWidget(0, self.add)

    def read(self) -> None:
        """Read the list again."""
        choices = self._desk.entries.symptoms(self._person.id, everything=True)
        self._labels = {one.id: one.label for one in choices}
        trends = self._desk.entries.trends(self._person.id)
        self._show(trends, bool(trends))

    def _label(self, row: Trend) -> str:
        return tr("On the whole") if row.symptom is None else self._labels.get(row.symptom, row.symptom)


class NotesPart(_ListPart):
    """Events and notes, all or those with one tag.

    Signals:
        opened: the event or note to edit.
    """

    opened = Signal(object)

    def __init__(self, desk: Desk, person: Person) -> None:
        columns: list[Column[Event]] = [
            Column(tr("Day"), lambda row: table_day(row.on), lambda row: row.on),
            Column(tr("Until"), lambda row: table_day(row.until) if row.until else "", lambda row: row.until),
            Column(tr("What"), lambda row: event_words(row.what)),
            Column(tr("In words"), lambda row: row.text or "", weight=2),
            Column(tr("Tags"), lambda row: ", ".join(row.tags), weight=1),
        ]
        table = FilterTable(RowsModel(columns), tr("Notes and events"))
        table.sort(0, descending=True)
        empty = EmptyState(
            "edit",
            tr("No note yet"),
            tr("Note what may matter when someone looks at the scores: a medicine, an illness, a journey."),
            tr("Write a note…"),
        )
        super().__init__(desk, person, table, empty)
        self.tag = QComboBox()
        self.tag.setAccessibleName(self.tr("Only with this tag"))
        self.tag.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.note = Button(self.tr("Note…"), "primary")
        self.event_button = Button(self.tr("Event…"))
        for place, widget in enumerate((self.note, self.event_button)):
            self.top.insertWidget(place, widget)
        self.top.insertWidget(3, self.tag)
        self.tag.activated.connect(lambda _index: self.read())
        table.opened.connect(self.opened)

    def read(self) -> None:
        """Read the list again; the chosen tag stays while there is something with it."""
        events = self._desk.entries.events(self._person.id)
        chosen = self.tag.currentData()
        tags = sorted({tag for event in events for tag in event.tags}, key=str.casefold)
        self.tag.clear()
        self.tag.addItem(self.tr("All tags"), None)
        for tag in tags:
            self.tag.addItem(tag, tag)
        self.tag.setCurrentIndex(max(0, self.tag.findData(chosen)))
        self.tag.setVisible(bool(tags))
        wanted = self.tag.currentData()
        self._show([one for one in events if wanted is None or wanted in one.tags], bool(events))
