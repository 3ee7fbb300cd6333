"""Questions about one laboratory value before it is kept: its unit, its size, its code; they never refuse."""

from __future__ import annotations

from b12desk.domain import ucum
from b12desk.domain.analytes import Analyte
from b12desk.domain.conversion import EXACT
from b12desk.domain.questions import Question


def value_questions(
    analyte: Analyte, value: str, unit: str | None, printed_unit: str | None = None
) -> tuple[Question, ...]:
    """Ask about a value outside the soft limits, and about the unit where another one would make it common.

    `value` is a plain number; `unit` is UCUM, None where the report prints none or one that cannot be read
    (`printed_unit`). At most one question.
    """
    shown = f"{analyte.label} {value}"
    if unit is None:
        said = f"with a unit that cannot be read (“{printed_unit}”)" if printed_unit else "without a unit"
        return (Question("unit_likely_other", f"The report gives {shown} {said}. Keep it so?"),)
    if analyte.accept((unit,)) is None:
        text = f"{shown} {unit}: reports do not give this test in {unit}. Is it what the report says?"
        return (Question("unit_likely_other", text),)
    number = float(value)
    if not analyte.rare(number, unit):
        return ()
    for other in (*analyte.units, analyte.si):
        if (
            other is not None
            and analyte.factor(unit, other) not in (None, EXACT)
            and not analyte.rare(number, other)
        ):
            text = (
                f"{shown} {unit} is rare on reports; in {other} it would be common. Keep {unit} as printed?"
            )
            return (Question("unit_likely_other", text),)
    return (
        Question(
            "value_outside_soft_limits", f"{shown} {unit} is rare on reports. Is it what the report says?"
        ),
    )


def code_question(analyte: Analyte, loinc: str, unit: str | None) -> Question | None:
    """Ask where a LOINC code stands for another kind of unit than the printed one, which is kept."""
    meant = analyte.loinc.get(loinc)
    if meant is None or unit is None or meant == unit:
        return None
    one, other = ucum.measure(meant), ucum.measure(unit)
    if one is None or other is None or one.dimension == other.dimension:
        return None
    if analyte.factor(meant, unit) == EXACT or {meant, unit} <= {"mmol/L", "meq/L"}:
        return None
    text = (
        f"The report's code {loinc} stands for a result in {meant}, but the printed unit is {unit}. "
        f"The printed unit is kept. Is {unit} right?"
    )
    return Question("unit_likely_other", text)
