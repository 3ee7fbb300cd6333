"""What was done, by whom and when; undo and redo; and whether every record is what its history says."""

from __future__ import annotations

from b12desk.desk.context import Context, changed_by
from b12desk.desk.outcome import Outcome, Ref
from b12desk.domain.questions import Message
from b12desk.store.check import Problem
from b12desk.store.history import Action, ActionLine, Undone


class History:
    """Operations on the diary's history."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def list(self, limit: int = 200, person_id: str | None = None) -> list[ActionLine]:
        """The newest actions first."""
        return self._context.diary.actions(limit, person_id=person_id)

    def undo(self, action_id: str | None = None) -> Outcome:
        """Take back the newest action of anyone not yet undone, or an older one nothing later touched (U1).

        Raises:
            WorldError: nothing to undo, or later entries stand on it (they are named).
        """
        return self._step("undo", action_id)

    def redo(self) -> Outcome:
        """Do again what was undone last; a new action has ended that possibility."""
        return self._step("redo", None)

    def check(self, full: bool = True) -> list[Problem]:
        """Compare every record with its newest image in the history, and ask SQLite about the file (F7)."""
        return self._context.diary.check(full)

    def _step(self, name: str, action_id: str | None) -> Outcome:
        context = self._context
        action = Action(
            id=context.ids(), name=name, text="", by=context.by, at=context.clock(), person_id=None
        )
        context.before_write()
        try:
            done: Undone = (
                context.diary.undo(action, action_id) if name == "undo" else context.diary.redo(action)
            )
        finally:
            context.after_write()
        refs = tuple(Ref(kind, record_id) for kind, record_id in done.records)
        messages = [Message(name + "ne" if name == "undo" else "redone", done.text)]
        if done.kept:
            left = ", ".join(f"{kind} {record_id}" for kind, record_id in done.kept)
            messages.append(Message("kept", f"Edited since and therefore left as they are: {left}."))
        return context.tell(Outcome(action.id, refs, changed_by(refs), tuple(messages)))
