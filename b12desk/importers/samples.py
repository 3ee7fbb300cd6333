"""When two results are of one sample, and when their values are equal (RULES L1)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple, Protocol

from b12desk.domain.analytes import Analyte, catalogue
from b12desk.domain.conversion import rounded
from b12desk.domain.records import Comparator
from b12desk.importers.candidates import Candidate

Key = tuple[str, str]
"""The analyte, or "=" and the raw name, with the printed day of the sample."""


class Result(Protocol):
    """What candidates and recorded results have in common."""

    @property
    def collected(self) -> str | None: ...
    @property
    def value(self) -> str | None: ...
    @property
    def comparator(self) -> Comparator | None: ...
    @property
    def text(self) -> str | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def specimen(self) -> str | None: ...
    @property
    def reference_low(self) -> str | None: ...
    @property
    def reference_high(self) -> str | None: ...
    @property
    def reference_text(self) -> str | None: ...
    @property
    def flag(self) -> str | None: ...


class Recorded(Result, Protocol):
    """What a review needs of a recorded result; `LabResult` has it, and so can a light row of the store."""

    @property
    def id(self) -> str: ...
    @property
    def analyte(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...
    @property
    def loinc(self) -> str | None: ...


class RecordedRow(NamedTuple):
    """A recorded result as the cells of its row: what `Recorded` asks for, without building a record."""

    id: str
    analyte: str | None
    name: str | None
    loinc: str | None
    collected: str
    value: str | None
    comparator: Comparator | None
    text: str | None
    unit: str | None
    specimen: str | None
    reference_low: str | None
    reference_high: str | None
    reference_text: str | None
    flag: str | None


def key_of(result: Recorded | Candidate) -> Key:
    """Under what a result is looked for: its analyte, or its raw name, and its printed day."""
    test = result.analyte or "=" + (result.name or result.loinc or "").strip().casefold()
    return test, (result.collected or "")[:10]


def shown(result: Result) -> str:
    """The value as printed, for a sentence."""
    return f"{result.comparator or ''}{result.value or result.text or ''} {result.unit or ''}".strip()


def same_sample(one: Result, other: Result) -> bool:
    """Whether two results of one test and day are of one sample: equal times at the coarser precision."""
    if one.specimen and other.specimen and one.specimen != other.specimen:
        return False
    mine, theirs = one.collected or "", other.collected or ""
    if mine == theirs:
        return True
    length = min(len(mine), len(theirs), 19 if min(len(mine), len(theirs)) >= 19 else 16)
    return mine[:length] == theirs[:length]


def equal(one: Result, other: Result) -> bool:
    """Same comparator and equal value, or equal after a factor at the fewer digits; or the same text."""
    if one.comparator != other.comparator or (one.value is None) != (other.value is None):
        return False
    if one.value is None or other.value is None:
        return (one.text or "").strip().casefold() == (other.text or "").strip().casefold()
    if one.unit == other.unit:
        return one.value == other.value or Decimal(one.value) == Decimal(other.value)
    return _equal_across(one, other, _analyte_of(one) or _analyte_of(other))


def _analyte_of(result: Result) -> Analyte | None:
    return catalogue().by_id.get(getattr(result, "analyte", None) or "")


def _equal_across(one: Result, other: Result, analyte: Analyte | None) -> bool:
    """A laboratory that prints both units has turned and rounded one of them: either way round counts."""
    if analyte is None or one.value is None or other.value is None:
        return False
    digits = min(len(Decimal(value).as_tuple().digits) for value in (one.value, other.value))
    pairs = ((one.value, one.unit, other.value, other.unit), (other.value, other.unit, one.value, one.unit))
    for value, unit, printed, printed_unit in pairs:
        turned = analyte.convert(value, unit, printed_unit)
        if turned is not None and rounded(turned, digits) == rounded(printed, digits):
            return True
    return False
