"""Ours: the window with the Trends page in front, until its first chart is shown."""

from opened import FirstPaint, run
from PySide6.QtCore import QObject, QTimer

from b12desk.ui.main_window import MainWindow

LOOK_EVERY = 20


class Watch(QObject):
    """Goes to Trends and looks until a chart is there; it speaks after the paint that follows."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        QTimer.singleShot(0, self, self._start)

    def _start(self) -> None:
        self._window.show_page("trends")
        self._timer.start(LOOK_EVERY)

    def _look(self) -> None:
        from b12desk.ui.canvas import ChartCanvas

        canvas = self._window.findChild(ChartCanvas)
        if canvas is not None and canvas.picture is not None:
            self._timer.stop()
            self._window.repaint()
            FirstPaint.say()


run(Watch)
