"""The navigation at the left: whose diary it is, and the pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from b12desk.domain.records import Person
from b12desk.ui.icons import pixmap
from b12desk.ui.page import PageSpec
from b12desk.ui.theme import tokens_now
from b12desk.ui.tokens import GAP, person_colour
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.labels import label

WIDTH = 212
WIDTH_IN_TEXT = 9
"""The least width in heights of the text, for large texts."""
DOT = 12
DOT_MARGIN = 10
BESIDE_NAME = 72
"""Pixels of the person's button for its dot, its arrow and the space around them."""


class Rail(QFrame):
    """Person chooser on top, pages below, the last page at the foot.

    Signals:
        page_chosen: the id of a page.
        person_chosen: the id of a person.
        new_person_wanted: somebody else is to be added.
    """

    page_chosen = Signal(str)
    person_chosen = Signal(str)
    new_person_wanted = Signal()

    def __init__(self, specs: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._fit_width()
        self._people: list[Person] = []
        self._person: Person | None = None
        self._buttons: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self._build(specs)

    def show_people(self, people: Sequence[Person], current: Person) -> None:
        """Fill the person chooser."""
        self._people, self._person = list(people), current
        self._show_name()
        self._person_button.setAccessibleName(self.tr("Diary of {0}; choose a person").format(current.name))
        self._sample.setVisible(current.sample)
        self._draw_dots()

    def mark(self, page_id: str) -> None:
        """Show which page is in front."""
        self._buttons[page_id].setChecked(True)

    def button(self, page_id: str) -> Button:
        """The button of one page."""
        return self._buttons[page_id]

    def _build(self, specs: Sequence[PageSpec]) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP * 3, GAP * 5, GAP * 3, GAP * 4)
        rows.setSpacing(GAP)
        rows.addLayout(self._build_brand())
        rows.addSpacing(GAP * 4)
        self._person_button = QPushButton()
        self._person_button.setObjectName("person")
        self._person_button.setToolTip(self.tr("Choose a person (Alt+P)"))
        self._person_button.setShortcut("Alt+P")
        self._menu = QMenu(self)
        self._person_button.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._sample = label(self.tr("A sample diary: every entry is made up."), "small", wrap=True)
        self._sample.setContentsMargins(GAP * 2, 0, 0, 0)
        rows.addWidget(self._person_button)
        rows.addWidget(self._sample)
        rows.addSpacing(GAP * 3)
        for number, spec in enumerate(specs, 1):
            if spec is specs[-1]:
                rows.addStretch(1)
            rows.addWidget(self._build_button(spec, number))

    def _fit_width(self) -> None:
        self.setFixedWidth(max(WIDTH, WIDTH_IN_TEXT * self.fontInfo().pixelSize()))

    def _show_name(self) -> None:
        """A name that is too long at this text size is cut with dots; it stands whole in the tool tip."""
        if self._person is None:
            return
        button, name = self._person_button, self._person.name
        room = self.width() - 2 * GAP * 3 - BESIDE_NAME
        metrics = button.fontMetrics()
        button.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, room))
        button.setToolTip(f"{name}\n{self.tr('Choose a person (Alt+P)')}")

    def _build_brand(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(GAP * 2, 0, 0, 0)
        row.setSpacing(GAP * 2)
        self._mark = QLabel()
        self._mark.setPixmap(pixmap("app", "", 24, self.devicePixelRatioF()))
        row.addWidget(self._mark)
        row.addWidget(label("B12 Desk", "brand"))
        row.addStretch(1)
        return row

    def _build_button(self, spec: PageSpec, number: int) -> Button:
        button = Button(spec.title, "nav", spec.icon)
        button.setIconSize(QSize(20, 20))
        button.setCheckable(True)
        button.setShortcut(f"Ctrl+{number}")
        button.setToolTip(f"{spec.title} (Ctrl+{number})")
        button.clicked.connect(lambda _checked=False, page=spec.id: self.page_chosen.emit(page))
        self._group.addButton(button)
        self._buttons[spec.id] = button
        return button

    def _fill_menu(self) -> None:
        self._menu.clear()
        self._menu.setMinimumWidth(self._person_button.width())
        for person in self._people:
            action = QAction(self._dot(person), person.name, self._menu)
            action.setCheckable(True)
            action.setChecked(self._person is not None and person.id == self._person.id)
            action.triggered.connect(lambda _checked=False, chosen=person.id: self.person_chosen.emit(chosen))
            self._menu.addAction(action)
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Add a person…")).triggered.connect(self.new_person_wanted)

    def _dot(self, person: Person) -> QIcon:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(QSize(DOT + DOT_MARGIN, DOT) * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(person_colour(person.colour, tokens_now())))
        painter.drawEllipse(QRect(DOT_MARGIN, 0, DOT, DOT))
        painter.end()
        return QIcon(picture)

    def _draw_dots(self) -> None:
        if self._person is not None:
            self._person_button.setIcon(self._dot(self._person))
            self._person_button.setIconSize(QSize(DOT + DOT_MARGIN, DOT))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_person"):
            self._draw_dots()
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_person"):
            self._fit_width()
            self._show_name()
