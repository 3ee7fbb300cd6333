"""The base of every form: fields checked as one types, questions inline, one Save and one way back."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from b12desk.desk import Outcome
from b12desk.domain.errors import WorldError
from b12desk.domain.questions import Answers, QuestionsOpen
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.fields import Field
from b12desk.ui.widgets.labels import Notice
from b12desk.ui.widgets.question_panel import QuestionPanel
from b12desk.ui.widgets.scroller import Scroller

FORM_WIDTH = 800
"""Pixels: a line of text that is longer is hard to read."""


class Form(QWidget):
    """A form stands in the place of its page; the page stays behind it, and a half-filled form stays too.

    Subclasses put their fields into `self.body` and give `write`. Ctrl+S saves, Esc goes back.

    Attributes:
        title: what the form does, in the words of its button.

    Signals:
        finished: the Outcome, or None when the person went back without saving.
    """

    finished = Signal(object)

    def __init__(
        self, title: str, save_text: str = "", cancel_text: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self.title = title
        self._fields: dict[str, Field] = {}
        self._edited = False
        self._build_frame(save_text or self.tr("Save"), cancel_text or self.tr("Cancel"))
        self._connect_frame()

    def write(self, answers: Answers) -> Outcome:
        """Write what is typed; may raise QuestionsOpen or WorldError, which the form shows."""
        raise NotImplementedError

    def add_field(self, name: str, field: Field) -> Field:
        """Register a field under the path that the desk's errors name; the caller places it."""
        self._fields[name] = field
        field.edited.connect(self._on_edited)
        return field

    def rename_fields(self, old: Iterable[str], new: Iterable[tuple[str, Field]]) -> None:
        """Forget the paths `old`, and give registered fields other paths."""
        for name in old:
            self._fields.pop(name, None)
        self._fields.update(new)

    def mark_edited(self) -> None:
        """Note that something was typed, for widgets that are no fields."""
        self._on_edited()

    @property
    def edited(self) -> bool:
        """Whether leaving would lose something."""
        return self._edited

    def save(self) -> None:
        """Write, or show what stands in the way."""
        self._try(Answers())

    def leave(self) -> None:
        """Go back; with something typed, ask first, in place. Asked again it stays: Esc twice is harmless."""
        if not self._edited:
            self.finished.emit(None)
        elif self._leaving.isHidden():
            self._leaving.show()
            self._stay_button.setFocus()
        else:
            self._leaving.hide()

    def start(self) -> None:
        """The form has come to the front: Save has the focus, so that Enter takes what is prefilled."""
        self.save_button.setFocus()

    def changed_by_typing(self) -> None:
        """Hook: something in the form has changed; checks that need several fields go here."""

    def _try(self, answers: Answers) -> None:
        self._clear_complaints()
        wrong = next((field for field in self._fields.values() if field.problem()), None)
        if wrong is not None:
            wrong.complain(wrong.problem() or "")
            wrong.take_focus()
            return
        try:
            outcome = self.write(answers)
        except QuestionsOpen as open_:
            self.questions.ask(open_.questions, answers)
        except WorldError as error:
            self._complain(error)
        else:
            self._edited = False
            self.finished.emit(outcome)

    def _complain(self, error: WorldError) -> None:
        field = self._fields.get(getattr(error, "path", ""))
        if field is None:
            self.error.say(error.message)
        else:
            field.complain(error.message.removeprefix(f"{getattr(error, 'path', '')}: "))
            field.take_focus()

    def _clear_complaints(self) -> None:
        self.error.hide()
        self.questions.clear()
        for field in self._fields.values():
            field.calm()

    def _on_edited(self) -> None:
        self._edited = True
        self._leaving.hide()
        self.questions.clear()
        self.changed_by_typing()

    def _build_frame(self, save_text: str, cancel_text: str) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        inside = QWidget()
        inside.setObjectName("form")
        inside.setMaximumWidth(FORM_WIDTH)
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(GAP * 8, GAP, GAP * 8, GAP * 4)
        self.body.setSpacing(GAP * 4)
        outer.addWidget(Scroller(inside, hug=True), 1000)
        outer.addWidget(self._build_foot(save_text, cancel_text))
        outer.addStretch(1)

    def _build_foot(self, save_text: str, cancel_text: str) -> QWidget:
        """What must never scroll out of sight: questions, what went wrong, Save and Cancel."""
        foot = QWidget()
        foot.setMaximumWidth(FORM_WIDTH)
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(GAP * 8, GAP * 3, GAP * 8, GAP * 3)
        rows.setSpacing(GAP * 3)
        self.questions = QuestionPanel()
        self.error = Notice()
        self._build_leaving()
        self.save_button = Button(save_text, "primary")
        self.save_button.setToolTip("Ctrl+S")
        self.cancel_button = Button(cancel_text)
        self.cancel_button.setToolTip("Esc")
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP * 2)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        for part in (self.questions, self.error, self._leaving):
            rows.addWidget(part)
        rows.addLayout(buttons)
        return foot

    def _build_leaving(self) -> None:
        self._leaving = Notice(self.tr("What you typed here is not saved yet."))
        self._leave_button = Button(self.tr("Leave without saving"))
        self._stay_button = Button(self.tr("Stay"))
        self._leaving.add_button(self._leave_button)
        self._leaving.add_button(self._stay_button)
        self._leaving.hide()

    def _connect_frame(self) -> None:
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.leave)
        self.questions.answered.connect(self._try)
        self._leave_button.clicked.connect(lambda: self.finished.emit(None))
        self._stay_button.clicked.connect(self._leaving.hide)
        self.questions.dropped.connect(self.save_button.setFocus)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self, self.save, context=context)
        QShortcut(QKeySequence("Escape"), self, self.leave, context=context)
