"""The two families of failure: the world said no (tell the person), and our own bugs."""

from __future__ import annotations

from typing import Literal

ErrorCode = Literal[
    "usage",
    "no_diary",
    "not_found",
    "invalid",
    "exists",
    "question",
    "locked",
    "wrong_passphrase",
    "damaged",
    "newer_file",
    "read_only",
    "disk_full",
    "busy",
    "unreadable_file",
]


class WorldError(Exception):
    """Something outside the program said no; `message` is one sentence a person can act on.

    Nothing has been written when it is raised. `code` is the machine-readable reason that the
    command line prints under `--json`.
    """

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.code: ErrorCode = code
        self.message = message


class Invalid(WorldError):
    """Input that cannot be kept; `path` names the field (`phases[1].every`), empty where there is one."""

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__("invalid", f"{path}: {message}" if path else message)
        self.path = path


class NotFound(WorldError):
    """A name or id that no record has."""

    def __init__(self, message: str) -> None:
        super().__init__("not_found", message)


class BugError(Exception):
    """The program broke its own rules; the window shows a crash page and never swallows it."""
