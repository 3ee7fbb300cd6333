"""What was done, by whom and when; undo and redo; and whether every record is what its history says."""

from __future__ import annotations

from b12desk.desk.context import Context, changed_by
from b12desk.desk.outcome import Outcome, Ref
from b12desk.domain.questions import Message
from b12desk.store.check import Problem
from b12desk.store.history import Logged, Reversal


class History:
    """Operations on the diary's history."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def undo(self, action_id: str | None = None, *, person_id: str | None = None) -> Outcome:
        """Take back the newest action of anyone not yet undone, or an older one nothing later touched (U1).

        With `person_id` an action of somebody else is refused instead.

        Raises:
            WorldError: nothing to undo, later entries stand on it (they are named), or it is somebody else's.
        """
        context = self._context
        if person_id is not None:
            target = context.diary.to_undo(action_id)
            context.refuse_other_person("action", target.action.person_id, person_id)
        with context.writing():
            done = context.diary.undo(
                action_id, new_id=context.ids(), by=context.by, at=context.clock().replace(microsecond=0)
            )
        return self._told("undone", done)

    def redo(self) -> Outcome:
        """Do again what was undone last; a new action has ended that possibility."""
        context = self._context
        with context.writing():
            done = context.diary.redo(
                new_id=context.ids(), by=context.by, at=context.clock().replace(microsecond=0)
            )
        return self._told("redone", done)

    def check(self, full: bool = True) -> list[Problem]:
        """Compare every record with its newest image in the history, and ask SQLite about the file (F7)."""
        return self._context.diary.check(full)

    def list(self, limit: int = 200, person_id: str | None = None) -> list[Logged]:
        """The newest actions first, undos among them."""
        return self._context.diary.actions(limit, person_id=person_id)

    def _told(self, code: str, done: Reversal) -> Outcome:
        refs = tuple(Ref(kind, record_id) for kind, record_id in done.records)
        messages = [Message(code, done.action.text)]
        if done.left:
            left = ", ".join(f"{kind} {record_id}" for kind, record_id in done.left)
            messages.append(Message("left", f"Changed since, so left as they are: {left}."))
        return self._context.tell(Outcome(done.action.id, refs, changed_by(refs), tuple(messages)))
