"""What holds for every plan and every history, found by hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from b12desk.domain.intervals import span_after
from b12desk.domain.schedule import build
from tests.domain.diaries import Diary, phase

START = date(2028, 1, 31)
PROFILE = settings(max_examples=60, deadline=None, derandomize=True)

intervals = st.one_of(
    st.integers(1, 40).map(lambda days: {"days": days}),
    st.integers(1, 6).map(lambda weeks: {"weeks": weeks}),
    st.integers(1, 3).map(lambda months: {"months": months}),
    st.sets(st.sampled_from(["mon", "tue", "thu", "sat"]), min_size=1).map(
        lambda days: {"weekdays": sorted(days)}
    ),
)
ends = st.one_of(
    st.integers(1, 5).map(lambda doses: {"doses": doses}),
    st.integers(1, 60).map(lambda days: {"days": days}),
    st.just("clinician_says"),
)
gaps = st.lists(st.integers(0, 45), max_size=8)
anchors = st.sampled_from(["last_injection", "fixed_dates"])


def history(every: dict[str, Any], until: Any, anchor: str, steps: list[int], shuffle: Any = None) -> Diary:
    """A plan of two phases and injections `steps` days after one another, logged in order or shuffled."""
    diary = Diary((START + timedelta(days=370)).isoformat())
    diary.plan(START.isoformat(), phase(every, until), phase({"weeks": 8}), anchor=anchor)
    days, day = [], START
    for step in steps:
        day += timedelta(days=step)
        days.append(day.isoformat())
    if shuffle is not None:
        shuffle.shuffle(days)
    diary.log_all(*days)
    return diary


@PROFILE
@given(intervals, ends, anchors, gaps)
def test_one_injection_answers_at_most_one_place_and_each_place_has_one(
    every: dict[str, Any], until: Any, anchor: str, steps: list[int]
) -> None:
    diary = history(every, until, anchor, steps)
    schedule = diary.schedule()
    places = [(one.phase, one.number) for one in schedule.answered.values()]
    assert len(set(places)) == len(places)
    assert set(schedule.answered).isdisjoint(schedule.extras)
    assert set(schedule.answered) | schedule.extras == {one.id for one in diary.course.injections}


@PROFILE
@given(intervals, ends, gaps, st.randoms(use_true_random=False))
def test_the_order_of_logging_moves_no_date_counted_from_the_last_injection(
    every: dict[str, Any], until: Any, steps: list[int], shuffle: Any
) -> None:
    diary = history(every, "no_end", "last_injection", steps)
    turned = history(every, "no_end", "last_injection", steps, shuffle)
    assert [one.on for one in diary.schedule().due] == [one.on for one in turned.schedule().due]


@PROFILE
@given(intervals, gaps)
def test_the_next_one_lies_a_whole_interval_after_the_last(every: dict[str, Any], steps: list[int]) -> None:
    diary = history(every, "no_end", "last_injection", steps)
    if not diary.course.injections:
        return
    last = max(one.on for one in diary.course.injections)
    plan = diary.course.plans[0]
    found = build(diary.course, last).due
    expected = span_after(plan.phases[0].every, last)[0]
    assert [one.on for one in found if not one.forecast] == [max(expected, START)]


@PROFILE
@given(intervals, gaps, gaps)
def test_fixed_dates_are_never_chained(every: dict[str, Any], steps: list[int], other: list[int]) -> None:
    def dates(gone: list[int]) -> set[date | None]:
        diary = history(every, "no_end", "fixed_dates", gone)
        schedule = build(diary.course, START + timedelta(days=400), 1)
        return {one.on for one in (*schedule.due, *schedule.answered.values())}

    assert dates(steps) == dates(other) == dates([])


@PROFILE
@given(intervals, ends, anchors, gaps, st.integers(0, 200))
def test_what_is_due_is_in_order_and_the_count_is_kept(
    every: dict[str, Any], until: Any, anchor: str, steps: list[int], later: int
) -> None:
    diary = history(every, until, anchor, steps)
    as_of = START + timedelta(days=later)
    due = build(diary.course, as_of, 5).due
    days = [one.on or one.planned for one in due]
    assert days == sorted(days)
    ahead = [one for one in due if one.window is None or one.window[1] >= as_of]
    assert len(ahead) == 5
    assert all(one.on > as_of for one in due if one.forecast and one.on is not None)


@PROFILE
@given(intervals, ends, anchors, gaps)
def test_a_day_later_nothing_has_moved_but_forecasts(
    every: dict[str, Any], until: Any, anchor: str, steps: list[int]
) -> None:
    diary = history(every, until, anchor, steps)
    last = max([START, *[one.on for one in diary.course.injections]])
    today = {one.id: one.on for one in build(diary.course, last, 3).due if not one.forecast}
    later = {one.id: one.on for one in build(diary.course, last + timedelta(days=90), 3).due}
    assert today.items() <= {**today, **later}.items()
    assert all(later[key] == on for key, on in today.items() if key in later)


@PROFILE
@given(intervals, ends, anchors, gaps)
def test_the_order_of_the_records_says_nothing(
    every: dict[str, Any], until: Any, anchor: str, steps: list[int]
) -> None:
    course = history(every, until, anchor, steps).course
    turned = replace(course, injections=course.injections[::-1])
    assert build(turned, START + timedelta(days=100), 3) == build(course, START + timedelta(days=100), 3)


@PROFILE
@given(intervals, gaps, st.integers(1, 100))
def test_a_backfill_never_moves_the_date(every: dict[str, Any], steps: list[int], back: int) -> None:
    for anchor in ("last_injection", "fixed_dates"):
        diary = history(every, "no_end", anchor, [*steps, 30])
        newest = max(one.on for one in diary.course.injections)
        as_of = newest.isoformat()
        ahead = [one.on for one in diary.schedule(as_of).due if one.on and one.on > newest]
        backfilled = max(START, newest - timedelta(days=back))
        if backfilled < newest:
            diary.log(backfilled.isoformat())
            assert [one.on for one in diary.schedule(as_of).due if one.on and one.on > newest] == ahead
