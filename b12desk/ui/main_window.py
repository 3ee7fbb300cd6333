"""The window: navigation, the pages of one person, the undo toast and the standing line."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from b12desk.desk import Outcome
from b12desk.domain.errors import WorldError
from b12desk.domain.records import Person
from b12desk.ui.page import Page, PageSpec, Surroundings
from b12desk.ui.page_slot import PageSlot
from b12desk.ui.rail import Rail
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.toast import Toast

SIZE = (1280, 820)
SMALLEST = (1000, 600)


class MainWindow(QMainWindow):
    """Shows one person's pages; each page is made when it is first visited.

    Signals:
        closed: the window has been closed.
        person_wanted: somebody is to be added to the diary.
    """

    closed = Signal()
    person_wanted = Signal()

    def __init__(self, around: Surroundings, specs: Sequence[PageSpec], person: Person) -> None:
        super().__init__()
        self._around = around
        self._specs = {spec.id: spec for spec in specs}
        self._slots: dict[str, PageSlot] = {}
        self._person = person
        self._build(specs)
        self._connect()
        self._restore_size()
        self.show_person(person)

    @property
    def person(self) -> Person:
        """Whose diary is shown."""
        return self._person

    @property
    def page_id(self) -> str:
        """Which page is in front."""
        return next(page_id for page_id, slot in self._slots.items() if slot is self._pages.currentWidget())

    def page(self, page_id: str) -> Page:
        """The page of this id; it is made if nobody has visited it."""
        return self._slot(page_id).page

    def show_person(self, person: Person) -> None:
        """Show another person's diary, on the page that is in front now."""
        front = self.page_id if self._slots else next(iter(self._specs))
        for slot in self._slots.values():
            self._pages.removeWidget(slot)
            slot.deleteLater()
        self._slots = {}
        self._person = person
        self._rail.show_people(self._around.desk.people.list(), person)
        sample = self.tr(" (sample)") if person.sample else ""
        self.setWindowTitle(f"{person.name}{sample} – B12 Desk")
        self.show_page(front)

    def show_page(self, page_id: str) -> None:
        """Bring a page to the front."""
        slot = self._slot(page_id)
        self._pages.setCurrentWidget(slot)
        self._rail.mark(page_id)
        slot.shown()

    def tell(self, text: str, action: str | None = None) -> None:
        """Say something in the toast, with Undo when there is an action."""
        self._toast.say(text, action)

    def undo(self) -> None:
        """Take back the newest action (RULES U1)."""
        self._step(self._around.desk.history.undo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step(self._around.desk.history.redo)

    def cover(self, widget: QWidget) -> None:
        """Show something in place of everything, until `uncover`: another person's first start."""
        self._layers.addWidget(widget)
        self._layers.setCurrentWidget(widget)

    def uncover(self) -> None:
        """Take away what covers the window."""
        cover = self._layers.currentWidget()
        if cover is not None and cover is not self._body:
            self._layers.removeWidget(cover)
            cover.deleteLater()

    def refresh(self, changed: frozenset[str]) -> None:
        """Let every page that is there read again."""
        for slot in self._slots.values():
            slot.page.refresh(changed)

    def _slot(self, page_id: str) -> PageSlot:
        if page_id not in self._slots:
            spec = self._specs[page_id]
            page = spec.factory(self._around, self._person)
            page.page_wanted.connect(self.show_page)
            page.told.connect(self.tell)
            slot = PageSlot(page, spec.title)
            self._slots[page_id] = slot
            self._pages.addWidget(slot)
        return self._slots[page_id]

    def _build(self, specs: Sequence[PageSpec]) -> None:
        self._body = body = QWidget()
        body.setObjectName("window")
        self._rail = Rail(specs)
        self._pages = QStackedWidget()
        standing = label(
            self.tr(
                "A personal diary. It does not give medical advice or doses. "
                "Follow your clinician's prescription."
            ),
            "small",
            wrap=True,
        )
        standing.setContentsMargins(GAP * 8, GAP * 2, GAP * 8, GAP * 3)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._pages, 1)
        right.addWidget(standing)
        across = QHBoxLayout(body)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._rail)
        across.addLayout(right, 1)
        self._layers = QStackedWidget()
        self._layers.addWidget(body)
        self.setCentralWidget(self._layers)
        self._toast = Toast(body)

    def _connect(self) -> None:
        self._rail.page_chosen.connect(self.show_page)
        self._rail.person_chosen.connect(self._on_person_chosen)
        self._rail.new_person_wanted.connect(self.person_wanted)
        self._toast.undo_wanted.connect(self._on_undo_wanted)
        self._around.desk.subscribe(self._on_written)
        window = Qt.ShortcutContext.WindowShortcut
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.undo, context=window)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Redo), self, self.redo, context=window)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Quit), self, self.close, context=window)

    def _on_person_chosen(self, person_id: str) -> None:
        half_filled = next(
            (page for page, slot in self._slots.items() if slot.form and slot.form.edited), None
        )
        if half_filled is not None:
            self.show_page(half_filled)
            form = self._slots[half_filled].form
            if form is not None:
                form.leave()
            return
        person = self._around.desk.people.find(person_id)
        self._around.save_settings(replace(self._around.settings, last_person=person.id))
        self.show_person(person)

    def _on_undo_wanted(self, action: str) -> None:
        self._step(lambda: self._around.desk.history.undo(action))

    def _on_written(self, outcome: Outcome) -> None:
        if outcome.changed & {"person", "everything"} and not self._follow_people():
            return
        self.refresh(outcome.changed)
        self._say_what_happened(outcome)

    def _say_what_happened(self, outcome: Outcome) -> None:
        said = [message.text for message in outcome.messages]
        reversed_ = any(message.code in ("undone", "redone") for message in outcome.messages)
        if outcome.action is not None and not reversed_:
            lines = self._around.desk.history.list(1)
            said = [line.action.text for line in lines if line.action.id == outcome.action] + said
        if said:
            text = ". ".join(sentence.rstrip(".") for sentence in said)
            self.tell(text, None if reversed_ else outcome.action)

    def _follow_people(self) -> bool:
        """Follow a renamed, added or undone person; False when the pages were made anew."""
        people = self._around.desk.people.list()
        mine = next((person for person in people if person.id == self._person.id), None)
        if mine is None:
            if people:
                self.show_person(people[0])
            else:
                self.person_wanted.emit()
            return False
        self._person = mine
        self._rail.show_people(people, mine)
        return True

    def _step(self, step: Callable[[], Outcome]) -> None:
        try:
            step()
        except WorldError as error:
            self.tell(error.message)

    def _restore_size(self) -> None:
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        kept = self._around.settings.window_geometry
        if kept:
            self.restoreGeometry(QByteArray(base64.b64decode(kept)))

    def closeEvent(self, event: QCloseEvent) -> None:
        geometry = base64.b64encode(self.saveGeometry().data()).decode()
        self._around.save_settings(replace(self._around.settings, window_geometry=geometry))
        self.closed.emit()
        super().closeEvent(event)
