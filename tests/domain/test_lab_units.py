"""Units as laboratories spell them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b12desk.domain import ucum
from b12desk.domain.lab_units import readings


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        *(
            (text, "10*9/L")
            for text in ("Gpt/L", "10^9/L", "10*9/l", "x10e9/L", "X 10-9/l", "x109/L", "10 9/L", "/nl")
        ),
        *(
            (text, "10*3/uL")
            for text in ("K/uL", "Tsd/µl", "Tsd./μl", "k/cumm", "THOUS/MCL", "10^3/mm3", "x10³/µL")
        ),
        *((text, "10*6/uL") for text in ("M/uL", "Mio/µl", "million/mm3", "million/µL", "x10^6/uL")),
        *((text, "10*12/L") for text in ("T/l", "Tpt/L", "x10*12/L", "X 10-12/l", "/pL")),
        *((text, "ug/L") for text in ("mcg/l", "µg/L", "μg/L", "UG/L", "microg/L")),
        *((text, "umol/L") for text in ("µmol/l", "mcmol/l", "UMOL/L", "μmol/L")),
        *((text, "m[IU]/L") for text in ("mIU/L", "µIU/mL", "uIU/ml", "m[IU]/L", "mIE/l")),
        *((text, "mL/min/{1.73_m2}") for text in ("ml/min/1.73m2", "mL/min/1,73 m²", "mL/min/1.73")),
        *((text, "g/dL") for text in ("g/dl", "g%", "gm/dl", "G/DL")),
        ("mg/g creat", "mg/g{creat}"),
        ("mmol/mol Krea", "mmol/mol{creat}"),
        ("pg/cell", "pg"),
        ("FL", "fL"),
        ("f/l", "fL"),
        ("l/l", "L/L"),
        ("Vol-%", "%"),
        ("cells/mm3", "/uL"),
        ("mEq/L", "meq/L"),
        ("mval/l", "meq/L"),
        ("E/L", "U/L"),
        ("AU/mL", "[arb'U]/mL"),
    ],
)
def test_a_spelling_is_read(printed: str, code: str) -> None:
    first = readings(printed)[0]
    assert ucum.measure(first) == ucum.measure(code)


def test_giga_and_gram_per_litre_are_both_possible() -> None:
    assert readings("G/L") == ("10*9/L", "g/L")
    assert readings("g/l") == ("g/L",)


def test_international_and_enzyme_units_are_mixed_up_by_laboratories() -> None:
    assert "m[IU]/L" in readings("mU/L")
    assert "U/L" in readings("IU/L")


@pytest.mark.parametrize("printed", ["", "?mol/L", "?g/L", "banana", "g/banana", "//", "mg per day"])
def test_what_cannot_be_read_has_no_reading(printed: str) -> None:
    """A lost micro sign could have been any prefix."""
    assert readings(printed) == ()


@given(st.text(max_size=20))
def test_every_reading_is_a_code(printed: str) -> None:
    assert all(ucum.measure(code) for code in readings(printed) if code != "{titer}")
