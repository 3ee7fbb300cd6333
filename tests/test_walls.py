"""The walls that import-linter cannot see: what is really loaded when a module is imported by itself."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import b12desk

QT_ROOMS = ("b12desk.app", "b12desk.ui", "b12desk.reports.printing")
ENTRY = ("b12desk.__main__",)


def _in_room(module: str, rooms: tuple[str, ...]) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


MODULES = [found.name for found in pkgutil.walk_packages(b12desk.__path__, "b12desk.")]
QT_FREE = [name for name in MODULES if not _in_room(name, QT_ROOMS + ENTRY)]


def loaded_after(*modules: str) -> set[str]:
    """Import modules in a fresh process; return the top-level packages that it has then loaded."""
    program = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *modules], stdout=subprocess.PIPE, text=True, check=True, timeout=120
    )
    return set(done.stdout.split())


def test_the_walk_finds_the_rooms() -> None:
    assert {"b12desk.domain.records", "b12desk.paths"} <= set(QT_FREE)


def test_nothing_outside_the_window_loads_qt() -> None:
    assert not loaded_after(*QT_FREE) & {"PySide6", "shiboken6"}


def test_matplotlib_and_plyer_wait_until_they_are_wanted() -> None:
    """A window's start and a command must not pay for a chart that nobody asked for."""
    others = [name for name in QT_FREE if not _in_room(name, ("b12desk.charts", "b12desk.reports"))]
    assert not loaded_after(*others) & {"matplotlib", "plyer"}


def test_the_first_page_waits_for_nothing_it_does_not_show() -> None:
    """Half of a window's start would be imports for charts and for making tables."""
    first = ("b12desk.__main__", "b12desk.opening", "b12desk.app", "b12desk.ui.pages.today")
    waiting = {"matplotlib", "numpy", "sqlite_utils", "plyer", "click", "hashlib", "uuid", "jeepney"}
    assert not loaded_after(*first) & waiting


def test_the_first_page_leaves_other_pages_parts_alone() -> None:
    program = (
        "import sys, b12desk.opening, b12desk.app, b12desk.ui.pages.today\n"
        "print(*(name for name in sys.modules if name.startswith(('b12desk.', 'PySide6.'))))"
    )
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, check=True)
    desk = {"editing", "exports", "history", "injections", "lab_entries", "labs", "pictures", "paper"}
    others = {f"b12desk.desk.{name}" for name in desk}
    others |= {"b12desk.cli", "b12desk.ui.form", "b12desk.store.history", "b12desk.domain.presets"}
    others |= {"PySide6.QtNetwork", "PySide6.QtSvg", "PySide6.QtPrintSupport"}
    assert not others & set(done.stdout.split())


def test_the_pure_domain_loads_no_storage() -> None:
    domain = [name for name in MODULES if _in_room(name, ("b12desk.domain",))]
    assert not loaded_after(*domain) & {"sqlite_utils", "sqlcipher3", "sqlite3", "click", "matplotlib"}


@pytest.mark.parametrize("leaf", ["b12desk.paths", "b12desk.settings"])
def test_leaves_load_nothing_of_ours(leaf: str) -> None:
    program = f"import sys, {leaf}; print(*sorted(n for n in sys.modules if n.startswith('b12desk')))"
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, check=True)
    assert done.stdout.split() == ["b12desk", leaf]


def test_the_reminder_pass_stays_small() -> None:
    """The agent runs all day on someone's computer: the standard library is enough until it has to send."""
    heavy = {"PySide6", "matplotlib", "numpy", "click", "sqlite_utils", "sqlcipher3", "plyer"}
    assert not loaded_after("b12desk.reminders.command") & heavy
