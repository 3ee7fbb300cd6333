"""Commands that log what happened: injections, symptoms, laboratory values, reactions, events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any, Literal, get_args

import click

from b12desk.cli.parameters import answering, command, maybe_day, read_day, read_moment
from b12desk.cli.session import Session
from b12desk.desk import Desk, InjectionDraft, LabDraft
from b12desk.domain.errors import Invalid
from b12desk.domain.questions import Answers
from b12desk.domain.records import Direction, Precision, Route, Severity, Side
from b12desk.domain.units import MASSES, VOLUMES, read_amount


@click.group()
def log() -> None:
    """Log what happened."""


@command("injection", group=log)
@click.option("--at", metavar="WHEN", help="2026-01-05 or 2026-01-05T09:30, local; without it now.")
@click.option("--precision", type=click.Choice(get_args(Precision)), help="How well the moment is known.")
@click.option("--dose", metavar="AMOUNT", help='As in "1000 ug"; without it the phase\'s.')
@click.option("--volume", metavar="AMOUNT", help='As in "1 mL".')
@click.option("--product", metavar="NAME", help="Without it the phase's, else unknown.")
@click.option("--route", type=click.Choice(get_args(Route)), help="Without it the phase's.")
@click.option("--site", metavar="TEXT", help="As in thigh.")
@click.option("--side", type=click.Choice(get_args(Side)))
@click.option("--needle", metavar="TEXT")
@click.option("--lot", metavar="TEXT")
@click.option("--expiry", metavar="DATE")
@click.option("--given-by", metavar="TEXT")
@click.option("--answers", "planned", metavar="DATE|none", help="The planned date that it is for.")
@click.option("--effect-until", metavar="DATE", help="How long the effect lasted.")
@click.option("--tag", "tags", multiple=True, metavar="TEXT")
@click.option("--note", metavar="TEXT")
@answering
def injection(
    session: Session,
    at: str | None,
    precision: Precision | None,
    planned: str | None,
    expiry: str | None,
    effect_until: str | None,
    tags: tuple[str, ...],
    answers: Answers,
    **typed: str | None,
) -> None:
    """Log an injection that was given; what is left out comes from the phase that was due."""
    desk, person = session.chosen()
    on, clock_time, known = _when(session, at, precision)
    draft = InjectionDraft(
        on=on,
        at=clock_time,
        precision=known,
        answers=_planned(planned),
        expiry=maybe_day(expiry, "expiry"),
        effect_until=maybe_day(effect_until, "effect_until"),
        tags=tags,
    )
    _from_phase(desk, person.id, draft)
    _typed_over(desk, person.id, draft, typed)
    session.wrote(desk.injections.log_injection(person.id, draft, answers), "Logged the injection.")


def _when(
    session: Session, at: str | None, precision: Precision | None
) -> tuple[date, time | None, Precision]:
    now = session.clock()
    on, clock_time = read_moment(at, "at") if at else (now.date(), time(now.hour, now.minute))
    if precision == "minute" and clock_time is None:
        raise Invalid("a precision of a minute needs a time in --at.", "precision")
    if precision == "day":
        clock_time = None
    return on, clock_time, precision or ("minute" if clock_time else "day")


def _planned(text: str | None) -> date | Literal["none"] | None:
    if text is None or text == "none":
        return "none" if text else None
    return read_day(text, "answers")


def _from_phase(desk: Desk, person_id: str, draft: InjectionDraft) -> None:
    """Fill the draft from what was open on its day; nothing is taken from other days or injections."""
    due = desk.plans.due(person_id, on=min(draft.on, desk.today())).due
    named = [one for one in due if one.planned == draft.answers]
    for phase in (named or due)[:1]:
        draft.dose, draft.volume = str(phase.dose), str(phase.volume) if phase.volume else None
        draft.product_id, draft.route = phase.product_id, phase.route


AMOUNTS = {"dose": MASSES, "volume": VOLUMES}


def _typed_over(desk: Desk, person_id: str, draft: InjectionDraft, typed: Mapping[str, str | None]) -> None:
    """Put what was typed in place of the phase's.

    Another dose or product than the phase's leaves its volume out: nobody said how much was drawn up.
    """
    planned = draft.dose, draft.product_id
    for name, text in typed.items():
        if text is None:
            continue
        if name == "product":
            draft.product_id = desk.products.find(person_id, text).id
        elif name in AMOUNTS:
            setattr(draft, name, str(read_amount(text, name, units=AMOUNTS[name])))
        else:
            setattr(draft, name, text)
    if typed["volume"] is None and (draft.dose, draft.product_id) != planned:
        draft.volume = None


@command("not-given", group=log)
@click.option("--planned", metavar="DATE", required=True, help="The date it was planned for.")
@click.option(
    "--reason",
    type=click.Choice(["missed", "postponed", "given_elsewhere", "unknown"]),
    required=True,
)
@click.option("--date", "on", metavar="DATE", help="The clinic's new date, or when it was given elsewhere.")
@click.option("--note", metavar="TEXT")
def not_given(session: Session, planned: str, reason: str, on: str | None, note: str | None) -> None:
    """Log that a planned injection was not given here."""
    desk, person = session.chosen()
    outcome = desk.injections.log_not_given(
        person.id, read_day(planned, "planned"), reason, maybe_day(on, "date"), note
    )
    session.wrote(outcome, "Logged.")


@command("symptom", group=log)
@click.argument("symptom", metavar="ID")
@click.argument("score", metavar="0..10")
@click.option("--at", metavar="DATE", help="The day; without it today.")
@click.option("--note", metavar="TEXT")
def symptom(session: Session, symptom: str, score: str, at: str | None, note: str | None) -> None:
    """Score one symptom of one day, 0 none to 10 worst; a second score of the day replaces the first."""
    desk, person = session.chosen()
    if not score.isascii() or not score.isdigit():
        raise Invalid(f"A score is a whole number from 0 (none) to 10 (worst), not “{score}”.", symptom)
    day = read_moment(at, "at")[0] if at else None
    session.wrote(desk.entries.log_scores(person.id, {symptom: int(score)}, day, note), "Scored.")


@command("trend", group=log)
@click.argument("direction", type=click.Choice(get_args(Direction)))
@click.option("--symptom", metavar="ID", help="Without it overall.")
@click.option("--since", metavar="DATE")
@click.option("--at", metavar="DATE", help="When it was noticed; without it today.")
@click.option("--note", metavar="TEXT")
def trend(session: Session, direction: str, since: str | None, at: str | None, **values: str | None) -> None:
    """Note better, same or worse, and since when."""
    desk, person = session.chosen()
    outcome = desk.entries.log_trend(
        person.id, direction, since=maybe_day(since, "since"), on=maybe_day(at, "at"), **values
    )
    session.wrote(outcome, "Noted.")


@command("lab", group=log)
@click.argument("analyte")
@click.argument("value")
@click.argument("unit", required=False)
@click.option("--at", "collected", metavar="WHEN", required=True, help="The sample's date or time.")
@click.option("--low", metavar="NUMBER", help="The report's own lower limit.")
@click.option("--high", metavar="NUMBER", help="The report's own upper limit.")
@click.option("--range-text", metavar="TEXT", help="The report's own range, where it is words.")
@click.option("--flag", metavar="TEXT", help="The report's own flag.")
@click.option("--lab", metavar="TEXT")
@click.option("--method", metavar="TEXT")
@click.option("--note", metavar="TEXT")
@click.option("--baseline", is_flag=True, help="From before treatment.")
@answering
def lab(session: Session, answers: Answers, **values: Any) -> None:
    """Log one laboratory value as the report prints it, as in: log lab serum_b12 ">2000" pmol/L."""
    desk, person = session.chosen()
    outcome = desk.lab_entries.log_lab(person.id, LabDraft(**values), answers)
    session.wrote(outcome, "Logged the value.")


@command("reaction", group=log)
@click.argument("what")
@click.option("--area", type=click.Choice(["site", "general"]), default="site", show_default=True)
@click.option("--severity", type=click.Choice(get_args(Severity)), default="mild", show_default=True)
@click.option("--injection", "injection_id", metavar="ID", help="The injection that it followed.")
@click.option("--from", "on", metavar="DATE", help="Without it today.")
@click.option("--to", "until", metavar="DATE")
@click.option("--note", metavar="TEXT")
def reaction(session: Session, what: str, on: str | None, until: str | None, **values: Any) -> None:
    """Note a reaction at the injection site, or a general side effect."""
    desk, person = session.chosen()
    outcome = desk.entries.log_reaction(
        person.id, what, on=maybe_day(on, "from"), until=maybe_day(until, "to"), **values
    )
    session.wrote(outcome, "Noted.")


@command("event", group=log)
@click.argument("what", metavar="KIND")
@click.option("--from", "on", metavar="DATE", help="Without it today.")
@click.option("--to", "until", metavar="DATE")
@click.option("--text", metavar="TEXT", help="More about it.")
@click.option("--tag", "tags", multiple=True, metavar="TEXT")
def event(session: Session, what: str, on: str | None, until: str | None, **values: Any) -> None:
    """Note something beside the injections: an illness, travel, a medicine started, a plain note."""
    desk, person = session.chosen()
    outcome = desk.entries.log_event(
        person.id, what, on=maybe_day(on, "from"), until=maybe_day(until, "to"), **values
    )
    session.wrote(outcome, "Noted.")


COMMANDS = (log,)
