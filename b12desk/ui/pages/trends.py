"""Trends: the timeline, scores by days since the injection, labs and intervals, each also as a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from b12desk.charts import tables
from b12desk.charts.style import LIGHT
from b12desk.desk import Desk
from b12desk.domain.errors import WorldError
from b12desk.domain.records import Person
from b12desk.ui.canvas import ChartCanvas
from b12desk.ui.page import Page, Surroundings
from b12desk.ui.table_model import Column, RowsModel
from b12desk.ui.tasks import Ticket
from b12desk.ui.tokens import GAP
from b12desk.ui.trends.choices import ChartChoices
from b12desk.ui.trends.kinds import Kind, Wanted, kinds
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.filter_table import FilterTable
from b12desk.ui.widgets.labels import Notice
from b12desk.ui.widgets.page_frame import PageFrame

MATTERS = frozenset(
    {
        "score",
        "injection",
        "not_given",
        "lab_result",
        "trend",
        "plan",
        "event",
        "due",
        "day",
        "symptom_item",
        "everything",
    }
)
SAVED_INCHES = (11.0, 7.0)
FORMS: dict[str, Literal["png", "svg", "pdf"]] = {".png": "png", ".svg": "svg", ".pdf": "pdf"}
MOST_AT_FIRST = 6
"""Symptoms that are ticked at first; more would not fit into one window."""


@dataclass(frozen=True)
class Read:
    """What the worker brings: the chart's data, the phases that there are, and what stands below."""

    kind: Kind
    data: Any
    phases: tuple[str, ...]
    note: str


