"""The analytes: every id has its data, names and codes find them, look-alikes do not, factors are right."""

from __future__ import annotations

import csv
import os
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b12desk.domain import ucum
from b12desk.domain.analytes import Analyte, catalogue, is_loinc, normal
from b12desk.domain.conversion import rounded
from b12desk.domain.lab_questions import code_question, value_questions

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("B12DESK_LAB_FILES", ROOT.parent / "shared" / "lab_files"))
CASES = FOLDER / "units" / "conversion_cases.csv"

IDS = (
    "serum_b12 active_b12 mma_serum mma_urine homocysteine haemoglobin haematocrit red_cells mcv mch "
    "mchc rdw_cv rdw_sd platelets white_cells neutrophils hypersegmented_neutrophils folate_serum "
    "folate_red_cell ferritin iron transferrin_saturation tibc transferrin if_antibody "
    "parietal_cell_antibody gastrin potassium tsh vitamin_d creatinine egfr ldh reticulocytes_percent "
    "reticulocytes_count"
)


def analyte(name: str) -> Analyte:
    return catalogue().by_id[name]


def test_every_promised_analyte_is_there() -> None:
    assert list(catalogue().by_id) == IDS.split()


def test_every_loinc_code_is_well_formed_and_belongs_to_one_analyte() -> None:
    codes = [code for item in catalogue().by_id.values() for code in item.loinc]
    assert [code for code in codes if not is_loinc(code)] == []
    assert len(codes) == len(set(codes))


def test_every_unit_is_a_code_that_its_analyte_takes() -> None:
    for item in catalogue().by_id.values():
        for unit in (*item.units, *([item.si] if item.si else []), *([item.soft.unit] if item.soft else [])):
            assert unit == "{titer}" or ucum.measure(unit), unit
            assert item.accept((unit,)) == unit


@pytest.mark.parametrize(
    ("name", "mass", "scale"),
    [
        ("serum_b12", "1355.39", "1000"),  # pg/mL to pmol/L
        ("homocysteine", "135.185", "1000"),  # mg/L to umol/L
        ("folate_serum", "441.40", "1000"),
        ("folate_red_cell", "441.40", "1000"),
        ("iron", "55.845", "10"),  # ug/dL to umol/L
        ("tibc", "55.845", "10"),
        ("vitamin_d", "400.65", "1000"),
        ("creatinine", "113.12", "10000"),  # mg/dL to umol/L
    ],
)
def test_published_factors_agree_with_the_molar_mass(name: str, mass: str, scale: str) -> None:
    [published] = [factor for factor in analyte(name).units.values() if factor and factor[1]]
    factor, digits = published
    assert digits is not None
    assert rounded(str(Decimal(scale) / Decimal(mass)), digits) == Decimal(float(factor)).quantize(
        Decimal("1E-6")
    )


@pytest.mark.parametrize(
    ("name", "value", "unit", "si"),
    [
        ("serum_b12", "200", "pg/mL", "147.6"),
        ("serum_b12", "180", "ng/L", "132.8"),
        ("serum_b12", "366", "pmol/L", "366"),
        ("haemoglobin", "16.0", "g/dL", "160"),
        ("haemoglobin", "14", "g/dL", "140"),
        ("haemoglobin", "8.7", "mmol/L", "140.2"),
        ("haematocrit", "43.5", "%", "0.435"),
        ("mma_serum", "0.40", "nmol/mL", "400"),
        ("mma_serum", "30", "ug/L", "254"),
        ("creatinine", "0.9", "mg/dL", "79.56"),
        ("white_cells", "8.78", "10*3/uL", "8.78"),
        ("white_cells", "4600", "/uL", "4.600"),
        ("potassium", "4.1", "meq/L", "4.1"),
        ("tsh", "2.40", "u[IU]/mL", "2.40"),
        ("ldh", "200", "U/L", "3.334"),
        ("iron", "91", "ug/dL", "16.3"),
        ("mma_urine", "2", "mg/g{creat}", "1.92"),
        ("if_antibody", "12", "U/mL", None),
        ("active_b12", "40", "pg/mL", None),
        ("rdw_sd", "40", "%", None),
    ],
)
def test_values_turn_into_si_at_the_digits_of_the_factor(
    name: str, value: str, unit: str, si: str | None
) -> None:
    assert analyte(name).to_si(value, unit) == si


@given(
    st.decimals(min_value="0.01", max_value="99999", places=2),
    st.sampled_from(
        [(item.id, unit) for item in catalogue().by_id.values() if item.si for unit in item.units]
    ),
)
def test_a_value_turned_there_and_back_is_the_same_at_the_digits_of_the_factor(
    value: Decimal, choice: tuple[str, str]
) -> None:
    item, unit = analyte(choice[0]), choice[1]
    there = item.to_si(f"{value}", unit)
    assert there is not None
    back = item.convert(there, item.si, unit)
    assert back is not None
    digits = (item.units[unit] or (1, None))[1]
    assert abs(Fraction(back) / Fraction(value) - 1) <= (Fraction(10) / 10**digits if digits else 0)


