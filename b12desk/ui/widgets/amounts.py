"""Checks of typed amounts for fields: what was understood, in both units."""

from __future__ import annotations

from b12desk.domain.errors import Invalid
from b12desk.domain.units import both_units, read_amount

MASSES = ("ug", "mg", "g", "[IU]")


def _sentence(error: Invalid) -> str:
    return error.message.removeprefix(f"{error.path}: ") if error.path else error.message


def dose_in_words(text: str) -> str:
    """ "1 mg" gives "1 mg (1000 micrograms)"; raises ValueError with what is wrong."""
    try:
        return both_units(read_amount(text, units=MASSES))
    except Invalid as error:
        raise ValueError(_sentence(error)) from None


def strength_in_words(text: str) -> str:
    """A strength per millilitre, in both units; raises ValueError."""
    try:
        return both_units(read_amount(text, per_volume=True))
    except Invalid as error:
        raise ValueError(_sentence(error)) from None


def volume_in_words(text: str) -> str:
    """A volume in millilitres, empty where it would only repeat what is typed; raises ValueError."""
    try:
        understood = str(read_amount(text, units=("mL",)))
    except Invalid as error:
        raise ValueError(_sentence(error)) from None
    return "" if understood == " ".join(text.split()) else understood
