"""A laboratory value typed by hand: read by the same rules as an imported one, with the same questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from b12desk.desk.context import Context, settle
from b12desk.desk.moments import past_day
from b12desk.desk.outcome import Outcome
from b12desk.domain.analytes import Analyte, Catalogue
from b12desk.domain.errors import Invalid, NotFound
from b12desk.domain.lab_questions import value_questions
from b12desk.domain.lab_units import readings
from b12desk.domain.numbers import Number, ambiguous_question, read_number
from b12desk.domain.questions import Answers, Question
from b12desk.domain.records import LabResult, Record


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

    def __init__(self, context: Context, analytes: Callable[[], Catalogue]) -> None:
        self._context = context
        self._analytes = analytes

    def log_lab(self, person_id: str, draft: LabDraft, answers: Answers | None = None) -> Outcome:
        """Keep one value as typed.

        Raises:
            NotFound: an unknown analyte.
            Invalid: a unit that the analyte does not have, a number or date that cannot be read.
            QuestionsOpen: a number that can be read in two ways, a value or unit that is likely another one.
        """
        analyte = self._analyte(draft.analyte)
        moment = _moment(draft.collected, self._context.clock())
        number = read_number(draft.value)
        asked = [ambiguous_question(draft.value, number)] if number and number.other else []
        settled = settle(asked, answers or Answers())
        if number and asked:
            number = Number(settled["ambiguous_number"], number.comparator)
        result = self._result(person_id, draft, analyte, number, moment)
        _check_range(result)
        settle(_questions(analyte, result), answers or Answers())
        return self._context.add("log lab", f"Logged {analyte.label}", [result])

    def questions_for(self, person_id: str, draft: LabDraft) -> list[Question]:
        """What would be asked about this draft; raises like logging."""
        analyte = self._analyte(draft.analyte)
        number = read_number(draft.value)
        if number and number.other:
            return [ambiguous_question(draft.value, number)]
        moment = _moment(draft.collected, self._context.clock())
        return _questions(analyte, self._result(person_id, draft, analyte, number, moment))

    def check_edit(self, after: LabResult, before: Record) -> list[Question]:
        """The date and number are real; questions only where the value, unit or analyte changed."""
        _moment(after.collected, self._context.clock())
        if after.value is not None and read_number(after.value) is None:
            raise Invalid(f"“{after.value}” is not a number.", "value")
        _check_range(after)
        former = (before.value, before.unit, before.analyte) if isinstance(before, LabResult) else None
        if after.analyte is None or former == (after.value, after.unit, after.analyte):
            return []
        return _questions(self._analyte(after.analyte), after)

    def _analyte(self, analyte_id: str) -> Analyte:
        found = self._analytes().by_id.get(analyte_id)
        if found is None:
            known = ", ".join(self._analytes().by_id)
            raise NotFound(f"There is no laboratory value “{analyte_id}”; there are {known}.")
        return found

    def _result(
        self, person_id: str, draft: LabDraft, analyte: Analyte, number: Number | None, moment: str
    ) -> LabResult:
        if number is None and not analyte.takes_text:
            raise Invalid(f"“{draft.value}” is not a number; write it as on the report.", "value")
        return LabResult(
            **self._context.stamp(person_id),
            analyte=analyte.id,
            name=analyte.label,
            collected=moment,
            value=number.value if number else None,
            comparator=number.comparator if number else None,
            text=None if number else draft.value.strip(),
            unit=_unit(analyte, draft.unit) if number else None,
            unit_reported=draft.unit or None,
            reference_low=_limit(draft.low, "low"),
            reference_high=_limit(draft.high, "high"),
            reference_text=draft.range_text or None,
            flag=draft.flag or None,
            status="final",
            lab=draft.lab or None,
            method=draft.method or None,
            note=draft.note or None,
            baseline=draft.baseline,
        )


def _questions(analyte: Analyte, result: LabResult) -> list[Question]:
    return list(value_questions(analyte, result.value, result.unit)) if result.value is not None else []


def _unit(analyte: Analyte, typed: str | None) -> str:
    """The UCUM unit of a typed one; never taken for granted, since units of B12 overlap fully."""
    unit = analyte.accept(readings(typed or ""))
    if unit is None:
        known = ", ".join(analyte.units)
        raise Invalid(f"“{typed or ''}” is no unit of {analyte.label}; known are {known}.", "unit")
    return unit


def _limit(text: str | None, path: str) -> str | None:
    """A limit of the report's range, with "." as decimal sign."""
    if not text:
        return None
    number = read_number(text)
    if number is None or number.other:
        raise Invalid(f"“{text}” is not a plain number.", path)
    return number.value


def _check_range(result: LabResult) -> None:
    """Refuse limits that would be read, and drawn, upside down."""
    low, high = (
        read_number(text) if text else None for text in (result.reference_low, result.reference_high)
    )
    if low and high and Decimal(low.value) > Decimal(high.value):
        raise Invalid(f"the low limit {low.value} is above the high one, {high.value}.", "low")


def _moment(text: str, now: datetime) -> str:
    """The sample time as kept; a real day, not in the future."""
    try:
        if "T" not in text:
            past_day(date.fromisoformat(text), now, "at")
            return text
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(f"“{text}” is not a date like 2026-01-05 or 2026-01-05T09:30.", "at") from None
    if (moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)) > now:
        raise Invalid("That sample time is in the future.", "at")
    past_day(moment.date(), now, "at")
    return text
