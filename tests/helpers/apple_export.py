"""A small Apple Health export as a phone writes it, and what can be changed in it for a test."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = "apple_health_export"
DIETARY = (
    '<Record type="HKQuantityTypeIdentifierDietaryVitaminB12" sourceName="Food diary" unit="mcg" '
    'startDate="2024-05-01 12:00:00 +0200" endDate="2024-05-01 12:00:00 +0200" value="250"/>'
)
STEPS = (
    '<Record type="HKQuantityTypeIdentifierStepCount" sourceName="Phone" unit="count" '
    'startDate="2024-05-01 12:00:00 +0200" endDate="2024-05-01 12:01:00 +0200" value="90">'
    '<MetadataEntry key="HKWasUserEntered" value="0"/></Record>'
)
CLINICAL = (
    '<ClinicalRecord type="HKClinicalTypeIdentifierLabResultRecord" identifier="o1" sourceName="Clinic" '
    'sourceURL="https://example.org/fhir" fhirVersion="4.0.1" receivedDate="2024-05-06 08:00:00 +0200" '
    'resourceFilePath="/clinical-records/Observation-1.json"/>'
)
OLD_DTD = """<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 3 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>
<!ATTLIST HealthData locale CDATA #REQUIRED>
<!ATTLIST Record type CDATA #REQUIRED value CDATA #IMPLIED>
]>
"""


def export_xml(*entries: str, before: str = OLD_DTD) -> str:
    """export.xml with these entries."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{before}<HealthData locale="en_GB">\n'
        '<ExportDate value="2024-06-01 10:00:00 +0200"/>\n'
        '<Me HKCharacteristicTypeIdentifierDateOfBirth="1970-02-03"/>\n'
        + "\n".join(entries)
        + "\n</HealthData>\n"
    )


def observation(number: int, value: str = "212", **more: Any) -> dict[str, Any]:
    """A laboratory result as a clinic's server hands it to a phone."""
    return {
        "resourceType": "Observation",
        "id": str(number),
        "status": "final",
        "subject": {"reference": "Patient/77"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "14685-2"}], "text": "Vitamin B12"},
        "effectiveDateTime": f"2024-05-{number:02d}T09:30:00+02:00",
        "valueQuantity": {"value": float(value), "unit": "pmol/L", "code": "pmol/L"},
        "referenceRange": [{"low": {"value": 145}, "high": {"value": 569}}],
    } | more


PATIENT = {
    "resourceType": "Patient",
    "id": "77",
    "name": [{"family": "Berg", "given": ["Anna"]}],
    "birthDate": "1970-02-03",
}
SHOT = {"resourceType": "Immunization", "id": "9", "status": "completed"}
REPORT = {
    "resourceType": "DiagnosticReport",
    "id": "5",
    "status": "final",
    "subject": {"reference": "Patient/77"},
    "effectiveDateTime": "2024-05-20T08:00:00+02:00",
    "result": [{"reference": "#hb"}],
    "contained": [
        {
            "resourceType": "Observation",
            "id": "hb",
            "status": "final",
            "code": {"coding": [{"system": "http://loinc.org", "code": "718-7"}], "text": "Haemoglobin"},
            "valueQuantity": {"value": 13.2, "unit": "g/dL", "code": "g/dL"},
        }
    ],
}
RECORDS: Mapping[str, Any] = {
    "Observation-1.json": observation(1),
    "Observation-2.json": observation(2, "640"),
    "DiagnosticReport-5.json": REPORT,
    "Patient-77.json": PATIENT,
    "Immunization-9.json": SHOT,
}


def write_export(
    path: Path, xml: str, records: Mapping[str, Any] = RECORDS, name: str = "export.xml"
) -> Path:
    """export.zip with export.xml, a Mac's doubles, and clinical records; a text stays as it is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"__MACOSX/{FOLDER}/._{name}", b"\x00\x05\x16\x07Mac OS X")
        archive.writestr(f"{FOLDER}/export_cda.xml", "<ClinicalDocument/>")
        archive.writestr(f"{FOLDER}/{name}", xml)
        for file, record in records.items():
            text = record if isinstance(record, str) else json.dumps(record)
            archive.writestr(f"{FOLDER}/clinical-records/{file}", text)
    return path
