"""Apple Health exports (export.zip, or its export.xml alone): the laboratory results of clinical records.

export.xml is streamed for the birth date and for what it says about clinical records; the records themselves
are FHIR files beside it in the ZIP and go through the FHIR reader. Vitamin B12 in food, which an export also
has, is never a blood level and never taken.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from b12desk.domain.analytes import normal
from b12desk.domain.errors import WorldError
from b12desk.importers import fhir
from b12desk.importers.archive import open_archive
from b12desk.importers.candidates import Candidate, FilePatient, Parsed, Problem
from b12desk.importers.fhir_json import Resources, parse_json
from b12desk.importers.tabular import Tick
from b12desk.importers.xml_stream import stream_xml

MAX_EXPORT = 16 * 2**30
MAX_RECORD = 4 * 2**20
MAX_RECORDS_KEPT = 16 * 2**20
"""Bytes of all clinical records that are kept in memory at once; some 8,000 results."""

_HEAD = 64 * 1024
_DIETARY = "HKQuantityTypeIdentifierDietaryVitaminB12"
_BORN = "HKCharacteristicTypeIdentifierDateOfBirth"
_LAB_RECORD = "HKClinicalTypeIdentifierLabResultRecord"
_RECORDS = "clinical-records"
_OF_USE = frozenset({"Observation", "DiagnosticReport", "Specimen", "Patient", "Organization"})


@dataclass(slots=True)
class _Noted:
    """What export.xml itself says."""

    health_data: bool = False
    birth_date: str | None = None
    dietary: int = 0
    lab_records: int = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take one element; nearly all are `Record`, so these come first."""
        if name == "Record":
            if attributes.get("type") == _DIETARY:
                self.dietary += 1
        elif name == "ClinicalRecord":
            self.lab_records += attributes.get("type") == _LAB_RECORD
        elif name == "Me":
            self.birth_date = attributes.get(_BORN) or None
        elif name == "HealthData":
            self.health_data = True


def is_health_data(head: bytes) -> bool:
    """Whether the beginning of an XML file is that of Apple Health's export."""
    return b"<HealthData" in head or b"<!DOCTYPE HealthData" in head


def read_apple_xml(path: Path, tick: Tick | None = None) -> Parsed:
    """Read export.xml on its own; its clinical records are only named there, so none can be read.

    Raises:
        WorldError: `unreadable_file` for broken XML, with the line.
    """
    noted = _Noted()
    with path.open("rb") as stream:
        stream_xml(path.name, stream, noted.start, tick)
    parsed = Parsed(path.name, "apple-health")
    if noted.lab_records:
        what = (
            f"it names {noted.lab_records} laboratory records, which stand in files beside it; "
            "please take the whole export.zip"
        )
        parsed.problems.append(Problem(path.name, what))
    return _finished(parsed, noted, path.name)


def read_apple_zip(path: Path, tick: Tick | None = None) -> Parsed | None:
    """Read export.zip, or None where the ZIP holds no Apple Health export.

    Raises:
        WorldError: `unreadable_file` for a damaged, locked or malicious ZIP, or broken XML in it.
    """
    with open_archive(path) as archive:
        entry = _export_entry(archive)
        if entry is None:
            return None
        if entry.file_size > MAX_EXPORT:
            what = (
                f"{path.name} would unpack to {entry.file_size // 2**30} GB, which no export of a phone does."
            )
            raise WorldError("unreadable_file", what)
        noted = _Noted()
        with archive.open(entry) as stream:
            stream_xml(f"{path.name}, {entry.filename}", stream, noted.start, tick)
        problems: list[Problem] = []
        resources = _clinical_records(archive, entry, problems, tick)
        parsed = Parsed(path.name, "apple-health", problems=problems)
        fhir.read_observations(parsed, resources)
        return _finished(parsed, noted, entry.filename)


