"""The ways to put a reminder on the screen, each behind the same two questions (RULES R6).

The list in the window is not here: it is always filled, from the projection. Libraries are imported when
something is to be sent, since most passes send nothing.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from b12desk.reminders.desktop_bus import APP_NAME, PATIENCE_SECONDS, notification_service

if TYPE_CHECKING:
    from collections.abc import Sequence

Result = Literal["accepted", "failed", "unknown"]

SHOWN_SECONDS = 10


class Offer(NamedTuple):
    """What the buttons of a message are about.

    Attributes:
        book: path of the reminder book, whose inbox takes what is chosen. diary: the file beside it.
        person_id: whose message it is.
        items: (track, day) of each open item in it, as the ledger's key has them, oldest first.
        day: the planned date at which the window opens.
    """

    book: str
    diary: str
    person_id: str
    items: tuple[tuple[str, str], ...]
    day: str


class Channel(Protocol):
    """A pop-up channel; `name` goes into the ledger."""

    name: str

    def available(self) -> bool:
        """Whether there is anything to send to; False is no failure, and nothing is recorded of it."""

    def send(self, title: str, text: str, offer: Offer | None = None) -> Result:
        """Show one message; `unknown` where the system does not tell what became of it.

        With an offer the message has buttons, where the channel can have them.
        """


class Tried(NamedTuple):
    """One channel that was tried, and what it said."""

    channel: str
    result: Result


class DBusChannel:
    """The desktop's notification service, spoken to directly (freedesktop.org Notifications, version 1.2)."""

    name = "dbus"

    def available(self) -> bool:
        return notification_service()

    def send(self, title: str, text: str, offer: Offer | None = None) -> Result:
        from b12desk.reminders import desktop_bus

        if offer is not None:
            from b12desk.reminders.waiting import hand_over

            result = hand_over(title, text, offer)
            if result is not None:
                return result
        try:
            with desktop_bus.connect() as bus:
                return "accepted" if desktop_bus.notify(bus, title, text) is not None else "failed"
        except TimeoutError:
            return "unknown"  # it may be on the screen: the next channel must not show it again
        except desktop_bus.ERRORS:
            return "failed"


class OsascriptChannel:
    """macOS through its own script runner, since plyer uses an interface there that Apple has given up."""

    name = "osascript"
    script = (
        "on run argv",
        "display notification (item 2 of argv) with title (item 1 of argv)",
        "end run",
    )

    def available(self) -> bool:
        return sys.platform == "darwin"

    def send(self, title: str, text: str, offer: Offer | None = None) -> Result:  # noqa: ARG002
        import subprocess

        lines = [part for line in self.script for part in ("-e", line)]
        command = ["/usr/bin/osascript", *lines, title, text]
        try:
            done = subprocess.run(command, capture_output=True, timeout=PATIENCE_SECONDS, check=False)  # noqa: S603
        except subprocess.TimeoutExpired:
            return "unknown"
        except OSError:
            return "failed"
        return "accepted" if done.returncode == 0 else "failed"


class PlyerChannel:
    """plyer, which speaks to Windows, macOS and older Linux desktops.

    It returns normally even where nothing was shown (it ignores how notify-send ended), so its best result
    is `unknown`.
    """

    name = "plyer"

    def available(self) -> bool:
        on_linux = sys.platform.startswith("linux")
        return notification_service() or os.path.isdir("/app") if on_linux else True  # noqa: PTH112 - /app: Flatpak

    def send(self, title: str, text: str, offer: Offer | None = None) -> Result:  # noqa: ARG002
        import warnings

        from plyer import notification

        if title.startswith("-"):
            title = (
                f" {title}"  # it hands the title to notify-send as it is, which would take it for an option
            )
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it warns about every other way it might have taken
                notification.notify(title=title, message=text, app_name=APP_NAME, timeout=SHOWN_SECONDS)
        except Exception:
            # its back ends raise whatever their library raises; none of it may end the pass
            return "failed"
        return "unknown"


def channels_named(name: str | None) -> tuple[Channel, ...]:
    """The pop-up channels of `--channel NAME`; for None all of them in order, for `list` none."""
    channels: tuple[Channel, ...] = (DBusChannel(), OsascriptChannel(), PlyerChannel())
    return channels if name is None else tuple(channel for channel in channels if channel.name == name)


def deliver(channels: Sequence[Channel], title: str, text: str, offer: Offer | None = None) -> list[Tried]:
    """Send to the first available channel; to the next one only where it reports a failure (RULES R6)."""
    tried: list[Tried] = []
    for channel in channels:
        if not channel.available():
            continue
        tried.append(Tried(channel.name, channel.send(title, text, offer)))
        if tried[-1].result != "failed":
            break
    return tried
