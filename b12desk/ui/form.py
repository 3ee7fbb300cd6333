"""The base of every form: fields that are checked as one types, questions inline, one Save and one way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from b12desk.desk import Outcome
from b12desk.domain.errors import WorldError
from b12desk.domain.questions import Answers, QuestionsOpen
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.fields import Field
from b12desk.ui.widgets.labels import Notice
from b12desk.ui.widgets.question_panel import QuestionPanel


class Form(QWidget):
    """A form stands in the place of its page; the page stays behind it, and a half-filled form stays too.

    Subclasses put their fields into `self.body` and give `write`.

    Attributes:
        title: what the form does, in the words of its button.

    Signals:
        finished: the Outcome, or None when the person went back without saving.
    """

    finished = Signal(object)

    def __init__(self, title: str, save_text: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self.title = title
        self._fields: dict[str, Field] = {}
        self._edited = False
        self._build_frame(save_text or self.tr("Save"))
        self._connect_frame()

    def write(self, answers: Answers) -> Outcome:
        """Write what is typed; may raise QuestionsOpen or WorldError, which the form shows."""
        raise NotImplementedError

    def add_field(self, name: str, field: Field) -> Field:
        """Register a field under the path that the desk's errors name; the caller places it."""
        self._fields[name] = field
        field.edited.connect(self._on_edited)
        return field

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
        """Go back; with something typed, ask first, in place."""
        if self._edited and not self._leaving.isVisible():
            self._leaving.show()
            self._stay_button.setFocus()
            return
        self.finished.emit(None)

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
            field.complain("")

    def _on_edited(self) -> None:
        self._edited = True
        self._leaving.hide()
        self.questions.clear()
        self.changed_by_typing()

    def _build_frame(self, save_text: str) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(GAP * 4)
        self.body = QVBoxLayout()
        self.body.setSpacing(GAP * 4)
        self.questions = QuestionPanel()
        self.error = Notice()
        self._build_leaving()
        self._footer = QHBoxLayout()
        self._footer.setSpacing(GAP * 2)
        self.save_button = QPushButton(save_text)
        self.save_button.setProperty("role", "primary")
        self.save_button.setDefault(True)
        self.save_button.setAutoDefault(True)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self._footer.addWidget(self.save_button)
        self._footer.addWidget(self.cancel_button)
        self._footer.addStretch(1)
        outer.addLayout(self.body)
        outer.addWidget(self.questions)
        outer.addWidget(self.error)
        outer.addLayout(self._footer)
        outer.addWidget(self._leaving)
        outer.addStretch(1)

    def _build_leaving(self) -> None:
        self._leaving = Notice(self.tr("What you typed here is not saved yet."))
        self._leave_button = QPushButton(self.tr("Leave without saving"))
        self._stay_button = QPushButton(self.tr("Stay"))
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
