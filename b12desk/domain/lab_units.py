"""Units as laboratories spell them ("K/cumm", "Tsd/µl", "X 10-9/l", "mcU/mL") to UCUM codes.

A spelling can have more than one reading ("G/L" is giga per litre for cells, gram per litre in a report set
in capitals); `readings` gives all, the likeliest first, and the analyte decides which one fits.
"""

from __future__ import annotations

import re
from functools import lru_cache

from b12desk.domain import ucum

_MARKS = str.maketrans(
    {
        "\u00b5": "u",
        "\u03bc": "u",
        "\u00a0": " ",
        "\u202f": " ",
        "×": "x",
        "−": "-",
        "–": "-",
        "·": ".",
        "⋅": ".",
        **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)),
        "⁻": "-",
    }
)
_PARTS = {
    **dict.fromkeys(("g", "gm", "gms", "gr", "gram", "grams", "gramm"), "g"),
    **dict.fromkeys(("mg", "mgm", "milligram", "milligrams"), "mg"),
    **dict.fromkeys(("ug", "mcg", "mcgm", "microg", "microgram", "micrograms", "microgramme", "gamma"), "ug"),
    **dict.fromkeys(("ng", "nanogram", "nanograms"), "ng"),
    **dict.fromkeys(("pg", "picogram", "picograms"), "pg"),
    **dict.fromkeys(("mol", "mole", "moles"), "mol"),
    **dict.fromkeys(("mmol", "mmole", "mmoles"), "mmol"),
    **dict.fromkeys(("umol", "mcmol", "micromol", "umole", "mumol"), "umol"),
    **dict.fromkeys(("nmol", "nmole", "nanomol"), "nmol"),
    **dict.fromkeys(("pmol", "pmole", "picomol"), "pmol"),
    **dict.fromkeys(("fmol", "fmole"), "fmol"),
    **dict.fromkeys(("meq", "mval"), "meq"),
    **dict.fromkeys(("l", "lt", "ltr", "litre", "liter", "litro"), "L"),
    **dict.fromkeys(("dl", "100ml"), "dL"),
    **dict.fromkeys(("ml", "cc", "cm3"), "mL"),
    **dict.fromkeys(("ul", "mcl", "mm3", "mm^3", "cmm", "cumm", "cu.mm", "cubicmm", "microl", "mmc"), "uL"),
    **dict.fromkeys(("nl",), "nL"),
    **dict.fromkeys(("pl",), "pL"),
    **dict.fromkeys(("fl", "femtolitre", "femtoliter", "um3", "cumic", "micron3", "um^3"), "fL"),
    **dict.fromkeys(("u", "unit", "units", "e", "einh", "einheiten", "eu", "ue"), "U"),
    **dict.fromkeys(("mu",), "mU"),
    **dict.fromkeys(("uu", "mcu"), "uU"),
    **dict.fromkeys(("ku", "ke"), "kU"),
    **dict.fromkeys(("iu", "ie", "ui", "[iu]"), "[IU]"),
    **dict.fromkeys(("miu", "mie", "mui", "m[iu]"), "m[IU]"),
    **dict.fromkeys(("uiu", "mciu", "uie", "uui", "mcui", "u[iu]", "microiu"), "u[IU]"),
    **dict.fromkeys(("au", "ae", "arbu", "arb.u", "[arb'u]"), "[arb'U]"),
    "ukat": "ukat",
    "nkat": "nkat",
    "mckat": "ukat",
    "kat": "kat",
    **dict.fromkeys(("min", "minute"), "min"),
    **dict.fromkeys(
        ("k", "thou", "thous", "thousand", "thousands", "tsd", "tausend", "th", "mil", "mille"), "10*3"
    ),
    **dict.fromkeys(("m", "mio", "mill", "million", "millions", "mln", "millionen", "mil.l"), "10*6"),
    **dict.fromkeys(("gpt", "giga", "gc"), "10*9"),
    **dict.fromkeys(("t", "tpt", "tera", "tc"), "10*12"),
    **dict.fromkeys(("", "#", "cell", "cells", "zellen", "cellules", "cellen", "celler", "{cells}", "n"), ""),
}
_WHOLE = {
    **dict.fromkeys(
        ("%", "percent", "prozent", "procent", "pct", "vol%", "vol.%", "vol-%", "%vol", "v%"), ("%",)
    ),
    **dict.fromkeys(("\u2030", "/1000", "o/oo", "promille"), ("[ppth]",)),
    "f/l": ("fL",),
    "g%": ("g/dL",),
    "gm%": ("g/dL",),
    "mg%": ("mg/dL",),
    "ug%": ("ug/dL",),
    "mcg%": ("ug/dL",),
    "g/l": ("g/L",),
    "tir": ("{titer}",),
    "titer": ("{titer}",),
    "titre": ("{titer}",),
}
_POWER = re.compile(
    r"(?:x|\*)?10(?:\*{1,2}|\^|e\+?|exp|\+|-|x|\.)?0?(3|6|9|12)(?:x|\.)?(?:cells?|zellen|n)?\Z"
)
_SURFACE = re.compile(r"(?:/|per|p\.)?\(?1[.,]73(?:sqm|qm|m\*?\^?2|m²|m)?\)?(?:bsa|kof)?\Z")
_CREATININE = re.compile(r"\{?(?:of)?(?:creat|crea|cr|kreat|krea|kr)[a-z]*\.?\}?\Z")


