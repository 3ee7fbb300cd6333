"""What an operation gives back: which records it wrote, what changed, and what to tell the person."""

from __future__ import annotations

from dataclasses import dataclass

from b12desk.domain.questions import Message


@dataclass(frozen=True, slots=True)
class Ref:
    """The name of one record."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one writing operation; `action` is None when another process wrote.

    `changed` holds the record kinds that changed, plus "due" where the schedule may read differently now.
    """

    action: str | None
    records: tuple[Ref, ...]
    changed: frozenset[str]
    messages: tuple[Message, ...] = ()
