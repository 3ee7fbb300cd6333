"""The commands by name, each read from its module when it is called for.

Opening the window, and every single command, would else pay for the importers, the charts and the pages.
"""

from __future__ import annotations

from importlib import import_module

import click

MODULES = {
    "demo": "demo",
    "person": "people",
    "product": "people",
    "symptom": "people",
    "plan": "plans",
    "due": "plans",
    "log": "log",
    "edit": "entries",
    "delete": "entries",
    "import": "labs",
    "labtest": "labtests",
    "export": "exporting",
    "report": "paper",
    "chart": "paper",
    "patterns": "patterns",
    "remind": "reminding",
    "reminders": "reminders",
    "check": "safety",
    "history": "safety",
    "undo": "safety",
    "redo": "safety",
}
"""Which module of this room holds which command."""


class Commands(click.Group):
    """A group whose commands are imported one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order in which help shows them."""
        return sorted({*MODULES, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name; None if there is none."""
        if cmd_name in MODULES and cmd_name not in self.commands:
            for command in import_module(f"b12desk.cli.{MODULES[cmd_name]}").COMMANDS:
                self.add_command(command)
        return super().get_command(ctx, cmd_name)
