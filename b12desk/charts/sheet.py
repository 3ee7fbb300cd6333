"""One figure under construction: texts in points, data in axes, and nothing that needs clipping.

QtSvg ignores clip paths (RULES C5), so no artist here is clipped: who draws cuts the data at the axes
first (`charts.cut`). All texts are placed in points from the lower left corner after being measured, which
costs a tenth of matplotlib's constrained layout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from b12desk.charts import words
from b12desk.charts.style import FAMILIES, Style, load_fonts

Points = NDArray[np.float64]  # shape (n, 2): x and y
Side = Literal["left", "center", "right"]

LINE_HEIGHT = 1.35  # of the letter size; room that keeps two lines of text apart
BASELINE = 0.36  # how far below the middle of a line its letters stand, of the letter size


@dataclass(frozen=True)
class Box:
    """A rectangle in points from the figure's lower left corner."""

    left: float
    bottom: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def top(self) -> float:
        return self.bottom + self.height

    def holds(self, other: Box) -> bool:
        """Whether `other` lies inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.bottom <= other.bottom
            and other.top <= self.top
        )

    def meets(self, other: Box) -> bool:
        """Whether the two overlap or touch."""
        return not (
            self.right < other.left
            or other.right < self.left
            or self.top < other.bottom
            or other.top < self.bottom
        )


class Panel:
    """One pair of axes without matplotlib's own ticks; coordinates are those of its data."""

    def __init__(self, axes: Axes, box: Box, x: tuple[float, float], y: tuple[float, float]) -> None:
        self.axes = axes
        self.box = box
        self.x = x
        self.y = y

    @property
    def points_per_x(self) -> float:
        return self.box.width / (self.x[1] - self.x[0])

    def to_points(self, x: float, y: float) -> tuple[float, float]:
        """Where a data point lies on the figure, in points."""
        return (
            self.box.left + (x - self.x[0]) * self.points_per_x,
            self.box.bottom + (y - self.y[0]) * self.box.height / (self.y[1] - self.y[0]),
        )

    def lines(
        self,
        paths: Sequence[Points],
        colour: str,
        width: float,
        *,
        dashes: Any = "solid",
        z: float = 2,
        caps: str = "round",
    ) -> None:
        """Draw polylines; each is an (n, 2) array and must lie within the axes."""
        if len(paths):
            self._add(
                LineCollection(
                    paths,
                    colors=colour,
                    linewidths=width,
                    linestyles=dashes,
                    capstyle=caps,
                    joinstyle="round",
                ),
                z,
            )

    def areas(self, outlines: Sequence[Points], colour: str, *, z: float = 1) -> None:
        """Fill polygons without an edge."""
        if len(outlines):
            self._add(PolyCollection(outlines, facecolors=colour, edgecolors="none", linewidths=0), z)

    def marks(
        self,
        x: Sequence[float] | NDArray[Any],
        y: Sequence[float] | NDArray[Any],
        marker: str,
        size: float,
        colour: str,
        *,
        fill: str | None = None,
        edge: float = 1.0,
        z: float = 3,
    ) -> None:
        """Draw one mark at each place; `fill` None fills with `colour`, else it is the inside's colour."""
        if len(x):
            line = Line2D(
                x,
                y,
                linestyle="none",
                marker=marker,
                markersize=size,
                markerfacecolor=colour if fill is None else fill,
                markeredgecolor=colour,
                markeredgewidth=edge,
            )
            self._add(line, z)

    def _add(self, artist: Any, z: float) -> None:
        artist.set_zorder(z)
        self.axes.add_artist(artist)
        artist.set_clip_on(False)


