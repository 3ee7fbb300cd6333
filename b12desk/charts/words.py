"""Writing on figures: widths known before drawing, and letters that redraw fast.

matplotlib draws on screen letter by letter in Python, which for a timeline costs more than all its lines.
Here a line of text is one outline, made once and kept: the same letters, unhinted, at a fifth of the time.
SVG and PDF get ordinary text from matplotlib.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextToPath
from matplotlib.transforms import Affine2D

from b12desk.charts.style import FAMILIES

POINTS_PER_INCH = 72.0
MISSING = "□"
_SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}
_outlines = TextToPath()


@lru_cache(maxsize=64)
def font(size: float, bold: bool) -> FontProperties:
    """The typeface at a size in points."""
    return FontProperties(family=list(FAMILIES), size=size, weight="bold" if bold else "normal")


@lru_cache(maxsize=4096)
def legible(text: str) -> str:
    """The text on one line, with a box for each letter that neither typeface has (an emoji, for one)."""
    known = _letters()
    return "".join(letter if ord(letter) in known else MISSING for letter in " ".join(text.split()))


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    """The letters of the typefaces that texts are written in."""
    paths = (findfont(FontProperties(family=[family])) for family in FAMILIES)
    return frozenset(code for path in paths for code in get_font(path).get_charmap())


@lru_cache(maxsize=4096)
def _outline(text: str, bold: bool) -> tuple[Path, float]:
    """The outline of a line of text from its left end on its baseline, and its width, both at 1 point."""
    properties = font(_outlines.FONT_SCALE, bold)
    measure: Any = _outlines.get_text_width_height_descent  # matplotlib leaves both untyped
    trace: Any = _outlines.get_text_path
    vertices, codes = trace(properties, text, ismath=False)
    width, _, _ = measure(text, properties, ismath=False)
    scale = 1.0 / _outlines.FONT_SCALE
    if len(vertices) == 0:  # only spaces
        return Path([(0.0, 0.0)]), width * scale
    return Path(np.asarray(vertices) * scale, codes), width * scale


def width(text: str, size: float, bold: bool = False) -> float:
    """Width in points of a line of text; the same at every resolution, since letters are not hinted."""
    return _outline(text, bold)[1] * size if text else 0.0


class Words(Text):
    """One level line of text on its baseline."""

    def __init__(self, x: float, y: float, text: str, *, size: float, bold: bool, **settings: Any) -> None:
        super().__init__(
            x,
            y,
            text,
            fontproperties=font(size, bold),
            verticalalignment="baseline",
            parse_math=False,
            clip_on=False,
            **settings,
        )
        self._size, self._bold = size, bold

    def draw(self, renderer: Any) -> None:
        """Draw the kept outline on screen; in files that hold text let matplotlib write it."""
        if not isinstance(renderer, RendererAgg):
            super().draw(renderer)
            return
        if not self.get_visible():
            return
        outline, unit_width = _outline(self.get_text(), self._bold)
        letter = self._size * renderer.dpi / POINTS_PER_INCH
        x, y = self.get_transform().transform(self.get_position())
        x -= unit_width * letter * _SHARES[str(self.get_horizontalalignment())]
        context = renderer.new_gc()
        context.set_linewidth(0)
        context.set_snap(False)  # snapping would bend letters that are made of straight lines
        place = Affine2D().scale(letter).translate(x, round(y))
        screen: Any = renderer  # untyped in matplotlib
        screen.draw_path(context, outline, place, to_rgba(self.get_color(), self.get_alpha()))
        context.restore()
        self.stale = False
