"""The steps that make and change the diary's tables, one function each, never edited once released.

The columns are written out here and not taken from the records: a released step must make the same tables
for ever, while the records go on changing. A test holds the outcome of all steps equal to the records.
"""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from b12desk.store.schema import APPLICATION_ID, MIGRATION_SET

diary_migrations = Migrations(MIGRATION_SET)

_Link = tuple[str, str, str]


def _record_table(
    db: Database,
    name: str,
    *,
    text: str = "",
    number: str = "",
    optional: str = "",
    links: tuple[_Link, ...] = (),
) -> None:
    """Create a STRICT table with the four columns of every record and the ones named.

    `text` and `number` columns must have a value; `optional` ones are text that may be absent, or whole
    numbers where written `name:int`. `links` are foreign keys (column, table, column).
    """
    required = ["id", "person_id", "recorded_by", "recorded_at", *text.split()]
    columns: dict[str, Any] = dict.fromkeys(required, str) | dict.fromkeys(number.split(), int)
    not_null = set(columns)
    for column in optional.split():
        plain, _, whole = column.partition(":")
        columns[plain] = int if whole else str
    db.create_table(
        name,
        columns,
        pk="id",
        not_null=not_null,
        foreign_keys=[("person_id", "person", "id"), *links],
        strict=True,
    )


def _create_regimen(db: Database) -> None:
    _record_table(
        db,
        "person",
        text="name colour neurological",
        number="sample",
        optional="birth_date sex cause allergies diet gastric_history medicines taught_by taught_on clinic "
        "clinic_contact emergency_number contact_after_weeks:int",
    )
    _record_table(db, "product", text="name form source", optional="strength volume brand note")
    _record_table(
        db,
        "plan",
        text="started_on anchor phases",
        number="grace_days lifelong",
        optional="first_on ordered_by why review_on min_gap_days:int book_weeks_before:int preset",
    )
    of_plan = (("plan_id", "plan", "id"),)
    _record_table(db, "phase_step", text="plan_id on told_by", optional="note", links=of_plan)
    _record_table(db, "agreed_date", text="plan_id on told_by", optional="note", links=of_plan)
    _record_table(db, "snooze", text="occurrence_on until track")


def _create_entries(db: Database) -> None:
    _record_table(
        db,
        "injection",
        text="on zone precision product_id tags place",
        number="given_elsewhere",
        optional="at dose volume route site side needle given_by lot expiry note effect_until answers",
        links=(("product_id", "product", "id"),),
    )
    _record_table(db, "not_given", text="planned reason", optional="moved_to note")
    _record_table(
        db,
        "reaction",
        text="area what severity on",
        optional="injection_id at until note",
        links=(("injection_id", "injection", "id"),),
    )
    _record_table(db, "score", text="symptom on", number="score", optional="at note")
    _record_table(db, "trend", text="on direction", optional="symptom since note")
    _record_table(db, "event", text="what on tags", optional="until text")
    _record_table(db, "symptom_item", text="symptom", number="shown position", optional="label")


def _create_labs(db: Database) -> None:
    _record_table(db, "document", text="name sha256 format", number="size kept")
    _record_table(
        db,
        "lab_result",
        text="collected status",
        number="baseline",
        optional="analyte name loinc value comparator text unit unit_reported reference_low reference_high "
        "reference_text flag lab method specimen document_id where note",
        links=(("document_id", "document", "id"),),
    )
    _record_table(db, "own_analyte", text="analyte label", optional="unit reference_low reference_high")
    _record_table(db, "lab_assignment", text="name analyte", optional="lab unit_reported")
    db.create_table(
        "document_content",
        {"sha256": str, "data": bytes},
        pk="sha256",
        not_null={"sha256", "data"},
        strict=True,
    )


def _create_history(db: Database) -> None:
    db.create_table(
        "action",
        {
            "seq": int,
            "id": str,
            "name": str,
            "text": str,
            "by": str,
            "at": str,
            "person_id": str,
            "undoes": str,
        },
        pk="seq",
        not_null={"id", "name", "text", "by", "at"},
        strict=True,
    )
    db.create_table(
        "change",
        {"seq": int, "action_seq": int, "kind": str, "record_id": str, "before": str, "after": str},
        pk="seq",
        not_null={"action_seq", "kind", "record_id"},
        foreign_keys=[("action_seq", "action", "seq")],
        strict=True,
    )


# Each index here is paid for by every imported row. Links that are only followed backwards when a document or
# an action is taken back have none: that scans once.
_INDEXES = {
    "product": ("person_id",),
    "plan": ("person_id",),
    "phase_step": ("person_id", "plan_id"),
    "agreed_date": ("person_id", "plan_id"),
    "snooze": ("person_id",),
    "injection": ("person_id,on", "product_id"),
    "not_given": ("person_id,planned",),
    "reaction": ("person_id,on", "injection_id"),
    "score": ("person_id,on",),
    "trend": ("person_id,on",),
    "event": ("person_id,on",),
    "symptom_item": ("person_id",),
    "document": ("person_id", "sha256"),
    "lab_result": ("person_id,collected",),
    "own_analyte": ("person_id",),
    "lab_assignment": ("person_id",),
    "action": ("undoes",),
    "change": ("action_seq",),
}


@diary_migrations()
def m0001_first_schema(db: Database) -> None:
    """Every record kind, the documents' bytes, and the history; the file is marked as a diary."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _create_regimen(db)
    _create_entries(db)
    _create_labs(db)
    _create_history(db)
    for table, indexes in _INDEXES.items():
        for columns in indexes:
            db.table(table).create_index(columns.split(","))
    db.table("action").create_index(["id"], unique=True)
