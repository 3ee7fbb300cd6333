"""Who and what the sample diary is about, and the seeded source of its ids and chances."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from random import Random
from typing import ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from b12desk.desk.context import Stamp
from b12desk.domain.records import Amount, Form, Person, Product, Record, SymptomItem

SYMPTOMS = (
    "tingling",
    "numbness",
    "balance",
    "fog",
    "memory",
    "fatigue",
    "stamina",
    "dizzy",
    "tongue",
    "weakness",
    "focus",
    "gait",
)
"""The twelve that are scored: the short set (S7) and five of the longer list (S8)."""

ZONE = "Europe/London"
"""Where the sample person lives; fixed, so that the same arguments give the same diary on every computer."""


class Cast:
    """The person, the products and the symptoms, from `start` up to but not on `end`.

    Attributes:
        start, end: the first day with entries, and the day after the last one.
        person, first_product, second_product: as in the diary.
        records: all of them with the product "unknown" and the choices of symptoms.
    """

    BY: ClassVar[str] = "self"

    def __init__(self, seed: int, start: date, end: date) -> None:
        self.start, self.end = start, end
        self._seed = seed
        self._ids = self.chances("ids")
        self.person = self._person()
        self.first_product = self._product("Hydroxocobalamin ampoule", "hydroxocobalamin", "Sample A")
        self.second_product = self._product("Cyanocobalamin ampoule", "cyanocobalamin", "Sample B")
        self.unknown = Product(**self.stamp(start, "09:00"), name="unknown")
        self.records: list[Record] = [
            self.person,
            self.first_product,
            self.second_product,
            self.unknown,
            *self._symptoms(),
        ]

    def chances(self, topic: str) -> Random:
        """A source of chances of its own for each topic, so that one more entry shifts nothing else."""
        return Random(f"{self._seed}:{topic}")  # noqa: S311 - a made-up diary, no secret

    def new_id(self) -> str:
        """The next id; a UUID that derives from the seed."""
        return str(UUID(int=self._ids.getrandbits(128), version=4))

    def moment(self, day: date, clock_time: str) -> datetime:
        """A local moment of the sample person."""
        return datetime.combine(day, time.fromisoformat(clock_time), ZoneInfo(ZONE))

    def stamp(self, day: date, clock_time: str) -> Stamp:
        """Id, person, who and when, for a record made on `day`."""
        return {
            "id": self.new_id(),
            "person_id": self.person.id,
            "recorded_by": self.BY,
            "recorded_at": self.moment(day, clock_time),
        }

    def within(self, day: date) -> bool:
        """Whether the diary covers this day."""
        return self.start <= day < self.end

    def _person(self) -> Person:
        person_id = self.new_id()
        return Person(
            id=person_id,
            person_id=person_id,
            recorded_by=self.BY,
            recorded_at=self.moment(self.start, "09:00"),
            name="Sample Person",
            cause="malabsorption",
            neurological="yes",
            taught_by="practice nurse (sample)",
            taught_on=self.start,
            clinic="Sample Surgery",
            sample=True,
        )

    def _product(self, name: str, form: Form, brand: str) -> Product:
        return Product(
            **self.stamp(self.start, "09:00"),
            name=name,
            form=form,
            strength=Amount(Decimal(1000), "ug/mL"),
            volume=Amount(Decimal(1), "mL"),
            brand=brand,
            source="pharmacy",
        )

    def _symptoms(self) -> list[SymptomItem]:
        return [
            SymptomItem(**self.stamp(self.start, "09:00"), symptom=symptom, position=position)
            for position, symptom in enumerate(SYMPTOMS)
        ]
