"""Figures to files: PNG, SVG and PDF that are byte-equal whenever the data and the look are equal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Format = Literal["png", "svg", "pdf"]
Letters = Literal["outlines", "text"]

_NOTHING_DATED: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
}


def to_bytes(figure: Figure, form: Format, *, letters: Letters = "outlines") -> bytes:
    """The figure as a file of that format, without a date or the name of a program.

    In SVG and PDF the letters stay vectors: PDF embeds the typeface, SVG outlines them, or keeps them as
    text for a reader that has the typeface ("text": our own pages, where they can then be selected).
    """
    from matplotlib import rc_context

    target = io.BytesIO()
    letter_form = "path" if letters == "outlines" else "none"
    with rc_context({"svg.hashsalt": "b12desk", "svg.fonttype": letter_form, "pdf.fonttype": 3}):
        figure.savefig(target, format=form, metadata=_NOTHING_DATED[form], dpi=figure.dpi)
    return target.getvalue()
