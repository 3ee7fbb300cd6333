"""A laboratory value by hand: number echoed, unit never taken for granted, the other unit beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, LabDraft, Outcome
from b12desk.domain.errors import WorldError
from b12desk.domain.numbers import read_number
from b12desk.domain.printed_units import in_print
from b12desk.domain.questions import Answers
from b12desk.domain.records import Person
from b12desk.ui.form import Form
from b12desk.ui.labs.columns import other_unit
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.date_field import DateField, TimeField
from b12desk.ui.widgets.fields import ChipsField, ListField, NoteField, TextField
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.rows import row

LIKELY = "serum_b12"


class LabForm(Form):
    """Copies one line of a report."""

    def __init__(self, desk: Desk, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("A laboratory result"), parent=parent)
        self._desk = desk
        self._person = person
        self._build_value()
        self._build_report()
        self.body.addStretch(1)
        self._show_units()

    def write(self, answers: Answers) -> Outcome:
        return self._desk.lab_entries.log_lab(self._person.id, self.draft(), answers)

    def start(self) -> None:
        """The test first."""
        self.analyte.take_focus()

    def draft(self) -> LabDraft:
        """What is typed."""
        day, at = self.day.value or self._desk.today(), self.time.value
        return LabDraft(
            analyte=self.analyte.value or "",
            value=self.value.text or "",
            unit=self.unit.value,
            collected=f"{day.isoformat()}T{at:%H:%M}" if at else day.isoformat(),
            low=self.low.text,
            high=self.high.text,
            range_text=self.range_text.text,
            flag=self.flag.text,
            lab=self.lab.text,
            note=self.note.text,
            baseline=self.baseline.value == "yes",
        )

    def changed_by_typing(self) -> None:
        """Show the other unit, and say early what will be asked; the answer is only wanted at Save."""
        draft = self.draft()
        self.unit.echo(self._other_words(draft))
        asked = ""
        if self.value.text and (draft.unit or read_number(draft.value) is None):
            try:
                questions = self._desk.lab_entries.questions_for(self._person.id, draft)
            except WorldError as error:
                asked = error.message
            else:
                asked = " ".join(question.text for question in questions)
        self._hint.setText(asked)
        self._hint.setVisible(bool(asked))

    def _other_words(self, draft: LabDraft) -> str:
        number = read_number(draft.value)
        known = self._desk.analytes.by_id.get(draft.analyte)
        if number is None or number.other or known is None:
            return ""
        other = other_unit(known, number.value, draft.unit)
        return f"= {number.comparator or ''}{other[0]} {in_print(other[1])}" if other else ""

    def _show_units(self) -> None:
        """The units of the chosen test; none is chosen beforehand, since those of B12 overlap."""
        known = self._desk.analytes.by_id[self.analyte.value or LIKELY]
        self.unit.set_choices([(unit, in_print(unit)) for unit in known.units])
        self.unit.set_value(None)
        self.changed_by_typing()

    def _build_value(self) -> None:
        card = Card()
        catalogue = self._desk.analytes
        self.analyte = ListField(self.tr("Test"), [(one.id, one.label) for one in catalogue.by_id.values()])
        self.analyte.set_value(LIKELY)
        self.value = TextField(
            self.tr("Result as printed"), check=_number_words, placeholder="312, >2000", required=True
        )
        self.unit = UnitField(self.tr("Unit as printed"))
        self.day = DateField(self.tr("Day of the sample"), self._desk.today, past_only=True, required=True)
        self.time = TimeField(self.tr("Time of the sample"))
        for name, field in (
            ("analyte", self.analyte),
            ("value", self.value),
            ("unit", self.unit),
            ("at", self.day),
            ("time", self.time),
        ):
            self.add_field(name, field)
        self.analyte.edited.connect(self._show_units)
        self._hint = label("", "small", wrap=True)
        self._hint.hide()
        card.body.addWidget(self.analyte)
        card.body.addLayout(row(self.value, self.unit))
        card.body.addWidget(self._hint)
        card.body.addLayout(row(self.day, self.time, stretch=(3, 2)))
        self.body.addWidget(card)

    def _build_report(self) -> None:
        card = Card(self.tr("From the report, if it is there"))
        self.low = TextField(self.tr("Range from"), check=_plain_number, optional=True)
        self.high = TextField(self.tr("Range to"), check=_plain_number, optional=True)
        self.range_text = TextField(self.tr("Or the range in words"), optional=True)
        self.flag = TextField(self.tr("The laboratory's flag"), placeholder="H, L, *", optional=True)
        self.lab = TextField(self.tr("Laboratory"), optional=True)
        self.baseline = ChipsField(
            self.tr("Taken before the first injection?"), [("yes", self.tr("yes"))], optional=True
        )
        self.note = NoteField(self.tr("Note"))
        for name in ("low", "high", "range_text", "flag", "lab", "baseline", "note"):
            self.add_field(name, getattr(self, name))
        card.body.addLayout(row(self.low, self.high, self.range_text, stretch=(1, 1, 2)))
        card.body.addLayout(row(self.flag, self.lab, self.baseline))
        card.body.addWidget(self.note)
        self.body.addWidget(card)


class UnitField(ListField):
    """A unit that must be chosen: a guess here would change the result by a quarter or more."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, [], parent=parent)

    def set_choices(self, choices: list[tuple[str, str]]) -> None:  # type: ignore[override]
        super().set_choices(choices)
        self.box.insertItem(0, self.tr("Choose…"), None)

    def problem(self) -> str | None:
        return None if self.value else self.tr("Please choose the unit that the report prints.")


def _number_words(text: str) -> str:
    """How the number was read; words stay words."""
    number = read_number(text)
    if number is None or number.other:
        return ""
    understood = f"{number.comparator or ''}{number.value}"
    return "" if understood == text.replace(" ", "") else understood


def _plain_number(text: str) -> str:
    number = read_number(text)
    if number is None or number.other or number.comparator:
        raise ValueError("Type a plain number, as on the report.")
    return "" if number.value == text else number.value
