"""Commands about the diary as a whole: is it sound, what was done, undo and redo."""

from __future__ import annotations

import click

from b12desk.cli import output
from b12desk.cli.parameters import command
from b12desk.cli.session import Session

CHECKED = '{"ok": bool, "problems": [{"code", "text", "kind", "id"}]}; with problems also "error"'
HISTORY = '{"actions": [{"id", "name", "text", "by", "at", "undoes", "undone": bool, "can_undo": bool}]}'


@command("check", shape=CHECKED)
@click.option("--quick", is_flag=True, help="Only the structure of the file, not each record's history.")
def check(session: Session, quick: bool) -> None:
    """Compare every record with its history and ask the database about the file; exit 1 with problems."""
    problems = session.desk().history.check(full=not quick)
    data = {
        "ok": not problems,
        "problems": [
            {"code": one.code, "text": one.text, "kind": one.kind, "id": one.record_id} for one in problems
        ],
    }
    if not problems:
        session.reply(data, ["Every record is what its history says, and the file is sound."])
        return
    message = "The diary is damaged; restore a backup, or ask for help before writing more."
    data["error"] = {"code": "damaged", "message": message}
    session.reply(data, [*(one.text for one in problems), message])
    click.get_current_context().exit(output.REFUSED)


@command("history", shape=HISTORY)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, metavar="N")
def history(session: Session, limit: int) -> None:
    """List what was done, by whom and when, the newest first."""
    lines = session.desk().history.list(limit, session.only())
    data = [
        {
            "id": line.action.id,
            "name": line.action.name,
            "text": line.action.text,
            "by": line.action.by,
            "at": line.action.at.isoformat(),
            "undoes": line.undoes,
            "undone": line.undone,
            "can_undo": line.can_undo,
        }
        for line in lines
    ]
    told = [
        f"{line.action.at:%Y-%m-%d %H:%M}  {line.action.text}"
        f"{'  (undone)' if line.undone else ''}  by {line.action.by}  {line.action.id}"
        for line in lines
    ]
    session.reply({"actions": data}, told or ["Nothing has been done in this diary yet."])


@command("undo")
@click.argument("action", metavar="[ACTION]", required=False)
def undo(session: Session, action: str | None) -> None:
    """Take back the newest action, or an older one that nothing later has touched."""
    outcome = session.desk().history.undo(action, person_id=session.only())
    session.wrote(outcome, "Taken back; redo does it again.")


@command("redo")
def redo(session: Session) -> None:
    """Do again what was undone last."""
    session.wrote(session.desk().history.redo(), "Done again.")


COMMANDS = (check, history, undo, redo)
