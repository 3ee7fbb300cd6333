"""Injections: planned against given, with the days since the one before; sortable, filterable, editable."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from b12desk.desk.views import InjectionRow
from b12desk.domain.errors import WorldError
from b12desk.domain.records import Injection, NotGiven, Person
from b12desk.domain.units import both_units
from b12desk.domain.wording import count
from b12desk.ui import words
from b12desk.ui.page import Page, Surroundings
from b12desk.ui.table_model import Column, RowsModel
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.empty_state import EmptyState
from b12desk.ui.widgets.filter_table import FilterTable
from b12desk.ui.widgets.page_frame import PageFrame


class InjectionsPage(Page):
    """The table of everything given, not given and still open."""

    def __init__(self, around: Surroundings, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(around, person, parent)
        self._build()
        self._connect()
        self._read()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"due", "day", "reaction", "everything"}:
            self._read()

    def shown(self) -> None:
        self.table.view.setFocus()

    def _read(self) -> None:
        rows = self.desk.views.injections(self.person.id)
        self.table.model.set_rows(rows)
        given = sum(isinstance(row.record, Injection) for row in rows)
        self._frame.subtitle.setText(self.tr("{0} given").format(given) if given else "")
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._on_chosen(self.table.row)

    def _build(self) -> None:
        self._frame = PageFrame(self.tr("Injections"), scrolls=False)
        self.log = Button(self.tr("Log injection"), "primary", shortcut="Ctrl+L")
        self.edit = Button(self.tr("Edit…"), icon_name="edit")
        self.delete = Button(self.tr("Delete"), icon_name="delete")
        for button in (self.edit, self.delete, self.log):
            self._frame.add_action(button)
        self.table = FilterTable(RowsModel(_columns()), self.tr("Injections"))
        self.table.sort(0, descending=True)
        self._empty = EmptyState(
            "injections",
            self.tr("No injection yet"),
            self.tr("Log the last one with the day you remember; “about” is good enough."),
        )
        self._frame.body.addWidget(self.table, 1)
        self._frame.body.addWidget(self._empty, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)

    def _connect(self) -> None:
        self.log.clicked.connect(self._open_log)
        self.edit.clicked.connect(lambda: self._open(self.table.row))
        self.delete.clicked.connect(lambda: self._delete(self.table.row))
        self.table.opened.connect(self._open)
        self.table.delete_wanted.connect(self._delete)
        self.table.chosen.connect(self._on_chosen)

    def _on_chosen(self, row: InjectionRow | None) -> None:
        self.edit.setEnabled(row is not None)
        self.delete.setEnabled(row is not None and row.record is not None)

    def _open_log(self) -> None:
        from b12desk.ui.dialogs.injection_form import InjectionForm

        due = self.desk.plans.due(self.person.id).due
        self.form_opened.emit(InjectionForm(self.desk, self.person, due[0] if due else None))

    def _open(self, row: InjectionRow | None) -> None:
        from b12desk.ui.dialogs.injection_edit import InjectionEditForm
        from b12desk.ui.dialogs.injection_form import InjectionForm
        from b12desk.ui.dialogs.not_given_edit import NotGivenEditForm

        if row is None:
            return
        if isinstance(row.record, Injection):
            self.form_opened.emit(InjectionEditForm(self.desk, self.person, row.record))
        elif isinstance(row.record, NotGiven):
            self.form_opened.emit(NotGivenEditForm(self.desk, self.person, row.record))
        elif row.record is None:
            self.form_opened.emit(InjectionForm(self.desk, self.person, row.occurrence))

    def _delete(self, row: InjectionRow | None) -> None:
        if row is None or row.record is None:
            return
        try:
            self.desk.editing.delete(row.record.id)
        except WorldError as error:
            self.told.emit(error.message)


def _columns() -> list[Column[InjectionRow]]:
    return [
        Column(words.tr("Day"), _day, lambda row: row.on),
        Column(words.tr("What"), _state),
        Column(words.tr("Planned"), _planned, lambda row: row.occurrence.planned if row.occurrence else None),
        Column(words.tr("Days since"), _since, lambda row: row.days_since_last, right=True),
        Column(words.tr("Dose and product"), _product, weight=1),
        Column(words.tr("Where"), _where),
        Column(words.tr("Notes"), _notes),
    ]


def _day(row: InjectionRow) -> str:
    record = row.record
    about = isinstance(record, Injection) and record.precision == "approximate"
    return words.tr("about {0}").format(words.table_day(row.on)) if about else words.table_day(row.on)


def _state(row: InjectionRow) -> str:
    if isinstance(row.record, Injection):
        if row.record.given_elsewhere:
            return words.tr("given elsewhere")
        return words.tr("given, extra") if row.occurrence is None else words.tr("given")
    if isinstance(row.record, NotGiven):
        return words.tr("postponed") if row.record.moved_to else words.reason_words(row.record.reason)
    state = row.occurrence.state if row.occurrence else ""
    return {
        "late": words.tr("planned, not logged"),
        "to_confirm": words.tr("planned, ask your clinic"),
        "ask_clinic": words.tr("ask your clinic"),
    }.get(state, words.tr("planned"))


def _planned(row: InjectionRow) -> str:
    if isinstance(row.record, NotGiven):
        return words.table_day(row.record.planned)
    if row.occurrence is None:
        return "–"
    day, days = words.table_day(row.occurrence.planned), row.days_from_planned
    if days is None:
        return day
    if days == 0:
        return words.tr("as planned")
    late = words.tr("{0}, {1} after") if days > 0 else words.tr("{0}, {1} before")
    return late.format(day, count(abs(days), "day"))


def _since(row: InjectionRow) -> str:
    return "" if row.days_since_last is None else str(row.days_since_last)


def _product(row: InjectionRow) -> str:
    dose = (
        row.record.dose
        if isinstance(row.record, Injection)
        else row.occurrence.dose
        if row.occurrence
        else None
    )
    return " ".join(part for part in (both_units(dose) if dose else "", row.product_name) if part)


def _where(row: InjectionRow) -> str:
    if not isinstance(row.record, Injection):
        return ""
    return " ".join(part for part in (row.record.side, row.record.site) if part)


def _notes(row: InjectionRow) -> str:
    note = row.record.note if row.record is not None else None
    return " · ".join(part for part in (*(reaction.what for reaction in row.reactions), note) if part)
