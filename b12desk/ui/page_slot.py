"""One place of the navigation: a page, and in front of it the form that it has open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from b12desk.ui.page import Page
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.labels import label

if TYPE_CHECKING:
    from b12desk.ui.form import Form


class PageSlot(QStackedWidget):
    """Shows the page, or the form in its place; a half-filled form waits while other pages are visited.

    Signals:
        form_finished: the Outcome of the form, or None.
    """

    form_finished = Signal(object)

    def __init__(self, page: Page, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self.form: Form | None = None
        self._host_widget: QWidget | None = None
        self._title = title
        self.addWidget(page)
        page.form_opened.connect(self.open_form)

    def open_form(self, form: Form) -> None:
        """Put a form in front; an open one stays, and the new one is dropped."""
        if self.form is not None:
            form.deleteLater()
            return
        self.form = form
        form.finished.connect(self._on_finished)
        self._host_widget = host = self._host(form)
        self.addWidget(host)
        self.setCurrentWidget(host)
        form.start()

    def shown(self) -> None:
        """The slot has come to the front."""
        if self.form is None:
            self.page.shown()
        else:
            self.form.start()

    def _host(self, form: Form) -> QWidget:
        back = Button(self._title, "back", "back")
        back.setAccessibleName(self.tr("Back to {0}").format(self._title))
        back.clicked.connect(form.leave)
        host = QWidget()
        host.setObjectName("form")
        rows = QVBoxLayout(host)
        rows.setContentsMargins(0, GAP * 4, 0, 0)
        rows.setSpacing(GAP)
        top = QHBoxLayout()
        top.setContentsMargins(GAP * 5, 0, 0, 0)
        top.addWidget(back)
        top.addStretch(1)
        title = label(form.title, "page")
        title.setContentsMargins(GAP * 8, 0, 0, GAP * 2)
        rows.addLayout(top)
        rows.addWidget(title)
        rows.addWidget(form, 1)
        return host

    def _on_finished(self, outcome: object) -> None:
        host, self._host_widget = self._host_widget, None
        self.form = None
        self.setCurrentWidget(self.page)
        if host is not None:
            self.removeWidget(host)
            host.deleteLater()
        self.form_finished.emit(outcome)
        self.page.shown()
