"""The desktop's session bus and its notification service (freedesktop.org Notifications, version 1.2).

jeepney is imported when something is to be said: most passes say nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jeepney import DBusAddress
    from jeepney.io.blocking import DBusConnection

APP_NAME = "B12 Desk"
SERVICE = "org.freedesktop.Notifications"
PATIENCE_SECONDS = 5.0
ERRORS = (OSError, ValueError, RuntimeError)
"""No socket; jeepney's refused login; an address that it cannot read."""


def notify(bus: DBusConnection, title: str, text: str, buttons: Sequence[str] = ()) -> int | None:
    """Show one message; its number, or None where the service refused.

    `buttons` are keys and labels in turn.

    Raises:
        TimeoutError: no answer; it may be on the screen all the same.
    """
    from jeepney import MessageType, new_method_call

    hints = {"urgency": ("y", 1), "category": ("s", "reminder"), "desktop-entry": ("s", "b12desk")}
    # -1: the desktop decides how long; its history and our list keep what was missed
    body = (APP_NAME, 0, "", title, text, list(buttons), hints, -1)
    call = new_method_call(_service(), "Notify", "susssasa{sv}i", body)
    reply = bus.send_and_get_reply(call, timeout=PATIENCE_SECONDS)
    return reply.body[0] if reply.header.message_type is MessageType.method_return else None


def has_buttons(bus: DBusConnection) -> bool:
    """Whether the notification service can show buttons."""
    from jeepney import MessageType, new_method_call

    reply = bus.send_and_get_reply(new_method_call(_service(), "GetCapabilities"), timeout=PATIENCE_SECONDS)
    return reply.header.message_type is MessageType.method_return and "actions" in reply.body[0]


def listen(bus: DBusConnection) -> None:
    """Ask the bus for what the notification service tells everybody; some tell only who sent."""
    from jeepney import MatchRule, message_bus

    rule = MatchRule(type="signal", interface=SERVICE)
    bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=PATIENCE_SECONDS)


def _service() -> DBusAddress:
    from jeepney import DBusAddress

    return DBusAddress(f"/{SERVICE.replace('.', '/')}", bus_name=SERVICE, interface=SERVICE)


def notification_service() -> bool:
    """Whether someone owns the notification service on the session bus, or the bus can start it.

    The environment is asked first: without a bus the D-Bus library is not even loaded.
    """
    if not address():
        return False
    try:
        from jeepney import DBusAddress, new_method_call
    except ImportError:  # it is installed on Linux only
        return False

    bus_itself = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    try:
        with connect() as bus:
            for question in ("ListNames", "ListActivatableNames"):
                reply = bus.send_and_get_reply(
                    new_method_call(bus_itself, question), timeout=PATIENCE_SECONDS
                )
                if reply.body and SERVICE in reply.body[0]:
                    return True
    except ERRORS:
        return False
    return False


def session_is_there() -> Callable[[], bool]:
    """A question to ask again and again: whether the desktop session of this moment still lasts.

    Without a session bus now, nobody can tell, and the answer stays yes.
    """
    if not address():
        return lambda: True

    def lasts() -> bool:
        try:
            with connect():
                return True
        except ERRORS:
            return False

    return lasts


def address() -> str | None:
    """Where the session bus is; jeepney itself looks only at the first of the two places."""
    told = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if told:
        return told
    usual = f"{os.environ.get('XDG_RUNTIME_DIR', '')}/bus"
    return f"unix:path={usual}" if os.path.exists(usual) else None  # noqa: PTH110 - pathlib is slow to load


def connect() -> DBusConnection:
    """A connection to the session bus; raises one of `ERRORS`."""
    from jeepney.io.blocking import open_dbus_connection

    return open_dbus_connection(address() or "SESSION")
