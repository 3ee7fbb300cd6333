"""The window's one clock: a tick a minute that notices a night of sleep and a new day by the wall clock."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from b12desk.desk import Clock

TICK = timedelta(seconds=60)
GAP = timedelta(minutes=5)
"""A longer distance between two ticks means that the computer slept, or that its clock was set."""


class Ticker(QObject):
    """Ticks once a minute.

    No timer is ever set for a due moment: the longest one that Qt takes is 24.8 days, and a timer does not
    run while the computer sleeps.

    Signals:
        ticked: a minute has passed.
        woke: the wall clock jumped, forwards or back, since the last tick.
        day_changed: it is another local day than at the last tick.
    """

    ticked = Signal()
    woke = Signal()
    day_changed = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last = clock()
        self._timer = QTimer(self)
        self._timer.setInterval(int(TICK.total_seconds() * 1000))
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begin to tick."""
        self._last = self._clock()
        self._timer.start()

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()

    def tick(self) -> None:
        """Look at the clock now; also called when the window is shown again."""
        before, now = self._last, self._clock()
        self._last = now
        if abs(now - before) > GAP:
            self.woke.emit()
        if now.date() != before.date():
            self.day_changed.emit()
        self.ticked.emit()
