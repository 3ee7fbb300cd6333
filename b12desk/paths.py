"""Where things live: the folders of this computer, the files beside a diary, the data shipped with the app.

`B12DESK_HOME=DIR` puts everything below DIR (a memory stick, a trial, the tests). Asking for a place never
creates it; `ensure` does, when something is about to be written.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

APP_NAME = "b12desk"
HOME_VARIABLE = "B12DESK_HOME"


@dataclass(frozen=True)
class Places:
    """The default places of one user account.

    Attributes:
        diary: the diary file that is opened when no other is named.
        settings: the preferences file (JSON).
        log: the log file; it holds ids and counts, never health values.
        cache: folder for what can be made again.
        autostart: folder whose entries the desktop starts at log-in.
    """

    diary: Path
    settings: Path
    log: Path
    cache: Path
    autostart: Path


@dataclass(frozen=True)
class Beside:
    """The files that belong to one diary and stand next to it, under its own full name.

    Attributes:
        reminders: what the reminder agent reads and where it notes what it sent.
        keys: the wrapped keys; there only when the diary has a passphrase.
        backups: folder of dated, verified copies.
    """

    reminders: Path
    keys: Path
    backups: Path


def places(environ: Mapping[str, str] | None = None) -> Places:
    """The default places, from `environ` (the process's own when None) and the platform's conventions."""
    home = (os.environ if environ is None else environ).get(HOME_VARIABLE)
    if home:
        return _below(Path(home).expanduser().absolute())
    dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
    return Places(
        diary=dirs.user_data_path / "diary.db",
        settings=dirs.user_config_path / "settings.json",
        log=dirs.user_log_path / "b12desk.log",
        cache=dirs.user_cache_path,
        autostart=_autostart(),
    )


def beside(diary: Path) -> Beside:
    """The companions of a diary: `d.db` has `d.db-reminders.db`, `d.db-keys.json` and `d.db-backups/`."""
    return Beside(
        reminders=diary.with_name(diary.name + "-reminders.db"),
        keys=diary.with_name(diary.name + "-keys.json"),
        backups=diary.with_name(diary.name + "-backups"),
    )


def resources() -> Path:
    """The folder of icons, presets, styles and texts, in an installed package, a frozen app or a checkout."""
    package = Path(__file__).resolve().parent
    shipped = package / "_resources"  # where the wheel and the frozen app carry it
    return shipped if shipped.is_dir() else package.parent / "resources"


def read_resource(relative: str) -> str:
    """The text (UTF-8) of one shipped file, as in `read_resource("presets/regimens.json")`.

    Raises:
        FileNotFoundError: the app was built without it.
    """
    return (resources() / relative).read_text(encoding="utf-8")


def read_resource_bytes(relative: str) -> bytes:
    """The bytes of one shipped file (a font, a picture); raises as `read_resource` does."""
    return (resources() / relative).read_bytes()


def ensure(folder: Path) -> Path:
    """Make `folder` and its missing parents, readable by this user only (mode 0700), and return it.

    Folders that are there already keep their mode.

    Raises:
        OSError: the file system refuses; the caller words it for the person.
    """
    if not folder.is_dir():
        ensure(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _below(home: Path) -> Places:
    return Places(
        diary=home / "diary.db",
        settings=home / "settings.json",
        log=home / "log" / "b12desk.log",
        cache=home / "cache",
        autostart=home / "autostart",
    )


def _autostart() -> Path:
    if sys.platform == "win32":
        roaming = platformdirs.user_data_path(roaming=True)
        return roaming / "Microsoft" / "Windows" / "Start Menu" / "Programs" / "Startup"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "LaunchAgents"
    return platformdirs.user_config_path() / "autostart"
