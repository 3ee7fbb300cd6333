"""Questions that must be answered before something is written; nothing here refuses and nothing guesses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Question:
    """One open question; `options` are the answers that `--answer ID=OPTION` takes, the first one goes on."""

    id: str
    text: str
    options: tuple[str, ...] = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Message:
    """Something to tell the person beside the result; `code` is from the list in docs/cli.md."""

    code: str
    text: str


class QuestionsOpen(Exception):
    """An operation stopped before writing because these questions have no answer yet."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self.questions = tuple(questions)
        super().__init__(" ".join(question.text for question in self.questions))


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers so far: `yes_to_all`, or an option for each question id."""

    yes_to_all: bool = False
    given: Mapping[str, str] = field(default_factory=dict)

    def to(self, question: Question) -> str | None:
        """The answer to a question, None while it is open; an option that it does not have is no answer."""
        answer = self.given.get(question.id)
        if answer in question.options:
            return answer
        return question.options[0] if self.yes_to_all else None
