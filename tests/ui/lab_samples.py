"""Small laboratory files for the tests of the import review."""

from __future__ import annotations

from pathlib import Path

HEAD = "Date,Test,Result,Unit,Reference range,Flag\n"
PLAIN = (
    HEAD
    + "2026-10-05,Vitamin B12,312,pg/mL,200 - 900,\n"
    + "2026-10-05,Ferritin,58,ug/L,15 - 300,\n"
    + "2026-10-05,Sodium,140,mmol/L,135 - 145,\n"
)
TWO_OF_ONE_DAY = HEAD + "2026-10-05,Vitamin B12,312,pg/mL,,\n2026-10-05,Vitamin B12,340,pg/mL,,\n"
TWO_READINGS = "Datum;Test;Ergebnis;Einheit\n2026-10-05;Ferritin;1.000;ug/L\n"
OTHER_VALUE = HEAD + "2026-10-05T09:30,Vitamin B12,400,pg/mL,,\n"
UNDATED = "Test,Result,Unit\nVitamin B12,312,pg/mL\n"
TWO_PEOPLE = (
    "Patient,Date,Test,Result,Unit\n"
    "Ann Example,2026-10-05,Vitamin B12,312,pg/mL\n"
    "Bo Example,2026-10-05,Vitamin B12,250,pg/mL\n"
)


def file_of(folder: Path, text: str, name: str = "lab.csv") -> Path:
    """The text as a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
