"""Amounts as typed, and both units of a dose beside each other."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b12desk.domain.doses import dose_questions
from b12desk.domain.errors import Invalid
from b12desk.domain.records import Amount
from b12desk.domain.units import both_units, micrograms, read_amount

MICRO_SIGN, GREEK_MU = "\u00b5", "\u03bc"


@pytest.mark.parametrize(
    ("typed", "value", "unit"),
    [
        ("1000 ug", "1000", "ug"),
        ("1000 mcg", "1000", "ug"),
        (f"1000 {MICRO_SIGN}g", "1000", "ug"),
        (f"1000{GREEK_MU}g", "1000", "ug"),
        ("1000 micrograms", "1000", "ug"),
        ("1 000 Mikrogramm", "1000", "ug"),
        ("1 mg", "1", "mg"),
        ("0,5 mL", "0.5", "mL"),
        (".5 ml", "0.5", "mL"),
        ("2 cc", "2", "mL"),
        ("1.50 mg", "1.50", "mg"),
    ],
)
def test_s42_an_amount_is_taken_as_on_the_label(typed: str, value: str, unit: str) -> None:
    assert read_amount(typed) == Amount(Decimal(value), unit)
    assert str(read_amount(typed).value) == value  # the digits typed


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Amount(Decimal(1000), "ug"), "1000 micrograms (1 mg)"),
        (Amount(Decimal(1), "mg"), "1 mg (1000 micrograms)"),
        (Amount(Decimal("1.0"), "mg"), "1 mg (1000 micrograms)"),
        (Amount(Decimal(500), "ug"), "500 micrograms (0.5 mg)"),
        (Amount(Decimal(1), "ug"), "1 microgram (0.001 mg)"),
        (Amount(Decimal("1E+3"), "ug"), "1000 micrograms (1 mg)"),
        (Amount(Decimal(5), "g"), "5 g (5000000 micrograms)"),
        (Amount(Decimal(1000), "ug/mL"), "1000 micrograms/mL (1 mg/mL)"),
        (Amount(Decimal(1), "mL"), "1 mL"),
    ],
)
def test_s41_both_units_stand_beside_each_other(amount: Amount, shown: str) -> None:
    """No trailing zero, a leading zero, micrograms in full."""
    assert both_units(amount) == shown


def test_s43_mg_typed_for_micrograms_is_asked_about_with_both_units() -> None:
    [question] = dose_questions(read_amount("1000 mg"))
    assert question.id == "dose_over_50000"
    assert "1000 mg (1000000 micrograms)" in question.text
    assert "1000 micrograms (1 mg)" in question.text
    assert dose_questions(read_amount("1 mg")) == []


@pytest.mark.parametrize("typed", ["1,000 ug", "1.000 mg"])
def test_a_number_with_two_readings_is_refused_and_both_are_named(typed: str) -> None:
    with pytest.raises(Invalid, match=r"can mean (1 or 1000|1000 or 1);"):
        read_amount(typed, "dose")


@pytest.mark.parametrize(
    "typed", ["", "1000", "ug", "-5 ug", "0 ug", "0.000 mg", "1e3 ug", "5 kg", "1..5 mg", "NaN ug"]
)
def test_what_is_no_amount_is_refused_naming_the_field(typed: str) -> None:
    with pytest.raises(Invalid, match=r"^dose: ") as refused:
        read_amount(typed, "dose")
    assert refused.value.path == "dose"


def test_only_the_units_meant_are_taken() -> None:
    assert read_amount("2 mL", "volume", units=("mL",)) == Amount(Decimal(2), "mL")
    with pytest.raises(Invalid, match="mg"):
        read_amount("2 mg", "volume", units=("mL",))


@pytest.mark.parametrize(
    ("typed", "strength"),
    [
        ("1000 ug/mL", Amount(Decimal(1000), "ug/mL")),
        ("1500 mcg/2 mL", Amount(Decimal(750), "ug/mL")),
        ("3000 µg / 2 ml", Amount(Decimal(1500), "ug/mL")),
        ("1 mg in 1 mL", Amount(Decimal(1), "mg/mL")),
        ("5 mg per mL", Amount(Decimal(5), "mg/mL")),
    ],
)
def test_a_strength_is_read_per_millilitre(typed: str, strength: Amount) -> None:
    assert read_amount(typed, "strength", per_volume=True) == strength


@pytest.mark.parametrize("typed", ["1000 ug", "1000 ug/L", "1 mg/3 mL", "1 mg/0 mL"])
def test_a_strength_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="strength"):
        read_amount(typed, "strength", per_volume=True)


@given(st.decimals(min_value="0.01", max_value="99999", places=2), st.sampled_from(["ug", "mg", "g", "mL"]))
def test_what_is_written_out_is_read_back(value: Decimal, unit: str) -> None:
    amount = Amount(value, unit)
    assert read_amount(str(amount)) == amount


@given(st.integers(min_value=1, max_value=10**7))
def test_both_units_are_the_same_size(number: int) -> None:
    first, second = both_units(Amount(Decimal(number), "ug")).rstrip(")").split(" (")
    assert int(first.split()[0]) == number
    assert Decimal(second.removesuffix(" mg")) * 1000 == number
    assert micrograms(Amount(Decimal(second.removesuffix(" mg")), "mg")) == Fraction(number)
