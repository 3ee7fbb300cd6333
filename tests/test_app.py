"""The composition root: a reminder's button finds its form, and waking up waits before it reminds."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from b12desk.app import _Root
from b12desk.desk import Desk
from b12desk.settings import Settings
from b12desk.ui.dialogs.injection_form import InjectionForm
from b12desk.ui.main_window import MainWindow
from tests.helpers.clock import FixedClock
from tests.helpers.window import ann, theme_of


@pytest.fixture
def root(qapp: QApplication, qtbot: QtBot, tmp_path: Path, clock: FixedClock) -> _Root:
    path = tmp_path / "d.db"
    with Desk.open(path, clock=clock, create=True) as desk:
        ann(desk, last="2026-09-01")
    theme = theme_of(qapp)
    made = _Root(qapp, theme, path, clock, tmp_path / "settings.json", Settings())
    yield made
    made.close()
    if made._window is not None:
        made._window.close()
        made._window.deleteLater()
    made.deleteLater()
    theme.deleteLater()


def window_of(root: _Root) -> MainWindow:
    assert root._window is not None
    return root._window


def test_a_start_with_a_planned_day_opens_its_form(root: _Root, qtbot: QtBot) -> None:
    assert root.open("Ann", planned=None)
    root._show_wish("2026-10-27 Ann")
    form = window_of(root).findChild(InjectionForm)
    assert form is not None


@pytest.mark.parametrize("wish", ["", "soon", "2026-10-27 nobody", "1999-01-01 Ann"])
def test_a_wish_that_leads_nowhere_only_raises_the_window(root: _Root, qtbot: QtBot, wish: str) -> None:
    root.open(None)
    root._show_wish(wish)
    assert window_of(root).findChild(InjectionForm) is None
    assert window_of(root).isVisible()


def test_one_pass_some_seconds_after_waking_up(
    root: _Root, qtbot: QtBot, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    root.open(None)
    passes: list[str] = []
    monkeypatch.setattr(root._around.tasks, "run", lambda *_, **__: passes.append(f"{clock():%H:%M}"))
    clock.advance(minutes=1)
    root._ticker.tick()
    clock.advance(hours=9)
    root._ticker.tick()
    assert passes == ["10:01"]
    assert root._waking.isActive()
    root._waking.timeout.emit()
    assert passes == ["10:01", "19:01"]
