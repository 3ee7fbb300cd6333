"""The columns of the results table: each value as reported, and in its other unit beside it; no judgement."""

from __future__ import annotations

from b12desk.desk.pictures import shown_range, shown_value
from b12desk.desk.views import LabRow
from b12desk.domain.analytes import Analyte, Catalogue
from b12desk.domain.printed_units import in_print
from b12desk.domain.records import LabResult
from b12desk.ui import words
from b12desk.ui.table_model import Column


def name_of(result: LabResult, catalogue: Catalogue) -> str:
    """What the test is called."""
    known = catalogue.by_id.get(result.analyte or "")
    return known.label if known else result.name or result.loinc or ""


def other_unit(analyte: Analyte, value: str | None, unit: str | None) -> tuple[str, str] | None:
    """The value and unit in SI, or where it is in SI already in the analyte's first other unit."""
    if value is None or unit is None:
        return None
    for target in (analyte.si, *analyte.units):
        if target and target != unit:
            converted = analyte.convert(value, unit, target)
            if converted is not None and converted != value:
                return converted, target
    return None


def other_words(result: LabResult, catalogue: Catalogue) -> str:
    """ ">1476 pmol/L" for ">2000 pg/mL"."""
    known = catalogue.by_id.get(result.analyte or "")
    found = other_unit(known, result.value, result.unit) if known else None
    return f"{result.comparator or ''}{found[0]} {in_print(found[1])}" if found else ""


def columns(catalogue: Catalogue) -> list[Column[LabRow]]:
    """The columns for one catalogue of analytes."""
    tr = words.tr
    return [
        Column(tr("Sample"), lambda row: words.table_day(row.result.on), lambda row: row.result.collected),
        Column(tr("Test"), lambda row: _test(row.result, catalogue), weight=2),
        Column(
            tr("Result"), lambda row: shown_value(row.result), lambda row: _sort_key(row.result, catalogue)
        ),
        Column(tr("Other unit"), lambda row: other_words(row.result, catalogue)),
        Column(tr("Laboratory's range"), lambda row: shown_range(row.result)),
        Column(tr("Its flag"), lambda row: row.result.flag or ""),
        Column(
            tr("Days since"),
            lambda row: "" if row.days_since_injection is None else str(row.days_since_injection),
            lambda row: row.days_since_injection,
            right=True,
        ),
        Column(tr("Laboratory"), lambda row: row.result.lab or "", weight=1),
    ]


def _test(result: LabResult, catalogue: Catalogue) -> str:
    name = name_of(result, catalogue)
    return words.tr("{0}, baseline").format(name) if result.baseline else name


def _sort_key(result: LabResult, catalogue: Catalogue) -> tuple[str, float]:
    """Tests together, and in each the values by their size in one unit."""
    known = catalogue.by_id.get(result.analyte or "")
    text = known.to_si(result.value, result.unit) if known and result.value else None
    try:
        number = float(text or result.value or "nan")
    except ValueError:
        number = float("nan")
    return name_of(result, catalogue), number if number == number else float("-inf")
