"""The app without a screen: the operations that the window and the command line share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from b12desk import paths
from b12desk.clock import Clock, zone_name
from b12desk.desk.context import Context, Listener
from b12desk.desk.entries import Entries
from b12desk.desk.outcome import Outcome, Ref
from b12desk.desk.people import People
from b12desk.desk.plans import Plans
from b12desk.desk.products import Products
from b12desk.desk.reminders import ReminderChoices, Reminders
from b12desk.desk.symptom_list import SymptomChoice, SymptomList
from b12desk.desk.views import Views
from b12desk.domain import symptoms
from b12desk.domain.records import OwnAnalyte
from b12desk.store.diary import Diary

if TYPE_CHECKING:
    from b12desk.desk.editing import Editing
    from b12desk.desk.exports import Exports
    from b12desk.desk.history import History
    from b12desk.desk.injections import InjectionDraft, Injections
    from b12desk.desk.lab_assignments import LabAssignments
    from b12desk.desk.lab_entries import LabDraft, LabEntries
    from b12desk.desk.labs import Labs
    from b12desk.desk.paper import Paper
    from b12desk.desk.patterns import Patterns
    from b12desk.desk.periods import Comparing
    from b12desk.desk.pictures import Pictures
    from b12desk.desk.reminder_check import ReminderCheck
    from b12desk.domain.analytes import Catalogue
    from b12desk.domain.presets import Preset

__all__ = [
    "Clock",
    "Desk",
    "InjectionDraft",
    "LabDraft",
    "Outcome",
    "Ref",
    "ReminderChoices",
    "SymptomChoice",
]

_DRAFTS = {"InjectionDraft": "b12desk.desk.injections", "LabDraft": "b12desk.desk.lab_entries"}


def __getattr__(name: str) -> Any:
    """The drafts, loaded with the operations that take them: a window's first page needs neither."""
    if name in _DRAFTS:
        return getattr(import_module(_DRAFTS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class Desk:
    """One open diary and its operations, by topic.

    Attributes:
        path: the diary file.
        people, products, plans, entries, reminders, views: what the first page needs.
        injections, lab_entries, editing, history, exports, labs, pictures, patterns, comparing, paper:
            those that load more of the program, so only when first asked for.
    """

    def __init__(
        self,
        diary: Diary,
        path: Path,
        *,
        clock: Clock,
        by: str = "self",
        ids: Callable[[], str],
        zone: str,
        choices: ReminderChoices | None = None,
        units: Mapping[str, str] | None = None,
    ) -> None:
        self.path = path
        self._units = dict(units or {})
        self._context = context = Context(diary, clock, ids, by, zone)
        self.people = People(context)
        self.products = Products(context)
        self.plans = Plans(context, self.products, _regimens)
        self._symptoms = SymptomList(symptoms.load(paths.read_resource("presets/symptoms.json")))
        self.entries = Entries(context, self._symptoms)
        book = paths.beside(path).reminders
        self.reminders = Reminders(context, self.people, self.plans, book, choices or ReminderChoices())
        context.before_write = self.reminders.before_write
        context.after_write = self.reminders.after_write
        context.subscribe(self.reminders.heard)
        context.subscribe(self._forget_analytes)
        self.views = Views(context, self.products, self.plans, self.entries)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Clock,
        by: str = "self",
        create: bool = False,
        key: bytes | None = None,
        ids: Callable[[], str] | None = None,
        zone: str | None = None,
        choices: ReminderChoices | None = None,
        units: Mapping[str, str] | None = None,
    ) -> Self:
        """Open the diary at `path`, or make it where there is none and `create` is set.

        Args:
            zone: the IANA name that new entries carry; without it the clock's own.
            choices: when and how to remind. units: analyte id to the unit in which it is shown.

        Raises:
            WorldError: no_diary, damaged, newer_file, busy, read_only, disk_full, wrong_passphrase.
        """
        if create and not path.exists():
            paths.ensure(path.parent)
            diary = Diary.create(path, key=key)
        else:
            diary = Diary.open(path, key=key)
        return cls(
            diary,
            path,
            clock=clock,
            by=by,
            ids=ids or _random_ids(),
            zone=zone or zone_name(clock()),
            choices=choices,
            units=units,
        )

    @cached_property
    def injections(self) -> Injections:
        """Logging injections, and those that were not given."""
        from b12desk.desk.injections import Injections

        return Injections(self._context, self.products, self.plans)

    @cached_property
    def lab_entries(self) -> LabEntries:
        """Laboratory values typed by hand."""
        from b12desk.desk.lab_entries import LabEntries

        return LabEntries(self._context, lambda: self.analytes)

    @cached_property
    def editing(self) -> Editing:
        """Changing and deleting single entries."""
        from b12desk.desk.editing import Editing

        return Editing(self._context, self.products, self.injections, self.lab_entries)

    @cached_property
    def history(self) -> History:
        """What was done, undo and redo, and the check for damage."""
        from b12desk.desk.history import History

        return History(self._context)

    @cached_property
    def exports(self) -> Exports:
        """Copies for other programs, and backups."""
        from b12desk.desk.exports import Exports

        return Exports(self._context, self.path)

    @cached_property
    def analytes(self) -> Catalogue:
        """What the laboratory measures: names, units and factors, with the tests that people added."""
        from b12desk.domain import analytes, own_analytes

        listed = analytes.load(paths.read_resource("presets/analytes.json"))
        return own_analytes.add_own(listed, self._context.diary.records(OwnAnalyte))

    def _forget_analytes(self, outcome: Outcome) -> None:
        """Build the catalogue anew when an own test was added, changed, or undone."""
        if outcome.changed & {OwnAnalyte.kind, "everything"}:
            for name in ("analytes", "pictures", "patterns", "comparing", "paper"):
                self.__dict__.pop(name, None)

    @cached_property
    def labs(self) -> Labs:
        """Importing laboratory files."""
        from b12desk.desk.labs import Labs

        return Labs(self._context, self.lab_assignments)

    @cached_property
    def lab_assignments(self) -> LabAssignments:
        """Unknown tests that the person assigned, and tests of their own."""
        from b12desk.desk.lab_assignments import LabAssignments

        return LabAssignments(self._context, lambda: self.analytes)

    @cached_property
    def pictures(self) -> Pictures:
        """The data of charts and of the appointment pages."""
        from b12desk.desk.pictures import Pictures

        return Pictures(self._context, self.plans, self.entries, self.analytes, self._units)

    @cached_property
    def patterns(self) -> Patterns:
        """Which symptoms return before the next injection."""
        from b12desk.desk.patterns import Patterns

        return Patterns(self._context, self.entries, self.pictures)

    @cached_property
    def reminder_check(self) -> ReminderCheck:
        """Whether reminders will come, and the system's scheduler."""
        from b12desk.desk.reminder_check import ReminderCheck

        return ReminderCheck(self.path, self._context.clock)

    @cached_property
    def comparing(self) -> Comparing:
        """Two periods beside each other, and the questions that the entries raise."""
        from b12desk.desk.periods import Comparing

        return Comparing(self._context, self.entries, self.pictures, self.patterns, self.analytes)

    @cached_property
    def paper(self) -> Paper:
        """The appointment pages."""
        from b12desk.desk.paper import Paper

        return Paper(
            self._context,
            self.products,
            self.plans,
            self.views,
            self.pictures,
            self.analytes,
            self.patterns,
            self.comparing,
        )

    @property
    def by(self) -> str:
        """Who is typing."""
        return self._context.by

    @by.setter
    def by(self, name: str) -> None:
        self._context.by = name

    @property
    def zone(self) -> str:
        """The IANA zone that new entries carry."""
        return self._context.zone

    def now(self) -> datetime:
        """Now, aware."""
        return self._context.clock()

    def today(self) -> date:
        """The local date."""
        return self._context.today()

    def counter(self) -> int:
        """Grows with every action in the diary, whoever writes."""
        return self._context.diary.counter()

    def subscribe(self, listener: Listener) -> None:
        """Call `listener` with the outcome of every write from now on."""
        self._context.subscribe(listener)

    def heard(self, outcome: Outcome) -> None:
        """Tell the listeners what the worker's desk of this window has written."""
        self._context.tell(outcome)

    def refresh_if_changed(self) -> bool:
        """Tell the listeners that everything may differ, when another process has written (RULES F5)."""
        if not self._context.changed_elsewhere():
            return False
        self._context.tell(Outcome(None, (), frozenset({"everything", "due"})))
        return True

    def close(self) -> None:
        """Close the file; the desk cannot be used afterwards."""
        self._context.diary.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _random_ids() -> Callable[[], str]:
    """Gives UUIDs; their module loads more of the system than a window's start needs, so with the first."""

    def ids() -> Iterator[str]:
        from uuid import uuid4

        while True:
            yield str(uuid4())

    return ids().__next__


def _regimens() -> tuple[Preset, ...]:
    from b12desk.domain import presets

    return tuple(presets.load(paths.read_resource("presets/regimens.json")))
