"""The entry: the reminder pass and the window start by themselves, all else by the full command line.

The scheduler starts `remind` every few minutes on a computer that someone is using; click, sqlite_utils
and Qt would multiply what that costs. A window waits for click no more than it has to.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that the process was started with, and end with its exit code."""
    argv = sys.argv[1:]
    if "remind" in argv:
        from datetime import datetime

        from b12desk.reminders import command

        code = command.main(argv, lambda: datetime.now().astimezone())
        if code is not None:
            sys.exit(code)
        argv = command.in_order(argv)
    elif argv[:1] == ["wait-for-buttons"]:
        from datetime import datetime

        from b12desk.reminders import waiter

        sys.exit(waiter.main(int(argv[1]), lambda: datetime.now().astimezone()))
    else:
        from b12desk import opening

        code = opening.open_window(argv)
        if code is not None:
            sys.exit(code)
    from b12desk.cli import main as command_line

    sys.exit(command_line(argv))


if __name__ == "__main__":
    main()
