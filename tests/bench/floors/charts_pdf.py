"""Floor: the report's charts, from the same diary, saved as PDF by matplotlib.

Arguments: diary, folder for the files, now, first and last day.
"""

import sys
from datetime import date, datetime
from pathlib import Path

from b12desk.charts.cycle_overlay import cycle_overlay_figure
from b12desk.charts.style import PRINT
from b12desk.charts.timeline import timeline_figure
from b12desk.clock import stopped_clock
from b12desk.desk import Desk

diary, folder, now, since, until = sys.argv[1:]
span = {"since": date.fromisoformat(since), "until": date.fromisoformat(until)}
with Desk.open(Path(diary), clock=stopped_clock(datetime.fromisoformat(now))) as desk:
    person = desk.people.list()[0].id
    timeline_figure(desk.pictures.timeline(person, **span), PRINT).savefig(Path(folder) / "timeline.pdf")
    cycle_overlay_figure(desk.pictures.overlay(person, **span), PRINT).savefig(Path(folder) / "cycles.pdf")
