"""The passes of a desktop that has no scheduler: a small process that starts one every few minutes.

Each pass is a process of its own, so that this one stays small and an updated program is used at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from b12desk.reminders.pass_lock import pass_lock

TICK_SECONDS = 60.0
"""One sleep; short, since it stands still while the computer does."""
EVERY_SECONDS = 300

Clock = Callable[[], datetime]


def watch(
    book_path: str,
    clock: Clock,
    pause: Callable[[float], None],
    one_pass: Callable[[], object],
    alive: Callable[[], bool],
) -> int:
    """Run a pass now and every five minutes of wall-clock time, until the session ends; the exit code.

    Args:
        pause: sleeps that many seconds. one_pass: runs a pass to its end.
        alive: whether the desktop session that started this is still there. A process that outlived it
            would speak to a bus that is gone, and keep the next log-in's from starting.
    """
    with pass_lock(f"{book_path}.watch") as mine:
        if not mine:
            return 0
        last = None
        while alive():
            now = clock()
            if last is None or abs((now - last).total_seconds()) >= EVERY_SECONDS:
                last = now
                one_pass()
            pause(TICK_SECONDS)
    return 0


def run_to_end(command: Sequence[str]) -> Callable[[], object]:
    """A pass as a process of its own."""

    def one_pass() -> object:
        import subprocess

        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)  # noqa: S603

    return one_pass
