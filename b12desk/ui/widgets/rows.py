"""Fields side by side on the grid."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from b12desk.ui.tokens import GAP


def row(*fields: QWidget, stretch: tuple[int, ...] = ()) -> QHBoxLayout:
    """Fields beside each other, aligned at their tops, sharing the width evenly or by `stretch`."""
    made = QHBoxLayout()
    made.setSpacing(GAP * 4)
    for index, field in enumerate(fields):
        made.addWidget(field, stretch[index] if stretch else 1, Qt.AlignmentFlag.AlignTop)
    return made
