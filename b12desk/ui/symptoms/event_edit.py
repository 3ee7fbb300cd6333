"""The event form on an event or note that is there already."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, Outcome
from b12desk.domain.questions import Answers
from b12desk.domain.records import Event, Person
from b12desk.ui.dialogs.event_form import NOTE, EventForm


class EventEditForm(EventForm):
    """Changes only what was typed anew."""

    def __init__(self, desk: Desk, person: Person, event: Event, parent: QWidget | None = None) -> None:
        super().__init__(desk, person, NOTE if event.what == NOTE else None, parent)
        self.title = self.tr("Edit a note") if event.what == NOTE else self.tr("Edit an event")
        self._event = event
        self.kind.set_value(event.what)
        self.text.set_text(event.text)
        self.day.set_value(event.on)
        self.until.set_value(event.until)
        self.tags.set_text(", ".join(event.tags))
        self._before = self._values()

    def write(self, answers: Answers) -> Outcome:
        changed = {name: text for name, text in self._values().items() if text != self._before[name]}
        return self._desk.editing.edit(self._event.id, changed, answers)

    def _values(self) -> dict[str, str | None]:
        return {
            "what": NOTE if self._event.what == NOTE else self.kind.value,
            "text": self.text.text,
            "on": self.day.value.isoformat() if self.day.value else None,
            "until": self.until.value.isoformat() if self.until.value else None,
            "tags": self.tags.text,
        }
