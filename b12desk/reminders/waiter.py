"""Waits for the buttons of reminders that are on the screen, and carries out what is chosen (RULES R11).

No Qt and no diary: a snooze goes into the reminder book's inbox, and logging opens the window.
"""

from __future__ import annotations

import json
import os
import selectors
import socket
import subprocess
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from b12desk.domain.errors import WorldError
from b12desk.reminders import desktop_bus
from b12desk.reminders.book import Book
from b12desk.reminders.book_rows import Wish
from b12desk.reminders.channels import Offer
from b12desk.reminders.own_program import own_program
from b12desk.reminders.waiting import LARGEST, TAKEN, of_this_account

if TYPE_CHECKING:
    from jeepney import Message
    from jeepney.io.blocking import DBusConnection

LONGEST = timedelta(hours=12)
IDLE_SECONDS = 5.0
LOOK_SECONDS = 600.0
"""The longest single wait: a clock that was set, or a sleep, may have ended the twelve hours meanwhile."""
BUTTONS = ("default", "Log it", "log", "Log it…", "snooze", "Snooze until tomorrow")
ATTEMPTS = 3

Clock = Callable[[], datetime]
Start = Callable[[list[str], str], None]


@dataclass
class Shown:
    """One message on the screen: what it is about, when it came, and the token that may raise a window."""

    offer: Offer
    at: datetime
    token: str = ""


@dataclass
class Waiter:
    """Shows what passes hand over, and waits until every message is used or closed, 12 hours at most.

    Attributes:
        start: starts the window with these options; the second argument is the desktop's activation token.
    """

    bus: DBusConnection
    listener: socket.socket
    clock: Clock
    start: Start
    _shown: dict[int, Shown] = field(default_factory=dict)
    _heard: deque[Message] = field(default_factory=deque)

    def run(self) -> None:
        """Stay until there is nothing to wait for, or the session is over."""
        from jeepney import MatchRule

        desktop_bus.listen(self.bus)
        signals = MatchRule(type="signal", interface=desktop_bus.SERVICE)
        with self.bus.filter(signals, queue=self._heard), selectors.DefaultSelector() as ready:
            ready.register(self.bus.sock, selectors.EVENT_READ)
            ready.register(self.listener, selectors.EVENT_READ)
            while True:
                events = ready.select(self._patience())
                if not events and not self._shown:
                    return
                for key, _ in events:
                    self._serve() if key.fileobj is self.listener else self._read_bus()
                self._follow()
                self._drop_old()

    def _patience(self) -> float:
        if not self._shown:
            return IDLE_SECONDS
        first = min(shown.at for shown in self._shown.values()) + LONGEST
        return min(LOOK_SECONDS, max(0.0, (first - self.clock()).total_seconds()))

    def _drop_old(self) -> None:
        now = self.clock()
        self._shown = {
            number: shown for number, shown in self._shown.items() if abs(now - shown.at) < LONGEST
        }

    def _serve(self) -> None:
        """Take one message from a pass, show it, and say what became of it."""
        link, _ = self.listener.accept()
        with link, suppress(OSError, ValueError, KeyError, TypeError):
            link.settimeout(desktop_bus.PATIENCE_SECONDS)
            if not of_this_account(link):
                return
            with link.makefile("rb") as asked:
                message = json.loads(asked.readline(LARGEST))
            book, diary, person, items, day = message["offer"]
            offer = Offer(book, diary, person, tuple((kind, on) for kind, on in items), day)
            link.sendall(TAKEN)
            link.sendall(self._show(message["title"], message["text"], offer).encode())

    def _show(self, title: str, text: str, offer: Offer) -> str:
        try:
            buttons = BUTTONS if desktop_bus.has_buttons(self.bus) else ()
            number = desktop_bus.notify(self.bus, title, text, buttons)
        except TimeoutError:
            return "unknown"
        if number is None:
            return "failed"
        if buttons:
            self._shown[number] = Shown(offer, self.clock())
        return "accepted"

    def _read_bus(self) -> None:
        with suppress(TimeoutError):
            while True:
                self.bus.recv_messages(timeout=0)

    def _follow(self) -> None:
        """Act on what the notification service has told."""
        from jeepney import HeaderFields

        while self._heard:
            signal = self._heard.popleft()
            number, word = signal.body
            if number not in self._shown:
                continue
            match signal.header.fields.get(HeaderFields.member):
                case "ActivationToken":
                    self._shown[number].token = word
                case "ActionInvoked":
                    self._do(word, self._shown.pop(number))
                case "NotificationClosed":
                    del self._shown[number]

    def _do(self, button: str, shown: Shown) -> None:
        if button == "snooze":
            self._snooze(shown.offer)
        else:
            offer = shown.offer
            options = [f"--diary={offer.diary}", f"--person={offer.person_id}", f"--planned={offer.day}"]
            self.start(options, shown.token)

    def _snooze(self, offer: Offer) -> None:
        """Leave the wish in the inbox; passes heed it at once, the desk writes it into the diary."""
        now = self.clock()
        until = (now.date() + timedelta(days=1)).isoformat()
        wishes = [Wish(offer.person_id, kind, on, "snooze", until, now) for kind, on in offer.items]
        for _ in range(ATTEMPTS):
            with suppress(WorldError):
                book = Book.existing(offer.book)
                if book is not None:
                    with book:
                        book.wish(wishes)
                return


def main(listening: int, clock: Clock) -> int:
    """Be the waiter on an inherited socket: detach from whoever started it, and stay; the exit code."""
    if os.fork():
        os._exit(0)
    os.setsid()
    with socket.socket(fileno=listening) as listener, _bus() as bus:
        if bus is not None:
            with suppress(OSError):  # the session has ended
                Waiter(bus, listener, clock, start_window).run()
    return 0


def start_window(options: list[str], token: str) -> None:
    """Open the window, or raise the one that is there; `token` lets it come to the front."""
    environment = {**os.environ, "XDG_ACTIVATION_TOKEN": token} if token else None
    subprocess.Popen(  # noqa: S603 - our own program
        [*own_program(), *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=environment,
    )


@contextmanager
def _bus() -> Iterator[DBusConnection | None]:
    try:
        bus = desktop_bus.connect()
    except desktop_bus.ERRORS:
        yield None
        return
    with bus:
        yield bus
