"""The command that reads laboratory files into the diary."""

from __future__ import annotations

from b12desk.cli.parameters import Command

COMMANDS: tuple[Command, ...] = ()
