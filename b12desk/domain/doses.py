"""The questions about a dose and its product before an injection is kept; they ask and never refuse.

Sources: usual injected doses are 30 to 1500 micrograms, the largest labelled one is 50 mg (Japan, 2024, not
for deficiency); mg read as micrograms is the known error (S43); strength times volume must equal the dose,
and no volume to draw up is ever computed (S45).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from b12desk.domain.questions import Question
from b12desk.domain.records import Amount, Injection, Product
from b12desk.domain.units import both_units, micrograms
from b12desk.domain.wording import long_day

UNUSUALLY_SMALL = Fraction(30)
HIGH_STRENGTH = Fraction(1500)
VERY_HIGH = Fraction(10_000)
UNIT_ERROR = Fraction(50_000)


def dose_questions(dose: Amount | None) -> list[Question]:
    """Ask about a dose outside the usual 30 to 1500 micrograms; at most one question, the strongest."""
    size = micrograms(dose) if dose else None
    if dose is None or size is None:
        return []
    shown = both_units(dose)
    if size > UNIT_ERROR:
        meant = f" Did you mean {both_units(Amount(dose.value, 'ug'))}?" if dose.unit != "ug" else ""
        text = (
            f"{shown} is more than any labelled B12 injection, so the unit is almost certainly wrong.{meant}"
        )
        return [Question("dose_over_50000", f"{text} Keep {shown} as typed?")]
    if size > VERY_HIGH:
        return [Question("dose_over_10000", f"{shown} is a very large B12 dose. Is it what the label says?")]
    if size > HIGH_STRENGTH:
        text = f"{shown} is more than most B12 injections. Is it a compounded or high-strength product?"
        return [Question("dose_over_1500", text)]
    if size < UNUSUALLY_SMALL:
        meant = both_units(Amount(dose.value, "mg"))
        text = f"{shown} is less than most B12 injections. Did you mean {meant}? Keep {shown} as typed?"
        return [Question("dose_under_30", text)]
    return []


def strength_question(product: Product | None, volume: Amount | None, dose: Amount | None) -> list[Question]:
    """Ask where strength times volume is not the dose; silent where one of the three is not known."""
    if product is None or product.strength is None or volume is None or dose is None:
        return []
    per_ml = micrograms(Amount(product.strength.value, product.strength.unit.removesuffix("/mL")))
    size = micrograms(dose)
    if per_ml is None or size is None or volume.unit != "mL" or per_ml * Fraction(volume.value) == size:
        return []
    text = (
        f"{product.name} has {product.strength}, and {volume} of it is not {both_units(dose)}. "
        "Please compare with the label. Keep these as typed?"
    )
    return [Question("strength_volume", text)]


def product_question(
    product: Product | None,
    former: Product | None,
    draft: tuple[Amount | None, Amount | None],
    last: Injection | None,
) -> list[Question]:
    """Ask where the product is another one but the dose or the volume stayed (S40).

    `draft` is the new (dose, volume); `former` the product of `last`, the newest injection. A product that
    nobody could name is no change that can be checked.
    """
    if product is None or former is None or product.id == former.id or last is None:
        return []
    if "unknown" in (product.name, former.name):
        return []
    dose, volume = draft
    if (dose is None or dose != last.dose) and (volume is None or volume != last.volume):
        return []
    text = (
        f"The last injection was {former.name}, this one is {product.name}, with the same dose or volume. "
        "Products differ in strength: does this match the label and your prescription?"
    )
    return [Question("product_changed", text)]


def second_today_question(same_day: Sequence[Injection], dose: Amount | None) -> list[Question]:
    """Ask where the day has an injection already, with the sum of the day (S33)."""
    if not same_day:
        return []
    day = long_day(same_day[0].on)
    known = [amount for amount in (*(injection.dose for injection in same_day), dose) if amount is not None]
    sizes = [micrograms(amount) for amount in known]
    total = ""
    if len(known) == len(same_day) + 1 and all(size is not None for size in sizes):
        total = f" Together that day would have {both_units(_sum_of(known))}."
    text = f"An injection is already logged on {day}.{total} Is this a second one?"
    return [Question("second_today", text)]


def _sum_of(amounts: Sequence[Amount]) -> Amount:
    factor = {"ug": Decimal(1), "mg": Decimal(1000), "g": Decimal(1_000_000)}
    return Amount(sum((amount.value * factor[amount.unit] for amount in amounts), Decimal(0)), "ug")
