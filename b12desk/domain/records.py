"""The records of the diary: frozen dataclasses that name their person, who recorded them and when.

Conventions: ids are UUID texts; dates carry no time zone (RULES P17) and are the local date where the
entry was made; amounts are `Decimal` with a UCUM unit (`ug`, not `mcg`) and keep the digits typed.
`domain.codec` turns each class into a table row and back by its annotations.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import ClassVar, Literal

Precision = Literal["minute", "day", "approximate"]
Route = Literal["IM", "SC", "deep_SC", "other"]
Side = Literal["left", "right"]
Form = Literal[
    "hydroxocobalamin", "cyanocobalamin", "methylcobalamin", "adenosylcobalamin", "other", "unknown"
]
Source = Literal["pharmacy", "compounded", "unknown"]
Anchor = Literal["last_injection", "fixed_dates"]
Place = Literal["auto", "named", "early", "extra"]
NotGivenReason = Literal["missed", "postponed", "unknown"]
Direction = Literal["better", "same", "worse"]
Comparator = Literal["<", "<=", ">=", ">"]
LabStatus = Literal["preliminary", "final", "corrected", "entered_in_error", "unknown"]
Track = Literal["take", "book", "score"]
Severity = Literal["mild", "moderate", "severe"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with a UCUM unit, as typed: `Amount(Decimal("1000"), "ug")`."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.value:f} {self.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: its id, its person, and who recorded it (self, caregiver, import) and when."""

    kind: ClassVar[str]

    id: str
    person_id: str
    recorded_by: str = "self"
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """One diary's subject; `person_id` repeats its own id."""

    kind: ClassVar[str] = "person"

    name: str
    colour: str = "teal"
    birth_date: date | None = None
    sex: str | None = None
    cause: str | None = None
    neurological: Literal["yes", "no", "unknown"] = "unknown"
    allergies: str | None = None
    diet: str | None = None
    gastric_history: str | None = None
    medicines: str | None = None
    taught_by: str | None = None
    taught_on: date | None = None
    clinic: str | None = None
    clinic_contact: str | None = None
    emergency_number: str | None = None
    contact_after_weeks: int | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Record):
    """What is in the ampoule or vial; two vials that both say "B12" may differ (S2, S65)."""

    kind: ClassVar[str] = "product"

    name: str
    form: Form = "unknown"
    strength: Amount | None = None
    volume: Amount | None = None
    brand: str | None = None
    source: Source = "unknown"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """An interval rule; exactly one of the fields but `on_day` is set (RULES P3 to P7).

    `window` is `days:[a, b]`; `weekdays` are `mon` to `sun`; `offsets` are days counted with day 1 as 1.
    """

    days: int | None = None
    window: tuple[int, int] | None = None
    weeks: int | None = None
    months: int | None = None
    on_day: int | None = None
    weekdays: tuple[str, ...] | None = None
    offsets: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """The end of a phase: one of a count of doses, of days, a date, or an open end told by the clinic."""

    doses: int | None = None
    days: int | None = None
    date: date | None = None
    open_end: Literal["clinician_says", "blood_count_normal", "no_end"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One phase of a plan: what is given, how often, and until when."""

    name: str
    dose: Amount
    volume: Amount | None = None
    product_id: str | None = None
    route: Route = "IM"
    every: Every
    until: Until


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Record):
    """One dated revision of what the clinic ordered.

    `book_weeks_before`: how long ahead to be reminded to book or order an injection; None for not at all.
    """

    kind: ClassVar[str] = "plan"

    started_on: date
    first_on: date | None = None
    anchor: Anchor
    ordered_by: str | None = None
    why: str | None = None
    review_on: date | None = None
    grace_days: int = 0
    min_gap_days: int | None = None
    book_weeks_before: int | None = None
    lifelong: bool = False
    preset: str | None = None
    phases: tuple[Phase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseStep(Record):
    """The clinic's word that the person has moved to the next phase (S24, S25, RULES P9)."""

    kind: ClassVar[str] = "phase_step"

    plan_id: str
    on: date
    told_by: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedDate(Record):
    """The date that the clinic agreed after a missed dose (RULES P12)."""

    kind: ClassVar[str] = "agreed_date"

    plan_id: str
    on: date
    told_by: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection(Record):
    """An injection that was given.

    `place` says how it found its place in the plan: `auto` (by RULES P10), `named` (the person named the
    planned date in `answers`), `early` (answered the next one ahead of time; `answers` is its planned
    date) or `extra` (confirmed as answering none). `given_elsewhere`: reported by the person, not logged
    when it happened.
    """

    kind: ClassVar[str] = "injection"

    on: date
    at: time | None = None
    zone: str
    precision: Precision = "day"
    product_id: str
    dose: Amount | None = None
    volume: Amount | None = None
    route: Route | None = None
    site: str | None = None
    side: Side | None = None
    needle: str | None = None
    given_by: str | None = None
    lot: str | None = None
    expiry: date | None = None
    note: str | None = None
    tags: tuple[str, ...] = ()
    effect_until: date | None = None
    place: Place = "auto"
    answers: date | None = None
    given_elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotGiven(Record):
    """A planned injection that was not given on its date; `moved_to` is the clinic's date when postponed."""

    kind: ClassVar[str] = "not_given"

    planned: date
    reason: NotGivenReason
    moved_to: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction(Record):
    """A reaction at the site or a general side effect (S5, S6); days after the injection are computed."""

    kind: ClassVar[str] = "reaction"

    injection_id: str | None = None
    area: Literal["site", "general"]
    what: str
    severity: Severity = "mild"
    on: date
    at: time | None = None
    until: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Record):
    """One symptom's score for one local day, 0 none to 10 worst; a day without one is blank, not 0 (C1)."""

    kind: ClassVar[str] = "score"

    symptom: str
    on: date
    at: time | None = None
    score: int
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(Record):
    """Better, same or worse, and since when (S9); `symptom` None means overall."""

    kind: ClassVar[str] = "trend"

    symptom: str | None = None
    on: date
    direction: Direction
    since: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """Something beside the injections (S11): a medicine, an illness, a note, a new symptom."""

    kind: ClassVar[str] = "event"

    what: str
    on: date
    until: date | None = None
    text: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomItem(Record):
    """The person's choice about one symptom: an own item with its label, or a listed one shown or hidden."""

    kind: ClassVar[str] = "symptom_item"

    symptom: str
    label: str | None = None
    shown: bool = True
    position: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LabResult(Record):
    """One laboratory value as the report printed it.

    `collected` is the sample time, ISO 8601 at the report's own precision and with its offset where it
    has one ("2026-01-05", "2026-01-05T09:30", "2026-01-05T09:30:00+11:00"). `value` has the printed
    digits with "." as decimal sign; a text result has `text` and no value. `unit` is UCUM,
    `unit_reported` the report's own. `analyte` None means: kept, but not assigned to any analyte.
    """

    kind: ClassVar[str] = "lab_result"

    analyte: str | None = None
    name: str | None = None
    loinc: str | None = None
    collected: str
    value: str | None = None
    comparator: Comparator | None = None
    text: str | None = None
    unit: str | None = None
    unit_reported: str | None = None
    reference_low: str | None = None
    reference_high: str | None = None
    reference_text: str | None = None
    flag: str | None = None
    status: LabStatus = "unknown"
    lab: str | None = None
    method: str | None = None
    specimen: str | None = None
    baseline: bool = False
    document_id: str | None = None
    where: str | None = None
    note: str | None = None

    @property
    def on(self) -> date:
        """The printed day of the sample, never shifted by an offset."""
        return date.fromisoformat(self.collected[:10])


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnalyte(Record):
    """A laboratory test that the person added, with its own unit and range; `analyte` is its id in results.

    `unit` is UCUM where the unit is known, else as typed; its values are never converted.
    """

    kind: ClassVar[str] = "own_analyte"

    analyte: str
    label: str
    unit: str | None = None
    reference_low: str | None = None
    reference_high: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabAssignment(Record):
    """What the person said a laboratory's test is, for the same laboratory, name and printed unit."""

    kind: ClassVar[str] = "lab_assignment"

    lab: str | None = None
    name: str
    unit_reported: str | None = None
    analyte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """The original file behind imported results; the bytes live beside it in the diary (RULES F6)."""

    kind: ClassVar[str] = "document"

    name: str
    sha256: str
    size: int
    format: str
    kept: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze(Record):
    """Silence for one open injection until a date (RULES R7); each track of reminders has its own."""

    kind: ClassVar[str] = "snooze"

    occurrence_on: date
    until: date
    track: Track = "take"


RECORD_TYPES: tuple[type[Record], ...] = (
    Person,
    Product,
    Plan,
    PhaseStep,
    AgreedDate,
    Injection,
    NotGiven,
    Reaction,
    Score,
    Trend,
    Event,
    SymptomItem,
    LabResult,
    OwnAnalyte,
    LabAssignment,
    Document,
    Snooze,
)
BY_KIND: dict[str, type[Record]] = {record.kind: record for record in RECORD_TYPES}