@lru_cache(maxsize=2048)
def readings(reported: str) -> tuple[str, ...]:
    """The UCUM codes that a printed unit can mean, the likeliest first; empty where it is not known.

    A unit whose micro sign was lost ("?mol/L") has no reading: it could be any.
    """
    text = re.sub(r"\s+", " ", reported.translate(_MARKS)).strip()
    if not text:
        return ()
    spelled = text.replace(" ", "")
    folded = spelled.casefold()
    if renal := _renal(folded):
        return (renal,)
    if ucum.measure(text) is not None and not re.match(r"\d+/", text):  # "109/L" has lost its superscript
        return _with_arbitrary(ucum.canonical(text))
    if re.match(r"G/[lL]\Z", spelled):
        return ("10*9/L", "g/L")
    if folded in _WHOLE:
        return _WHOLE[folded]
    code = _ratio_to_creatinine(folded) or _by_parts(folded)
    return _with_arbitrary(code) if code and ucum.measure(code) else ()


def _with_arbitrary(code: str) -> tuple[str, ...]:
    """Laboratories print U where they mean [IU] (thyrotropin) and IU where they mean U (enzymes)."""
    if "[IU]" in code:
        return code, code.replace("[IU]", "U")
    if re.search(r"(?<![A-Za-z'])[mu]?U(?![A-Za-z\]])", code):
        return code, re.sub(r"(?<![A-Za-z'])([mu]?)U(?![A-Za-z\]])", r"\1[IU]", code)
    return (code,)


def _renal(folded: str) -> str | None:
    """mL/min per 1.73 square metres in its many spellings; without them it stays mL/min."""
    if not folded.startswith("ml/min"):
        return None
    rest = folded.removeprefix("ml/min")
    return "mL/min/{1.73_m2}" if _SURFACE.match(rest) else None


def _ratio_to_creatinine(folded: str) -> str | None:
    first, slash, second = folded.partition("/")
    for unit in ("mmol", "mol", "mg", "g"):
        if slash and second.startswith(unit) and _CREATININE.match(second[len(unit) :]):
            over = _PARTS.get(first)
            return f"{over}/{unit}{{creat}}" if over else None
    return None


def _by_parts(folded: str) -> str | None:
    first, slash, second = folded.partition("/")
    power = _POWER.match(first)
    over = f"10*{power[1]}" if power else _PARTS.get(first.rstrip("."))
    if over is None:
        return None
    if not slash:
        return over or None
    under = _PARTS.get(second.rstrip("."))
    if under == "":  # "pg/cell"
        return over or None
    if under is None or under.startswith("10*"):
        return None
    return f"{over}/{under}"
