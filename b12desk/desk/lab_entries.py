"""A laboratory value typed by hand: read by the same rules as an imported one, with the same questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from b12desk.desk.context import Context, settle
from b12desk.desk.moments import past_day
from b12desk.desk.outcome import Outcome
from b12desk.domain.analytes import Analytes
from b12desk.domain.errors import Invalid
from b12desk.domain.questions import Answers, Question
from b12desk.domain.records import LabResult, Record
from b12desk.domain.units import read_result


@dataclass(slots=True)
class LabDraft:
    """A laboratory value as it stands in the form.

    `collected` is ISO 8601 at the precision that is known ("2026-01-05", "2026-01-05T09:30"); `value` may
    have a comparator (">2000") or be a word; `low`, `high` and `range_text` are the report's own.
    """

    analyte: str
    value: str
    unit: str | None
    collected: str
    low: str | None = None
    high: str | None = None
    range_text: str | None = None
    flag: str | None = None
    lab: str | None = None
    method: str | None = None
    note: str | None = None
    baseline: bool = False


class LabEntries:
    """Operations on laboratory values typed by hand."""

    def __init__(self, context: Context, analytes: Callable[[], Analytes]) -> None:
        self._context = context
        self._analytes = analytes

    def log_lab(self, person_id: str, draft: LabDraft, answers: Answers | None = None) -> Outcome:
        """Keep one value as typed.

        Raises:
            Invalid: an unknown analyte, a unit that it does not have, a number or date that cannot be read.
            QuestionsOpen: a value or unit that is likely another one.
        """
        result = self._read(person_id, draft)
        settle(self._questions(result, draft.value), answers or Answers())
        return self._context.add("log lab", f"Logged {self._analytes().label(draft.analyte)}", [result])

    def questions_for(self, person_id: str, draft: LabDraft) -> list[Question]:
        """What would be asked about this draft; raises Invalid like logging."""
        return self._questions(self._read(person_id, draft), draft.value)

    def check_edit(self, after: LabResult, before: Record) -> list[Question]:
        """The date and number are real; questions only where the value, unit or analyte changed."""
        _moment(after.collected, self._context.clock())
        if after.value is not None:
            read_result(after.value)
        if not isinstance(before, LabResult) or (after.value, after.unit, after.analyte) == (
            before.value,
            before.unit,
            before.analyte,
        ):
            return []
        return self._questions(after, after.value or "")

    def _read(self, person_id: str, draft: LabDraft) -> LabResult:
        analyte = self._analytes().get(draft.analyte)
        number = read_result(draft.value)
        unit = None
        if number.value is not None:
            unit = analyte.unit_of(draft.unit)
            if unit is None:
                known = ", ".join(analyte.units)
                raise Invalid(
                    f"“{draft.unit or ''}” is no unit of {analyte.label}; known are {known}.", "unit"
                )
        stamp = self._context.stamp(person_id)
        return LabResult(
            **stamp,
            analyte=analyte.id,
            name=analyte.label,
            collected=_moment(draft.collected, self._context.clock()),
            value=number.value,
            comparator=number.comparator,
            text=number.text,
            unit=unit,
            unit_reported=draft.unit,
            reference_low=_plain(draft.low),
            reference_high=_plain(draft.high),
            reference_text=draft.range_text or None,
            flag=draft.flag or None,
            status="final",
            lab=draft.lab or None,
            method=draft.method or None,
            note=draft.note or None,
            baseline=draft.baseline,
        )

    def _questions(self, result: LabResult, typed: str) -> list[Question]:
        return self._analytes().questions(result, typed)


def _plain(text: str | None) -> str | None:
    """A limit as typed with "." as decimal sign."""
    return read_result(text).value if text else None


def _moment(text: str, now: datetime) -> str:
    """The sample time as kept; a real day, not in the future."""
    try:
        if "T" in text:
            moment = datetime.fromisoformat(text)
            local = moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo or ZoneInfo("UTC"))
            if local > now:
                raise Invalid("That sample time is in the future.", "at")
            past_day(moment.date(), now, "at")
        else:
            past_day(date.fromisoformat(text), now, "at")
    except ValueError:
        raise Invalid(f"“{text}” is not a date like 2026-01-05 or 2026-01-05T09:30.", "at") from None
    return text
