"""Commands for paper and pictures: the pages for the clinic, and charts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import click

from b12desk.cli.parameters import command, maybe_day
from b12desk.cli.session import Session
from b12desk.desk.paper import YEAR, PaperChoices
from b12desk.desk.pictures import Pictures
from b12desk.domain.errors import Invalid, NotFound
from b12desk.exporters.new_file import new_file
from b12desk.reports.appointment import ITEMS, Item

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Paper = Literal["A4", "Letter"]
ENDINGS = (".png", ".svg", ".pdf", ".csv")
CHARTS = ("timeline", "cycles", "labs", "intervals")
WIDTH, ROW, HEADS, ABREAST = 9.0, 1.8, 0.9, 3
"""Inches of a dose-aligned chart, so that every symptom has room: three beside each other."""


@command("report", shape='{"file", "from", "to", "paper", "items": [ITEM]}')
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--from", "since", metavar="DATE", help="Without it twelve months before the end.")
@click.option("--to", "until", metavar="DATE", help="Without it today.")
@click.option("--paper", type=click.Choice(get_args(Paper)), default="A4", show_default=True)
@click.option("--items", metavar="ITEM,…", help=f"Some of {', '.join(ITEMS)}; without it all.")
@click.option("--symptom", "symptoms", multiple=True, metavar="ID", help="For the chart by days since.")
def report(
    session: Session,
    out: Path,
    since: str | None,
    until: str | None,
    paper: Paper,
    items: str | None,
    symptoms: tuple[str, ...],
) -> None:
    """Write the pages for an appointment as a .pdf, ready to print."""
    if out.suffix.casefold() != ".pdf":
        raise click.UsageError(f"a report ends in .pdf, not “{out.name}”.")
    wanted = _items(items)
    desk, person = session.chosen()
    first, last = _range(since, until)
    choices = PaperChoices(wanted, symptoms or None)
    pages = desk.paper.appointment(person.id, since=first, until=last, choices=choices)
    from b12desk.reports.printing import pdf_bytes

    with new_file(out) as stream:
        stream.write(pdf_bytes(pages, paper))
    last = last or desk.today()
    first = first or last - YEAR
    told = {"file": str(out), "from": first.isoformat(), "to": last.isoformat()}
    session.reply({**told, "paper": paper, "items": list(wanted)}, [f"Wrote {out}."])


def _items(text: str | None) -> tuple[Item, ...]:
    """The items named, in the order of the pages."""
    if text is None:
        return ITEMS
    named = {word.strip() for word in text.split(",")}
    unknown = named - set(ITEMS)
    if unknown:
        raise click.UsageError(f"--items takes {', '.join(ITEMS)}, not {', '.join(sorted(unknown))}.")
    return tuple(item for item in ITEMS if item in named)


def _range(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    first, last = maybe_day(since, "from"), maybe_day(until, "to")
    if first and last and last < first:
        raise Invalid("is before the start of the range.", "to")
    return first, last


@command("chart", shape='{"file", "chart", "from", "to"}')
@click.argument("chart", type=click.Choice(CHARTS))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--from", "since", metavar="DATE", help="Without it from the first entry.")
@click.option("--to", "until", metavar="DATE", help="Without it to today.")
@click.option("--symptom", "symptoms", multiple=True, metavar="ID", help="Without it all that were scored.")
@click.option("--analyte", "analytes", multiple=True, metavar="ID", help="May be given several times.")
def draw(
    session: Session,
    chart: str,
    out: Path,
    since: str | None,
    until: str | None,
    symptoms: tuple[str, ...],
    analytes: tuple[str, ...],
) -> None:
    """Draw one chart, as .png, .svg or .pdf, or write its numbers as .csv.

    timeline: scores, injections, labs and events on one axis. cycles: scores by days since the injection.
    labs: each analyte over time. intervals: days between injections.
    """
    if out.suffix.casefold() not in ENDINGS:
        raise click.UsageError(f"a chart ends in {', '.join(ENDINGS)}, not “{out.name}”.")
    desk, person = session.chosen()
    span = desk.pictures.span(person.id, *_range(since, until))
    wanted: dict[str, Any] = {"since": span.since, "until": span.until, "title": person.name}
    if chart in ("timeline", "cycles"):
        wanted["symptoms"] = symptoms or None
    if chart in ("timeline", "labs"):
        wanted["analytes"] = analytes or None
    unknown = [one for one in analytes if one not in desk.analytes.by_id]
    if unknown:
        raise NotFound(f"There is no laboratory value “{unknown[0]}”.")
    data = _question(desk.pictures, chart)(person.id, **wanted)
    with new_file(out) as stream:
        stream.write(_as_file(chart, data, out.suffix.casefold()))
    told = {"file": str(out), "chart": chart, "from": span.since.isoformat(), "to": span.until.isoformat()}
    session.reply(told, [f"Drew {out}."])


def _question(pictures: Pictures, chart: str) -> Callable[..., Any]:
    questions: dict[str, Callable[..., Any]] = {
        "timeline": pictures.timeline,
        "cycles": pictures.overlay,
        "labs": pictures.labs,
        "intervals": pictures.intervals,
    }
    return questions[chart]


def _as_file(chart: str, data: Any, ending: str) -> bytes:
    """The bytes of the chart, or of its table."""
    if ending == ".csv":
        from b12desk.charts.tables import csv_text, table

        return csv_text(table(data)).encode()
    from b12desk.charts.save import to_bytes

    form: Any = ending.lstrip(".")
    return to_bytes(_figure(chart, data), form)


def _figure(chart: str, data: Any) -> Figure:
    if chart == "timeline":
        from b12desk.charts.timeline import timeline_figure

        return timeline_figure(data)
    if chart == "cycles":
        from b12desk.charts.cycle_overlay import cycle_overlay_figure

        return cycle_overlay_figure(data, size=(WIDTH, HEADS + ROW * -(-len(data.panels) // ABREAST)))
    if chart == "labs":
        from b12desk.charts.labs import labs_figure

        return labs_figure(data)
    from b12desk.charts.intervals import intervals_figure

    return intervals_figure(data)


COMMANDS = (report, draw)
