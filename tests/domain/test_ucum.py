"""The part of UCUM that laboratories use, also against the public functional tests where they are at hand."""

from __future__ import annotations

import os
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from defusedxml.ElementTree import parse

from b12desk.domain import ucum

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("B12DESK_LAB_FILES", ROOT.parent / "shared" / "lab_files"))
CASES = FOLDER / "units" / "UcumFunctionalTests.xml"
needs_cases = pytest.mark.skipif(not CASES.is_file(), reason=f"no UCUM functional tests at {CASES}")


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("10*3/uL", "10*9/L", Fraction(1)),
        ("/nL", "10*9/L", Fraction(1)),
        ("10*6/uL", "10*12/L", Fraction(1)),
        ("{cells}/uL", "10*9/L", Fraction(1, 1000)),
        ("ng/mL", "ug/L", Fraction(1)),
        ("pg/mL", "ng/L", Fraction(1)),
        ("g/dL", "g/L", Fraction(10)),
        ("u[IU]/mL", "m[IU]/L", Fraction(1)),
        ("pg/{cell}", "pg", Fraction(1)),
        ("nmol/mL", "umol/L", Fraction(1)),
        ("g/dl", "g/dL", Fraction(1)),
    ],
)
def test_equal_and_multiple_units_have_exact_factors(one: str, other: str, factor: Fraction) -> None:
    assert ucum.ratio(one, other) == factor


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mL/min", "mL/min/{1.73_m2}"),
        ("pg/mL", "pmol/L"),
        ("U/L", "[IU]/L"),
        ("meq/L", "mmol/L"),
        ("%", "fL"),
    ],
)
def test_other_dimensions_have_no_factor(one: str, other: str) -> None:
    assert ucum.ratio(one, other) is None


@pytest.mark.parametrize(
    "code", ["", "m/", "10+3/uL", "mcg", "/", "g//L", "(g", "g)", "{", "0/L", "x" * 100, "g L"]
)
def test_what_is_no_code_is_refused(code: str) -> None:
    assert ucum.measure(code) is None


@needs_cases
def test_no_invalid_code_of_the_functional_tests_is_taken() -> None:
    cases = parse(CASES).getroot().find("validation").findall("case")
    taken = [
        case.get("unit") for case in cases if case.get("valid") == "false" and ucum.measure(case.get("unit"))
    ]
    assert len(cases) > 400
    assert taken == []


@needs_cases
def test_the_conversions_of_the_functional_tests_agree() -> None:
    cases = parse(CASES).getroot().find("conversion").findall("case")
    known = 0
    for case in cases:
        factor = ucum.ratio(case.get("srcUnit"), case.get("dstUnit"))
        if factor is None:
            continue
        known += 1
        outcome = Decimal(case.get("outcome"))
        exact = Fraction(case.get("value")) * factor
        step = Fraction(Decimal(1).scaleb(int(outcome.as_tuple().exponent)))
        assert abs(exact - Fraction(outcome)) <= step / 2, case.attrib
    assert known >= 10
