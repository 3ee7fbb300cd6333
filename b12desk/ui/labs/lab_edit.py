"""The form of a laboratory result on one that is there already, by hand or from a file."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, Outcome
from b12desk.domain.errors import Invalid
from b12desk.domain.numbers import read_number
from b12desk.domain.printed_units import in_print
from b12desk.domain.questions import Answers
from b12desk.domain.records import LabResult, Person
from b12desk.ui.labs.lab_form import LabForm
from b12desk.ui.widgets.typed_dates import read_time


class LabEditForm(LabForm):
    """Changes only what was typed anew; what the laboratory's file said stays in the kept original."""

    def __init__(self, desk: Desk, person: Person, result: LabResult, parent: QWidget | None = None) -> None:
        super().__init__(desk, person, parent)
        self.title = self.tr("Edit a laboratory result")
        self._result = result
        if result.analyte:
            self.analyte.set_value(result.analyte)
        self._show_units()
        self.analyte.setEnabled(False)
        self._kept = f"{result.comparator or ''}{result.value}" if result.value else result.text or ""
        self.value.set_text(self._kept)
        if result.unit and self.unit.box.findData(result.unit) < 0:
            self.unit.box.addItem(in_print(result.unit), result.unit)
        self.unit.set_value(result.unit)
        self.day.set_value(result.on)
        if len(result.collected) > len("2026-01-05"):
            self.time.set_value(read_time(result.collected[11:16]))
        self.low.set_text(result.reference_low)
        self.high.set_text(result.reference_high)
        self.range_text.set_text(result.reference_text)
        self.flag.set_text(result.flag)
        self.lab.set_text(result.lab)
        self.baseline.set_value("yes" if result.baseline else None)
        self.note.set_text(result.note)
        self._before = self._values()

    def write(self, answers: Answers) -> Outcome:
        changed = {name: text for name, text in self._values().items() if text != self._before[name]}
        return self._desk.editing.edit(self._result.id, changed, answers)

    def _values(self) -> dict[str, str | None]:
        draft = self.draft()
        number = read_number(draft.value, "." if draft.value == self._kept else None)
        if number is not None and number.other:
            words = f"“{draft.value}” can be read in two ways; if it is {number.other}, type it so."
            raise Invalid(words, "value")
        return {
            "value": number.value if number else None,
            "comparator": number.comparator if number else None,
            "text": None if number else draft.value,
            "unit": draft.unit,
            "unit_reported": self._result.unit_reported if draft.unit == self._result.unit else draft.unit,
            "collected": self._collected(draft.collected),
            "reference_low": draft.low,
            "reference_high": draft.high,
            "reference_text": draft.range_text,
            "flag": draft.flag,
            "lab": draft.lab,
            "baseline": "yes" if draft.baseline else "no",
            "note": draft.note,
        }

    def _collected(self, typed: str) -> str:
        """The report's own precision and offset, unless day or time were typed anew."""
        return self._result.collected if self._result.collected.startswith(typed) else typed
