"""The symptoms that a person scores: the listed ones, their own ones, and which are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from b12desk.domain.records import SymptomItem
from b12desk.domain.symptoms import Symptom


@dataclass(frozen=True, slots=True)
class SymptomChoice:
    """One symptom as the person sees it; `own` ones were added by the person."""

    id: str
    label: str
    group: str
    shown: bool
    own: bool = False


class SymptomList:
    """The listed symptoms with a person's choices on top."""

    def __init__(self, listed: Sequence[Symptom]) -> None:
        self._listed = tuple(
            SymptomChoice(symptom.id, symptom.label, symptom.group, symptom.default) for symptom in listed
        )

    def choices(self, items: Iterable[SymptomItem]) -> list[SymptomChoice]:
        """All symptoms in order; without a choice of the person the default short set is shown (S7)."""
        chosen = {item.symptom: item for item in items}
        listed = [
            replace(choice, shown=chosen[choice.id].shown) if choice.id in chosen else choice
            for choice in self._listed
        ]
        known = {choice.id for choice in self._listed}
        own = [
            SymptomChoice(item.symptom, item.label or item.symptom, "own", item.shown, own=True)
            for item in sorted(chosen.values(), key=lambda item: item.position)
            if item.symptom not in known
        ]
        return listed + own
