"""Files: byte-equal for equal data, dated by nothing, drawn in the bundled typeface."""

from __future__ import annotations

import re
import subprocess
import sys

import matplotlib as mpl
import pytest
from matplotlib.font_manager import fontManager

from b12desk.charts.save import Format, to_bytes
from b12desk.charts.style import FONT_FILES, LIGHT, load_fonts
from b12desk.charts.timeline import timeline_figure
from b12desk.paths import resources
from tests.charts import samples

BEGINNINGS: dict[Format, bytes] = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


@pytest.mark.parametrize("form", BEGINNINGS)
def test_equal_data_give_equal_bytes(form: Format) -> None:
    first, second = (to_bytes(timeline_figure(samples.timeline(365)), form) for _ in range(2))
    assert first == second
    assert first.startswith(BEGINNINGS[form])
    assert not re.search(rb"Matplotlib|CreationDate|dc:date", first)


def test_letters_are_outlines_or_text_as_asked() -> None:
    figure = timeline_figure(samples.timeline(30))
    assert b"<text" not in to_bytes(figure, "svg")
    assert b">Numbness</text>" in to_bytes(figure, "svg", letters="text")


def test_a_picture_does_not_depend_on_the_persons_own_matplotlib_settings() -> None:
    expected = to_bytes(timeline_figure(samples.timeline(30)), "png")
    with mpl.rc_context(
        {"figure.constrained_layout.use": True, "lines.linewidth": 9, "axes.facecolor": "red"}
    ):
        assert to_bytes(timeline_figure(samples.timeline(30)), "png") == expected


def test_the_bundled_typeface_is_found_with_its_licence() -> None:
    load_fonts()
    found = {(entry.weight, entry.fname) for entry in fontManager.ttflist if entry.name == "Inter"}
    assert {(weight, str(resources() / name)) for name, weight in FONT_FILES.items()} <= found
    assert "SIL OPEN FONT LICENSE" in (resources() / "fonts" / "OFL.txt").read_text()
    assert sum(path.stat().st_size for path in (resources() / "fonts").iterdir()) < 1_000_000


def test_larger_letters_are_larger() -> None:
    assert LIGHT.larger(1.5).size == LIGHT.size * 1.5


def test_chart_data_tables_and_styles_do_not_load_matplotlib() -> None:
    program = (
        "import sys, b12desk.charts.data, b12desk.charts.tables, b12desk.charts.style, b12desk.charts.save;"
        "sys.exit(any(name.partition('.')[0] == 'matplotlib' for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
