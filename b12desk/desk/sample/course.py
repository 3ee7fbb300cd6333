"""The sample's plan and injections: loading, monthly, then every eight weeks by a revision; some late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from b12desk.desk.sample.cast import ZONE, Cast
from b12desk.domain.records import (
    AgreedDate,
    Amount,
    Every,
    Injection,
    NotGiven,
    Phase,
    PhaseStep,
    Plan,
    Product,
    Reaction,
    Record,
    Until,
)

DOSE = Amount(Decimal(1000), "ug")
VOLUME = Amount(Decimal(1), "mL")
UNTREATED = timedelta(days=14)
"""How long symptoms are scored before the first injection."""

LOADING_DOSES = 6
LOADING_DAYS = ("mon", "wed", "fri")
EIGHT_WEEKS = timedelta(weeks=8)
DELAYS = (0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 5, 9)
"""Days after the planned one; each is as likely as the others."""

MISSED, POSTPONED = 4, 7
"""Which monthly injections were not given on their day."""

REACTIONS = ("sore", "small bruise", "redness", "itching")
ONE_IN = 9
"""About every ninth injection is followed by a reaction."""


@dataclass(frozen=True, slots=True)
class Given:
    """A given injection as the symptoms see it: its day, and the days until the next was planned."""

    on: date
    interval: int


class Course:
    """Everything about injections, written as the days went by.

    Attributes:
        started_on: the first day of the first plan.
        first: the first plan; the diary begins with it.
        records: the later records.
        given: the injections, the oldest first.
    """

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._chances = cast.chances("injections")
        self.started_on = cast.start + UNTREATED
        self._first_plan = self._plan(self.started_on, "Sample diary: low B12 with tingling")
        self.first: list[Record] = [self._first_plan]
        self.records: list[Record] = []
        self.given: list[Given] = []
        self._tell()

    def _tell(self) -> None:
        self._loading()
        months = 9 if self._cast.end < self._cast.start + relativedelta(years=2) else 12
        revised = self._monthly(self.started_on + relativedelta(months=months))
        if revised is None:
            return
        self.records.append(self._revision(revised))
        self._eight_weekly(max(revised, self.given[-1].on + EIGHT_WEEKS))

    def _loading(self) -> None:
        day = next(_loading_days(self.started_on - timedelta(days=1)))
        for number in range(1, LOADING_DOSES + 1):
            following = next(_loading_days(day))
            last = number == LOADING_DOSES
            self._give(day, day + relativedelta(months=1) if last else following, nurse=True)
            if last:
                on = day + timedelta(days=3)
                told = "practice nurse (sample)"
                stamp = self._cast.stamp(on, "11:15")
                self.records.append(PhaseStep(**stamp, plan_id=self._first_plan.id, on=on, told_by=told))
            day = following

    def _monthly(self, until: date) -> date | None:
        """Injections a month apart; the day of the revision that ends them, None if the diary ends first."""
        number = 0
        while self.given[-1].on < until:
            number += 1
            planned = self.given[-1].on + relativedelta(months=1)
            actual = self._actual(planned, number)
            if actual >= self._cast.end:
                return None
            self._give(actual, actual + relativedelta(months=1))
        revised = self.given[-1].on + timedelta(days=10)
        return revised if self._cast.within(revised) else None

    def _eight_weekly(self, planned: date) -> None:
        actual = planned + timedelta(days=self._chances.choice(DELAYS))
        while actual < self._cast.end:
            self._give(actual, actual + EIGHT_WEEKS, product=self._cast.second_product)
            actual += EIGHT_WEEKS + timedelta(days=self._chances.choice(DELAYS))

    def _actual(self, planned: date, number: int) -> date:
        """The day on which a monthly injection is given; what keeps it from its own day is written down."""
        if number == MISSED and self._cast.within(planned + timedelta(days=3)):
            agreed = planned + timedelta(days=8)
            told = planned + timedelta(days=3)
            missed = NotGiven(**self._cast.stamp(told, "09:40"), planned=planned, reason="missed")
            word = AgreedDate(
                **self._cast.stamp(told, "10:05"),
                plan_id=self._first_plan.id,
                on=agreed,
                told_by="practice nurse (sample)",
            )
            self.records += [missed, word]
            return agreed
        if number == POSTPONED and self._cast.within(planned):
            moved = planned + timedelta(days=6)
            stamp = self._cast.stamp(planned - timedelta(days=2), "18:30")
            self.records.append(NotGiven(**stamp, planned=planned, reason="postponed", moved_to=moved))
            return moved
        return planned + timedelta(days=self._chances.choice(DELAYS))

    def _give(
        self, on: date, following: date, *, nurse: bool = False, product: Product | None = None
    ) -> None:
        number = len(self.given)
        injection = Injection(
            **self._cast.stamp(on, "09:45"),
            on=on,
            at=time(9, 30),
            zone=ZONE,
            precision="minute",
            product_id=(product or self._cast.first_product).id,
            dose=DOSE,
            volume=VOLUME,
            route="IM",
            site="upper arm" if nurse else "thigh",
            side="left" if number % 2 else "right",
            given_by="practice nurse" if nurse else "self",
            lot=f"S{on:%y}{(on.month - 1) // 3 + 1}",
            expiry=on + timedelta(days=540),
        )
        self.records.append(injection)
        self.given.append(Given(on, (following - on).days))
        if self._chances.randrange(ONE_IN) == 0 or number == 1:
            self.records.append(self._reaction(injection))

    def _reaction(self, injection: Injection) -> Reaction:
        last = injection.on + timedelta(days=self._chances.randrange(3))
        return Reaction(
            **self._cast.stamp(injection.on, "20:40"),
            injection_id=injection.id,
            area="site",
            what=self._chances.choice(REACTIONS),
            on=injection.on,
            until=min(last, self._cast.end - timedelta(days=1)),
        )

    def _phase(self, name: str, rule: Every, until: Until, product: Product) -> Phase:
        return Phase(
            name=name, dose=DOSE, volume=VOLUME, product_id=product.id, route="IM", every=rule, until=until
        )

    def _plan(self, started_on: date, why: str) -> Plan:
        first = self._cast.first_product
        loading = self._phase("Loading", Every(weekdays=LOADING_DAYS), Until(doses=LOADING_DOSES), first)
        monthly = self._phase("Monthly", Every(months=1), Until(open_end="no_end"), first)
        return Plan(
            **self._cast.stamp(self._cast.start, "17:20"),
            started_on=started_on,
            anchor="last_injection",
            ordered_by="Dr Sample",
            why=why,
            review_on=started_on + relativedelta(months=3),
            lifelong=True,
            phases=(loading, monthly),
        )

    def _revision(self, started_on: date) -> Plan:
        rule, end = Every(weeks=8), Until(open_end="no_end")
        return Plan(
            **self._cast.stamp(started_on, "17:20"),
            started_on=started_on,
            anchor="last_injection",
            ordered_by="Dr Sample",
            why="Sample diary: yearly review",
            review_on=self._cast.end + relativedelta(months=3),
            lifelong=True,
            phases=(self._phase("Every 8 weeks", rule, end, self._cast.second_product),),
        )


def _loading_days(after: date) -> Iterator[date]:
    """Mondays, Wednesdays and Fridays after a day."""
    day = after
    while True:
        day += timedelta(days=1)
        if day.weekday() in (0, 2, 4):
            yield day