class Sheet:
    """A figure of `size` inches in one style.

    Build inside `with Sheet.settings():`, so that a person's own matplotlib settings change nothing.
    """

    def __init__(self, style: Style, size: tuple[float, float]) -> None:
        self.style = style
        self.figure = Figure(figsize=size, dpi=style.dpi, facecolor=style.ground)
        FigureCanvasAgg(self.figure)
        self.width, self.height = size[0] * words.POINTS_PER_INCH, size[1] * words.POINTS_PER_INCH
        self._points = Affine2D().scale(1 / words.POINTS_PER_INCH) + self.figure.dpi_scale_trans

    @staticmethod
    def settings() -> Any:
        """The context in which sheets are built."""
        load_fonts()
        return rc_context(
            {
                "figure.constrained_layout.use": False,
                "text.hinting": "none",
                "text.usetex": False,
                "path.simplify": True,
                "font.family": list(FAMILIES),
            }
        )

    def panel(self, box: Box, x: tuple[float, float], y: tuple[float, float]) -> Panel:
        """Add bare axes at `box` with data ranges `x` and `y`."""
        axes = self.figure.add_axes(
            (
                box.left / self.width,
                box.bottom / self.height,
                box.width / self.width,
                box.height / self.height,
            ),
            xlim=x,
            ylim=y,
            frame_on=False,
        )
        axes.xaxis.set_visible(False)
        axes.yaxis.set_visible(False)
        return Panel(axes, box, x, y)

    def text(
        self,
        x: float,
        middle: float,
        text: str,
        *,
        size: float | None = None,
        colour: str | None = None,
        bold: bool = False,
        side: Side = "left",
    ) -> None:
        """Write one line whose letters stand around the height `middle`; `side` says which end is at `x`."""
        if not text:
            return
        text = words.legible(text)
        size = size or self.style.size
        self.figure.add_artist(
            words.Words(
                x,
                middle - BASELINE * size,
                text,
                size=size,
                bold=bold,
                color=colour or self.style.text,
                horizontalalignment=side,
                transform=self._points,
            )
        )

    def text_width(self, text: str, size: float | None = None, *, bold: bool = False) -> float:
        """Width in points that a line of text takes."""
        return words.width(words.legible(text), size or self.style.size, bold)

    def elide(self, text: str, room: float, size: float | None = None, *, bold: bool = False) -> str:
        """The text on one line, cut with an ellipsis where it would be wider than `room` points."""
        line = words.legible(text)
        if self.text_width(line, size, bold=bold) <= room:
            return line
        low, high = 0, len(line)
        while low < high:
            middle = (low + high + 1) // 2
            if self.text_width(line[:middle].rstrip() + "…", size, bold=bold) <= room:
                low = middle
            else:
                high = middle - 1
        return line[:low].rstrip() + "…" if low else ""

    def wrap(self, text: str, room: float, lines: int, size: float | None = None) -> list[str]:
        """The text on at most `lines` lines of `room` points; the last one is cut if it must be."""
        left_over = words.legible(text).split()
        result: list[str] = []
        while left_over:
            if len(result) == lines - 1:
                return [*result, self.elide(" ".join(left_over), room, size)]
            taken = 1
            while taken < len(left_over) and self.text_width(" ".join(left_over[: taken + 1]), size) <= room:
                taken += 1
            result.append(self.elide(" ".join(left_over[:taken]), room, size))
            left_over = left_over[taken:]
        return result

    def say(self, text: str) -> None:
        """Write words in the middle of an otherwise empty figure."""
        room = self.width * 0.86
        lines = self.wrap(text, room, max(1, int(self.height / (self.style.size * LINE_HEIGHT)) - 2))
        step = self.style.size * LINE_HEIGHT
        top = self.height / 2 + step * (len(lines) - 1) / 2
        for number, line in enumerate(lines):
            self.text(self.width / 2, top - number * step, line, colour=self.style.muted, side="center")


def rectangle(left: float, right: float, bottom: float, top: float) -> Points:
    """The outline of an upright rectangle, for `Panel.areas`."""
    return np.array([(left, bottom), (right, bottom), (right, top), (left, top)])


def horizontals(heights: Iterable[float], left: float, right: float) -> list[Points]:
    """Level lines, for `Panel.lines`."""
    return [np.array([(left, height), (right, height)]) for height in heights]


def verticals(places: Iterable[float], bottom: float, top: float) -> list[Points]:
    """Upright lines, for `Panel.lines`."""
    return [np.array([(place, bottom), (place, top)]) for place in places]
