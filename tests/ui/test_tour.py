"""A tour of every page on ten years of a sample: not one warning of Qt's, and no text wider than its box."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from b12desk.desk.sample import write_sample
from b12desk.ui.main_window import MainWindow
from b12desk.ui.page import Surroundings
from b12desk.ui.pages.settings import SettingsPage
from b12desk.ui.registry import page_specs
from tests.helpers.clock import FixedClock
from tests.helpers.window import surroundings, theme_of

SIZE = (1280, 800)
PAGES = [spec.id for spec in page_specs()]
PARTS = ("people", "products", "plan", "history", "diary")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten years of a made-up person; each test works on a copy."""
    path = tmp_path_factory.mktemp("tour") / "sample.db"
    write_sample(path, years=10, seed=7, end=date(2026, 11, 21))
    return path


@pytest.fixture
def around(sample: Path, tmp_path: Path, clock: FixedClock, qapp: QApplication) -> Iterator[Surroundings]:
    """Desk, tasks and theme on the sample."""
    path = tmp_path / "d.db"
    shutil.copy(sample, path)
    theme = theme_of(qapp)
    made = surroundings(path, clock, theme)
    yield made
    made.desk.close()
    made.tasks.deleteLater()
    theme.choose("light", 100)
    theme.deleteLater()


@pytest.fixture
def window(qtbot: QtBot, around: Surroundings) -> MainWindow:
    made = MainWindow(around, page_specs(), around.desk.people.list()[0])
    qtbot.addWidget(made)
    made.resize(*SIZE)
    with qtbot.waitExposed(made):
        made.show()
    return made


def fronts(window: MainWindow) -> Iterator[str]:
    """Bring each page and each part of the settings to the front in turn."""
    for page_id in PAGES:
        window.show_page(page_id)
        yield page_id
    settings = window.page("settings")
    assert isinstance(settings, SettingsPage)
    for part in PARTS:
        settings.show_part(part)
        yield f"settings, {part}"


def too_narrow(window: MainWindow) -> list[str]:
    """The texts to be seen that their widget cuts off."""
    return [text for widget in window.findChildren(QWidget) if widget.isVisible() for text in _cut(widget)]


def _cut(widget: QWidget) -> list[str]:
    if isinstance(widget, QAbstractButton) and widget.text():
        return [widget.text()] if widget.width() + 1 < widget.minimumSizeHint().width() else []
    if not isinstance(widget, QLabel) or not widget.text():
        return []
    whole = widget.text().split() if widget.wordWrap() else widget.text().splitlines()
    metrics, room = widget.fontMetrics(), widget.contentsRect().width()
    return [part for part in whole if metrics.horizontalAdvance(part) > room + 1]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_tour_of_ten_years_without_a_warning(
    qtbot: QtBot, window: MainWindow, around: Surroundings, theme: str, qtlog
) -> None:
    around.theme.choose(theme)
    for _front in fronts(window):
        QApplication.processEvents()
    said = [record.message for record in qtlog.records if not record.ignored]
    assert said == []


@pytest.mark.parametrize("text_size", [100, 150])
def test_no_text_is_wider_than_its_box(
    qtbot: QtBot, window: MainWindow, around: Surroundings, text_size: int
) -> None:
    around.theme.choose("light", text_size)
    cut = {}
    for front in fronts(window):
        QApplication.processEvents()
        if found := too_narrow(window):
            cut[front] = found
    assert cut == {}
