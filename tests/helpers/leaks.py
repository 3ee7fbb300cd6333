"""Finds what a test leaves running: threads, Qt threads, QTimers, and windows that nobody owns.

Such leftovers do no harm in the test that made them and crash another one, minutes later.
"""

from __future__ import annotations

import gc
import threading
import traceback
import weakref
from collections.abc import Callable
from typing import Any

KEPT_BY_QT = {"QTipLabel"}  # Qt keeps one tooltip window for the life of the application
SECONDS_TO_END = 2.0


class ThreadWatch:
    """Compares the Python threads before and after a test; a thread that is just ending gets a moment."""

    def __init__(self) -> None:
        self._before = set(threading.enumerate())

    def leftovers(self) -> list[str]:
        """Name the threads that were started since and still run."""
        new = [thread for thread in threading.enumerate() if thread not in self._before]
        for thread in new:
            thread.join(SECONDS_TO_END)
        return [f"thread {thread.name!r}" for thread in new if thread.is_alive()]


class QtWatch:
    """Notes where QTimers and QThreads are started, and which windows were there before the test.

    `replace` is pytest's `monkeypatch.setattr`: the classes are whole again after the test. Qt methods
    must be replaced by plain functions (PySide6 crashes on other callables).
    """

    def __init__(self, replace: Callable[[object, str, object], None]) -> None:
        from PySide6.QtCore import QThread, QTimer
        from PySide6.QtWidgets import QApplication

        self._started: list[tuple[weakref.ref[Any], str]] = []
        self._windows = set(QApplication.topLevelWidgets())
        for kind in (QTimer, QThread):
            replace(kind, "start", self._noting(kind.start))

    def leftovers(self) -> list[str]:
        """Name running timers and threads with the place that started them, and windows without an owner."""
        from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
        from PySide6.QtWidgets import QApplication

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        found = [text for made, place in self._started if (text := _running(made(), place))]
        pool = QThreadPool.globalInstance()
        if not pool.waitForDone(int(SECONDS_TO_END * 1000)):
            found.append(f"{pool.activeThreadCount()} jobs in Qt's thread pool")
        found += [
            f"window {type(widget).__name__} {widget.objectName()!r} without an owner"
            for widget in QApplication.topLevelWidgets()
            if widget not in self._windows
            and widget.parent() is None
            and type(widget).__name__ not in KEPT_BY_QT
        ]
        return found

    def _noting(self, original: Callable[..., Any]) -> Callable[..., Any]:
        started = self._started

        def start(self: Any, *args: Any) -> Any:
            place = traceback.extract_stack(limit=2)[0]
            started.append((weakref.ref(self), f"{place.filename}:{place.lineno}"))
            return original(self, *args)

        return start


def _running(made: Any, place: str) -> str:
    """Describe a QTimer or QThread that still runs; empty when it is gone or at rest."""
    from PySide6.QtCore import QThread
    from shiboken6 import isValid

    if made is None or not isValid(made):
        return ""
    if isinstance(made, QThread):
        if not made.isRunning() or made.wait(int(SECONDS_TO_END * 1000)):
            return ""
    elif not made.isActive():
        return ""
    return f"{type(made).__name__} started at {place}"
