"""Products: what is in the ampoule or vial; an injection always names one, "unknown" included (S2, S65)."""

from __future__ import annotations

from typing import cast, get_args

from b12desk.desk.context import Context
from b12desk.desk.outcome import Outcome
from b12desk.domain.errors import Invalid, NotFound, WorldError
from b12desk.domain.names import read_name
from b12desk.domain.records import Form, Product, Source
from b12desk.domain.units import read_amount

UNKNOWN = "unknown"


class Products:
    """Operations on products."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self, person_id: str) -> list[Product]:
        """The person's products in the order of being added."""
        found = self._context.diary.records(Product, person_id=person_id)
        return sorted(found, key=lambda product: (product.recorded_at, product.name))

    def find(self, person_id: str, name_or_id: str) -> Product:
        """The product of this name or id; `not_found` names those that there are."""
        wanted = name_or_id.strip().casefold()
        products = self.list(person_id)
        for product in products:
            if product.id == name_or_id or product.name.casefold() == wanted:
                return product
        names = ", ".join(product.name for product in products)
        raise NotFound(f"There is no product called “{name_or_id}”; there are: {names}.")

    def unknown(self, person_id: str) -> Product:
        """The product that stands for "nobody knows"; it was made with the person."""
        return self.find(person_id, UNKNOWN)

    def names(self, person_id: str) -> dict[str, str]:
        """Product id to name."""
        return {product.id: product.name for product in self.list(person_id)}

    def add(
        self,
        person_id: str,
        name: str,
        *,
        form: str,
        strength: str | None = None,
        volume: str | None = None,
        brand: str | None = None,
        source: str = "unknown",
        note: str | None = None,
    ) -> Outcome:
        """Add a product as its label says: `strength` ("1000 ug/mL"), `volume` of the container ("1 mL").

        Raises:
            Invalid: an amount that cannot be read, a form or source that is not in the list.
            WorldError: `exists` when the name is taken.
        """
        name = read_name(name, "A product")
        if form not in get_args(Form):
            raise Invalid(f"“{form}” is not one of {', '.join(get_args(Form))}.", "form")
        if source not in get_args(Source):
            raise Invalid(f"“{source}” is not one of {', '.join(get_args(Source))}.", "source")
        if any(product.name.casefold() == name.casefold() for product in self.list(person_id)):
            raise WorldError("exists", f"There is already a product called “{name}”.")
        product = Product(
            **self._context.stamp(person_id),
            name=name,
            form=cast("Form", form),
            strength=read_amount(strength, "strength", per_volume=True) if strength else None,
            volume=read_amount(volume, "volume", units=("mL",)) if volume else None,
            brand=brand,
            source=cast("Source", source),
            note=note,
        )
        return self._context.add("add product", f"Added the product {name}", [product])
