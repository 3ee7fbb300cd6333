"""Everything out of the diary into one file or folder that other programs can read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from b12desk import paths
from b12desk.desk.context import Context
from b12desk.domain.errors import WorldError
from b12desk.domain.records import RECORD_TYPES, Record
from b12desk.exporters import plain_json, tables
from b12desk.exporters.new_file import new_file, new_folder
from b12desk.exporters.plain_json import Records


class Exports:
    """Operations that write copies of what was recorded; they change nothing in the diary.

    Each returns how many records of each kind went out, of one person or, with None, of everyone. The bytes
    of imported documents stay in the diary; their names and SHA-256 go out.
    """

    def __init__(self, context: Context, diary: Path) -> None:
        self._context = context
        beside = paths.beside(diary)
        self._ours = {path.resolve() for path in (diary, beside.reminders, beside.keys, beside.backups)}

    def json(self, out: Path, person_id: str | None = None) -> dict[str, int]:
        """Write one JSON file; equal diaries give equal bytes.

        Raises:
            WorldError: the folder is missing, cannot be written or is full; nothing is left behind.
        """
        self._refuse_ours(out)
        with new_file(out) as stream:
            return plain_json.write_json(stream, self._records(person_id))

    def csv(self, out: Path, person_id: str | None = None) -> dict[str, int]:
        """Write one CSV table a kind: into a zip file if `out` ends in .zip, else into a new or empty folder.

        Raises:
            WorldError: as `json`, and `exists` where the folder has something in it.
        """
        self._refuse_ours(out)
        if out.suffix.casefold() == ".zip":
            with new_file(out) as stream:
                return tables.write_zip(stream, self._records(person_id))
        with new_folder(out) as folder:
            return tables.write_folder(folder, self._records(person_id))

    def counts(self, person_id: str | None = None) -> dict[str, int]:
        """How many records of each kind there are."""
        return {cls.kind: self._context.diary.count(cls, person_id) for cls in RECORD_TYPES}

    def _records(self, person_id: str | None) -> Records:
        def of_kind(cls: type[Record]) -> Iterable[Record]:
            return self._context.diary.records(cls, person_id=person_id)

        return of_kind

    def _refuse_ours(self, out: Path) -> None:
        if out.resolve() in self._ours:
            raise WorldError("exists", f"“{out}” belongs to the diary itself; please choose another name.")
