"""UCUM codes as people read them: "umol/L" as "µmol/L", "10*9/L" as "10⁹/L"."""

from __future__ import annotations

import re

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTES = {"creat": " creatinine", "1.73_m2": "1.73 m²", "titer": "titre"}
_MICRO = re.compile(r"(?<![A-Za-z])u(?=(g|L|mol|kat|m)\b|\[)")


def in_print(code: str) -> str:
    """Write a UCUM code for the eye; what it does not know stays as it is.

    Only letters change, never the quantity: arbitrary units lose their brackets, notes their braces.
    """
    text = _MICRO.sub("µ", code)
    text = re.sub(r"10\*(\d+)", lambda power: "10" + power[1].translate(_RAISED), text)
    text = re.sub(r"\{([^}]*)\}", lambda note: _NOTES.get(note[1], note[1]), text)
    return re.sub(r"\[(?:arb')?(\w+)\]", r"\1", text).strip()
