"""Unit codes as they are printed."""

from __future__ import annotations

import pytest

from b12desk.domain.printed_units import in_print


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("umol/L", "µmol/L"),
        ("ug/L", "µg/L"),
        ("ukat/L", "µkat/L"),
        ("10*3/uL", "10³/µL"),
        ("10*12/L", "10¹²/L"),
        ("u[IU]/mL", "µIU/mL"),
        ("m[IU]/L", "mIU/L"),
        ("[arb'U]/mL", "U/mL"),
        ("mmol/mol{creat}", "mmol/mol creatinine"),
        ("mL/min/{1.73_m2}", "mL/min/1.73 m²"),
        ("{titer}", "titre"),
        ("pmol/L", "pmol/L"),
        ("fL", "fL"),
        ("%", "%"),
        ("", ""),
        ("units", "units"),
    ],
)
def test_in_print(code: str, printed: str) -> None:
    assert in_print(code) == printed
