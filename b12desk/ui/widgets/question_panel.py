"""Open questions, asked one after the other in the place where they came up."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from b12desk.domain.questions import Answers, Question
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.labels import label


class QuestionPanel(QFrame):
    """Shows one question at a time with a button for each answer.

    Signals:
        answered: Answers to all questions, added to those given before.
        dropped: the person wants to look again; nothing is written.
    """

    answered = Signal(Answers)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("questions")
        self._open: list[Question] = []
        self._given: dict[str, str] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP * 4, GAP * 4, GAP * 4, GAP * 4)
        rows.setSpacing(GAP * 3)
        self._text = label("", wrap=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GAP * 2)
        rows.addWidget(self._text)
        rows.addLayout(self._buttons)
        self.hide()

    @property
    def text(self) -> str:
        """The question that is shown."""
        return self._text.text()

    def ask(self, questions: Iterable[Question], given: Answers | None = None) -> None:
        """Ask these; `given` are answers from a former round."""
        self._open = list(questions)
        self._given = dict(given.given) if given else {}
        for question in self._open:
            self._given.pop(question.id, None)
        self._show_next()

    def clear(self) -> None:
        """Ask nothing any more."""
        self._open = []
        self.hide()

    def answer(self, option: str) -> None:
        """Take an answer to the question that is shown; "no" drops the whole attempt."""
        question = self._open.pop(0)
        if option == "no":
            self.clear()
            self.dropped.emit()
            return
        self._given[question.id] = option
        if self._open:
            self._show_next()
        else:
            self.hide()
            self.answered.emit(Answers(given=dict(self._given)))

    def _show_next(self) -> None:
        question = self._open[0]
        self._text.setText(question.text)
        self.setAccessibleName(question.text)
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        made = [Button(self._words(option)) for option in question.options]
        for option, button in zip(question.options, made, strict=True):
            button.setObjectName(f"answer_{option}")
            button.clicked.connect(lambda _checked=False, option=option: self.answer(option))
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self.show()
        made[-1].setFocus()

    def _words(self, option: str) -> str:
        known = {"yes": self.tr("Yes, that is right"), "no": self.tr("No, look again")}
        return known.get(option) or option.replace("_", " ").capitalize()
