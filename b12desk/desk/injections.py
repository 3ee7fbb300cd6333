"""Logging an injection, or that one was not given: defaults, questions, its place in the plan, one action."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Literal, cast, get_args

from b12desk.desk.context import Context, settle
from b12desk.desk.moments import past_day, past_moment
from b12desk.desk.outcome import Outcome
from b12desk.desk.plans import Plans
from b12desk.desk.products import UNKNOWN, Products
from b12desk.domain.doses import dose_questions, product_question, second_today_question, strength_question
from b12desk.domain.errors import Invalid
from b12desk.domain.questions import Answers, Question
from b12desk.domain.records import (
    Injection,
    NotGiven,
    NotGivenReason,
    Place,
    Precision,
    Product,
    Reaction,
    Record,
    Route,
    Side,
)
from b12desk.domain.schedule import Occurrence, Placing, not_given_target, place, renumbered
from b12desk.domain.units import MASSES, VOLUMES, read_amount
from b12desk.domain.wording import count, long_day
from b12desk.store.diary import Change

Reason = Literal["missed", "postponed", "given_elsewhere", "unknown"]


@dataclass(slots=True)
class InjectionDraft:
    """An injection as it stands in the form: amounts as typed text, the rest as values.

    `answers` names the planned date that it is for, "none" says that it is extra, None leaves it to the rule.
    `reaction` is what was felt at the site, kept with the injection as one action.
    """

    on: date
    at: time | None = None
    precision: Precision = "day"
    product_id: str | None = None
    dose: str | None = None
    volume: str | None = None
    route: str | None = None
    site: str | None = None
    side: str | None = None
    needle: str | None = None
    given_by: str | None = None
    lot: str | None = None
    expiry: date | None = None
    note: str | None = None
    tags: tuple[str, ...] = ()
    effect_until: date | None = None
    answers: date | Literal["none"] | None = None
    reaction: str | None = None


def place_of(named: str | None) -> tuple[Place, date | None]:
    """How a typed answer to "which planned one is it?" is kept: a date, "none", or empty for the rule."""
    if not named:
        return "auto", None
    if named == "none":
        return "extra", None
    try:
        return "named", date.fromisoformat(named)
    except ValueError:
        raise Invalid(f"“{named}” is neither a date like 2026-01-05 nor “none”.", "answers") from None


class Injections:
    """Operations on injections given and not given."""

    def __init__(self, context: Context, products: Products, plans: Plans) -> None:
        self._context = context
        self._products = products
        self._plans = plans

    def last(self, person_id: str) -> Injection | None:
        """The newest injection by its local date."""
        given = self._context.diary.records(Injection, person_id=person_id)
        return given[-1] if given else None

    def injection_draft(self, person_id: str, occurrence: Occurrence | None = None) -> InjectionDraft:
        """A form filled from the planned injection, else from the last one.

        Side and lot are never carried over: they change each time, and a wrong one would be believed. A date
        to come is not named: whether one given early answers it is the rule's to say (RULES P10).
        """
        now = self._context.clock()
        draft = InjectionDraft(on=now.date(), at=time(now.hour, now.minute), precision="minute")
        last = self.last(person_id)
        if last is not None:
            draft.product_id, draft.route = last.product_id, last.route
            draft.dose = str(last.dose) if last.dose else None
            draft.volume = str(last.volume) if last.volume else None
            draft.site, draft.given_by, draft.needle = last.site, last.given_by, last.needle
        if occurrence is None:
            occurrence = next((one for one in self._plans.due(person_id).due if one.on is not None), None)
        else:
            open_ = not occurrence.forecast and occurrence.state != "upcoming"
            draft.answers = occurrence.planned if open_ else None
        if occurrence is not None:
            draft.dose, draft.route = str(occurrence.dose), occurrence.route
            draft.volume = str(occurrence.volume) if occurrence.volume else None
            draft.product_id = occurrence.product_id or draft.product_id
        if draft.product_id is None:
            known = [one for one in self._products.list(person_id) if one.name != UNKNOWN]
            only = known[0] if len(known) == 1 else self._products.unknown(person_id)
            draft.product_id = only.id
        return draft

    def log_injection(self, person_id: str, draft: InjectionDraft, answers: Answers | None = None) -> Outcome:
        """Keep one injection as one action.

        Raises:
            Invalid: a date or time in the future, an unreadable amount, a planned date that is not open.
            QuestionsOpen: what `questions_for` asks and nobody has answered; nothing is written.
        """
        injection, placing = self._read(person_id, draft)
        questions = self._questions(injection, placing, draft.answers == "none")
        settle(questions, answers or Answers())
        if placing.early:
            injection = replace(injection, place="early", answers=placing.planned)
        elif placing.extra:
            injection = replace(injection, place="extra", answers=None)
        before = self._plans.course(person_id)
        displaced = [one for one in before.injections if one.id in placing.displaced]
        changes = [
            Change(None, injection),
            *(Change(one, replace(one, place="extra", answers=None)) for one in displaced),
            *self._reaction(injection, draft.reaction),
        ]
        after = replace(before, injections=_with(before.injections, changes))
        messages = [*placing.messages, *renumbered(before, after, self._context.today())]
        text = f"Logged an injection on {long_day(injection.on)}"
        return self._context.write("log injection", text, person_id, changes, messages=messages)

    def questions_for(self, person_id: str, draft: InjectionDraft) -> list[Question]:
        """What would be asked about this draft, for forms that check as one types; raises like logging."""
        injection, placing = self._read(person_id, draft)
        return self._questions(injection, placing, draft.answers == "none")

    def check_edit(self, after: Injection, before: Record) -> list[Question]:
        """Questions about an edited injection; only those that its old values did not raise.

        Raises:
            Invalid: a date or time in the future, or a planned date that nothing open has.
        """
        past_moment(after.on, after.at, after.zone, self._context.clock())
        former = {question.text for question in self._value_questions(cast("Injection", before))}
        asked = [one for one in self._value_questions(after) if one.text not in former]
        moved = (after.on, after.at, after.place, after.answers) != _when(cast("Injection", before))
        if moved and after.place in ("auto", "named"):
            placing = self._place(after)
            if placing.extra:
                asked.append(Question("extra", placing.text))
        return asked

    def check_not_given_edit(self, after: NotGiven, before: Record) -> list[Question]:
        """Refuse what could not have been logged: a clinic's date belongs to a postponed one, and only to it.

        Raises:
            Invalid: the date is missing, has no place here, or was moved to a day that has passed.
        """
        former = cast("NotGiven", before)
        if after.planned != former.planned:
            raise Invalid("the planned date names the entry; delete it and note the other one.", "planned")
        if (after.reason == "postponed") != (after.moved_to is not None):
            raise Invalid("the clinic's date belongs to a postponed injection, and only to it.", "moved_to")
        moved = after.moved_to != former.moved_to
        if moved and after.moved_to is not None and after.moved_to < self._context.today():
            raise Invalid(f"{long_day(after.moved_to)} has passed; it has a date to come.", "moved_to")
        return []

    def log_not_given(
        self, person_id: str, planned: date, reason: str, on: date | None = None, note: str | None = None
    ) -> Outcome:
        """Close a planned injection that was not given here: missed, postponed, given elsewhere, unknown.

        `on` is the clinic's new date (postponed) or the day on which it was given (given_elsewhere).

        Raises:
            Invalid: nothing is open for that date, or a date is missing, or one that has no place here.
        """
        if reason not in get_args(Reason):
            raise Invalid(f"“{reason}” is not one of {', '.join(get_args(Reason))}.", "reason")
        if reason in ("postponed", "given_elsewhere") and on is None:
            raise Invalid(f"“{reason}” needs the date; ask your clinic where you do not know it.", "date")
        if reason in ("missed", "unknown") and on is not None:
            raise Invalid(f"“{reason}” has no date of its own.", "date")
        course, today = self._plans.course(person_id), self._context.today()
        target = not_given_target(course, planned, today)
        if reason == "given_elsewhere":
            return self._log_elsewhere(
                person_id, target, past_day(cast("date", on), self._context.clock(), "date"), note
            )
        if on is not None and on < today:
            raise Invalid(f"{long_day(on)} has passed; a postponed injection has a date to come.", "date")
        stamp = self._context.stamp(person_id)
        entry = NotGiven(
            **stamp, planned=planned, reason=cast("NotGivenReason", reason), moved_to=on, note=note
        )
        former = [one for one in course.not_given if one.planned == planned and one.reason == "postponed"]
        changes = [Change(one, None) for one in former] if reason == "postponed" else []
        text = f"Planned for {long_day(planned)}: {reason}"
        return self._context.write("log not-given", text, person_id, [*changes, Change(None, entry)])

    def _log_elsewhere(self, person_id: str, target: Occurrence, on: date, note: str | None) -> Outcome:
        injection = Injection(
            **self._context.stamp(person_id),
            on=on,
            zone=self._context.zone,
            precision="day",
            product_id=target.product_id or self._products.unknown(person_id).id,
            dose=target.dose,
            volume=target.volume,
            route=target.route,
            note=note,
            place="named",
            answers=target.planned,
            given_elsewhere=True,
        )
        text = f"Given elsewhere on {long_day(on)}"
        return self._context.add("log not-given", text, [injection])

    def _read(self, person_id: str, draft: InjectionDraft) -> tuple[Injection, Placing]:
        """The draft as a record, and the place it would take in the plan."""
        if draft.route is not None and draft.route not in get_args(Route):
            raise Invalid(f"“{draft.route}” is not one of {', '.join(get_args(Route))}.", "route")
        if draft.side is not None and draft.side not in get_args(Side):
            raise Invalid(f"“{draft.side}” is neither left nor right.", "side")
        past_moment(draft.on, draft.at, self._context.zone, self._context.clock())
        product_id = draft.product_id or self._products.unknown(person_id).id
        injection = Injection(
            **self._context.stamp(person_id),
            on=draft.on,
            at=draft.at,
            zone=self._context.zone,
            precision=draft.precision,
            product_id=self._products.find(person_id, product_id).id,
            dose=read_amount(draft.dose, "dose", units=MASSES) if draft.dose else None,
            volume=read_amount(draft.volume, "volume", units=VOLUMES) if draft.volume else None,
            route=cast("Route | None", draft.route),
            site=draft.site or None,
            side=cast("Side | None", draft.side),
            needle=draft.needle or None,
            given_by=draft.given_by or None,
            lot=draft.lot or None,
            expiry=draft.expiry,
            note=draft.note or None,
            tags=draft.tags,
            effect_until=draft.effect_until,
            place="named" if isinstance(draft.answers, date) else "auto",
            answers=draft.answers if isinstance(draft.answers, date) else None,
        )
        if draft.answers == "none":
            injection = replace(injection, place="extra")
        return injection, self._place(injection)

    def _reaction(self, injection: Injection, what: str | None) -> list[Change]:
        if not what or not what.strip():
            return []
        stamp = self._context.stamp(injection.person_id)
        felt = Reaction(**stamp, injection_id=injection.id, area="site", what=what.strip(), on=injection.on)
        return [Change(None, felt)]

    def _place(self, injection: Injection) -> Placing:
        return place(self._plans.course(injection.person_id), injection, self._context.today())

    def _questions(self, injection: Injection, placing: Placing, said_extra: bool) -> list[Question]:
        asked = self._value_questions(injection)
        if placing.extra and not said_extra:
            asked.append(Question("extra", placing.text))
        elif placing.displaced:
            later = count(len(placing.displaced), "later injection")
            text = f"With this one, {later} would answer no planned date. Keep what is left as extra?"
            asked.append(Question("extra", text))
        if placing.gap is not None:
            text = (
                f"Only {count(placing.gap, 'day')} since the injection before; your plan says at least "
                f"{placing.min_gap_days}. Keep it as it happened?"
            )
            asked.append(Question("min_gap", text))
        return asked

    def _value_questions(self, injection: Injection) -> list[Question]:
        """Questions that come from the entry's own values and its day."""
        person_id = injection.person_id
        others = [
            one
            for one in self._context.diary.records(Injection, person_id=person_id)
            if one.id != injection.id
        ]
        products = {product.id: product for product in self._products.list(person_id)}
        product: Product | None = products.get(injection.product_id)
        earlier = [one for one in others if one.on <= injection.on]
        last = earlier[-1] if earlier else None
        former = products.get(last.product_id) if last else None
        return [
            *dose_questions(injection.dose),
            *strength_question(product, injection.volume, injection.dose),
            *product_question(product, former, (injection.dose, injection.volume), last),
            *second_today_question([one for one in others if one.on == injection.on], injection.dose),
        ]


def _when(injection: Injection) -> tuple[date, time | None, Place, date | None]:
    """What decides which planned injection it answers."""
    return injection.on, injection.at, injection.place, injection.answers


def _with(injections: Iterable[Injection], changes: Sequence[Change]) -> tuple[Injection, ...]:
    """The injections as they will be after the changes."""
    after = {change.after.id: change.after for change in changes if isinstance(change.after, Injection)}
    kept = [after.pop(one.id, one) for one in injections]
    return (*kept, *after.values())
