"""What one run of the command line carries: the global options, the clock and the diary opened on demand."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from b12desk import paths, settings
from b12desk.cli import output
from b12desk.clock import Clock
from b12desk.desk import Desk, Outcome, ReminderChoices
from b12desk.domain.errors import WorldError
from b12desk.domain.records import Person


class Session:
    """One run of the program.

    Attributes:
        clock: gives now; `--now` replaces it.
        diary: the file that `--diary` named, None for the default place.
        person: the name or id that `--person` gave.
        by: who is typing.
        as_json: whether the reply is one JSON object.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.diary: Path | None = None
        self.person: str | None = None
        self.by = "self"
        self.as_json = False
        self._desk: Desk | None = None

    @property
    def path(self) -> Path:
        """The diary file of this run."""
        return self.diary or paths.places().diary

    def desk(self, *, create: bool = False) -> Desk:
        """The open diary; the first call opens it, or with `create` makes it where there is none."""
        if self._desk is None:
            choices = ReminderChoices.of(settings.load(paths.places().settings).settings)
            desk = Desk.open(self.path, clock=self.clock, by=self.by, create=create, choices=choices)
            self._desk = desk
            with suppress(WorldError):  # what was chosen on a pop-up waits until the diary can be written
                desk.reminders.take_wishes()
        return self._desk

    def chosen(self) -> tuple[Desk, Person]:
        """The open diary and the person of this run: the one named, else the only one."""
        desk = self.desk()
        return desk, desk.people.find(self.person)

    def only(self) -> str | None:
        """The id of the person that `--person` named; None, meaning everyone, where it was not given."""
        return None if self.person is None else self.desk().people.find(self.person).id

    def reply(self, data: dict[str, Any], lines: Sequence[str]) -> None:
        """Print the result: `data` under `--json`, else `lines`."""
        output.reply(self.as_json, data, lines)

    def tell(self, lines: Sequence[str]) -> None:
        """Print lines for people; nothing under `--json`, whose one object comes later."""
        if not self.as_json:
            output.reply(False, {}, lines)

    def wrote(self, outcome: Outcome, line: str, **more: Any) -> None:
        """Print the result of a writing command; `more` are further keys of the JSON object."""
        if outcome.action is None:
            line = "Nothing to change; the diary already says so."
        told = [line, *(message.text for message in outcome.messages)]
        self.reply({**output.outcome(outcome), **more}, told)

    def close(self) -> None:
        """Close the diary, if it was opened."""
        if self._desk is not None:
            self._desk.close()
            self._desk = None
