"""The product form on a product that is there already."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, Outcome
from b12desk.domain.questions import Answers
from b12desk.domain.records import Person, Product
from b12desk.ui.dialogs.product_form import ProductForm


class ProductEditForm(ProductForm):
    """Changes only what was typed anew; injections that name the product go on naming it."""

    def __init__(self, desk: Desk, person: Person, product: Product, parent: QWidget | None = None) -> None:
        super().__init__(desk, person, parent=parent)
        self.title = product.name
        self._product = product
        self.name.set_text(product.name)
        self.form.set_value(product.form)
        self.strength.set_text(str(product.strength) if product.strength else None)
        self.volume.set_text(str(product.volume) if product.volume else None)
        self.brand.set_text(product.brand)
        self.source.set_value(product.source)
        self.note.set_text(product.note)
        self._before = self._values()

    def write(self, answers: Answers) -> Outcome:
        changed = {name: text for name, text in self._values().items() if text != self._before[name]}
        return self._desk.editing.edit(self._product.id, changed, answers)

    def _values(self) -> dict[str, str | None]:
        return {
            "name": self.name.text,
            "form": self.form.value,
            "strength": self.strength.text,
            "volume": self.volume.text,
            "brand": self.brand.text,
            "source": self.source.value,
            "note": self.note.text,
        }