class TrendsPage(Page):
    """Reads and draws in the worker, and only while the page is in front."""

    def __init__(self, around: Surroundings, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(around, person, parent)
        self._kinds = {kind.id: kind for kind in kinds()}
        self._read_: Read | None = None
        self._under_way: Ticket | None = None
        self._stale = True
        self._table: FilterTable
        self._stack = QStackedWidget()
        self._build()
        self._connect()

    @property
    def kind(self) -> Kind:
        """The chart in front."""
        return self._kinds[self.choices.kind]

    @property
    def data(self) -> Any:
        """The data of the chart in front; None before it has been read."""
        return self._read_.data if self._read_ else None

    def refresh(self, changed: frozenset[str]) -> None:
        if not changed & MATTERS:
            return
        if changed & {"symptom_item", "everything"}:
            self._show_symptoms()
        self._read()

    def shown(self) -> None:
        if self._stale:
            self._read()

    def save(self, path: Path) -> None:
        """Write the chart in front to a file; the ending says how: .png, .svg, .pdf or .csv."""
        read = self._read_
        if read is None:
            return

        def work(_desk: Desk, _ticket: Ticket) -> None:
            _write(read, path)

        def failed(error: BaseException) -> None:
            if not isinstance(error, WorldError):
                raise error
            self.told.emit(error.message)

        self.around.tasks.run(
            work,
            lambda _: self.told.emit(self.tr("Saved as {0}").format(path.name)),
            failed,
            owner=self,
        )

    def _read(self) -> None:
        """Have the worker read what is asked for; where nobody looks, when the page is shown again."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        if self._under_way is not None:
            self._under_way.cancel()
        kind = self.kind
        since, until = self.choices.range.span
        wanted = Wanted(
            self.person.id,
            since,
            until,
            self._symptoms(kind),
            self.choices.phase,
            self.choices.threshold_score,
            self.choices.compared.isChecked(),
        )

        def work(desk: Desk, ticket: Ticket) -> Read | None:
            if ticket.cancelled():
                return None
            cycles = desk.pictures.cycles(wanted.person_id) if kind.phases else ()
            phases = tuple(dict.fromkeys(cycle.phase for cycle in cycles if cycle.phase))
            return Read(kind, kind.read(desk, wanted), phases, kind.note(desk, wanted))

        self._under_way = None
        self._under_way = self.around.tasks.run(work, self._on_read, self._on_failed, owner=self)

    def _symptoms(self, kind: Kind) -> tuple[str, ...] | None:
        return self.choices.symptoms.chosen if kind.symptoms else None

    def _on_read(self, read: Read | None) -> None:
        if read is None:
            return
        self._read_ = read
        if read.kind.phases:
            self.choices.show_phases(read.phases)
        self.note.say(read.note)
        self.canvas.setMinimumHeight(read.kind.room(read.data))
        self.canvas.show_chart(
            lambda style, size: read.kind.draw(read.data, style, size),
            lambda spot: read.kind.words(read.data, spot),
            self.tr("Chart: {0}").format(read.kind.title),
        )
        self._show_table()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, WorldError):
            raise error
        self.told.emit(error.message)

    def _show_table(self) -> None:
        table = self.as_table.isChecked()
        self._stack.setCurrentIndex(1 if table else 0)
        if not table or self._read_ is None:
            return
        head, *rows = tables.table(self._read_.data)
        former = self._table
        self._table = FilterTable(RowsModel(_columns(head)), self.tr("Numbers of the chart"))
        self._table.model.set_rows(rows)
        self._stack.insertWidget(1, self._table)
        self._stack.setCurrentWidget(self._table)
        self._stack.removeWidget(former)
        former.deleteLater()

    def _show_symptoms(self) -> None:
        shown = self.desk.entries.symptoms(self.person.id)
        before = self.choices.symptoms.chosen
        ids = [one.id for one in shown]
        self.choices.symptoms.set_choices(
            [(one.id, one.label) for one in shown], before or ids[:MOST_AT_FIRST]
        )

    def _build(self) -> None:
        self._frame = PageFrame(self.tr("Trends"), scrolls=False)
        self.as_table = Button(self.tr("Show as table"), "chip")
        self.as_table.setCheckable(True)
        self.save_button = Button(self.tr("Save chart…"), icon_name="export")
        self._frame.add_action(self.as_table)
        self._frame.add_action(self.save_button)
        self.choices = ChartChoices([(kind.id, kind.title) for kind in self._kinds.values()], self.desk.today)
        self._show_symptoms()
        self.canvas = ChartCanvas(self.around.tasks, self.around.theme)
        self._table = FilterTable(RowsModel([]), self.tr("Numbers of the chart"))
        card = Card()
        card.body.setContentsMargins(GAP, GAP, GAP, GAP)
        scroller = QScrollArea()
        scroller.setWidgetResizable(True)
        scroller.setFrameShape(QFrame.Shape.NoFrame)
        scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroller.setWidget(self.canvas)
        card.body.addWidget(scroller)
        self._stack.addWidget(card)
        self._stack.addWidget(self._table)
        self._frame.body.addWidget(self.choices)
        self._frame.body.addWidget(self._stack, 1)
        self.note = Notice()
        self._frame.body.addWidget(self.note)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)

    def _connect(self) -> None:
        self.choices.changed.connect(self._read)
        self.as_table.clicked.connect(self._show_table)
        self.save_button.clicked.connect(self._ask_where)

    def _ask_where(self) -> None:
        name, chosen = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the chart"),
            f"{self.kind.id}.png",
            "PNG (*.png);;SVG (*.svg);;PDF (*.pdf);;CSV (*.csv)",
        )
        if name:
            path = Path(name)
            ending = chosen[-5:-1] if chosen else ".png"
            self.save(path if path.suffix else path.with_suffix(ending))


def _write(read: Read, path: Path) -> None:
    from b12desk.exporters.new_file import new_file

    with new_file(path) as stream:
        stream.write(_file_of(read, path.suffix.lower()))


def _file_of(read: Read, ending: str) -> bytes:
    """The chart as PNG, SVG or PDF, or its numbers as CSV."""
    from b12desk.charts.save import to_bytes

    if ending == ".csv":
        return tables.csv_text(tables.table(read.data)).encode()
    form = FORMS.get(ending)
    if form is None:
        raise WorldError("usage", "A chart is saved as .png, .svg, .pdf or .csv.")
    return to_bytes(read.kind.draw(read.data, LIGHT, SAVED_INCHES), form)


def _columns(head: list[str]) -> list[Column[list[str]]]:
    def column(place: int, title: str) -> Column[list[str]]:
        return Column(
            title[:1].upper() + title[1:], lambda row: row[place], lambda row: _sort_key(row[place])
        )

    return [column(place, title) for place, title in enumerate(head)]


def _sort_key(text: str) -> tuple[int, float, str]:
    """Numbers by their size, before words by the alphabet."""
    try:
        return 0, float(text), ""
    except ValueError:
        return 1, 0.0, text.casefold()