def _export_entry(archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    """The export itself, told by its content: its name depends on the phone's language."""
    for entry in archive.infolist():
        parts = PurePosixPath(entry.filename).parts
        if len(parts) <= 2 and parts[0] != "__MACOSX" and entry.filename.lower().endswith(".xml"):
            with archive.open(entry) as stream:
                if is_health_data(stream.read(_HEAD)):
                    return entry
    return None


def _clinical_records(
    archive: zipfile.ZipFile, export: zipfile.ZipInfo, problems: list[Problem], tick: Tick | None
) -> Resources:
    """The FHIR files of the export that a laboratory result can need, one after the other."""
    folder = (*PurePosixPath(export.filename).parts[:-1], _RECORDS)
    resources, kept, read = Resources(), 0, 0
    for entry in archive.infolist():
        place = PurePosixPath(entry.filename)
        if place.parts[:-1] != folder or place.suffix.lower() != ".json":
            continue
        where = f"{_RECORDS}/{place.name}"
        if entry.file_size > MAX_RECORD:
            problems.append(Problem(where, f"it is larger than {MAX_RECORD // 2**20} MB and was not read"))
            continue
        with archive.open(entry) as stream:
            resource = _record(stream, where, problems)
        if resource is None or resource.get("resourceType") not in _OF_USE:
            continue
        kept += entry.file_size
        if kept > MAX_RECORDS_KEPT:
            problems.append(
                Problem(where, "this and later clinical records were not read: there are too many")
            )
            break
        try:
            resources.add(where, resource)
        except RecursionError:
            problems.append(Problem(where, "it is nested without end"))
        read += 1
        if tick is not None:
            tick(read)
    return resources


def _record(stream: IO[bytes], where: str, problems: list[Problem]) -> dict[str, Any] | None:
    """One clinical record; a broken one is told and does not keep the others back."""
    try:
        data = parse_json(stream.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        problems.append(Problem(where, "it is no UTF-8 text"))
    except json.JSONDecodeError as error:
        problems.append(Problem(where, f"it is broken JSON in line {error.lineno}: {error.msg}"))
    except RecursionError:
        problems.append(Problem(where, "it is nested without end"))
    else:
        return data if isinstance(data, dict) else None
    return None


def _finished(parsed: Parsed, noted: _Noted, export: str) -> Parsed:
    if not noted.health_data:
        raise WorldError("unreadable_file", f"{parsed.file} is XML, but no export of Apple Health.")
    _one_person(parsed, noted)
    if noted.dietary:
        entries = "entry" if noted.dietary == 1 else "entries"
        what = f"{noted.dietary} {entries} of vitamin B12 in food: no blood level, so not taken"
        parsed.problems.append(Problem(export, what))
    if not parsed.candidates and not parsed.unmapped:
        parsed.problems.append(Problem(export, "no laboratory results found"))
    return parsed


def _one_person(parsed: Parsed, noted: _Noted) -> None:
    """Fold the people of the records into one where nothing tells them apart.

    A phone has one owner, whom each hospital numbers anew; other names or birth dates stay other people.
    """
    people: list[FilePatient] = []
    moved: dict[int | None, int] = {}
    for index, patient in enumerate(parsed.patients):
        if patient.name is None and patient.birth_date is None:
            continue
        same = next((at for at, other in enumerate(people) if _same(patient, other)), None)
        if same is None:
            same = len(people)
            people.append(patient)
        moved[index] = same
    if not people:
        people.append(FilePatient(None, noted.birth_date))
    results: list[Candidate] = [*parsed.candidates, *parsed.unmapped]
    for candidate in results:
        candidate.patient = moved.get(candidate.patient, 0)
    parsed.patients[:] = people


def _same(one: FilePatient, other: FilePatient) -> bool:
    if one.birth_date and other.birth_date and one.birth_date != other.birth_date:
        return False
    mine, theirs = set(normal(one.name or "").split()), set(normal(other.name or "").split())
    return mine <= theirs or theirs <= mine
