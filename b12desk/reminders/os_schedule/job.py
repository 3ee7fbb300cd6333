"""What is to be started, and what a scheduler needs to be told: files, and the commands that switch it on.

Nothing here touches the system; `installer` does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from b12desk.reminders.command import SCHEDULED, WATCH, WORD

Kind = Literal["systemd", "launchd", "task_scheduler", "autostart"]
Command = tuple[str, ...]

EVERY_MINUTES = 5
"""Between two passes. Steps are due at a clock time of a day; a start every minute would only cost power."""
TITLE = "B12 Desk reminders"
HOME_VARIABLE = "B12DESK_HOME"


class Job(NamedTuple):
    """One diary's reminders on one account.

    Attributes:
        program: the words that start B12 Desk without a console window, before any option.
        diary: the file, absolute.
        home: the value of `B12DESK_HOME` for the started process; None where it is not set.
        usual: whether it is the account's usual diary; others get a name of their own.
    """

    program: Command
    diary: Path
    home: Path | None = None
    usual: bool = True

    @property
    def name(self) -> str:
        """The name of the entry: the same for the same diary, so that a second install replaces the first."""
        if self.usual:
            return "b12desk-reminders"
        return f"b12desk-reminders-{sha256(str(self.diary).encode()).hexdigest()[:8]}"

    @property
    def one_pass(self) -> Command:
        """The command of one pass, as a scheduler starts it."""
        return (*self.program, WORD, f"--diary={self.diary}", f"--{SCHEDULED}")

    @property
    def watch(self) -> Command:
        """The command that stays and runs a pass again and again, where there is no scheduler."""
        return (*self.program, WORD, f"--diary={self.diary}", f"--{WATCH}")


class Recipe(NamedTuple):
    """How one scheduler is told about a job.

    Attributes:
        files: what to write where; nothing else is written, so removing these leaves nothing behind.
        reread: commands after writing or removing, whose failure does not matter.
        switch_on, switch_off: commands that make the scheduler begin and end.
        is_on: ends with 0 while it runs; empty where the file alone decides.
        problems: what is wrong with the files' text, each as one sentence; empty when all is well.
        judge: a checking program of the system, run over the written files where there is one.
    """

    kind: Kind
    files: Mapping[Path, bytes]
    switch_on: tuple[Command, ...]
    switch_off: tuple[Command, ...]
    is_on: Command
    problems: Callable[[Mapping[Path, bytes]], list[str]]
    reread: tuple[Command, ...] = ()
    judge: Command = ()
