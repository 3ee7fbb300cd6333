"""The pages of the report one below the other, as they will be printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.labels import label

PAGE_WIDTH = 560
"""Logical pixels of a page; about 70 per cent of its size on paper."""
SMALLEST_PAGE = 280
MARGINS = GAP * 12
"""What stands beside a page: the margins and the scroll bar."""


class Preview(QScrollArea):
    """Scrolls with the arrow keys and Page Up and Down."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Preview of the pages"))
        self.pages: list[QLabel] = []
        inside = QWidget()
        inside.setObjectName("page")
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(GAP * 4, 0, GAP * 4, GAP * 4)
        self._rows.setSpacing(GAP * 4)
        self._wait = label(self.tr("Laying out the pages…"), "muted")
        self._rows.addWidget(self._wait, 0, Qt.AlignmentFlag.AlignHCenter)
        self._rows.addStretch(1)
        self.setWidget(inside)

    @property
    def page_width(self) -> int:
        """Logical pixels of a page: as wide as there is room, up to `PAGE_WIDTH`."""
        return max(min(PAGE_WIDTH, self.width() - MARGINS), SMALLEST_PAGE)

    def show_pages(self, images: Sequence[QImage], ratio: float) -> None:
        """Show these instead; the place that one has scrolled to stays."""
        self._wait.hide()
        for page in self.pages:
            self._rows.removeWidget(page)
            page.deleteLater()
        self.pages = []
        for number, image in enumerate(images):
            picture = QPixmap.fromImage(image)
            picture.setDevicePixelRatio(ratio)
            page = QLabel()
            page.setPixmap(picture)
            page.setAccessibleName(self.tr("Page {0} of {1}").format(number + 1, len(images)))
            self._rows.insertWidget(number, page, 0, Qt.AlignmentFlag.AlignHCenter)
            self.pages.append(page)
