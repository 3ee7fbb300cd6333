"""Walls round the test run: no test touches the user's files, notification service or network.

Python's audit events see every `open`, `sqlite3.connect` and socket of this process, also those deep in a
library. A reach is refused and remembered, so that code which swallows the exception still fails its test.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path
from typing import Any


class RealWorldReached(Exception):
    """A test was about to use something real that belongs to the person at this computer."""


class Guard:
    """Watches this process from `install` on.

    Attributes:
        reached: what was refused since the list was last cleared.
    """

    def __init__(self, private: Iterable[Path], session_bus: str | None) -> None:
        self._private = tuple(str(path) for path in private)
        self._bus_paths = _socket_paths(session_bus or "")
        self.reached: list[str] = []

    def install(self) -> None:
        """Start watching; Python offers no way to stop, so this is for the whole run."""
        sys.addaudithook(self._audit)

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        if event in ("open", "sqlite3.connect"):
            self._check_file(args[0])
        elif event == "socket.connect":
            self._check_address(args[1])
        elif event == "socket.getaddrinfo":
            self._check_host(args[0])

    def _check_file(self, name: object) -> None:
        if isinstance(name, bytes):
            name = os.fsdecode(name)
        if isinstance(name, str) and name.startswith(self._private):
            self._refuse(f"the real data of this account: {name}")

    def _check_address(self, address: Any) -> None:
        if isinstance(address, tuple):
            self._check_host(address[0])
        elif os.fsdecode(address).lstrip("\0") in self._bus_paths:
            self._refuse(f"the real session bus: {address!r}")

    def _check_host(self, host: object) -> None:
        name = host.decode() if isinstance(host, bytes) else host
        if name in (None, "", "localhost"):
            return
        try:
            local = ip_address(str(name)).is_loopback
        except ValueError:
            local = False
        if not local:
            self._refuse(f"the network: {name}")

    def _refuse(self, what: str) -> None:
        self.reached.append(what)
        raise RealWorldReached(f"a test reached {what}")


def _socket_paths(bus: str) -> frozenset[str]:
    """The socket names in a D-Bus address such as `unix:path=/run/user/1000/bus,guid=…;…`."""
    pairs = (pair for address in bus.split(";") for pair in address.partition(":")[2].split(","))
    return frozenset(pair.partition("=")[2] for pair in pairs if pair.startswith(("path=", "abstract=")))