@pytest.mark.skipif(not CASES.is_file(), reason=f"no conversion cases at {CASES}")
def test_public_conversion_cases_agree() -> None:
    ids = {
        "b12": "serum_b12",
        "hemoglobin": "haemoglobin",
        "hematocrit": "haematocrit",
        "rbc": "red_cells",
        "wbc": "white_cells",
    }
    seen = 0
    with CASES.open(encoding="utf-8", newline="") as stream:
        for case in csv.DictReader(stream):
            item = catalogue().by_id.get(ids.get(case["analyte"], case["analyte"]))
            if item is None:
                continue
            units = [
                case[side].replace("mEq", "meq").replace("10^", "10*") for side in ("unit_from", "unit_to")
            ]
            turned = item.convert(case["value"], *units)
            assert turned is not None, case
            assert abs(Fraction(turned) / Fraction(case["expected"]) - 1) <= Fraction(
                case["tolerance_rel"]
            ), case
            seen += 1
    assert seen >= 60


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("Vitamin B12", ["serum_b12"]),
        ("VIT. B-12", ["serum_b12"]),
        ("Vitamina B12", ["serum_b12"]),
        ("Holo-TC", ["active_b12"]),
        ("Hämoglobin", ["haemoglobin"]),
        ("Haemoglobin", ["haemoglobin"]),
        ("B-Hämoglobin", ["haemoglobin"]),
        ("Hemoglobin [Mass/volume] in Blood", ["haemoglobin"]),
        ("Red Blood Cell (RBC) Count, Blood", ["red_cells"]),
        ("Leukozyten", ["white_cells"]),
        ("S-Ferritin", ["ferritin"]),
        ("Järn", ["iron"]),
        ("RDW", ["rdw_cv", "rdw_sd"]),
        ("Retikulozyten", ["reticulocytes_percent", "reticulocytes_count"]),
        ("Folsäure", ["folate_serum"]),
        ("RBC Folate", ["folate_red_cell"]),
        ("MMA", ["mma_serum", "mma_urine"]),
        ("Créatinine", ["creatinine"]),
    ],
)
def test_a_name_is_found_in_the_usual_languages(name: str, ids: list[str]) -> None:
    assert [item.id for item in catalogue().by_name(name)] == ids


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Hemoglobin A1c",
            "HbA1c",
            "Glycated haemoglobin",
            "Leukozyten Urin",
            "WBC # CSF",
            "Creatinine, urine",
        ),
        *(
            "Neutrophils %",
            "Neutrophils NFr Bld",
            "Creatine kinase",
            "Creatinine clearance",
            "Vitamin B15",
            "Vitamin B6",
        ),
        *(
            "Soluble transferrin receptor",
            "Mean platelet volume",
            "Folate, whole blood",
            "Complete Blood Count",
            "",
        ),
        *("Unsaturated B12 binding capacity", "Homocystine", "Iron deficiency", "Platelet morphology"),
    ],
)
def test_a_look_alike_is_never_assigned_by_name(name: str) -> None:
    assert catalogue().by_name(name) == ()


@pytest.mark.parametrize(
    "code", ["2171-7", "15052-4", "2170-9", "20646-6", "4548-4", "72157-1", "770-8", "28542-9"]
)
def test_a_look_alike_code_stays_unassigned(code: str) -> None:
    assert is_loinc(code)
    assert catalogue().by_loinc(code) is None


@pytest.mark.parametrize("code", ["2132-8", "VB15", "2075--0", "2132", "21329", ""])
def test_a_code_with_a_wrong_check_digit_is_none(code: str) -> None:
    assert not is_loinc(code)


@pytest.mark.parametrize(
    ("name", "value", "unit", "asked"),
    [
        ("haemoglobin", "14.2", "g/dL", None),
        ("haemoglobin", "142", "g/dL", "unit_likely_other"),
        ("haemoglobin", "13.5", "g/mL", "unit_likely_other"),
        ("white_cells", "75", "/uL", "unit_likely_other"),
        ("iron", "20", "ug/L", "unit_likely_other"),
        ("mma_serum", "0.25", "nmol/L", "unit_likely_other"),
        ("potassium", "60", "mmol/L", "value_outside_soft_limits"),
        ("serum_b12", "300", None, "unit_likely_other"),
        ("serum_b12", "300", "g/dL", "unit_likely_other"),
        ("serum_b12", "300", "fL", "unit_likely_other"),
        ("serum_b12", "4001", "pg/mL", "value_outside_soft_limits"),
        ("serum_b12", "4000", "pg/mL", None),
        ("active_b12", "40", "pg/mL", "unit_likely_other"),
    ],
)
def test_a_rare_value_is_asked_about_and_never_judged(
    name: str, value: str, unit: str | None, asked: str | None
) -> None:
    questions = value_questions(analyte(name), value, unit)
    assert [question.id for question in questions] == ([asked] if asked else [])
    for question in questions:
        assert value in question.text
        assert "normal" not in question.text


def test_the_printed_unit_wins_over_the_code_and_is_asked_about() -> None:
    question = code_question(analyte("serum_b12"), "2132-9", "pmol/L")
    assert question is not None
    assert question.id == "unit_likely_other"
    assert "pg/mL" in question.text
    assert code_question(analyte("serum_b12"), "2132-9", "ng/L") is None
    assert code_question(analyte("potassium"), "2823-3", "meq/L") is None


def test_names_are_compared_without_accents_case_and_marks() -> None:
    assert normal("  Vit. B-12 (Σ) ÄÖ ") == "vit b 12 σ ao"
