"""One phase of a plan: what is given, how often, until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from b12desk.ui import words
from b12desk.ui.plan import typed_rules
from b12desk.ui.widgets.amounts import dose_in_words, volume_in_words
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.fields import ChipsField, Field, ListField, TextField
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.rows import row

MOST_CHIPS = 8
"""More options than this stand in a list that drops down."""


class PhaseEditor(Card):
    """Edits the plan file's object of one phase.

    Signals:
        edited: something was typed or chosen.
        removed: the phase is to go.
    """

    edited = Signal()
    removed = Signal()

    def __init__(self, number: int, products: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.number = number
        self._on_day: int | None = None
        self._build(products)
        self._connect()
        self._show_examples()

    def fields(self) -> Iterator[tuple[str, Field]]:
        """Each field with the path by which an error names it."""
        path = f"phases[{self.number - 1}]"
        yield from (
            (f"{path}.name", self.name),
            (f"{path}.dose", self.dose),
            (f"{path}.volume", self.volume),
            (f"{path}.product", self.product),
            (f"{path}.route", self.route),
            (f"{path}.every", self.every),
            (f"{path}.until", self.until),
        )

    def renumber(self, number: int) -> None:
        """Take another place in the plan."""
        self.number = number
        self._heading.setText(self.tr("Phase {0}").format(number))
        self.remove.setAccessibleName(self.tr("Remove phase {0}").format(number))

    def value(self) -> dict[str, Any]:
        """The phase as the plan file writes it.

        Raises:
            ValueError: no route is chosen, or what is typed for the interval or the end cannot be read.
        """
        if self.route.value is None:
            raise ValueError(
                self.tr("Choose the route that your clinic wrote for phase {0}.").format(self.number)
            )
        data: dict[str, Any] = {
            "name": self.name.text or "",
            "dose": self.dose.text or "",
            "product": self.product.value,
            "route": self.route.value,
            "every": typed_rules.every_of(self.every_kind.value or "", self.every.text or ""),
        }
        if self.volume.text:
            data["volume"] = self.volume.text
        if "months" in data["every"] and self._on_day:
            data["every"]["on_day"] = self._on_day
        data["until"] = typed_rules.until_of(self.until_kind.value or "", self.until.text or "")
        return data

    def set_value(self, data: Mapping[str, Any]) -> None:
        """Fill from a plan file or a preset; what a preset leaves open stays empty, its options as chips."""
        self.name.set_text(data.get("name"))
        self.product.set_value(data.get("product"))
        route = data.get("route", "IM")
        self.route.set_value(None if isinstance(route, Mapping) else route)
        for key, field in (("dose", self.dose), ("volume", self.volume)):
            given = data.get(key)
            field.set_text(None if isinstance(given, Mapping) else given)
            if isinstance(given, Mapping):
                self._offer(given["choose"], lambda value, field=field: field.set_text(str(value)))
        self._set_every(data.get("every", {}))
        self._set_until(data.get("until", "no_end"))

    def _set_every(self, every: Mapping[str, Any]) -> None:
        self._on_day = every.get("on_day")
        nested = next((value for value in every.values() if isinstance(value, Mapping)), None)
        if "choose" in every:
            self._offer(every["choose"], self._take_every)
        elif nested is not None:
            key = next(iter(every))
            self._offer(nested["choose"], lambda value: self._take_every({key: value}))
        if "choose" not in every:
            self._take_every(every)

    def _take_every(self, every: Mapping[str, Any]) -> None:
        kind, typed = typed_rules.typed_every(every)
        self._on_day = every.get("on_day")
        self.every_kind.set_value(kind)
        self.every.set_text(typed)
        self._show_examples()

    def _set_until(self, until: Any) -> None:
        if isinstance(until, Mapping) and "choose" in until:
            self._offer(until["choose"], self._take_until)
        else:
            self._take_until(until)

    def _take_until(self, until: Any) -> None:
        kind, typed = typed_rules.typed_until(until)
        self.until_kind.set_value(kind)
        self.until.set_text(typed)
        self._show_examples()

    def _offer(self, options: Any, take: Any) -> None:
        """Put a preset's options below the phase; nothing is chosen until the person does."""
        if not isinstance(options, list):
            return
        asked = self.tr("Which one did your clinic write?")
        choices = [(str(number), typed_rules.option_words(option)) for number, option in enumerate(options)]
        field: ListField | ChipsField
        if len(choices) > MOST_CHIPS:
            field = ListField(asked, choices, empty=self.tr("Choose…"))
        else:
            field = ChipsField(asked, choices, may_clear=False)

        def on_chosen() -> None:
            if field.value is not None:
                take(options[int(field.value)])
                self.edited.emit()

        field.edited.connect(on_chosen)
        self.body.addWidget(field)

    def _build(self, products: Sequence[str]) -> None:
        self._heading = label("", "lead")
        self.header.addWidget(self._heading)
        self.header.addStretch(1)
        self.remove = Button(self.tr("Remove"), "link")
        self.renumber(self.number)
        self.header.addWidget(self.remove)
        self.body.addLayout(self.header)
        self.name = TextField(self.tr("Name"), placeholder=self.tr("Maintenance"), required=True, longest=60)
        self.dose = TextField(self.tr("Dose"), check=dose_in_words, placeholder="1000 ug", required=True)
        self.volume = TextField(self.tr("Volume"), check=volume_in_words, placeholder="1 mL", optional=True)
        self.product = ListField(self.tr("Product"), [(name, name) for name in products])
        self.route = ChipsField(self.tr("Route"), words.route_choices(), may_clear=False)
        self.route.set_value("IM")
        self.every_kind = ListField(self.tr("How often"), typed_rules.every_kinds())
        self.every = TextField(self.tr("Number or days"), required=True, check=self._check_every)
        self.until_kind = ListField(self.tr("Until"), typed_rules.until_kinds())
        self.until = TextField(self.tr("How many, or which day"), check=self._check_until)
        self.every_kind.set_value("weeks")
        self.until_kind.set_value("no_end")
        self.body.addLayout(row(self.name, self.dose, self.volume))
        self.body.addWidget(self.product)
        self.body.addWidget(self.route)
        self.body.addLayout(row(self.every_kind, self.every))
        self.body.addLayout(row(self.until_kind, self.until))

    def _connect(self) -> None:
        for _path, field in self.fields():
            field.edited.connect(self.edited)
        for field in (self.every_kind, self.until_kind):
            field.edited.connect(self._show_examples)
            field.edited.connect(self.edited)
        self.remove.clicked.connect(self.removed)

    def _show_examples(self) -> None:
        every, until = self.every_kind.value or "", self.until_kind.value or ""
        self.every.line.setPlaceholderText(typed_rules.EVERY_EXAMPLES[every])
        self.until.line.setPlaceholderText(typed_rules.UNTIL_EXAMPLES.get(until, ""))
        self.until.setVisible(until not in typed_rules.OPEN_ENDS)

    def _check_every(self, typed: str) -> str:
        typed_rules.every_of(self.every_kind.value or "", typed)
        return ""

    def _check_until(self, typed: str) -> str:
        typed_rules.until_of(self.until_kind.value or "", typed)
        return ""
