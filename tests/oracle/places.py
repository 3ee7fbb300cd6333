"""One planned injection and the facts about it that a person recorded, as the oracle keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from b12desk.domain.records import AgreedDate, NotGiven, Phase, Plan


@dataclass(eq=False)
class Place:
    """P1: an occurrence. `base` is the date its window counts from; None for windows of one day."""

    plan: Plan
    phase: int
    number: int
    on: date | None
    planned: date
    end: date | None = None
    status: str = "open"  # open, given, closed, superseded
    pinned: bool = False  # the clinic's date, or a date somebody recorded something about: nothing moves it
    after_missed: bool = False
    missed_on: date | None = None
    given_on: date | None = None

    @property
    def rule(self) -> Phase:
        return self.plan.phases[self.phase]

    @property
    def window(self) -> tuple[date, date] | None:
        return None if self.on is None else (self.on, self.end or self.on)

    @property
    def asks(self) -> bool:
        """P12: nothing to count from; the clinic must say."""
        return self.on is None

    @property
    def day(self) -> date:
        """The date it sorts and is judged by: "`on: null` sorts by `planned`"."""
        return self.on or self.planned

    def set_one_day(self, day: date) -> None:
        """ "postponed and agreed dates are one day"."""
        self.on, self.end = day, day

    def past(self, today: date) -> bool:
        """ "Past" means that the window is over; grace_days change the state only."""
        return self.window is not None and self.window[1] < today


@dataclass
class Notes:
    """What was recorded about one revision's places: not given, postponed, agreed; oldest first.

    `owner` tells which missed record an agreed date answers: the newest one recorded before it.
    """

    not_given: list[NotGiven] = field(default_factory=list)
    agreed: list[AgreedDate] = field(default_factory=list)

    def misses(self) -> list[NotGiven]:
        return [note for note in self.not_given if note.reason != "postponed"]

    def moved(self, planned: date) -> date | None:
        """P12: where the clinic has postponed this planned date to; the newest word holds."""
        moves = [n.moved_to for n in self.not_given if n.reason == "postponed" and n.planned == planned]
        return moves[-1] if moves else None

    def known(self, planned: date) -> bool:
        return any(note.planned == planned for note in self.not_given)

    def position(self, miss: NotGiven) -> date:
        """The date of a missed dose: its own planned date, or the one it had been postponed to."""
        return self.moved(miss.planned) or miss.planned

    def agreed_after(self, miss: NotGiven) -> AgreedDate | None:
        """`plan agree` answers the missed dose recorded last before it."""
        later = [other.recorded_at for other in self.misses() if other.recorded_at > miss.recorded_at]
        for word in self.agreed:
            if word.recorded_at > miss.recorded_at and not any(at < word.recorded_at for at in later):
                return word
        return None
