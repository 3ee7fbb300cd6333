"""What every page is given and what it can ask of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk
from b12desk.domain.records import Person
from b12desk.settings import Settings
from b12desk.ui.tasks import Tasks
from b12desk.ui.theme import Theme


@dataclass
class Surroundings:
    """What the composition root made and pages use; nothing here is global.

    Attributes:
        desk: the open diary; used in the window's thread only.
        tasks: for work that takes longer than a blink, with a desk of its own.
        theme: colours for charts (`theme.tokens`), and the switch for the settings page.
        settings: the preferences in force.
        save_settings: writes changed preferences and keeps them in `settings`.
    """

    desk: Desk
    tasks: Tasks
    theme: Theme
    settings: Settings = field(default_factory=Settings)
    save_settings: Callable[[Settings], None] = lambda _settings: None


class Page(QWidget):
    """One page for one person; the window makes a new one when another person is chosen.

    A page writes through the desk and need not tell anyone: the window listens to the desk, shows the
    undo toast and calls `refresh` on the pages that are there.

    Signals:
        form_opened: a Form to show in the page's place until it is finished.
        page_wanted: the id of another page.
        told: a sentence for the toast, where nothing was written.
    """

    form_opened = Signal(QWidget)
    page_wanted = Signal(str)
    told = Signal(str)

    def __init__(self, around: Surroundings, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.around = around
        self.desk = around.desk
        self.person = person

    def refresh(self, changed: frozenset[str]) -> None:
        """Read again what the page shows; `changed` holds record kinds, "due", and "day" at midnight."""
        raise NotImplementedError

    def shown(self) -> None:
        """The page has come to the front; the place for keyboard focus and for what is drawn late."""


@dataclass(frozen=True)
class PageSpec:
    """One entry of the navigation; `factory` imports its page when it is first visited."""

    id: str
    icon: str
    title: str
    factory: Callable[[Surroundings, Person], Page]
