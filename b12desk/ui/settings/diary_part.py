"""The diary itself: where its files are, what is in it, and a check of every record."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from b12desk import paths
from b12desk.desk import Desk
from b12desk.domain.errors import WorldError
from b12desk.store.check import Problem
from b12desk.ui.page import Surroundings
from b12desk.ui.tasks import Ticket
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.scroller import Scroller

WIDEST = 860
MOST_SHOWN = 8


class DiaryPart(QWidget):
    """The check runs in the worker; a large diary takes seconds."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        inside = QWidget()
        inside.setObjectName("page")
        inside.setMaximumWidth(WIDEST)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, GAP * 4, 0)
        rows.setSpacing(GAP * 4)
        rows.addWidget(self._build_check())
        rows.addWidget(self._build_files())
        rows.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroller(inside))
        self.check.clicked.connect(self.check_diary)
        self.folder.clicked.connect(self._open_folder)

    def check_diary(self) -> None:
        """Compare every record with its history, and look over the file."""
        self.check.setEnabled(False)
        self.result.setText(self.tr("Checking…"))

        def work(desk: Desk, _ticket: Ticket) -> list[Problem]:
            return desk.history.check(full=True)

        self._around.tasks.run(work, self._on_checked, self._on_failed, owner=self)

    def _on_checked(self, problems: list[Problem]) -> None:
        self.check.setEnabled(True)
        if not problems:
            self.result.setText(self.tr("Every record is as it was written; nothing is damaged."))
            return
        lines = [problem.text for problem in problems[:MOST_SHOWN]]
        if len(problems) > MOST_SHOWN:
            lines.append(self.tr("And {0} more.").format(len(problems) - MOST_SHOWN))
        self.result.setText("\n".join(lines))

    def _on_failed(self, error: BaseException) -> None:
        self.check.setEnabled(True)
        if not isinstance(error, WorldError):
            raise error
        self.result.setText(error.message)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._around.desk.path.resolve().parent)))

    def _build_check(self) -> Card:
        card = Card(self.tr("Check the diary"))
        card.body.addWidget(
            label(
                self.tr(
                    "Compares every record with its own history and looks over the file. Nothing is changed."
                ),
                "small",
                wrap=True,
            )
        )
        self.check = Button(self.tr("Check now"))
        self.result = label("", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(GAP * 4)
        line.addWidget(self.check, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.result, 1)
        card.body.addLayout(line)
        return card

    def _build_files(self) -> Card:
        card = Card(self.tr("Where the files are"))
        diary = self._around.desk.path.resolve()
        beside, places = paths.beside(diary), paths.places()
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP * 4)
        grid.setVerticalSpacing(GAP * 2)
        grid.setColumnStretch(1, 1)
        for number, (name, path) in enumerate(
            (
                (self.tr("Diary"), diary),
                (self.tr("Reminders"), beside.reminders),
                (self.tr("Backups"), beside.backups),
                (self.tr("Preferences"), places.settings),
                (self.tr("Log, without health values"), places.log),
            )
        ):
            shown = QLineEdit(str(path))  # scrolls where a label would cut: a path has no place to wrap
            shown.setReadOnly(True)
            shown.setCursorPosition(0)
            shown.setAccessibleName(f"{name}: {path}")
            grid.addWidget(label(name, "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, number, 1)
        self.folder = Button(self.tr("Open the folder"))
        card.body.addLayout(grid)
        card.body.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignLeft)
        return card
