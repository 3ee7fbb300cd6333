"""Rows of the first window: time from the process's start to painted content, and peak memory by then."""

from __future__ import annotations

from pathlib import Path

from tests.bench.measure import Comparison, Run, compare
from tests.bench.process import FLOORS, painted, saved
from tests.bench.row import Row
from tests.bench.setting import NOW, Setting

OURS = Path(__file__).parent / "ours"


def _window(setting: Setting, diary: Path) -> Run:
    arguments = ("--diary", str(diary), "--now", NOW)
    return lambda: painted(str(OURS / "window.py"), *arguments, env=setting.env)


def _saving(setting: Setting, diary: Path) -> Run:
    copy = setting.copy(diary)
    return lambda: saved(str(OURS / "save.py"), "--diary", str(copy), "--now", NOW, env=setting.env)


def _floor(setting: Setting, name: str, *arguments: str) -> Run:
    return lambda: painted(str(FLOORS / name), *arguments, env=setting.env)


def against_label(setting: Setting) -> Comparison:
    """The window against one that opens the same diary and shows a label."""
    diary = setting.ten_years
    return compare(_window(setting, diary), _floor(setting, "label_window.py", str(diary)))


def against_bare(setting: Setting) -> Comparison:
    """The window against a bare one."""
    return compare(_window(setting, setting.ten_years), _floor(setting, "bare_window.py"))


def hundred_years(setting: Setting) -> Comparison:
    """The window on 100 years against the window on 10."""
    return compare(_window(setting, setting.hundred_years), _window(setting, setting.ten_years))


def chart(setting: Setting) -> Comparison:
    """The window with a chart in front against a bare window with one canvas."""
    ours = ("--diary", str(setting.ten_years), "--now", NOW)
    return compare(
        lambda: painted(str(OURS / "chart.py"), *ours, env=setting.env), _floor(setting, "chart_window.py")
    )


def save(setting: Setting) -> Comparison:
    """One score, from the click to the painted page, against a bare insert, commit and repaint."""
    table = str(setting.folder / "floor-save.db")
    return compare(
        _saving(setting, setting.ten_years), lambda: saved(str(FLOORS / "save.py"), table, env=setting.env)
    )


def save_hundred_years(setting: Setting) -> Comparison:
    """The same click in a diary of 100 years against one of 10."""
    return compare(_saving(setting, setting.hundred_years), _saving(setting, setting.ten_years))


LABEL = "a window that imports sqlite_utils, opens the same diary and shows one label"
ROWS = (
    Row("window", "first painted window with Today, 10-year diary", LABEL, against_label, 1.25, 1.2),
    Row("window-bare", "the same", "a bare PySide6 window", against_bare, 2, 1.6),
    Row("window-100", "the same, 100-year diary", "the same, 10-year diary", hundred_years, 1.2, 1.2),
    Row("chart", "with a chart open: memory", "a bare window with one matplotlib canvas", chart, None, 1.3),
    Row("save", "save one entry, click to painted", "bare insert, commit, repaint of one label", save, 3),
    Row("save-100", "the same, 100-year diary", "the same, 10-year diary", save_hundred_years, 1.2),
)
