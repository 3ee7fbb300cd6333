"""The rows of the review before an import: what each would do, why, and where it stands in its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from b12desk.desk.labs import Import, LookedAt
from b12desk.domain.analytes import Catalogue
from b12desk.importers.candidates import Candidate
from b12desk.ui.table_model import Column
from b12desk.ui.words import table_day


def tr(text: str) -> str:
    """A phrase in the person's language."""
    return QCoreApplication.translate("Review", text)


@dataclass(frozen=True)
class ReviewRow:
    """One result of one file; `unmapped` belongs to a test that the diary does not know."""

    file: LookedAt
    candidate: Candidate
    unmapped: bool = False

    @property
    def open(self) -> bool:
        """Whether the person has still to say something about it, or it stays out."""
        return self.candidate.state in ("question", "conflict") and self.candidate.accepted is None

    @property
    def writes(self) -> bool:
        """Whether Confirm would write it."""
        one = self.candidate
        if self.unmapped or one.collected is None or one.state in ("duplicate", "excluded"):
            return False
        return one.accepted if one.accepted is not None else one.state == "new"


def rows_of(looked: Import) -> list[ReviewRow]:
    """All rows of all files, those with an open question first."""
    rows = []
    for one in looked.files:
        rows += [ReviewRow(one, candidate) for candidate in one.review.parsed.candidates]
        rows += [ReviewRow(one, candidate, unmapped=True) for candidate in one.review.parsed.unmapped]
    return sorted(rows, key=lambda row: not row.open)


def columns(catalogue: Catalogue, files: int) -> list[Column[ReviewRow]]:
    """The columns of the review; the file is named where there are several."""

    def name(row: ReviewRow) -> str:
        known = catalogue.by_id.get(row.candidate.analyte or "")
        return known.label if known else row.candidate.name or row.candidate.loinc or ""

    made: list[Column[ReviewRow]] = [
        Column(tr("What happens"), decision_words, lambda row: (not row.open, not row.writes)),
        Column(tr("State"), state_words),
        Column(tr("Sample"), _sample, lambda row: row.candidate.collected or ""),
        Column(tr("Test"), name, weight=1),
        Column(tr("Result"), _result),
        Column(tr("Where"), lambda row: row.candidate.where),
    ]
    if files > 1:
        made.append(Column(tr("File"), lambda row: row.file.path.name))
    return [*made, Column(tr("Why"), why, tip=why, weight=2)]


def state_words(row: ReviewRow) -> str:
    """The state in words."""
    if row.unmapped:
        return tr("unknown test")
    return {
        "new": tr("new"),
        "duplicate": tr("there already"),
        "conflict": tr("differs"),
        "question": tr("question"),
        "excluded": tr("left out"),
    }[row.candidate.state]


def decision_words(row: ReviewRow) -> str:
    """What Confirm will do with it."""
    if row.open:
        return tr("please look")
    if not row.writes:
        return tr("stays out")
    replaces = row.candidate.replaces or row.candidate.state == "conflict"
    return tr("replaces") if replaces else tr("is written")


def why(row: ReviewRow) -> str:
    """The reason and the open questions, as sentences."""
    if row.unmapped:
        return tr("The diary does not know this test, so it is not kept, unless you say which one it is.")
    asked = " ".join(question.text for question in row.candidate.questions)
    reason = row.candidate.reason or ""
    return asked if reason and reason in asked else " ".join(part for part in (reason, asked) if part)


def summary(rows: Sequence[ReviewRow]) -> str:
    """ "12 are written, 3 please look, 40 stay out"."""
    written, waiting = sum(row.writes for row in rows), sum(row.open for row in rows)
    parts = [tr("{0} will be written").format(written)]
    if waiting:
        parts.append(tr("{0} with a question").format(waiting))
    rest = len(rows) - written - waiting
    if rest:
        parts.append(tr("{0} stay out").format(rest))
    return " · ".join(parts)


def _sample(row: ReviewRow) -> str:
    collected = row.candidate.collected
    if collected is None:
        return tr("no date")
    day = table_day(date.fromisoformat(collected[:10]))
    return f"{day} {collected[11:16]}" if len(collected) > 10 else day


def _result(row: ReviewRow) -> str:
    one = row.candidate
    if one.value is None:
        return one.text or ""
    return f"{one.comparator or ''}{one.value} {one.unit_reported or one.unit or ''}".strip()
