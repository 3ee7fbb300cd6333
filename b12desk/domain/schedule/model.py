"""The schedule's own words: the course that goes in, places and occurrences, the schedule that comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from b12desk.domain.questions import Message
from b12desk.domain.records import AgreedDate, Amount, Injection, NotGiven, PhaseStep, Plan, Route

State = Literal["upcoming", "due", "late", "to_confirm", "ask_clinic", "superseded", "answered", "not_given"]


@dataclass(frozen=True, slots=True)
class Course:
    """Everything one person's schedule is computed from, in any order.

    What is dated after the day asked about is looked at only where the rules say so: a revision still to
    start gives forecasts; injections and steps of later days are left out.
    """

    plans: tuple[Plan, ...] = ()
    steps: tuple[PhaseStep, ...] = ()
    agreed: tuple[AgreedDate, ...] = ()
    injections: tuple[Injection, ...] = ()
    not_given: tuple[NotGiven, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Where a date comes from, for the sentence beside it.

    Attributes:
        kind: which rule gave the date.
        base: the date that it was counted from, None where there is none.
        was: the date that it would have been, or was before the clinic moved it.
    """

    kind: Literal["start", "first", "injection", "grid", "day_one", "missed", "agreed", "forecast", "today"]
    base: date | None = None
    was: date | None = None
    held: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One planned injection inside the engine; phases count from 0 here, numbers from 1.

    Attributes:
        planned: the date that the rule gave; it names the place.
        on: the first day of its window, None while only the clinic can say (RULES P12).
        last: the last day of its window.
        unconfirmed: the first place of a phase that no step has led to (RULES P9).
        after_missed: the day of the missed place that it follows (last_injection only).
        moved: the clinic gave the date: nothing but an answer moves it.
    """

    phase: int
    number: int
    planned: date
    on: date | None
    last: date | None
    reason: Reason
    forecast: bool = False
    unconfirmed: bool = False
    after_missed: date | None = None
    moved: bool = False

    @property
    def day(self) -> date:
        """The date it sorts by: `on`, else `planned`."""
        return self.on or self.planned


@dataclass(frozen=True, slots=True)
class Answer:
    """An injection and the place it answered; `former` is the injection before it."""

    place: Place
    injection: Injection
    former: date | None

    @property
    def early(self) -> bool:
        """Given before the window of its place."""
        return self.place.on is not None and self.injection.on < self.place.on


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One planned injection: a place of a plan revision, with its date, state and the reason for the date.

    Attributes:
        phase, number: counted from 1.
        of: how many the phase has, None where the plan does not say.
        on: the first day of the window; None where the clinic must be asked.
        planned: the date that the rule gave; names the occurrence while it is open and no forecast.
        forecast: the date counts, directly or through others, from an injection not yet given.
        why: the sentence "why this date".
    """

    plan_id: str
    phase: int
    number: int
    of: int | None
    on: date | None
    window: tuple[date, date] | None
    planned: date
    state: State
    forecast: bool
    why: str
    phase_name: str
    dose: Amount
    volume: Amount | None
    product_id: str | None
    route: Route

    @property
    def id(self) -> str:
        """`plan:phase:number`."""
        return f"{self.plan_id}:{self.phase}:{self.number}"


@dataclass(frozen=True, slots=True)
class Schedule:
    """The answer to "what is planned" as of one day.

    Attributes:
        due: the open ones, oldest first: every past one, and as many to come as were asked for.
        superseded: open places that a revision or a step has replaced; listed, never reminded.
        answered: the occurrence that each injection answered, by the injection's id.
        extras: injections that use no place.
        closed: places recorded as missed or unknown.
        plan, phase: the revision in force and the phase it is in, counted from 1.
    """

    as_of: date
    due: tuple[Occurrence, ...]
    messages: tuple[Message, ...]
    superseded: tuple[Occurrence, ...]
    answered: Mapping[str, Occurrence]
    extras: frozenset[str]
    closed: tuple[Occurrence, ...]
    plan: Plan | None
    phase: int | None
