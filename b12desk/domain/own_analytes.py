"""Laboratory tests that a person added: beside the listed ones, with their own unit and never converted."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from b12desk.domain.analytes import Analyte, Catalogue, normal
from b12desk.domain.errors import Invalid, WorldError
from b12desk.domain.lab_units import readings
from b12desk.domain.records import OwnAnalyte

PREFIX = "own:"
"""What sets the ids of own tests apart from the listed ones, which may grow with each release."""


def as_analyte(own: OwnAnalyte) -> Analyte:
    """An own test for forms, charts and imports; words such as "negative" are results of it too."""
    units = {own.unit: (Fraction(1), None)} if own.unit else {}
    return Analyte(
        id=own.analyte,
        label=own.label,
        si=own.unit,
        units=units,
        soft=None,
        loinc={},
        takes_text=True,
        urine=False,
        excluded=frozenset(),
    )


def id_for(label: str, known: Catalogue) -> str:
    """The id of a new own test, made of its label.

    Raises:
        Invalid: the label has no letter or digit, or is the name of a listed test.
        WorldError: `exists` where the person has one of this name.
    """
    words = normal(label)
    if not words:
        raise Invalid("A laboratory test needs a name.", "label")
    if listed := known.by_name(label):
        raise Invalid(f"“{label}” is in the list already, as {listed[0].label}.", "label")
    new_id = PREFIX + "-".join(words.split())
    if new_id in known.by_id:
        raise WorldError("exists", f"There is already a laboratory test called “{label}”.")
    return new_id


def own_unit(typed: str | None) -> str | None:
    """The UCUM code of a typed unit, or the text as typed where it is no known unit; None for none."""
    typed = (typed or "").strip()
    return next(iter(readings(typed)), typed) if typed else None


def add_own(catalogue: Catalogue, items: Iterable[OwnAnalyte]) -> Catalogue:
    """Add own tests to a catalogue, which is changed and given back; they are found by id only."""
    for own in items:
        catalogue.by_id[own.analyte] = as_analyte(own)
    return catalogue
