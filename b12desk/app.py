"""The window's composition root: makes the desk, the look and the window; the only file that knows all."""

from __future__ import annotations

import logging
import sys
from datetime import time
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from b12desk import paths, settings
from b12desk.desk import Clock, Desk, ReminderChoices
from b12desk.domain.errors import WorldError
from b12desk.ui.first_paint import after_first_paint
from b12desk.ui.main_window import MainWindow
from b12desk.ui.page import Surroundings
from b12desk.ui.registry import page_specs
from b12desk.ui.single import SingleWindow
from b12desk.ui.tasks import Tasks, Ticket
from b12desk.ui.theme import Theme
from b12desk.ui.ticker import Ticker
from b12desk.ui.trouble import TroubleWindow

log = logging.getLogger("b12desk.app")

LOOK_EVERY = 2000
"""Milliseconds between two looks whether another process has written (RULES F5)."""


def run(diary: Path, *, clock: Clock, person: str | None = None, arguments: list[str] | None = None) -> int:
    """Open the window on a diary, making the diary where there is none; returns the exit code.

    `person` is the name or id of whom to show first; without it the one shown last.
    """
    app = QApplication([sys.argv[0], *(arguments or [])])
    app.setApplicationName(paths.APP_NAME)
    app.setApplicationDisplayName("B12 Desk")
    app.setDesktopFileName(paths.APP_NAME)
    places = paths.places()
    kept = settings.load(places.settings)
    theme = Theme(app, kept.settings.theme, kept.settings.text_size)
    app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "app.svg")))
    root = _Root(app, theme, diary, clock, places.settings, kept.settings)
    sys.excepthook = root.show_bug
    try:
        return app.exec() if root.open(person) else root.exit_code
    finally:
        root.close()


class _Root(QObject):
    """What lives as long as the application."""

    def __init__(
        self,
        app: QApplication,
        theme: Theme,
        diary: Path,
        clock: Clock,
        settings_path: Path,
        preferences: settings.Settings,
    ) -> None:
        super().__init__(app)
        self.exit_code = 0
        self._theme = theme
        self._diary = diary
        self._clock = clock
        self._settings_path = settings_path
        self._preferences = preferences
        self._single = SingleWindow(diary, self._raise, self)
        self._window: MainWindow | None = None
        self._other: object = None
        self._desk: Desk | None = None
        self._around: Surroundings | None = None
        self._ticker = Ticker(clock, self)
        self._poll = QTimer(self)
        self._poll.setInterval(LOOK_EVERY)

    def open(self, person: str | None) -> bool:
        """Open desk and window; False when another window has the diary."""
        paths.ensure(self._diary.parent)
        if not self._single.take() and self._single.raise_first():
            return False
        try:
            self._desk = self._open_desk(create=True)
        except WorldError as error:
            self._show_trouble(error.message)
            return True
        tasks = Tasks(self._open_desk, self)
        self._around = Surroundings(self._desk, tasks, self._theme, self._preferences, self._save_settings)
        self._connect()
        if self._desk.people.list():
            self._show_window(person)
        else:
            self._show_first_start()
        return True

    def close(self) -> None:
        """Stop the clocks, wait for the worker, close the file."""
        self._ticker.stop()
        self._poll.stop()
        if self._around is not None:
            self._around.tasks.finish()
        if self._desk is not None:
            self._desk.close()
        self._single.release()

    def show_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """An error of ours: into the log by its place, never with what was typed; and a page that says so."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        sys.__excepthook__(kind, error, trace)
        log.error("bug %s", kind.__name__)
        if self._other is None:
            self._show_trouble(
                self.tr(
                    "B12 Desk made a mistake and stopped what it was doing. "
                    "What was saved is safe. Please close this window and open B12 Desk again."
                )
            )

    def _open_desk(self, create: bool = False) -> Desk:
        chosen = self._preferences
        choices = ReminderChoices(
            clock_time=time.fromisoformat(chosen.reminder_time),
            quiet=(time.fromisoformat(chosen.quiet_from), time.fromisoformat(chosen.quiet_to)),
            neutral=chosen.neutral_notifications,
        )
        return Desk.open(
            self._diary, clock=self._clock, by=chosen.recorded_by, create=create, choices=choices
        )

    def _connect(self) -> None:
        self._ticker.ticked.connect(self._remind)
        self._ticker.day_changed.connect(self._on_day_changed)
        self._poll.timeout.connect(self._look)

    def _show_window(self, person: str | None) -> None:
        if self._around is None:
            return
        desk = self._around.desk
        people = desk.people.list()
        wanted = person or self._preferences.last_person
        shown = next((one for one in people if wanted in (one.id, one.name)), people[0])
        self._window = MainWindow(self._around, page_specs(), shown)
        self._window.person_wanted.connect(self._add_person)
        after_first_paint(self._window, self._on_first_paint)
        self._window.show()

    def _show_first_start(self) -> None:
        from b12desk.ui.first_start import FirstStartWindow

        if self._around is None:
            return
        self._other = start = FirstStartWindow(self._around)
        start.finished.connect(self._on_started)
        after_first_paint(start, self._on_first_paint)
        start.show()

    def _on_started(self, person_id: str) -> None:
        former, self._other = self._other, None
        self._show_window(person_id)
        if isinstance(former, QObject):
            former.deleteLater()

    def _add_person(self) -> None:
        from b12desk.ui.first_start import FirstStart

        if self._window is None or self._around is None:
            return
        start = FirstStart(self._around, may_cancel=bool(self._around.desk.people.list()))
        start.finished.connect(self._on_added)
        start.cancelled.connect(self._window.uncover)
        self._window.cover(start)

    def _on_added(self, person_id: str) -> None:
        if self._window is not None and self._around is not None:
            self._window.uncover()
            self._window.show_person(self._around.desk.people.find(person_id))

    def _show_trouble(self, text: str) -> None:
        self.exit_code = 1
        self._other = trouble = TroubleWindow(text, str(self._diary))
        trouble.show()

    def _on_first_paint(self) -> None:
        self._single.listen()
        self._ticker.start()
        self._poll.start()
        self._remind()

    def _remind(self) -> None:
        """One pass, off the window's thread: a notification service may take its time."""
        if self._around is not None:
            self._around.tasks.run(
                _pass, failed=lambda error: log.warning("pass failed: %s", type(error).__name__)
            )

    def _on_day_changed(self) -> None:
        if self._window is not None:
            self._window.refresh(frozenset({"day", "due"}))

    def _look(self) -> None:
        if self._desk is not None:
            self._desk.refresh_if_changed()

    def _save_settings(self, chosen: settings.Settings) -> None:
        self._preferences = chosen
        if self._around is not None:
            self._around.settings = chosen
        try:
            paths.ensure(self._settings_path.parent)
            settings.save(self._settings_path, chosen)
        except OSError as error:
            log.warning("preferences not saved: %s", type(error).__name__)

    def _raise(self) -> None:
        window = self._window or self._other
        if isinstance(window, MainWindow):
            window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()


def _pass(desk: Desk, _ticket: Ticket) -> None:
    desk.reminders.run()
