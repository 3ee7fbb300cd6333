"""Plans: what the clinic ordered, every revision, the clinic's word on the next phase, what is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from b12desk.desk.context import Context, settle
from b12desk.desk.moments import past_day
from b12desk.desk.outcome import Outcome
from b12desk.desk.products import Products
from b12desk.domain.clinic_message import message_to_clinic
from b12desk.domain.doses import dose_questions, strength_question
from b12desk.domain.plan import plan_file, read_plan
from b12desk.domain.questions import Answers, Message, Question
from b12desk.domain.records import AgreedDate, Injection, NotGiven, PhaseStep, Plan, Record
from b12desk.domain.schedule import Course, Schedule, agree_allowed, build, check_new_revision, step_allowed
from b12desk.domain.wording import long_day

if TYPE_CHECKING:
    from b12desk.domain.presets import Preset

FORECASTS_KEPT = 16


class Plans:
    """Operations on plans; the schedule is computed from the records whenever they change, never stored."""

    def __init__(
        self, context: Context, products: Products, presets: Callable[[], tuple[Preset, ...]]
    ) -> None:
        self._context = context
        self._products = products
        self._presets = presets
        self._schedules: dict[tuple[str, date, int], Schedule] = {}
        self._counter = -1

    def presets(self) -> tuple[Preset, ...]:
        """Regimens to copy from a prescription; none of them is a default (S21, S27, S46)."""
        return self._presets()

    def revisions(self, person_id: str) -> list[Plan]:
        """Every revision, the earliest start first."""
        found = self._context.diary.records(Plan, person_id=person_id)
        return sorted(found, key=lambda plan: (plan.started_on, plan.recorded_at))

    def current(self, person_id: str, on: date | None = None) -> Plan | None:
        """The revision in force: the latest start up to the day, ties by the newest recorded (RULES P15)."""
        day = on or self._context.today()
        started = [plan for plan in self.revisions(person_id) if plan.started_on <= day]
        return started[-1] if started else None

    def course(self, person_id: str, up_to: date | None = None) -> Course:
        """Everything the schedule is computed from; with `up_to` what is dated later is left out.

        A word of the clinic about a date ahead is dated by the day on which it was recorded.
        """
        diary, last = self._context.diary, up_to or date.max

        def known(on: date, record: Record) -> bool:
            return on <= last or record.recorded_at.date() <= last

        return Course(
            plans=tuple(plan for plan in self.revisions(person_id) if plan.started_on <= last),
            steps=tuple(step for step in diary.records(PhaseStep, person_id=person_id) if step.on <= last),
            agreed=tuple(one for one in diary.records(AgreedDate, person_id=person_id) if known(one.on, one)),
            injections=tuple(diary.records(Injection, person_id=person_id, until=up_to)),
            not_given=tuple(
                one for one in diary.records(NotGiven, person_id=person_id) if known(one.planned, one)
            ),
        )

    def due(self, person_id: str, on: date | None = None, count: int = 1) -> Schedule:
        """What is open and next as of `on` (today without it), with the reason for each date."""
        if (counter := self._context.diary.counter()) != self._counter:
            self._schedules.clear()
            self._counter = counter
        as_of = on or self._context.today()
        key = (person_id, as_of, count)
        if key not in self._schedules:
            if len(self._schedules) >= FORECASTS_KEPT:
                self._schedules.clear()
            self._schedules[key] = build(self.course(person_id, on), as_of, count)
        return self._schedules[key]

    def message_to_clinic(self, person_id: str, missing: Sequence[date]) -> str:
        """What can be sent to the clinic about planned dates that were not given (S34); at least one date."""
        today = self._context.today()
        given = self._context.diary.records(Injection, person_id=person_id, until=today)
        plan = self.current(person_id)
        open_ones = self.due(person_id).due
        phase = plan.phases[open_ones[0].phase - 1] if plan and open_ones else None
        last = given[-1] if given else None
        return message_to_clinic(missing, last, phase, plan.ordered_by if plan else None, today)

    def check(self, person_id: str, data: Mapping[str, Any]) -> Plan:
        """Read a plan file for this person; nothing is written.

        Raises:
            Invalid: unknown keys and contradictions, naming the path (`phases[1].every`).
            NotFound: a product that the person does not have.
        """
        products = {name: product_id for product_id, name in self._products.names(person_id).items()}
        return read_plan(data, **self._context.stamp(person_id), product_ids=products)

    def file_of(self, plan: Plan) -> dict[str, Any]:
        """The plan as the file that `set` takes."""
        return plan_file(plan, self._products.names(plan.person_id))

    def questions_for(self, plan: Plan) -> list[Question]:
        """Questions about the doses of a plan, one of each id."""
        products = {product.id: product for product in self._products.list(plan.person_id)}
        asked: dict[str, Question] = {}
        for phase in plan.phases:
            product = products.get(phase.product_id or "")
            for question in (
                *dose_questions(phase.dose),
                *strength_question(product, phase.volume, phase.dose),
            ):
                asked.setdefault(question.id, replace(question, text=f"{phase.name}: {question.text}"))
        return list(asked.values())

    def set(self, person_id: str, data: Mapping[str, Any], answers: Answers | None = None) -> Outcome:
        """Write a plan or its next revision; what has been answered is never re-labelled (RULES P15)."""
        plan = self.check(person_id, data)
        check_new_revision(self.course(person_id), plan, self._context.today())
        settle(self.questions_for(plan), answers or Answers())
        messages = []
        if plan.review_on is None:
            text = "No review date yet. You can ask your clinic when the plan will be looked at again."
            messages.append(Message("no_review", text))
        return self._context.add("set plan", f"Plan from {long_day(plan.started_on)}", [plan], messages)

    def step(self, person_id: str, on: date, told_by: str, note: str | None = None) -> Outcome:
        """Record the clinic's word that the person has moved to the next phase."""
        course, today = self.course(person_id), self._context.today()
        plan_id = step_allowed(course, past_day(on, self._context.clock()), today)
        step = PhaseStep(**self._context.stamp(person_id), plan_id=plan_id, on=on, told_by=told_by, note=note)
        return self._context.add("plan step", f"Next phase from {long_day(on)}", [step])

    def agree(self, person_id: str, on: date, told_by: str, note: str | None = None) -> Outcome:
        """Record the date that the clinic gave after a missed injection; it may lie ahead."""
        plan_id = agree_allowed(self.course(person_id), on, self._context.today())
        agreed = AgreedDate(
            **self._context.stamp(person_id), plan_id=plan_id, on=on, told_by=told_by, note=note
        )
        return self._context.add("plan agree", f"Agreed with the clinic: {long_day(on)}", [agreed])
