"""Puts one question to the engine and to the oracle and says where the two differ."""

from __future__ import annotations

from b12desk.domain.schedule import Schedule, build
from tests.oracle.histories import Case
from tests.oracle.memory import Told
from tests.oracle.messages import codes
from tests.oracle.view import Row, due

# The rules leave open when "5 of 6 given" ends where places of several phases stand open and past.
UNDECIDED = {"phase_short"}


def engine_rows(schedule: Schedule) -> list[Row]:
    return [
        Row(o.plan_id, o.phase, o.number, o.of, o.on, o.window, o.planned, o.state, o.forecast)
        for o in schedule.due
    ]


def engine_answers(schedule: Schedule) -> dict[str, tuple[object, ...]]:
    return {key: (o.plan_id, o.phase, o.number) for key, o in schedule.answered.items()}


def oracle_answers(state: Told) -> dict[str, tuple[object, ...]]:
    return {key: (a.place.plan.id, a.place.phase + 1, a.place.number) for key, a in state.answers.items()}


def differences(case: Case) -> list[str]:
    """One line for each thing that differs, the kind first."""
    schedule = build(case.course, case.today, case.count)
    rows, state = due(case.course, case.today, case.count)
    found = []
    pairs = [
        ("answered", engine_answers(schedule), oracle_answers(state)),
        ("extras", sorted(schedule.extras), sorted(state.extras)),
        ("due", engine_rows(schedule), rows),
        (
            "messages",
            sorted({m.code for m in schedule.messages} - UNDECIDED),
            sorted(codes(case.course, state, rows, case.today) - UNDECIDED),
        ),
    ]
    for what, engine, oracle in pairs:
        if engine != oracle:
            found.append(f"{what}\n  engine {tell(engine)}\n  oracle {tell(oracle)}")
    return found


def tell(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], Row):
        return "".join(f"\n    {tell_row(row)}" for row in value)
    if isinstance(value, dict):
        return str({key: " ".join(map(str, item)) for key, item in value.items()})
    return str(value)


def tell_row(row: Row) -> str:
    window = "-" if row.window is None else f"{row.window[0]}..{row.window[1]}"
    mark = " forecast" if row.forecast else ""
    place = f"{row.plan_id} {row.phase}/{row.number} of {row.of} on {row.on}"
    return f"{place} {window} planned {row.planned} {row.state}{mark}"


def story(case: Case) -> str:
    """The diary in the order of logging, for a person to judge by."""
    course = case.course
    records = [*course.plans, *course.steps, *course.agreed, *course.injections, *course.not_given]
    lines = []
    for r in sorted(records, key=lambda r: r.recorded_at):
        words = [f"{r.recorded_at:%m-%d} {r.kind} {r.id}"]
        if r.kind == "plan":
            words.append(
                str(case.files[r.id]).replace("'dose': '1000 ug', 'product': 'unknown', 'route': 'IM', ", "")
            )
        else:
            names = ("on", "place", "answers", "planned", "reason", "moved_to", "plan_id", "given_elsewhere")
            words += [f"{n}={getattr(r, n)}" for n in names if getattr(r, n, None)]
        lines.append(" ".join(words))
    return "\n".join([*lines, f"today {case.today} count {case.count}"])
