"""Plan files: what is read, what is refused and where, the way back, and the words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from b12desk.domain.errors import Invalid
from b12desk.domain.plan import in_words, plan_file, read_plan
from b12desk.domain.records import Plan
from tests.domain.diaries import phase, plan_data

PRODUCTS = {"Neobion": "product-1"}


def read(data: Any) -> Plan:
    return read_plan(
        data,
        id="plan",
        person_id="ada",
        recorded_by="self",
        recorded_at=datetime(2026, 1, 5, tzinfo=UTC),
        product_ids=PRODUCTS,
    )


def with_phase(
    every: dict[str, Any], until: Any = "no_end", anchor: str = "last_injection", **fields: Any
) -> Any:
    return plan_data("2026-01-05", phase(every, until), anchor=anchor, **fields)


FULL = {
    "started_on": "2026-01-05",
    "first_on": "2026-01-07",
    "anchor": "last_injection",
    "ordered_by": "Dr Green",
    "why": "after the blood test",
    "review_on": "2026-07-01",
    "grace_days": 3,
    "min_gap_days": 2,
    "lifelong": True,
    "phases": [
        {
            "name": "Loading",
            "dose": "1000 ug",
            "volume": "1 mL",
            "product": "Neobion",
            "route": "IM",
            "every": {"weekdays": ["mon", "wed", "fri"]},
            "until": {"doses": 6},
        },
        {"name": "Window", "dose": "1 mg", "route": "SC", "every": {"days": [28, 30]}, "until": {"days": 90}},
        {
            "name": "Months",
            "dose": "1 mg",
            "route": "SC",
            "every": {"months": 2},
            "until": {"date": "2027-01-05"},
        },
        {
            "name": "Upkeep",
            "dose": "1 mg",
            "route": "deep_SC",
            "every": {"weeks": 12},
            "until": "clinician_says",
        },
    ],
}


def test_a_plan_file_goes_there_and_back() -> None:
    plan = read(FULL)
    assert plan_file(plan, {"product-1": "Neobion"}) == FULL
    offsets = with_phase({"offsets": [1, 3, 7]}, None, "fixed_dates")
    file = plan_file(read(offsets), {})
    assert file["phases"][0]["until"] == {"doses": 3}
    assert read(file) == read(offsets)


REFUSED: list[tuple[Any, str]] = [
    ({**FULL, "colour": "red"}, "colour"),
    ({**FULL, "anchor": "moon"}, "anchor"),
    ({**FULL, "started_on": "2026-02-30"}, "started_on"),
    ({**FULL, "started_on": "5.1.2026"}, "started_on"),
    ({**FULL, "started_on": None}, "started_on"),
    ({**FULL, "first_on": "2026-01-04"}, "first_on"),
    ({**FULL, "first_on": "2026-01-06"}, "first_on"),
    ({**FULL, "grace_days": -1}, "grace_days"),
    ({**FULL, "grace_days": True}, "grace_days"),
    ({**FULL, "lifelong": "yes"}, "lifelong"),
    ({**FULL, "ordered_by": ""}, "ordered_by"),
    ({**FULL, "phases": []}, "phases"),
    ({**FULL, "phases": ["x"]}, "phases[0]"),
    (plan_data("2026-01-05", {**phase({"days": 1}), "product": "Nobody's"}), "phases[0].product"),
    (plan_data("2026-01-05", {**phase({"days": 1}), "product": {}}), "phases[0].product"),
    (plan_data("2026-01-05", {**phase({"days": 1}), "route": "oral"}), "phases[0].route"),
    (plan_data("2026-01-05", {**phase({"days": 1}), "dose": "1000"}), "phases[0].dose"),
    (plan_data("2026-01-05", {**phase({"days": 1}), "volume": "1 ug"}), "phases[0].volume"),
    (plan_data("2026-01-05", {**phase({"days": 1}), "site": "arm"}), "phases[0].site"),
    (with_phase({}), "phases[0].every"),
    (with_phase({"days": 1, "weeks": 1}), "phases[0].every"),
    (with_phase({"days": 0}), "phases[0].every.days"),
    (with_phase({"days": 401}), "phases[0].every.days"),
    (with_phase({"weeks": 58}), "phases[0].every.weeks"),
    (with_phase({"months": 14}), "phases[0].every.months"),
    (with_phase({"days": [30, 28]}), "phases[0].every.days"),
    (with_phase({"days": [28, 29, 30]}), "phases[0].every.days"),
    (with_phase({"weekdays": []}), "phases[0].every.weekdays"),
    (with_phase({"weekdays": ["mon", "mon"]}), "phases[0].every.weekdays"),
    (with_phase({"weekdays": ["Monday"]}), "phases[0].every.weekdays"),
    (with_phase({"offsets": [2, 3]}, None), "phases[0].every.offsets"),
    (with_phase({"offsets": [1, 3, 3]}, None), "phases[0].every.offsets"),
    (with_phase({"offsets": [1, 3]}, {"doses": 3}), "phases[0].until"),
    (with_phase({"offsets": [1, 3]}, {"days": 3}), "phases[0].until"),
    (with_phase({"days": 1}, None), "phases[0].until"),
    (with_phase({"days": 1}, "forever"), "phases[0].until"),
    (with_phase({"days": 1}, {"doses": 0}), "phases[0].until.doses"),
    (with_phase({"days": 1}, {"doses": 1, "days": 1}), "phases[0].until"),
    (with_phase({"days": 1}, {"date": "2026-01-04"}), "phases[0].until"),
    (with_phase({"days": 1, "on_day": 3}), "phases[0].every.on_day"),
    (with_phase({"months": 1, "on_day": 31}), "phases[0].every"),
    (with_phase({"months": 1, "on_day": 32}, anchor="fixed_dates"), "phases[0].every.on_day"),
    (with_phase({"months": 1, "on_day": 31}, anchor="fixed_dates", first_on="2026-02-27"), "first_on"),
    (with_phase({"days": [28, 30]}, anchor="fixed_dates"), "phases[0].every"),
    (plan_data("2026-01-05", phase({"days": 1}), phase({"offsets": [1, 2]}, None)), "phases[1].every"),
    ([], ""),
]


@pytest.mark.parametrize(("data", "path"), REFUSED)
def test_refused_with_the_path(data: Any, path: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(data)
    assert refused.value.path == path


def test_the_last_of_a_short_month_is_its_on_day() -> None:
    plan = read(with_phase({"months": 1, "on_day": 31}, anchor="fixed_dates", first_on="2026-02-28"))
    assert plan.phases[0].every.on_day == 31


def test_s31_monthly_has_four_rules_and_each_is_said_in_words() -> None:
    words = {
        "every 4 weeks": {"weeks": 4},
        "every 30 days": {"days": 30},
        "every 28 to 30 days": {"days": [28, 30]},
        "every month": {"months": 1},
    }
    for said, every in words.items():
        assert in_words(read(with_phase(every)).phases[0].every) == said
    on_day = with_phase({"months": 1, "on_day": 15}, anchor="fixed_dates")
    assert in_words(read(on_day).phases[0].every) == "every month on day 15"


def test_a_plan_in_words() -> None:
    assert in_words(read(FULL)) == (
        "From 5 January 2026: "
        "Loading: 1000 micrograms (1 mg) in 1 mL IM on Mondays, Wednesdays and Fridays, 6 doses; then "
        "Window: 1 mg (1000 micrograms) SC every 28 to 30 days, for 90 days; then "
        "Months: 1 mg (1000 micrograms) SC every 2 months, until 5 January 2027; then "
        "Upkeep: 1 mg (1000 micrograms) deep SC every 12 weeks, until your clinic says; "
        "counted from the last injection."
    )
    assert in_words(read(with_phase({"offsets": [1, 3, 7]}, None)).phases[0].every) == "on days 1, 3 and 7"
