"""Return of symptoms (RULES C2, C3): what is compared, what is flipped, and what is left undecided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from b12desk.domain.crossing import crossing, crossing_day
from b12desk.domain.cycles import AlignedCycle, Cycle
from b12desk.domain.pattern_words import METHOD, in_words
from b12desk.domain.return_of_symptoms import FEWEST, Finding, find, typical_values, windows

START = date(2025, 1, 6)
Course = Callable[[int], int | None]


def cycle(number: int, length: int = 28, *, exact: bool = True, phase: str = "") -> Cycle:
    start = START + timedelta(days=number * length)
    return Cycle(start, start + timedelta(days=length), phase, phase, exact)


def aligned(course: Course, among: Sequence[Cycle]) -> tuple[AlignedCycle, ...]:
    """The same course of scores in each cycle; None is a blank day."""
    result = []
    for one in among:
        days = [(day, score) for day in range(one.length or 0) if (score := course(day)) is not None]
        result.append(AlignedCycle(one, tuple(day for day, _ in days), tuple(score for _, score in days)))
    return tuple(result)


def late_rise(day: int) -> int:
    return 6 if day >= 21 else 3


def found(course: Course, number: int = 8, *, length: int = 28, threshold: int = 5) -> Finding:
    among = [cycle(index, length) for index in range(number)]
    return find({"fog": aligned(course, among)}, threshold=threshold, seed=1)[0]


@pytest.mark.parametrize(
    ("length", "early", "late"),
    [
        (28, (1, 14), (21, 27)),
        (30, (1, 14), (23, 29)),
        (31, (1, 14), (24, 30)),
        (56, (1, 28), (42, 55)),
        (84, (1, 42), (63, 83)),
        (21, (1, 7), (14, 20)),
        (14, (1, 6), (7, 13)),
        (7, (1, 3), (5, 6)),
        (3, (1, 1), (2, 2)),
        (400, (1, 196), (302, 399)),
    ],
)
def test_the_windows_are_whole_weeks_where_they_can_be(
    length: int, early: tuple[int, int], late: tuple[int, int]
) -> None:
    parts = windows(length)
    assert parts is not None
    assert (parts.early[0], parts.early[-1], parts.late[0], parts.late[-1]) == (*early, *late)


@pytest.mark.parametrize("length", range(3, 401))
def test_no_window_holds_day_0_or_meets_the_other(length: int) -> None:
    parts = windows(length)
    assert parts is not None
    assert 0 < parts.early[0] <= parts.early[-1] < parts.late[0] <= parts.late[-1] == length - 1


@pytest.mark.parametrize("length", [0, 1, 2])
def test_a_cycle_of_one_or_two_days_has_no_two_windows(length: int) -> None:
    assert windows(length) is None


def test_s35_scores_that_rise_before_the_next_injection_are_found() -> None:
    finding = found(late_rise)
    assert (finding.verdict, finding.cycles, finding.worse) == ("returns", 8, 8)
    assert finding.late_minus_early == pytest.approx(3)
    assert finding.interval == pytest.approx((3, 3))
    assert finding.p == pytest.approx(1 / 2**8)


def test_s35_the_words_point_to_the_clinic_and_advise_nothing() -> None:
    words = in_words(found(late_rise), "Brain fog")
    assert words == (
        "Brain fog: scores were higher in 8 of 8 intervals. Last 7 days before the next injection against "
        "days 1 to 14 after one: +3.0 points on average (95 % interval +3.0 to +3.0). "
        "Reached 5 on day 21 (21 to 21), in 8 of 8 intervals. Worth showing your clinic."
    )


def test_s36_better_for_a_week_and_then_worse_is_found() -> None:
    finding = found(lambda day: 2 if 1 <= day <= 7 else 6)
    assert finding.verdict == "returns"
    assert finding.crossing is not None
    assert finding.crossing.median == 8


@pytest.mark.parametrize("verdict", ["returns", "no_pattern", "not_enough"])
def test_s38_no_words_ask_for_more(verdict: str) -> None:
    course: Course = late_rise if verdict == "returns" else lambda day: 4 - day % 2
    finding = found(course, 4 if verdict == "not_enough" else 8)
    assert finding.verdict == verdict
    words = f"{in_words(finding, 'Fog')} {METHOD}".casefold()
    for banned in ("increase", "more often", "should", "dose", "sooner", "too long", "normal", "overdue"):
        assert banned not in words


@pytest.mark.parametrize("number", range(FEWEST + 1))
def test_below_five_cycles_there_is_not_enough(number: int) -> None:
    finding = found(late_rise, number)
    assert finding.cycles == number
    if number < FEWEST:
        assert (finding.verdict, finding.late_minus_early, finding.crossing) == ("not_enough", None, None)
        assert "not enough entries yet" in in_words(finding, "Fog")
    else:
        assert finding.verdict == "returns"


def test_the_day_of_the_injection_is_left_out() -> None:
    with_day_0 = found(lambda day: 10 if day == 0 else late_rise(day))
    assert with_day_0 == found(lambda day: None if day == 0 else late_rise(day))


def test_running_approximate_and_between_phases_cycles_do_not_count() -> None:
    good = [cycle(number) for number in range(4)]
    bad = [
        cycle(4, exact=False),
        Cycle(cycle(5).start, cycle(5).end, "Loading", "Maintenance", True),
        Cycle(cycle(6).start, None, "", None, True),
    ]
    finding = find({"fog": aligned(late_rise, [*good, *bad])}, threshold=5, seed=1)[0]
    assert (finding.verdict, finding.cycles) == ("not_enough", 4)


def test_a_cycle_without_two_scores_at_both_ends_takes_no_part() -> None:
    assert found(lambda day: 3 if day < 21 or day == 25 else None).cycles == 0
    assert found(lambda day: 3 if day < 21 or day in (25, 26) else None).cycles == 8


def test_slow_drift_is_no_return() -> None:
    among = [cycle(number) for number in range(12)]
    drifting = tuple(
        AlignedCycle(one, tuple(range(28)), tuple((number * 28 + day) // 42 for day in range(28)))
        for number, one in enumerate(among)
    )
    finding = find({"fog": drifting}, threshold=5, seed=1)[0]
    assert finding.verdict == "no_pattern"
    assert abs(finding.late_minus_early or 0) < 0.15


def test_better_towards_the_end_is_no_return() -> None:
    finding = found(lambda day: 3 if day >= 21 else 6)
    assert (finding.verdict, finding.worse) == ("no_pattern", 0)
    assert finding.late_minus_early == pytest.approx(-3)


def test_scores_that_never_change_are_no_pattern() -> None:
    finding = found(lambda _day: 4)
    assert (finding.verdict, finding.p, finding.interval) == ("no_pattern", 1.0, (0.0, 0.0))


def test_a_difference_of_less_than_half_a_point_is_no_return() -> None:
    finding = found(lambda day: 3 + day % 2)
    assert finding.late_minus_early == pytest.approx(1 / 14)
    assert (finding.verdict, finding.worse) == ("no_pattern", 8)


def test_looking_at_more_symptoms_raises_the_bar() -> None:
    chance = np.random.default_rng(3)
    among = [cycle(number) for number in range(6)]

    def noisy() -> tuple[AlignedCycle, ...]:
        return tuple(
            AlignedCycle(one, tuple(range(28)), tuple(chance.integers(0, 11, 28).tolist())) for one in among
        )

    weak = tuple(
        AlignedCycle(
            one, tuple(range(28)), tuple((chance.integers(2, 8, 28) + (np.arange(28) > 20)).tolist())
        )
        for one in among
    )
    alone = find({"fog": weak}, threshold=5, seed=1)[0]
    others = {f"other-{number}": noisy() for number in range(11)}
    together = find({"fog": weak, **others}, threshold=5, seed=1)[0]
    assert alone.p is not None
    assert together.p is not None
    assert alone.p < together.p
    assert alone.late_minus_early == together.late_minus_early


def test_the_same_seed_gives_the_same_answer_and_the_answer_hardly_hangs_on_it() -> None:
    among = [cycle(number) for number in range(30)]
    chance = np.random.default_rng(4)
    fog = tuple(
        AlignedCycle(one, tuple(range(28)), tuple(chance.integers(0, 11, 28).tolist())) for one in among
    )
    first, again, other = (find({"fog": fog}, threshold=5, seed=seed)[0] for seed in (1, 1, 2))
    assert first == again
    assert first.p == pytest.approx(other.p, abs=0.03)


def test_the_interval_holds_the_true_centre_as_often_as_it_says() -> None:
    chance = np.random.default_rng(5)
    for number, least in ((5, 0.9), (8, 0.92), (20, 0.92)):
        held = 0
        for _ in range(400):
            low, high = typical_values(chance.normal(1.0, 2.0, number), chance)
            held += low <= 1.0 <= high
        assert held / 400 >= least
        assert held / 400 < 0.99


def test_one_bad_day_is_no_crossing() -> None:
    among = [cycle(number) for number in range(3)]
    once = aligned(lambda day: 9 if day == 12 else 2, among)
    assert crossing_day(once[0], 5) is None
    assert crossing(once, 5) is None


def test_the_crossing_day_divides_low_from_high() -> None:
    among = [cycle(number) for number in range(4)]
    steps = [
        aligned(lambda day, at=at: 6 if day >= at or day == 5 else 2, [one])[0]
        for at, one in zip((18, 20, 22, 24), among, strict=True)
    ]
    assert [crossing_day(one, 5) for one in steps] == [18, 20, 22, 24]
    summary = crossing(steps, 5)
    assert summary is not None
    assert (summary.low, summary.median, summary.high) == (19.5, 21, 22.5)
    assert (summary.cycles, summary.among) == (4, 4)


def test_a_cycle_above_the_threshold_from_the_start_does_not_cross() -> None:
    assert crossing_day(aligned(lambda _day: 8, [cycle(0)])[0], 5) is None
    assert crossing_day(aligned(lambda day: 2 if day > 10 else 8, [cycle(0)])[0], 5) is None


def test_blank_days_move_the_crossing_to_the_next_score() -> None:
    sparse = aligned(lambda day: late_rise(day) if day % 3 == 1 else None, [cycle(0)])[0]
    assert crossing_day(sparse, 5) == 22
