"""What an import would write once the person has decided about questions and conflicts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from b12desk.importers.candidates import Candidate
from b12desk.importers.review import Review

Conflicts = Literal["keep", "replace"]


@dataclass
class Settled:
    """What an import would write: candidates with the id of the recorded result each replaces, or None."""

    write: list[tuple[Candidate, str | None]] = field(default_factory=list)
    left_out: list[Candidate] = field(default_factory=list)


def settle(review: Review, *, accept_questions: bool = False, conflicts: Conflicts | None = None) -> Settled:
    """What to write: `new` and replacements always, questions and conflicts where the person accepted them.

    What the person said about a single row goes before what was said about all.

    A result without a sample date, a test that is not assigned, and everything while a person of the file
    is still to be chosen are left out.
    """
    settled = Settled()
    kept: dict[int | str, int] = {}
    for candidate in review.parsed.candidates:
        allowed = candidate.state == "new"
        allowed = allowed or (candidate.state == "question" and accept_questions)
        allowed = allowed or (candidate.state == "conflict" and conflicts == "replace")
        if candidate.accepted is not None and candidate.state in ("new", "question", "conflict"):
            allowed = candidate.accepted
        if not allowed or candidate.collected is None or review.choose_patient:
            settled.left_out.append(candidate)
            continue
        earlier = kept.get(candidate.other_place) if candidate.other_place is not None else None
        if candidate.state == "conflict" and earlier is not None:
            settled.left_out.append(settled.write[earlier][0])
            settled.write[earlier] = (candidate, settled.write[earlier][1])
            kept[candidate.place] = earlier
            continue
        kept[candidate.place] = len(settled.write)
        replaced = candidate.other if candidate.replaces or candidate.state == "conflict" else None
        settled.write.append((candidate, replaced))
    return settled
