"""The command line: the operations of the desk without a screen, for people and for other programs."""

from __future__ import annotations

from b12desk.cli.program import main

__all__ = ["main"]
