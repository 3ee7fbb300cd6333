"""A diary in memory, so that a thousand years of patients need no disk but for their reminder books."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar, cast

from b12desk.domain.records import Record
from b12desk.store.diary import Action, Change

R = TypeVar("R", bound=Record)


class MemoryDiary:
    """What desk topics ask of `store.diary.Diary`, as far as schedule and reminders go."""

    def __init__(self) -> None:
        self._records: dict[type[Record], dict[str, Record]] = {}
        self._counter = 0

    def records(
        self,
        cls: type[R],
        *,
        person_id: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[R]:
        found = [
            record
            for record in self._records.get(cls, {}).values()
            if person_id in (None, record.person_id)
            and (until is None or record.on <= until)  # type: ignore[attr-defined]
            and (since is None or record.on >= since)  # type: ignore[attr-defined]
        ]
        return cast("list[R]", sorted(found, key=lambda one: (getattr(one, "on", date.min), one.recorded_at)))

    def counter(self) -> int:
        return self._counter

    def write(
        self, action: Action, changes: Iterable[Change], contents: Mapping[str, bytes] | None = None
    ) -> None:
        self._counter += 1
        for change in changes:
            kind = type(change.after or change.before)
            if change.before is not None:
                del self._records[kind][change.before.id]  # type: ignore[index]
            if change.after is not None:
                self._records.setdefault(kind, {})[change.after.id] = change.after  # type: ignore[arg-type]
