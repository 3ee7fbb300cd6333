"""A reaction at the site or a general one, after an injection or by itself."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, Outcome
from b12desk.domain.questions import Answers
from b12desk.domain.records import Injection, Person
from b12desk.domain.wording import long_day
from b12desk.ui import words
from b12desk.ui.form import Form
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.date_field import DateField
from b12desk.ui.widgets.fields import ChipsField, NoteField, TextField
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.rows import row

AREAS = (("site", "at the injection site"), ("general", "general"))
SEVERITIES = (("mild", "mild"), ("moderate", "moderate"), ("severe", "severe"))


class ReactionForm(Form):
    """Writes down what was noticed; it judges nothing (S5, S6)."""

    def __init__(
        self, desk: Desk, person: Person, injection: Injection | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("A reaction"), parent=parent)
        self._desk = desk
        self._person = person
        self._injection = injection
        self._build()

    def write(self, answers: Answers) -> Outcome:
        return self._desk.entries.log_reaction(
            self._person.id,
            self.what.text or "",
            area=self.area.value or "",
            severity=self.severity.value or "mild",
            injection_id=self._injection.id if self._injection else None,
            on=self.day.value,
            until=self.until.value,
            note=self.note.text,
        )

    def start(self) -> None:
        """What was noticed comes first."""
        self.what.take_focus()

    def _build(self) -> None:
        card = Card()
        if self._injection is not None:
            day = long_day(self._injection.on)
            card.body.addWidget(label(self.tr("After the injection of {0}").format(day), "muted"))
        self.what = TextField(
            self.tr("What did you notice?"), placeholder=self.tr("soreness, headache"), required=True
        )
        self.area = ChipsField(
            self.tr("Where?"), [(area, words.tr(text)) for area, text in AREAS], may_clear=False
        )
        self.area.set_value("site")
        self.severity = ChipsField(
            self.tr("How strong?"), [(one, words.tr(text)) for one, text in SEVERITIES], may_clear=False
        )
        self.severity.set_value("mild")
        self.day = DateField(self.tr("Since"), self._desk.today, past_only=True, required=True)
        self.day.set_value(self._desk.today())
        self.until = DateField(self.tr("Until"), self._desk.today, past_only=True, optional=True)
        self.note = NoteField(self.tr("Note"))
        for name, field in (
            ("what", self.what),
            ("area", self.area),
            ("severity", self.severity),
            ("on", self.day),
            ("until", self.until),
            ("note", self.note),
        ):
            self.add_field(name, field)
        card.body.addWidget(self.what)
        card.body.addLayout(row(self.area, self.severity))
        card.body.addLayout(row(self.day, self.until))
        card.body.addWidget(self.note)
        self.body.addWidget(card)
        self.body.addStretch(1)
