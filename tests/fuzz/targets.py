"""The readers that are fuzzed: the one list that a new reader joins."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "data" / "labs"
REAL = Path(os.environ.get("B12DESK_LAB_FILES", ROOT.parent / "shared" / "lab_files"))
"""Real public files, mutated as well where they are there."""


@dataclass(frozen=True)
class Target:
    """A reader with its seeds and the words that its made-up inputs consist of.

    Attributes:
        seeds: file names in tests/data/labs; and patterns in the folder of real files.
        start: how a made-up input begins, so that it reaches the reader.
        share: its part of all inputs; the slow ones have less.
    """

    name: str
    seeds: tuple[str, ...]
    start: str
    words: tuple[str, ...]
    share: float = 1.0

    def seed_files(self) -> list[Path]:
        """The seeds that are there, the small ones first."""
        found = {
            path
            for pattern in self.seeds
            for folder in (OWN, REAL)
            for path in folder.glob(pattern)
            if path.is_file()
        }
        return sorted(found, key=lambda path: (path.stat().st_size, path.name))


NUMBERS = (
    *("0", "-1", "1e999", "NaN", "Infinity", "1.000", "1,000", "1.2.3", "<5", ">=1e30", "9" * 40),
    *("٣", "½", "\u2212" + "1", "0x10", "1e-400", "8.199999999999999"),
)
DATES = (
    "2024-01-02",
    "00000101",
    "9999-12-31",
    "20240230",
    "0",
    "2024-13-01T25:61",
    "31/12/2024",
    "202401021530+9999",
)
TESTS = ("Hb", "Vitamin B12", "2132-9", "718-7", "Ferritin", "%", "g/dL", "pmol/L", "G/L", "{}", "10*9/L")

_HL7 = (
    "MSH|^~\\&|",
    "PID|1||7||A^B||19700101",
    "OBR|1||x|y^z|||",
    "OBX|1|NM|2132-9^B12^LN||",
    "OBX|1|SN|",
    "OBX|",
    "NTE|1||",
    "SPM|",
    "\r",
    "\n",
    "|",
    "^",
    "~",
    "&",
    "\\",
    "\\X41\\",
    "\\.br\\",
    '""',
    "FHS|",
    "BTS|",
    "\x0b",
)
_CDA = (
    "<section>",
    "</section>",
    "<code code='30954-2'/>",
    "<entry>",
    "</entry>",
    "<organizer>",
    "</organizer>",
    "<observation>",
    "</observation>",
    "<component>",
    "</component>",
    "<value xsi:type='PQ' value='",
    "' unit='",
    "'/>",
    "<code code='2132-9' codeSystem='2.16.840.1.113883.6.1'/>",
    "<effectiveTime value='",
    "<low value='",
    "<translation value='",
    "<value xsi:type='IVL_PQ'>",
    "</value>",
    "<originalText>",
    "</originalText>",
    "&amp;",
    "&x;",
    "<!DOCTYPE a [<!ENTITY x 'y'>]>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "nullFlavor='NI'",
)
_JSON = (
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    '"',
    '"resourceType"',
    '"Bundle"',
    '"Observation"',
    '"entry"',
    '"resource"',
    '"valueQuantity"',
    '"value"',
    '"unit"',
    '"code"',
    '"coding"',
    '"system"',
    '"http://loinc.org"',
    '"status"',
    '"effectiveDateTime"',
    '"component"',
    '"contained"',
    '"subject"',
    '"reference"',
    "null",
    "true",
    "\\u0000",
    "\n",
)
_TABLE = (
    ",",
    ";",
    "\t",
    "|",
    "\n",
    "\r\n",
    '"',
    "Date",
    "Test",
    "Result",
    "Unit",
    "Patient",
    "Name",
    "Reference",
    "=1+1",
)
_APPLE = (
    "<Record type='",
    "/>",
    "<ClinicalRecord ",
    "<Me ",
    "value='",
    "unit='",
    "'",
    ">",
    "<HealthData>",
    "HKQuantityTypeIdentifierDietaryVitaminB12",
    "resourceFilePath='/clinical-records/a.json'",
    "startDate='",
)
_PDF = (
    "%PDF-1.7\n",
    "1 0 obj\n",
    "endobj\n",
    "<<",
    ">>",
    "/Type",
    "/Page",
    "/Pages",
    "/Kids",
    "/Length ",
    "stream\n",
    "endstream\n",
    "BT ",
    "(Hb 14.2 g/dL) Tj ",
    "ET\n",
    "xref\n",
    "trailer\n",
    "startxref\n",
    "%%EOF",
    "[",
    "]",
    "1 0 R",
    "/Filter /FlateDecode",
    "/Encrypt",
)

TARGETS = (
    Target("tables", ("*.csv", "*.tsv", "csv/*.csv", "csv/*.tsv"), "Date,Test,Result,Unit\n", _TABLE),
    Target(
        "xlsx",
        ("*.xlsx", "xlsx/*.xlsx"),
        "PK\x03\x04",
        ("PK\x05\x06", "xl/workbook.xml", "[Content_Types].xml"),
        0.5,
    ),
    Target("fhir", ("*.json", "fhir/*.json", "fhir/us-core/*.json"), "{", _JSON),
    Target("fhir-ndjson", ("*.ndjson", "fhir/us-core/*.json"), '{"resourceType":"Patient"}\n{', _JSON, 0.6),
    Target("hl7v2", ("hl7*.hl7", "hl7v2/*"), "MSH|^~\\&|", _HL7),
    Target("cda", ("cda*.xml", "cda/*.xml"), "<section>", _CDA),
    Target("apple-health", ("apple*", "apple/*"), "<HealthData>", _APPLE),
    Target("pdf", ("*.pdf", "pdf/*.pdf"), "%PDF-1.7\n", _PDF, 0.4),
)
