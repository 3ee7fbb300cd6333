"""What the schedule has to say beside the dates: questions for the clinic, no verdicts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from b12desk.domain.questions import Message
from b12desk.domain.schedule.chain import Chain
from b12desk.domain.schedule.model import Answer, Place
from b12desk.domain.schedule.projecting import Planned, is_past
from b12desk.domain.schedule.replay import Replay
from b12desk.domain.schedule.run import Run
from b12desk.domain.wording import count, long_day

NEWEST = 3
MANY = 2


def messages(replay: Replay, listed: list[Planned]) -> tuple[Message, ...]:
    """The messages of `due`, in a fixed order; `listed` is what `due` shows."""
    return tuple(_messages(replay, listed))


def _messages(replay: Replay, listed: list[Planned]) -> Iterator[Message]:
    if not replay.runs and not replay.coming:
        yield Message("no_plan", "No plan is recorded yet.")
        return
    if not replay.injections:
        yield Message("no_injection_yet", "No injection is recorded yet.")
    yield from _phase_end(replay, listed)
    yield from _several_missed(replay)
    yield from newest_injection(replay)
    plan = replay.runs[-1].plan if replay.runs else None
    if plan is not None and plan.review_on is not None and plan.review_on <= replay.as_of:
        yield Message(
            "review_due",
            f"A review of the plan was planned for {long_day(plan.review_on)}. Show this to your clinic.",
        )


def _phase_end(replay: Replay, listed: list[Planned]) -> Iterator[Message]:
    run = replay.runs[-1] if replay.runs else None
    if run is None:
        return
    entered = entered_phase(run)
    waiting = _waiting_place(replay, listed)
    if waiting is not None or entered > run.confirmed:
        phases = run.plan.phases
        to = max(waiting.phase if waiting else 0, entered)
        ahead = waiting is not None and waiting.forecast and entered < to
        how = "will be through as planned before the ones listed" if ahead else "is through as planned"
        text = f"“{phases[to - 1].name}” {how}. Has your clinic moved you on to “{phases[to].name}”?"
        yield Message("phase_end_ask", text)
    yield from _phase_short(replay, run, entered)


def entered_phase(run: Run) -> int:
    """The highest phase with a place answered or closed, or that the clinic has led to; from 0."""
    settled = [answer.place.phase for answer in run.answers.values()]
    settled += [place.phase for place in run.closed.values()]
    return max([run.confirmed, *settled])


def _waiting_place(replay: Replay, listed: list[Planned]) -> Place | None:
    """The first of the listed places that waits for the clinic's word, also while it is a forecast."""
    present = replay.runs[-1].plan
    return next((place for plan, place in listed if place.unconfirmed and plan is present), None)


def _phase_short(replay: Replay, run: Run, entered: int) -> Iterator[Message]:
    """Fewer given than planned in the phase that is through, until the next one is confirmed or answered."""
    ended = [
        index
        for index, phase in enumerate(run.plan.phases)
        if run.size(phase) is not None and _through(replay, run, index)
    ]
    if not ended:
        return
    index = ended[-1]
    answered = any(
        answer.place.phase == index + 1 and answer.place.number == 1 for answer in run.answers.values()
    )
    if run.confirmed > index or answered or entered > index + 1:
        return
    phase, given = run.plan.phases[index], run.given_in(index)
    size = run.size(phase) or 0
    if given < size:
        yield Message("phase_short", f"{given} of {size} given in “{phase.name}”; ask your clinic.")


def _through(replay: Replay, run: Run, index: int) -> bool:
    """Every place of the phase is answered, closed or past."""
    waiting = [place for place in run.places() if place.phase == index]
    if isinstance(run, Chain):
        return run.phase > index and not any(not is_past(place, replay.as_of) for place in waiting)
    laid = {answer.place.phase for answer in run.answers.values()} | {
        place.phase for place in [*run.places(), *run.closed.values()]
    }
    return index in laid and not any(not is_past(place, replay.as_of) for place in waiting)


def _several_missed(replay: Replay) -> Iterator[Message]:
    """Two or more of the newest three planned ones were not given, or are past and not logged."""
    known: list[tuple[Place, bool]] = [(answer.place, True) for _, answer in replay.answers().values()]
    known += [(place, False) for _, place in replay.closed().values()]
    known += [
        (place, False)
        for _, place in replay.open_places()
        if place.on is not None and is_past(place, replay.as_of)
    ]
    newest = sorted(known, key=lambda one: one[0].day)[-NEWEST:]
    missing = sum(1 for _, given in newest if not given)
    if missing >= MANY:
        yield Message(
            "several_missed",
            f"{missing} of the last {len(newest)} planned injections are not recorded as given. "
            "Call your clinic before the next one.",
        )


def newest_injection(replay: Replay) -> Iterator[Message]:
    """What the newest injection calls for saying: it came early, or late and the next counts from it."""
    if not replay.injections:
        return
    found = replay.answers().get(replay.injections[-1].id)
    if found is None:
        return
    run, answer = found
    if answer.early and answer.former is not None and answer.place.on is not None:
        given, planned = answer.injection.on - answer.former, answer.place.on - answer.former
        yield Message(
            "early",
            f"This is {given.days} of {planned.days} days since the last one. "
            "If your clinic told you, note that.",
        )
    following = next_counted(run, answer) if run is replay.runs[-1] else None
    if following is not None and is_late_answer(run, answer):
        late = (answer.injection.on - (answer.place.last or answer.injection.on)).days
        text = f"Logged {count(late, 'day')} after the planned date."
        if following.on is not None:
            was = following.reason.was
            text += f" The next one counts from it: {long_day(following.on)}"
            text += f", was {long_day(was)}." if was and was != following.on else "."
        yield Message("late_counted", text)


def is_late_answer(run: Run, answer: Answer) -> bool:
    """The injection came after the window and the grace of its place."""
    last = answer.place.last
    return last is not None and answer.injection.on > last + timedelta(days=run.plan.grace_days)


def next_counted(run: Run, answer: Answer) -> Place | None:
    """The next open place, where it counts from this injection."""
    later = [
        place
        for place in run.places()
        if (place.phase, place.number) > (answer.place.phase, answer.place.number)
        and place.reason.base == answer.injection.on
        and place.reason.kind in ("injection", "day_one")
        and not place.moved
    ]
    return min(later, key=lambda place: place.day, default=None)
