"""Units against UCUM's own functional tests and against conversions published with trial data.

The files are no part of this project; see test_real_lab_files for where they are looked for.
"""

from __future__ import annotations

import csv
import os
from decimal import Context, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from defusedxml import ElementTree

from b12desk.domain import ucum
from b12desk.domain.analytes import Analyte, catalogue
from b12desk.domain.lab_units import readings

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("B12DESK_LAB_FILES", ROOT.parent / "shared" / "lab_files")) / "units"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no files of units in {FOLDER}")

NAMES = {
    "b12": "serum_b12",
    "hemoglobin": "haemoglobin",
    "hematocrit": "haematocrit",
    "rbc": "red_cells",
    "wbc": "white_cells",
}


def cases(section: str) -> list[dict[str, str]]:
    root = ElementTree.parse(FOLDER / "UcumFunctionalTests.xml").getroot()
    return [case.attrib for case in root.findall(f"./{section}/case")]


def test_no_unit_that_ucum_calls_invalid_is_understood() -> None:
    invalid = [case["unit"] for case in cases("validation") if case["valid"] == "false"]
    assert len(invalid) > 20
    assert [unit for unit in invalid if ucum.measure(unit) is not None] == []


def test_a_conversion_that_is_understood_agrees_with_ucum() -> None:
    """What the part of UCUM that laboratories use does not have is not understood, and never wrong."""
    done = 0
    for case in cases("conversion"):
        factor = ucum.ratio(case["srcUnit"], case["dstUnit"])
        if factor is None:
            continue
        wanted = Decimal(case["outcome"])
        exact = Fraction(case["value"]) * factor
        digits = Context(prec=len(wanted.normalize().as_tuple().digits))
        got = digits.divide(Decimal(exact.numerator), Decimal(exact.denominator))
        assert got == wanted, case
        done += 1
    assert done >= 20


def published() -> list[dict[str, str]]:
    if not FOLDER.is_dir():
        return []
    with (FOLDER / "conversion_cases.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def unit_of(analyte: Analyte, printed: str) -> str:
    found = analyte.accept((*readings(printed), printed))
    assert found is not None, f"{analyte.id} has no unit {printed}"
    return found


@pytest.mark.parametrize("case", published(), ids=lambda case: case["id"])
def test_published_conversions_agree(case: dict[str, str]) -> None:
    analyte = catalogue().by_id[NAMES.get(case["analyte"], case["analyte"])]
    turned = analyte.convert(
        case["value"], unit_of(analyte, case["unit_from"]), unit_of(analyte, case["unit_to"])
    )
    assert turned is not None
    wanted = Fraction(case["expected"])
    assert abs(Fraction(turned) - wanted) <= wanted * Fraction(case["tolerance_rel"])
