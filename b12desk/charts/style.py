"""How charts look: three styles (light, dark, print), one typeface, and what they say about gaps.

Colours are solid (no transparency), so that paper, PDF and SVG show the same. Nothing is told by colour
alone: marks differ in shape, lines in width and dashes. There is no red, and no colour for a laboratory
value (S48). Importing this module does not import matplotlib.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Self

from b12desk.paths import resources

FONT_FILES = {"fonts/Inter-Regular.otf": 400, "fonts/Inter-SemiBold.otf": 700}  # file to the weight it serves
FAMILIES = ("Inter", "DejaVu Sans")


@dataclass(frozen=True, slots=True)
class Style:
    """One look.

    Attributes:
        ground, text, muted, grid: paper, writing, second writing, hair lines.
        accent: the one strong colour; median and score lines, given injections.
        thin: single days and single cycles behind a median.
        soft: the area between lowest and highest, or the middle half.
        band: the laboratory's own range, phases.
        scale: factor on all letters and lines (large-text mode).
        joined_days: scores at most this many days apart are joined by a line; beyond it the line breaks.
        dpi: pixels per inch of pictures; lines are thinned out to this.
    """

    name: str
    ground: str
    text: str
    muted: str
    grid: str
    accent: str
    thin: str
    soft: str
    band: str
    scale: float = 1.0
    joined_days: int = 1
    dpi: int = 100

    def larger(self, factor: float) -> Self:
        """The same look with all letters and lines `factor` times as large."""
        return replace(self, scale=self.scale * factor)

    def mixed(self, colour: str, share: float) -> str:
        """A colour ("#rrggbb") thinned with the ground; `share` 1 is the colour itself."""
        channels = (
            round(share * int(colour[at : at + 2], 16) + (1 - share) * int(self.ground[at : at + 2], 16))
            for at in (1, 3, 5)
        )
        return "#" + "".join(f"{channel:02x}" for channel in channels)

    @property
    def size(self) -> float:
        """Letter height of ordinary chart text in points."""
        return 8.5 * self.scale

    @property
    def small(self) -> float:
        """Letter height of scales and notes in points."""
        return 7.5 * self.scale


LIGHT = Style(
    name="light",
    ground="#ffffff",
    text="#1b2430",
    muted="#5b6776",
    grid="#e1e6eb",
    accent="#0b6e69",
    thin="#a3c8c5",
    soft="#cce3e1",
    band="#e6eaf0",
)
DARK = Style(
    name="dark",
    ground="#171d25",
    text="#e8edf2",
    muted="#9aa7b6",
    grid="#2c3540",
    accent="#55cdc4",
    thin="#3a7573",
    soft="#20454a",
    band="#2a3441",
)
PRINT = Style(
    name="print",
    ground="#ffffff",
    text="#111111",
    muted="#555555",
    grid="#d9d9d9",
    accent="#111111",
    thin="#a6a6a6",
    soft="#d8d8d8",
    band="#e9e9e9",
)
STYLES = {style.name: style for style in (LIGHT, DARK, PRINT)}


@cache
def load_fonts() -> None:
    """Tell matplotlib of the bundled typeface; without it DejaVu Sans, which matplotlib brings, is used.

    The semi-bold cut is entered as bold, so that it and DejaVu's bold answer to one weight.
    """
    from matplotlib.font_manager import fontManager

    for name, weight in FONT_FILES.items():
        path = resources() / name
        if path.is_file():
            fontManager.addfont(path)
            fontManager.ttflist[-1] = replace(fontManager.ttflist[-1], weight=weight)
