"""From the command line into the window, or one clear line where there is no screen."""

from __future__ import annotations

from datetime import date

import click

from b12desk.cli import output
from b12desk.cli.session import Session
from b12desk.opening import has_screen

NO_SCREEN = (
    "There is no screen to open a window on. Start it from a desktop session, or in a virtual screen with "
    "“xvfb-run -a b12desk”, or set DISPLAY; “b12desk --help” lists what works without one."
)


def open_window(session: Session, planned: date | None = None) -> None:
    """Open the window on the diary of this run and end with its exit code when it is closed.

    With `planned` it opens at the injection planned for that day, ready to be logged.
    """
    context = click.get_current_context()
    if not has_screen():
        context.exit(output.failure("usage", NO_SCREEN, session.as_json, output.REFUSED))
    session.close()  # the window opens the file itself
    from b12desk.app import run

    context.exit(run(session.path, clock=session.clock, person=session.person, planned=planned))
