"""Everyday entries: symptom scores, trends, reactions, events and the person's own list of symptoms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal, cast, get_args

from b12desk.desk.context import Context
from b12desk.desk.moments import ordered, past_day
from b12desk.desk.outcome import Outcome
from b12desk.desk.symptom_list import SymptomChoice, SymptomList
from b12desk.domain.errors import Invalid, NotFound
from b12desk.domain.records import Direction, Event, Injection, Reaction, Score, Severity, SymptomItem, Trend
from b12desk.domain.wording import count
from b12desk.store.diary import Change

WORST = 10


class Entries:
    """Operations on scores, trends, reactions, events and symptom choices."""

    def __init__(self, context: Context, symptoms: SymptomList) -> None:
        self._context = context
        self._symptoms = symptoms

    def symptoms(self, person_id: str, everything: bool = False) -> list[SymptomChoice]:
        """The symptoms that the person scores, in their order; all of them with `everything`."""
        items = self._context.diary.records(SymptomItem, person_id=person_id)
        choices = self._symptoms.choices(items)
        return choices if everything else [choice for choice in choices if choice.shown]

    def scores(self, person_id: str, since: date, until: date) -> dict[date, dict[str, int]]:
        """Day to symptom to score for a range, both ends included; a day without any is absent."""
        days: dict[date, dict[str, int]] = {}
        for score in self._context.diary.records(Score, person_id=person_id, since=since, until=until):
            days.setdefault(score.on, {})[score.symptom] = score.score
        return days

    def trends(self, person_id: str) -> list[Trend]:
        """What was noted as better, same or worse, the newest first."""
        return self._context.diary.records(Trend, person_id=person_id)[::-1]

    def events(self, person_id: str) -> list[Event]:
        """Events and notes, the newest first."""
        return self._context.diary.records(Event, person_id=person_id)[::-1]

    def log_scores(
        self,
        person_id: str,
        scores: Mapping[str, int | None],
        on: date | None = None,
        note: str | None = None,
    ) -> Outcome:
        """Set one day's scores, 0 none to 10 worst; None takes one away, a second one is an edit (RULES C1).

        Raises:
            Invalid: a score outside 0 to 10, a day in the future.
            NotFound: an id that is no symptom of this person.
        """
        day = past_day(on or self._context.today(), self._context.clock())
        known = {choice.id for choice in self.symptoms(person_id, everything=True)}
        there = {
            score.symptom: score
            for score in self._context.diary.records(Score, person_id=person_id, since=day, until=day)
        }
        changes = []
        for symptom, value in scores.items():
            if symptom not in known:
                raise NotFound(f"There is no symptom “{symptom}”; add it as an own one first.")
            if value is not None and not 0 <= value <= WORST:
                raise Invalid(f"A score goes from 0 (none) to 10 (worst), not {value}.", symptom)
            change = self._score_change(person_id, there.get(symptom), symptom, value, day, note)
            if change:
                changes.append(change)
        if not changes:
            return Outcome(None, (), frozenset())
        text = f"Scored {count(len(changes), 'symptom')}"
        return self._context.write("log symptom", text, person_id, changes)

    def _score_change(
        self,
        person_id: str,
        former: Score | None,
        symptom: str,
        value: int | None,
        day: date,
        note: str | None,
    ) -> Change | None:
        if value is None:
            return Change(former, None) if former else None
        if former is None:
            stamp = self._context.stamp(person_id)
            moment = self._context.clock()
            at = moment.time().replace(second=0, microsecond=0, tzinfo=None) if day == moment.date() else None
            return Change(None, Score(**stamp, symptom=symptom, on=day, at=at, score=value, note=note))
        if former.score == value and note in (None, former.note):
            return None
        return Change(former, replace(former, score=value, note=note or former.note))

    def log_trend(
        self,
        person_id: str,
        direction: str,
        *,
        symptom: str | None = None,
        since: date | None = None,
        on: date | None = None,
        note: str | None = None,
    ) -> Outcome:
        """Note better, same or worse, for one symptom or overall, and since when (S9)."""
        if direction not in get_args(Direction):
            raise Invalid(f"A trend is better, same or worse, not “{direction}”.", "direction")
        if symptom is not None and symptom not in {c.id for c in self.symptoms(person_id, everything=True)}:
            raise NotFound(f"There is no symptom “{symptom}”; add it as an own one first.")
        day = past_day(on or self._context.today(), self._context.clock())
        if since is not None:
            ordered(since, day, "since")
        trend = Trend(
            **self._context.stamp(person_id),
            symptom=symptom,
            on=day,
            direction=cast("Direction", direction),
            since=since,
            note=note,
        )
        return self._context.add("log trend", f"Noted: {direction}", [trend])

    def log_reaction(
        self,
        person_id: str,
        what: str,
        *,
        area: str,
        severity: str = "mild",
        injection_id: str | None = None,
        on: date | None = None,
        until: date | None = None,
        note: str | None = None,
    ) -> Outcome:
        """Note a reaction at the site or a general side effect, after an injection or by itself."""
        if area not in ("site", "general"):
            raise Invalid(f"A reaction is at the site or general, not “{area}”.", "area")
        if severity not in get_args(Severity):
            raise Invalid(f"Severity is mild, moderate or severe, not “{severity}”.", "severity")
        if not what.strip():
            raise Invalid("Please say what the reaction was.", "what")
        day = past_day(on or self._context.today(), self._context.clock())
        if injection_id is not None:
            injection = self._context.diary.get(Injection, injection_id)
            if injection.person_id != person_id:
                raise NotFound("That injection belongs to another person.")
            ordered(injection.on, day, "on")
        reaction = Reaction(
            **self._context.stamp(person_id),
            injection_id=injection_id,
            area=cast('Literal["site", "general"]', area),
            what=what.strip(),
            severity=cast("Severity", severity),
            on=day,
            until=ordered(day, until),
            note=note,
        )
        return self._context.add("log reaction", "Noted a reaction", [reaction])

    def log_event(
        self,
        person_id: str,
        what: str,
        *,
        on: date | None = None,
        until: date | None = None,
        text: str | None = None,
        tags: Sequence[str] = (),
    ) -> Outcome:
        """Note something beside the injections: a medicine, an illness, a new symptom, a plain note (S11)."""
        what = what.strip()
        if not what:
            raise Invalid("Please say what happened.", "what")
        day = past_day(on or self._context.today(), self._context.clock())
        cleaned = tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
        event = Event(
            **self._context.stamp(person_id),
            what=what,
            on=day,
            until=ordered(day, until),
            text=text or None,
            tags=cleaned,
        )
        return self._context.add("log event", f"Noted: {what.replace('_', ' ')}", [event])

    def add_symptom(self, person_id: str, label: str) -> Outcome:
        """Add an own symptom, scored 0 to 10 like the others."""
        label = label.strip()
        if not label:
            raise Invalid("A symptom needs a name.", "label")
        choices = self.symptoms(person_id, everything=True)
        if any(choice.label.casefold() == label.casefold() for choice in choices):
            raise Invalid(f"“{label}” is in the list already.", "label")
        word = re.sub(r"\W+", "_", label.casefold()).strip("_") or "own"
        taken = {choice.id for choice in choices}
        symptom, number = f"own_{word}", 2
        while symptom in taken:
            symptom, number = f"own_{word}_{number}", number + 1
        item = SymptomItem(
            **self._context.stamp(person_id), symptom=symptom, label=label, position=len(choices)
        )
        return self._context.add("add symptom", f"Added the symptom {label}", [item])

    def show_symptom(self, person_id: str, symptom: str, shown: bool) -> Outcome:
        """Show or hide one symptom; its scores stay."""
        items = self._context.diary.records(SymptomItem, person_id=person_id)
        former = next((item for item in items if item.symptom == symptom), None)
        choices = self._symptoms.choices(items)
        position = next((index for index, choice in enumerate(choices) if choice.id == symptom), None)
        if position is None:
            raise NotFound(f"There is no symptom “{symptom}”.")
        after = (
            replace(former, shown=shown)
            if former
            else SymptomItem(
                **self._context.stamp(person_id), symptom=symptom, shown=shown, position=position
            )
        )
        text = f"{'Showing' if shown else 'Hiding'} the symptom {choices[position].label}"
        return self._context.write("show symptom", text, person_id, [Change(former, after)])
