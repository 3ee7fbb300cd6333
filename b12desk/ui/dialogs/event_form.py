"""Something beside the injections: an event with its days, or a plain note."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, Outcome
from b12desk.domain.questions import Answers
from b12desk.domain.records import Person
from b12desk.ui import words
from b12desk.ui.form import Form
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.date_field import DateField
from b12desk.ui.widgets.fields import ChipsField, NoteField, TextField
from b12desk.ui.widgets.rows import row

NOTE = "note"
KINDS = (
    ("medicine_started", "medicine started"),
    ("medicine_stopped", "medicine stopped"),
    ("supplement_started", "supplement started"),
    ("supplement_stopped", "supplement stopped"),
    ("illness", "illness"),
    ("operation", "operation"),
    ("nitrous_oxide", "nitrous oxide"),
    ("travel", "travel"),
    ("other", "other"),
)


class EventForm(Form):
    """Notes what may matter when someone looks at the scores later (S11)."""

    def __init__(
        self, desk: Desk, person: Person, what: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("A note") if what == NOTE else self.tr("An event"), parent=parent)
        self._desk = desk
        self._person = person
        self._note_only = what == NOTE
        self._build()

    def write(self, answers: Answers) -> Outcome:
        return self._desk.entries.log_event(
            self._person.id,
            NOTE if self._note_only else self.kind.value or "",
            on=self.day.value,
            until=self.until.value,
            text=self.text.text,
            tags=[tag for tag in (self.tags.text or "").split(",") if tag.strip()],
        )

    def start(self) -> None:
        """What happened comes first."""
        if self._note_only:
            self.text.take_focus()
        else:
            self.kind.chips.chip(KINDS[0][0]).setFocus()

    def _build(self) -> None:
        card = Card()
        self.kind = ChipsField(self.tr("What?"), [(kind, words.tr(text)) for kind, text in KINDS])
        self.text = NoteField(self.tr("In your words"))
        self.day = DateField(self.tr("Day"), self._desk.today, past_only=True, required=True)
        self.day.set_value(self._desk.today())
        self.until = DateField(self.tr("Until"), self._desk.today, past_only=True, optional=True)
        self.tags = TextField(self.tr("Tags"), placeholder=self.tr("travel, poor sleep"), optional=True)
        self.kind.setVisible(not self._note_only)
        self.until.setVisible(not self._note_only)
        for name, field in (
            ("what", self.kind),
            ("text", self.text),
            ("on", self.day),
            ("until", self.until),
            ("tags", self.tags),
        ):
            self.add_field(name, field)
        card.body.addWidget(self.kind)
        card.body.addWidget(self.text)
        card.body.addLayout(row(self.day, self.until))
        card.body.addWidget(self.tags)
        self.body.addWidget(card)
        self.body.addStretch(1)
