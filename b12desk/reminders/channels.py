"""The ways to put a reminder on the screen, each behind the same two questions (RULES R6).

The list in the window is not here: it is always filled, from the projection. Libraries are imported when
something is to be sent, since most passes send nothing.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jeepney.io.blocking import DBusConnection

Result = Literal["accepted", "failed", "unknown"]

APP_NAME = "B12 Desk"
SERVICE = "org.freedesktop.Notifications"
PATIENCE_SECONDS = 5.0
SHOWN_SECONDS = 10
BUS_ERRORS = (
    OSError,
    ValueError,
    RuntimeError,
)  # no socket; jeepney's refused login; an address it cannot read


class Channel(Protocol):
    """A pop-up channel; `name` goes into the ledger."""

    name: str

    def available(self) -> bool:
        """Whether there is anything to send to; False is no failure, and nothing is recorded of it."""

    def send(self, title: str, text: str) -> Result:
        """Show one message; `unknown` where the system does not tell what became of it."""


class Tried(NamedTuple):
    """One channel that was tried, and what it said."""

    channel: str
    result: Result


class DBusChannel:
    """The desktop's notification service, spoken to directly (freedesktop.org Notifications, version 1.2)."""

    name = "dbus"

    def available(self) -> bool:
        return notification_service()

    def send(self, title: str, text: str) -> Result:
        from jeepney import DBusAddress, MessageType, new_method_call

        address = DBusAddress(f"/{SERVICE.replace('.', '/')}", bus_name=SERVICE, interface=SERVICE)
        hints = {"urgency": ("y", 1), "category": ("s", "reminder"), "desktop-entry": ("s", "b12desk")}
        # -1: the desktop decides how long; its history and our list keep what was missed
        buttons: list[str] = []
        body = (APP_NAME, 0, "", title, text, buttons, hints, -1)
        try:
            with _session_bus() as bus:
                call = new_method_call(address, "Notify", "susssasa{sv}i", body)
                reply = bus.send_and_get_reply(call, timeout=PATIENCE_SECONDS)
        except TimeoutError:
            return "unknown"  # it may be on the screen: the next channel must not show it again
        except BUS_ERRORS:
            return "failed"
        return "accepted" if reply.header.message_type is MessageType.method_return else "failed"


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

    def send(self, title: str, text: str) -> Result:
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

    def send(self, title: str, text: str) -> Result:
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


def deliver(channels: Sequence[Channel], title: str, text: str) -> list[Tried]:
    """Send to the first available channel; to the next one only where it reports a failure (RULES R6)."""
    tried: list[Tried] = []
    for channel in channels:
        if not channel.available():
            continue
        tried.append(Tried(channel.name, channel.send(title, text)))
        if tried[-1].result != "failed":
            break
    return tried


def notification_service() -> bool:
    """Whether someone owns the notification service on the session bus, or the bus can start it.

    The environment is asked first: without a bus the D-Bus library is not even loaded.
    """
    if not _bus_address():
        return False
    try:
        from jeepney import DBusAddress, new_method_call
    except ImportError:  # it is installed on Linux only
        return False

    bus_itself = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    try:
        with _session_bus() as bus:
            for question in ("ListNames", "ListActivatableNames"):
                reply = bus.send_and_get_reply(
                    new_method_call(bus_itself, question), timeout=PATIENCE_SECONDS
                )
                if reply.body and SERVICE in reply.body[0]:
                    return True
    except BUS_ERRORS:
        return False
    return False


def session_is_there() -> Callable[[], bool]:
    """A question to ask again and again: whether the desktop session of this moment still lasts.

    Without a session bus now, nobody can tell, and the answer stays yes.
    """
    address = _bus_address()
    if not address:
        return lambda: True

    def lasts() -> bool:
        try:
            with _session_bus():
                return True
        except BUS_ERRORS:
            return False

    return lasts


def _bus_address() -> str | None:
    """Where the session bus is; jeepney itself looks only at the first of the two places."""
    told = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if told:
        return told
    usual = f"{os.environ.get('XDG_RUNTIME_DIR', '')}/bus"
    return f"unix:path={usual}" if os.path.exists(usual) else None  # noqa: PTH110 - pathlib is slow to load


def _session_bus() -> DBusConnection:
    from jeepney.io.blocking import open_dbus_connection

    return open_dbus_connection(_bus_address() or "SESSION")
