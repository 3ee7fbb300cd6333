"""The window's composition root: makes the desk, the look and the window; the only file that knows all."""

from __future__ import annotations

import logging
import sys
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

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
from b12desk.ui.tasks import Tasks
from b12desk.ui.theme import Theme
from b12desk.ui.ticker import Ticker
from b12desk.ui.trouble import TroubleWindow

if TYPE_CHECKING:
    from b12desk.ui.tray import Tray

log = logging.getLogger("b12desk.app")

WAKING = 10_000
"""Milliseconds between waking up and a pass: the desktop and its notification service wake up too."""

STYLE = "fusion"
"""The same on every desktop, below the style sheet. As an argument it costs nothing; `setStyle` hands the
style back to Python, which loads its 800 names for it: 30 ms of a window's start."""

LOOK_EVERY = 2000
"""Milliseconds between two looks whether another process has written (RULES F5)."""


def run(
    diary: Path,
    *,
    clock: Clock,
    person: str | None = None,
    planned: date | None = None,
    arguments: list[str] | None = None,
) -> int:
    """Open the window on a diary, making the diary where there is none; returns the exit code.

    Args:
        person: the name or id of whom to show first; without it the one shown last.
        planned: open the form for the injection planned on this day; in the first window, where one is open.
    """
    app = QApplication([sys.argv[0], "-style", STYLE, *(arguments or [])])
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
        return app.exec() if root.open(person, planned) else root.exit_code
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
        self._waking = QTimer(self)
        self._waking.setSingleShot(True)
        self._waking.setInterval(WAKING)
        self._tray: Tray | None = None
        self._wish = ""

    def open(self, person: str | None, planned: date | None = None) -> bool:
        """Open desk and window; False when another window has the diary."""
        paths.ensure(self._diary.parent)
        self._wish = f"{planned} {person or ''}" if planned else ""
        if not self._single.take() and self._single.raise_first(self._wish):
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
        self._waking.stop()
        if self._tray is not None:
            self._tray.close()
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
                    "What was saved is still there. Please close this window and open B12 Desk again."
                )
            )

    def _open_desk(self, create: bool = False) -> Desk:
        chosen = self._preferences
        choices = ReminderChoices.of(chosen)
        return Desk.open(
            self._diary, clock=self._clock, by=chosen.recorded_by, create=create, choices=choices
        )

    def _connect(self) -> None:
        self._ticker.woke.connect(self._waking.start)
        self._ticker.ticked.connect(self._on_tick)
        self._waking.timeout.connect(self._remind)
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
        self._add_tray()
        self._remind()
        self._show_wish(self._wish)

    def _add_tray(self) -> None:
        from b12desk.ui.tray import Tray

        if self._tray is None:
            self._tray = Tray(QApplication.windowIcon(), self)
            self._tray.window_wanted.connect(self._raise)
            self._tray.quit_wanted.connect(QApplication.quit)

    def _on_tick(self) -> None:
        """A pass every minute, but for the first seconds after waking up (one message then, not several)."""
        if not self._waking.isActive():
            self._remind()

    def _remind(self) -> None:
        """One pass, off the window's thread: a notification service may take its time."""
        if self._around is not None:
            tray = (self._tray,) if self._tray is not None else ()
            self._around.tasks.run(
                lambda desk, _ticket: desk.reminders.run(tray=tray),
                failed=lambda error: log.warning("pass failed: %s", type(error).__name__),
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

    def _show_wish(self, wish: str) -> None:
        """Open the form for the planned injection that a reminder's button named."""
        day, _, person = wish.partition(" ")
        if self._window is None or self._around is None or not day:
            return
        from b12desk.ui.pages.today import TodayPage

        desk = self._around.desk
        try:
            planned = date.fromisoformat(day)
            shown = desk.people.find(person) if person else self._window.person
        except (ValueError, WorldError):  # another account's or a later version's wish
            return
        if shown.id != self._window.person.id:
            self._window.show_person(shown)
        self._window.show_page("today")
        page = self._window.page("today")
        open_ones = [one for one in desk.plans.due(shown.id).due if planned in (one.on, one.planned)]
        if isinstance(page, TodayPage) and open_ones:
            page.log_next(open_ones[0])

    def _raise(self, wish: str = "") -> None:
        window = self._window or self._other
        if isinstance(window, MainWindow):
            window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
            window.show()
            window.raise_()
            window.activateWindow()
        self._show_wish(wish)
