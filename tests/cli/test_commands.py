"""The table of commands: every command of the room is in it, and calling one loads no other's module."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from importlib import import_module

import click

import b12desk.cli
from b12desk.cli.commands import MODULES
from b12desk.cli.program import program


def test_every_command_is_in_the_table() -> None:
    modules = [found.name for found in pkgutil.iter_modules(b12desk.cli.__path__)]
    held = {
        command.name: name
        for name in modules
        for command in getattr(import_module(f"b12desk.cli.{name}"), "COMMANDS", ())
    }
    assert held == MODULES


def test_every_name_gives_its_command() -> None:
    context = click.Context(program)
    commands = [program.get_command(context, name) for name in program.list_commands(context)]
    assert [command and command.name for command in commands] == sorted(MODULES)
    assert program.get_command(context, "no-such") is None


def test_the_way_to_the_window_passes_no_command() -> None:
    ask = (
        "import sys, b12desk.cli.program;"
        "print(*(name for name in sys.modules if name.startswith(('b12desk.', 'numpy', 'matplotlib'))))"
    )
    loaded = subprocess.run([sys.executable, "-c", ask], stdout=subprocess.PIPE, text=True, check=True).stdout
    heavy = {"b12desk.importers", "b12desk.charts.data", "b12desk.reports", "numpy"}
    assert not heavy & set(loaded.split())
    assert not {f"b12desk.cli.{name}" for name in MODULES.values()} & set(loaded.split())
