"""A day or a time of day, typed or picked, with what was understood in words below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QVBoxLayout, QWidget

from b12desk.domain.wording import long_day
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.fields import TextField
from b12desk.ui.widgets.typed_dates import distance, read_day, read_expiry, read_time, weekday_and_day


class DateField(TextField):
    """A day; `today` is asked for each time, because a window stays open over midnight."""

    def __init__(
        self,
        title: str,
        today: Callable[[], date],
        *,
        past_only: bool = False,
        optional: bool = False,
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._today = today
        self._past_only = past_only
        super().__init__(
            title,
            check=self._words,
            placeholder="21 November 2026",
            optional=optional,
            required=required,
            parent=parent,
        )
        self._add_calendar_button()

    @property
    def value(self) -> date | None:
        """The day, or None where nothing readable is typed."""
        try:
            return self._read(self.text) if self.text else None
        except ValueError:
            return None

    def set_value(self, day: date | None) -> None:
        """Put a day in."""
        self.set_text(long_day(day) if day else None)

    def _read(self, text: str) -> date:
        return read_day(text, self._today())

    def _words(self, text: str) -> str:
        day = self._read(text)
        if self._past_only and day > self._today():
            raise ValueError(self.tr("That day is still to come."))
        return f"{weekday_and_day(day)}, {distance(day, self._today())}"

    def _add_calendar_button(self) -> None:
        self._pick = Button("", "icon", "calendar")
        self._pick.setAccessibleName(self.tr("Pick a day: {0}").format(self.title.text()))
        self._pick.setToolTip(self.tr("Pick a day"))
        self._pick.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._pick.clicked.connect(self._open_calendar)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        rows = self.layout()
        if isinstance(rows, QVBoxLayout):
            place = rows.indexOf(self.line)
            rows.removeWidget(self.line)
            line.addWidget(self.line, 1)
            line.addWidget(self._pick)
            rows.insertLayout(place, line)

    def _open_calendar(self) -> None:
        popup = _Calendar(self.value or self._today(), self._today() if self._past_only else None, self)
        popup.picked.connect(self._on_picked)
        popup.move(self.line.mapToGlobal(QPoint(0, self.line.height() + GAP)))
        popup.show()

    def _on_picked(self, day: date) -> None:
        self.set_value(day)
        self.line.setFocus()
        self.edited.emit()


class ExpiryField(DateField):
    """The expiry on a pack; a month alone means its last day, and the words below say so."""

    def __init__(self, title: str, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(title, today, optional=True, parent=parent)
        self.line.setPlaceholderText("05/2027")

    def _read(self, text: str) -> date:
        return read_expiry(text, self._today())

    def _words(self, text: str) -> str:
        day = self._read(text)
        try:
            read_day(text, self._today())
        except ValueError:
            return self.tr("{0}, the last day of the month").format(long_day(day))
        return super()._words(text)


class _Calendar(QWidget):
    """A month in a pop-up.

    Signals:
        picked: the day that was clicked or chosen with Enter.
    """

    picked = Signal(object)

    def __init__(self, day: date, latest: date | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP, GAP, GAP, GAP)
        month = QCalendarWidget()
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        month.setSelectedDate(QDate(day.year, day.month, day.day))
        if latest:
            month.setMaximumDate(QDate(latest.year, latest.month, latest.day))
        month.clicked.connect(self._take)
        month.activated.connect(self._take)
        rows.addWidget(month)
        month.setFocus()

    def _take(self, day: QDate) -> None:
        self.close()
        self.picked.emit(date(day.year(), day.month(), day.day()))


class TimeField(TextField):
    """A time of day; empty means that nobody knows it any more."""

    def __init__(self, title: str, *, parent: QWidget | None = None) -> None:
        super().__init__(
            title,
            check=self._words,
            placeholder="9:30",
            optional=True,
            parent=parent,
        )

    @property
    def value(self) -> time | None:
        """The time, or None where nothing readable is typed."""
        try:
            return read_time(self.text) if self.text else None
        except ValueError:
            return None

    def set_value(self, at: time | None) -> None:
        """Put a time in."""
        self.set_text(f"{at:%H:%M}" if at else None)

    @staticmethod
    def _words(text: str) -> str:
        understood = f"{read_time(text):%H:%M}"
        return "" if understood.lstrip("0") == text.lstrip("0") else understood
