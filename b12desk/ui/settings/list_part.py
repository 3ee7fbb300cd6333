"""A table of records with Add, Edit and Delete: the people of the diary, the products of a person."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from b12desk.desk import Desk
from b12desk.desk.products import UNKNOWN
from b12desk.domain.errors import WorldError
from b12desk.domain.records import Amount, Person, Product
from b12desk.domain.units import both_units
from b12desk.ui.form import Form
from b12desk.ui.table_model import Column, RowsModel
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.filter_table import FilterTable
from b12desk.ui.words import table_day, tr


class ListPart(QWidget):
    """Enter or a double click edits.

    Signals:
        form_wanted: a form to show.
        told: a sentence, where something could not be done.
    """

    form_wanted = Signal(Form)
    told = Signal(str)

    def __init__(
        self, name: str, columns: list[Column[Any]], add: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.table = FilterTable(RowsModel(columns), name)
        self.table.sort(0)
        self.add = Button(add, "primary")
        self.edit = Button(self.tr("Edit…"), icon_name="edit")
        top = QHBoxLayout()
        top.setSpacing(GAP * 2)
        for button in (self.add, self.edit):
            top.addWidget(button)
        top.addStretch(1)
        self.top = top
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP * 3)
        rows.addLayout(top)
        rows.addWidget(self.table, 1)
        self.add.clicked.connect(self.open_new)
        self.edit.clicked.connect(lambda: self.open(self.table.row))
        self.table.opened.connect(self.open)
        self.table.chosen.connect(self._on_chosen)
        self._on_chosen(None)

    def open_new(self) -> None:
        """Open the form for a new one."""
        raise NotImplementedError

    def open(self, row: Any) -> None:
        """Open the form for this one."""
        raise NotImplementedError

    def _on_chosen(self, row: Any) -> None:
        self.edit.setEnabled(row is not None)


class PeoplePart(ListPart):
    """Everyone in the diary."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._desk = desk
        columns: list[Column[Person]] = [
            Column(tr("Name"), lambda row: row.name),
            Column(
                tr("Born"),
                lambda row: table_day(row.birth_date) if row.birth_date else "",
                lambda row: row.birth_date,
            ),
            Column(tr("Clinic"), lambda row: row.clinic or ""),
            Column(tr("How to reach it"), lambda row: row.clinic_contact or "", weight=1),
            Column(tr("Emergency number"), lambda row: row.emergency_number or ""),
        ]
        super().__init__(tr("People"), columns, tr("Add a person…"), parent)

    def read(self) -> None:
        """Read the list again."""
        self.table.model.set_rows(self._desk.people.list())
        self._on_chosen(self.table.row)

    def open_new(self) -> None:
        from b12desk.ui.dialogs.person_form import PersonForm

        self.form_wanted.emit(PersonForm(self._desk))

    def open(self, row: Person | None) -> None:
        from b12desk.ui.settings.person_edit import PersonEditForm

        if row is not None:
            self.form_wanted.emit(PersonEditForm(self._desk, row))


class ProductsPart(ListPart):
    """What is in this person's ampoules and vials."""

    def __init__(self, desk: Desk, person: Person, parent: QWidget | None = None) -> None:
        self._desk = desk
        self._person = person
        columns: list[Column[Product]] = [
            Column(tr("Name"), lambda row: row.name, lambda row: row.name.casefold()),
            Column(tr("Form of B12"), lambda row: row.form),
            Column(tr("Strength"), lambda row: _amount(row.strength)),
            Column(tr("Volume"), lambda row: str(row.volume) if row.volume else ""),
            Column(tr("Brand"), lambda row: row.brand or ""),
            Column(tr("From"), lambda row: tr("not known") if row.source == "unknown" else tr(row.source)),
            Column(tr("Note"), lambda row: row.note or "", weight=1),
        ]
        super().__init__(tr("Products"), columns, tr("Add a product…"), parent)
        self.delete = Button(self.tr("Delete"), icon_name="delete")
        self.delete.setEnabled(False)
        self.top.addWidget(self.delete)
        self.delete.clicked.connect(lambda: self._delete(self.table.row))
        self.table.delete_wanted.connect(self._delete)

    def read(self) -> None:
        """Read the list again; "unknown" is always there and is not shown."""
        products = self._desk.products.list(self._person.id)
        self.table.model.set_rows([one for one in products if one.name != UNKNOWN])
        self._on_chosen(self.table.row)

    def open_new(self) -> None:
        from b12desk.ui.dialogs.product_form import ProductForm

        self.form_wanted.emit(ProductForm(self._desk, self._person))

    def open(self, row: Product | None) -> None:
        from b12desk.ui.settings.product_edit import ProductEditForm

        if row is not None:
            self.form_wanted.emit(ProductEditForm(self._desk, self._person, row))

    def _delete(self, row: Product | None) -> None:
        if row is None:
            return
        try:
            self._desk.editing.delete(row.id)
        except WorldError as error:
            self.told.emit(error.message)

    def _on_chosen(self, row: Any) -> None:
        super()._on_chosen(row)
        if hasattr(self, "delete"):
            self.delete.setEnabled(row is not None)


def _amount(amount: Amount | None) -> str:
    return both_units(amount) if amount else ""
