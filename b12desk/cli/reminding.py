"""The command that says what is due and has not been said yet."""

from __future__ import annotations

import click

from b12desk import paths
from b12desk.cli.parameters import command
from b12desk.cli.session import Session
from b12desk.domain.errors import WorldError
from b12desk.reminders.command import CHANNELS, as_data, as_lines, stay
from b12desk.reminders.command import remind as one_pass

SHAPE = (
    '{"sent": [{"occurrence", "person", "kind", "step", "on", "channel", "result", "title", "text", '
    '"retried"}], '
    '"skipped": […], "pending": [{"occurrence", "step", "at"}], "next_check", "stale": bool, "busy": bool}'
)


@command("remind", shape=SHAPE)
@click.option("--channel", type=click.Choice(CHANNELS), help="Only this one; without it all in order.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@click.option("--scheduled", is_flag=True, help="Note that the system's scheduler started this pass.")
@click.option("--watch", is_flag=True, help="Stay, and run a pass every few minutes.")
def remind(
    session: Session,
    channel: str | None,
    dry_run: bool,
    scheduled: bool,  # noqa: ARG001 - the short way here has noted it, or there was no scheduler
    watch: bool,
) -> None:
    """Run one reminder pass; a second one at the same moment says nothing again."""
    if watch:
        stay(str(session.path), session.clock)
        return
    book = paths.beside(session.path).reminders
    try:
        person = _in_step(session)
    except WorldError as error:
        if error.code in ("no_diary", "not_found", "usage") or not book.exists():
            raise
        person = session.person  # a diary that cannot be opened now still reminds, from its book (RULES R8)
    result = one_pass(str(book), session.clock(), channel, dry_run, person)
    session.reply(as_data(result), as_lines(result))


def _in_step(session: Session) -> str | None:
    """Bring the book up to its diary; the id of the person who was named."""
    desk = session.desk()
    if not desk.reminders.in_step():
        desk.reminders.rebuild()
    return session.only()


COMMANDS = (remind,)
