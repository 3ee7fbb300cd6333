"""Rows of the timeline: making the figure from its data and drawing it, in this process."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tests.bench.measure import Comparison, Run, Sample, compare
from tests.bench.row import Row
from tests.bench.setting import NOW, SEED, Setting

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INCHES = (11, 7)
POINTS = 1000
LAB = "serum_b12"


def _drawn(figure: Figure) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    FigureCanvasAgg(figure).draw()


def _bare_draw() -> Sample:
    """1,000 points of seeded uniform noise on a date axis, 11 x 7 in at 100 dpi."""
    from matplotlib.figure import Figure

    chance = np.random.default_rng(SEED)
    days = np.datetime64("2016-11-21") + np.arange(POINTS) * np.timedelta64(3, "D")
    noise = chance.uniform(0, 10, POINTS)
    started = time.perf_counter()
    figure = Figure(figsize=INCHES, dpi=100)
    figure.subplots().plot(days, noise, ".")
    _drawn(figure)
    return Sample(time.perf_counter() - started)


def _timeline(diary: Path) -> Run:
    """Twelve symptoms, the injections and one lab over the whole diary."""
    from b12desk.charts.timeline import timeline_figure
    from b12desk.clock import stopped_clock
    from b12desk.desk import Desk

    with Desk.open(diary, clock=stopped_clock(datetime.fromisoformat(NOW))) as desk:
        person = desk.people.list()[0].id
        data = desk.pictures.timeline(person, analytes=[LAB])

    def run() -> Sample:
        started = time.perf_counter()
        _drawn(timeline_figure(data, size=INCHES))
        return Sample(time.perf_counter() - started)

    return run


def redraw(setting: Setting) -> Comparison:
    """The timeline of 10 years against the bare draw."""
    return compare(_timeline(setting.ten_years), _bare_draw)


def hundred_years(setting: Setting) -> Comparison:
    """The timeline of 100 years against that of 10."""
    return compare(_timeline(setting.hundred_years), _timeline(setting.ten_years))


BARE = "bare matplotlib draw of 1,000 points on a date axis"
ROWS = (
    Row("timeline", "timeline redraw: 12 symptoms, injections, one lab, 10 years", BARE, redraw, 2),
    Row("timeline-100", "the same, 100 years", "the same, 10 years", hundred_years, 1.15),
)
