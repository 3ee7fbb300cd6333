"""The open places and the forecasts that follow them, as `due` must list them (P9, P11, P16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from b12desk.domain.records import Plan
from b12desk.domain.schedule import Course
from tests.oracle.calendar_steps import ONE_DAY
from tests.oracle.chain import Chain, counted
from tests.oracle.grid import Grid
from tests.oracle.memory import Run, Told, effective
from tests.oracle.places import Notes, Place
from tests.oracle.replay import told

MANY = 60  # forecasts worked out per revision before the list is cut


@dataclass(frozen=True)
class Row:
    """One line of the list, in the terms of CLI.md."""

    plan_id: str
    phase: int
    number: int
    of: int | None
    on: date | None
    window: tuple[date, date] | None
    planned: date
    state: str
    forecast: bool


def due(course: Course, today: date, count: int) -> tuple[list[Row], Told]:
    """Every open past place and the next `count`, oldest first."""
    state = told(course, today)
    rows: list[tuple[Place, bool]] = []
    former: Place | None = None  # the former plan's last forecast
    coming = [p for p in effective(course.plans) if p.started_on > today]
    for run in state.runs:
        until = coming[0].started_on if coming and run is state.in_force else None
        listed = open_and_forecast(run, today, until, ahead=run is state.in_force)
        rows += listed
        if run is state.in_force:
            former = max((p for p, _ in listed if p.on), key=lambda p: p.day, default=None)
    for index, plan in enumerate(coming):
        until = coming[index + 1].started_on if index + 1 < len(coming) else None
        listed = not_begun(plan, former, state, until)
        rows += listed
        former = max((p for p, _ in listed if p.on), key=lambda p: p.day, default=former)
    rows.sort(key=lambda r: (r[0].day, r[0].plan.started_on, r[0].phase, r[0].number))
    shown, left = [], count
    for place, forecast in rows:
        if (place.end or place.planned) >= today:
            if left == 0:
                continue
            left -= 1
        shown.append(row(place, forecast, state, today))
    return shown, state


def row(place: Place, forecast: bool, state: Told, today: date) -> Row:
    return Row(
        place.plan.id,
        place.phase + 1,
        place.number,
        how_many(place),
        place.on,
        place.window,
        place.planned,
        state_of(place, state, today),
        forecast,
    )


def how_many(place: Place) -> int | None:
    """ "`of` = doses or offsets, else null"."""
    every, until = place.rule.every, place.rule.until
    return until.doses or (len(every.offsets) if every.offsets else None)


def state_of(place: Place, state: Told, today: date) -> str:
    """P16, P9, P12."""
    if place.window is None:
        return "ask_clinic"
    run = next((r for r in state.runs if r.plan is place.plan), None)
    confirmed = run.confirmed if run else {0}
    if place.number == 1 and place.phase not in confirmed:
        return "to_confirm"
    if today < place.window[0]:
        return "upcoming"
    return "late" if overdue(place, today) else "due"


def overdue(place: Place, today: date) -> bool:
    """P16 late: after the window and grace_days."""
    return place.window is not None and today > place.window[1] + place.plan.grace_days * ONE_DAY


def open_and_forecast(run: Run, today: date, until: date | None, *, ahead: bool) -> list[tuple[Place, bool]]:
    if isinstance(run, Grid):
        found = [(p, run.forecast(p)) for p in run.open_places()]
        if not ahead:
            found = [(p, f) for p, f in found if not f]
        found = shift_late_offsets(run, found, today)
        return [(p, f) for p, f in found if until is None or p.day < until]
    found = [(p, offsets_waiting(run, p)) for p in run.open_places()]
    if ahead and run.head() is not None:
        found += Forecasts(run, today).rows
    return [(p, f) for p, f in found if until is None or p.day < until]


def offsets_waiting(run: Chain, place: Place) -> bool:
    """P7: until place 1 is given the others are forecasts."""
    first = next(iter(run.of_phase(0)), None)
    waits = run.plan.phases[0].every.offsets and place.phase == 0 and place.number > 1
    return bool(waits and first and first.status == "open")


def shift_late_offsets(run: Grid, found: list[tuple[Place, bool]], today: date) -> list[tuple[Place, bool]]:
    """A forecast counts from today once the former one is late, also in a grid of offsets."""
    first = next((p for p, _ in found if (p.phase, p.number) == (0, 1)), None)
    if first is None or not any(f for _, f in found) or not overdue(first, today):
        return found
    moved = Grid(run.plan, run.notes, run.horizon, dict(run.given), list(run.steps), run.superseded_from)
    moved.day_one = lambda here: today if here[0].phase == 0 else (here[0].given_on or here[0].day)  # type: ignore[method-assign]
    later = {(p.phase, p.number): p for p in moved.places() if p.status == "open"}
    kept = [(p, f) for p, f in found if not f]
    return kept + [(p, True) for key, p in later.items() if moved.forecast(p) and key != (0, 1)]


class Forecasts:
    """What follows the open place of a last_injection plan, one after the other by the same rule."""

    def __init__(self, run: Chain, today: date) -> None:
        self.run, self.today = run, today
        self.rows: list[tuple[Place, bool]] = []
        here = [p for p in run.open_places() if p.phase == run.phase]
        if any(p.asks for p in here):
            return  # P12: there is nothing to count from
        if run.offsets:
            self._offsets(here)
        if not here:
            return  # the last phase is through
        last = max(here, key=lambda p: p.number)
        used = len(run.of_phase(run.phase))
        self._follow(last, run.phase, used)

    def _offsets(self, here: list[Place]) -> None:
        """P7: before place 1 is given the others count from it, from today once it is late."""
        first = here[0]
        if first.number != 1 or not overdue(first, self.today):
            return
        assert self.run.offsets is not None
        for place in here[1:]:
            place.planned = self.today + (self.run.offsets[place.number - 1] - 1) * ONE_DAY
            place.set_one_day(place.planned)

    def _follow(self, former: Place, phase: int, used: int) -> None:
        plan = self.run.plan
        due_then = [p.day for p in self.run.of_phase(phase) if p.status == "open"]
        day_one = self.run.day_one(phase) or (due_then[0] if due_then else None)
        while len(self.rows) < MANY:
            place = self._next(former, phase, used + 1)
            if plan.phases[phase].every.offsets or self._ended(phase, used, place.day, day_one):
                if plan.phases[phase].until.open_end or phase + 1 == len(plan.phases):
                    return
                phase, used, day_one = phase + 1, 0, None
                continue
            day_one = day_one or place.day
            used += 1
            self.rows.append((place, True))
            former = place

    def _ended(self, phase: int, used: int, on: date, day_one: date | None) -> bool:
        until = self.run.plan.phases[phase].until
        if until.doses is not None:
            return used >= until.doses
        if until.days is not None:
            return day_one is not None and on >= day_one + until.days * ONE_DAY
        return until.date is not None and on > until.date

    def _next(self, former: Place, phase: int, number: int) -> Place:
        """From the former `on`; from today once that one is late or the date would not lie after today."""
        plan = self.run.plan
        if plan.phases[phase].every.offsets:
            return former
        place = counted(plan, phase, number, former.day, None, every_held=False)
        if overdue(former, self.today) or place.day <= self.today:
            place = counted(plan, phase, number, self.today, None, every_held=False)
        return place


def not_begun(plan: Plan, former: Place | None, state: Told, until: date | None) -> list[tuple[Place, bool]]:
    """ "A revision still to start counts from the former plan's last forecast and is a forecast"."""
    run: Run
    if plan.anchor == "fixed_dates":
        run = Grid(plan, state.notes.get(plan.id, Notes()), plan.started_on + 900 * ONE_DAY)
        follows = bool(state.runs) or former is not None
        return [(p, follows or run.forecast(p)) for p in run.open_places() if until is None or p.day < until]
    run = Chain(plan, Notes())
    last = former.day if former else None
    if former and overdue(former, state.today):
        last = state.today
    newest = max((i.on for i in state.injections), default=None)
    run.begin(last or newest)
    follows = bool(state.runs) or former is not None
    rows = [(p, follows or offsets_waiting(run, p)) for p in run.open_places()]
    rows += Forecasts(run, state.today).rows
    return [(p, f) for p, f in rows if until is None or p.day < until]
