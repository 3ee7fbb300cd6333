"""Trends: the picture and the table show the same numbers, and the window never waits for either."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from b12desk.charts import tables
from b12desk.desk import Desk, LabDraft
from b12desk.domain.records import Person
from b12desk.ui.page import Surroundings
from b12desk.ui.pages.trends import TrendsPage
from b12desk.ui.trends.kinds import kinds

TODAY = date(2026, 11, 21)
KINDS = ["timeline", "cycles", "labs", "intervals", "calendar", "periods"]


@pytest.fixture
def page(qtbot: QtBot, around: Surroundings, desk: Desk, person: Person) -> TrendsPage:
    for back in range(40):
        desk.entries.log_scores(person.id, {"tingling": back % 7, "fog": 3}, on=TODAY - timedelta(days=back))
    desk.lab_entries.log_lab(person.id, LabDraft("serum_b12", "312", "pg/mL", "2026-11-02"))
    made = TrendsPage(around, person)
    desk.subscribe(lambda outcome: made.refresh(outcome.changed))
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    made.shown()
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_is_drawn_and_its_table_has_its_numbers(
    page: TrendsPage, kind: str, qtmodeltester: ModelTester
) -> None:
    page.choices.choose_kind(kind)
    picture = page.canvas.picture
    assert picture is not None
    assert picture.image.width() == page.canvas.width()
    page.as_table.click()
    head, *rows = tables.table(page.data)
    model = page._table.model
    assert [column.title.casefold() for column in model.columns] == [title.casefold() for title in head]
    assert model.rows == rows
    qtmodeltester.check(model)


def test_the_table_has_each_score_of_the_chosen_range(page: TrendsPage) -> None:
    page.choices.range.choose("month")
    page.as_table.click()
    scores = [row for row in page._table.model.rows if row[2] == "score" and row[3].startswith("Tingling")]
    assert len(scores) == 31
    assert scores[-1] == ["2026-11-21", "", "score", "Tingling or pins and needles", "0", ""]


def test_a_range_of_ones_own_is_used_once_it_makes_sense(page: TrendsPage) -> None:
    choice = page.choices.range
    choice.choose("own")
    choice.since.line.setText("2026-11-10")
    choice.since.line.textEdited.emit("2026-11-10")
    assert (page.data.since, page.data.until) == (date(2026, 11, 10), TODAY)
    choice.until.line.setText("2026-11-01")
    choice.until.line.textEdited.emit("2026-11-01")
    assert page.data.until == TODAY
    assert "before" in choice.until.below.text()


def test_symptoms_are_chosen(page: TrendsPage) -> None:
    page.choices.symptoms.tick("fog", on=False)
    assert "fog" not in [scores.symptom for scores in page.data.scores]


def test_pointing_says_the_exact_entries_of_the_day(qtbot: QtBot, page: TrendsPage) -> None:
    picture = page.canvas.picture
    assert picture is not None
    panel = picture.panels[0]
    day = (date(2026, 11, 19) - date(1970, 1, 1)).days
    part = (day - panel.first) / (panel.last - panel.first)
    x = (panel.area.left() + part * panel.area.width()) * page.canvas.width()
    y = panel.area.center().y() * page.canvas.height()
    with qtbot.waitSignal(page.canvas.pointed) as pointed:
        page.canvas._point(QPointF(x, y))
    assert pointed.args is not None
    assert "19 November 2026" in pointed.args[0]
    assert "Tingling or pins and needles: 2" in pointed.args[0]


def test_the_pointer_moves_by_keys(qtbot: QtBot, page: TrendsPage) -> None:
    said: list[str] = []
    page.canvas.pointed.connect(said.append)
    for _ in range(4):
        qtbot.keyClick(page.canvas, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert any("November 2026" in text for text in said)


def test_a_new_score_is_seen_and_a_change_of_no_matter_is_not_read(
    page: TrendsPage, desk: Desk, person: Person
) -> None:
    before = page.data
    desk.entries.log_reaction(person.id, "soreness", area="site")
    assert page.data is before
    desk.entries.log_scores(person.id, {"tingling": 9})
    assert page.data.scores[0].pairs()[-1] == (TODAY, 9)


def test_the_chart_follows_the_theme(page: TrendsPage, around: Surroundings) -> None:
    light = page.canvas.picture
    around.theme.choose("dark")
    dark = page.canvas.picture
    assert light is not None
    assert dark is not None
    assert light.image.pixelColor(2, 2).lightness() > 200
    assert dark.image.pixelColor(2, 2).lightness() < 60


def test_nothing_is_read_while_another_page_is_in_front(
    qtbot: QtBot, around: Surroundings, desk: Desk, person: Person
) -> None:
    page = TrendsPage(around, person)
    qtbot.addWidget(page)
    page.refresh(frozenset({"score"}))
    assert page.data is None


@pytest.mark.parametrize(
    ("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF"), ("csv", b"date,until")]
)
def test_the_chart_is_saved(page: TrendsPage, tmp_path: Path, ending: str, start: bytes) -> None:
    path = tmp_path / f"chart.{ending}"
    page.save(path)
    assert path.read_bytes().startswith(start)


def test_a_folder_that_cannot_be_written_is_one_sentence(page: TrendsPage, tmp_path: Path) -> None:
    told: list[str] = []
    page.told.connect(told.append)
    page.save(tmp_path / "missing" / "chart.png")
    assert told == [f"There is no folder “{tmp_path / 'missing'}”."]


def test_a_phase_can_be_chosen_for_the_overlay(page: TrendsPage) -> None:
    page.choices.choose_kind("cycles")
    names = [page.choices.phases.itemText(place) for place in range(page.choices.phases.count())]
    assert names == ["Newest phase", "Maintenance"]
    assert page.data.phase == "Maintenance"


def test_each_kind_says_what_it_is() -> None:
    assert [kind.id for kind in kinds()] == KINDS
