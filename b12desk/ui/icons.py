"""The app's own icons: SVG files drawn in the colour of the theme, sharp on the finest screen."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QGuiApplication, QIcon, QImageReader, QPixmap

from b12desk import paths


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return paths.read_resource(f"icons/{name}.svg")


def pixmap(name: str, colour: str, size: int, scale: float = 1.0) -> QPixmap:
    """One icon as a picture of `size` logical pixels; `currentColor` in the file becomes `colour`.

    It goes through the SVG image plugin, so that no Qt module has to be imported for it.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(_source(name).replace("currentColor", colour).encode()))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(1, 1) * round(size * scale))
    picture = QPixmap.fromImageReader(reader)
    picture.setDevicePixelRatio(scale)
    return picture


@lru_cache(maxsize=256)
def icon(name: str, colour: str, checked: str | None = None, size: int = 20) -> QIcon:
    """An icon in one colour, and in `checked` while its button is on.

    Each is drawn once: buttons ask again at every change of palette, of which a window's start has many.
    """
    scale = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    made = QIcon(pixmap(name, colour, size, scale))
    if checked is not None:
        made.addPixmap(pixmap(name, checked, size, scale), QIcon.Mode.Normal, QIcon.State.On)
    return made
