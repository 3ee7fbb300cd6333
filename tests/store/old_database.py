"""Makes the file that a released schema leaves behind: `python -m tests.store.old_database`, once a step.

It holds one record of every kind. A file that is there is never made again: it stays what that version wrote.
"""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from pathlib import Path

from b12desk.domain.records import (
    AgreedDate,
    Amount,
    Document,
    Event,
    Every,
    Injection,
    LabAssignment,
    LabResult,
    NotGiven,
    OwnAnalyte,
    Phase,
    PhaseStep,
    Plan,
    Reaction,
    Record,
    Snooze,
    SymptomItem,
    Trend,
    Until,
)
from b12desk.store.diary import Change, Diary
from b12desk.store.schema import MIGRATION_NAMES
from tests.store.conftest import MOMENT, Scribe, ann, product, score

FOLDER = Path(__file__).resolve().parents[1] / "data" / "old_databases"
TODAY = MOMENT.date()
DIGEST = "1a9db0ebe1da78db8d0e5e0d9c7b8a5ab3b0e3f5e1a7d2a9f3c1d0b2e4f6a8c0"


def path_for(name: str) -> Path:
    """Where the file of one step stands."""
    return FOLDER / f"{name.removeprefix('m')}.db"


def every_kind() -> list[Record]:
    """One record of each kind, with the fields whose form on disk is easy to get wrong."""
    dose = Amount(Decimal("1000"), "ug")
    phase = Phase(name="Maintenance", dose=dose, every=Every(weeks=12), until=Until(open_end="no_end"))
    common = {"person_id": "ann", "recorded_at": MOMENT}
    return [
        ann(),
        product(),
        Plan(id="plan", started_on=TODAY, anchor="last_injection", phases=(phase,), **common),
        PhaseStep(id="step", plan_id="plan", on=TODAY, told_by="clinic", **common),
        AgreedDate(id="agreed", plan_id="plan", on=TODAY, told_by="clinic", **common),
        Injection(
            id="shot",
            on=TODAY,
            at=time(9, 30),
            zone="Europe/Berlin",
            precision="minute",
            product_id="vial",
            dose=dose,
            tags=("travel", "left"),
            place="named",
            answers=TODAY,
            **common,
        ),
        NotGiven(id="missed", planned=TODAY, reason="missed", **common),
        Reaction(id="sore", injection_id="shot", area="site", what="sore", on=TODAY, **common),
        score("tired", 7),
        Trend(id="trend", on=TODAY, direction="better", **common),
        Event(id="flu", what="illness", on=TODAY, text="flu", **common),
        SymptomItem(id="item", symptom="fatigue", shown=False, **common),
        Document(id="doc", name="labs.csv", sha256=DIGEST, size=6, format="csv", kept=False, **common),
        LabResult(
            id="lab",
            analyte="serum_b12",
            collected="2026-01-05T09:30",
            value="1.10",
            document_id="doc",
            **common,
        ),
        OwnAnalyte(id="own", analyte="own:zinc", label="Zinc", unit="umol/L", reference_low="11", **common),
        LabAssignment(id="same", lab="City", name="VIT-B", analyte="serum_b12", **common),
        Snooze(id="snooze", occurrence_on=TODAY, until=TODAY, **common),
    ]


def make(path: Path) -> None:
    """Write the file at `path`, small and without companions, with an edit and an undo in its history."""
    with Diary.create(path) as diary:
        scribe = Scribe(diary, None)
        scribe.add(*every_kind())
        scribe.do(Change(score("tired", 7), score("tired", 2)))
        scribe.undo()
    with Diary.open(path) as diary:
        diary._connection.execute("PRAGMA journal_mode = DELETE")
        diary._connection.execute("VACUUM")


if __name__ == "__main__":
    make(path_for(MIGRATION_NAMES[-1]))
