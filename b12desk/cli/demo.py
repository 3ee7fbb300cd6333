"""The command that makes a sample diary to look at."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from b12desk.cli.parameters import WRITES, command, maybe_day
from b12desk.cli.session import Session
from b12desk.cli.window import open_window
from b12desk.desk import Outcome, Ref
from b12desk.desk.sample import LONGEST, write_sample

SHAPE = WRITES[:-1] + ', "diary", "counts": {KIND: n}}'


@command("demo", shape=SHAPE)
@click.option("--years", type=click.IntRange(1, LONGEST), default=2, show_default=True, metavar="N")
@click.option("--seed", type=int, default=1, show_default=True, metavar="N")
@click.option("--end", metavar="DATE", help="The day after the last entry; without it today.")
@click.option("--no-window", is_flag=True, help="Only make the diary.")
def demo(session: Session, years: int, seed: int, end: str | None, no_window: bool) -> None:
    """Make a sample diary at --diary, or in a temporary folder, and open it; a sample there is replaced.

    The same years, seed and end give the same diary with the same ids. The made-up person lives in London:
    twelve symptoms a day with a fifth of the days left out, a loading phase, monthly and later 8-weekly
    injections (some late, one missed, one postponed), reactions, events, and laboratory values twice a year.
    """
    if session.diary is None:
        session.diary = Path(tempfile.mkdtemp(prefix="b12desk-sample-")) / "sample.db"
    last = maybe_day(end, "end") or session.clock().date()
    person = write_sample(session.diary, years=years, seed=seed, end=last)
    desk = session.desk()
    desk.reminders.after_write()
    newest = desk.history.list(1)[0].action.id
    counts = desk.exports.counts()
    changed = frozenset(kind for kind, number in counts.items() if number)
    outcome = Outcome(newest, (Ref("person", person.id),), changed | {"due"})
    line = f"The sample diary of {years} years is at {session.diary}."
    session.wrote(outcome, line, diary=str(session.diary), counts=counts)
    if not no_window:
        open_window(session)


COMMANDS = (demo,)
