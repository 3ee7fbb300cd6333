"""Hands a message with buttons to the one process that waits for them, starting it where there is none.

Buttons need somebody who stays connected to the bus. That is a small process of its own (`waiter`), so that
the pass can end at once (RULES R11). Both speak over an abstract socket of Linux: it vanishes with its
process, and only this account is listened to.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
from hashlib import sha256
from typing import TYPE_CHECKING

from b12desk.reminders.desktop_bus import PATIENCE_SECONDS, address
from b12desk.reminders.own_program import own_program

if TYPE_CHECKING:
    from b12desk.reminders.channels import Offer, Result

WORD = "wait-for-buttons"
TAKEN = b"taken\n"
ANSWER_SECONDS = 3 * PATIENCE_SECONDS
LARGEST = 65_536
_CREDENTIALS = struct.Struct("3i")


def hand_over(title: str, text: str, offer: Offer) -> Result | None:
    """Let the waiter show one message with its buttons; None where no waiter could take it."""
    message = json.dumps({"title": title, "text": text, "offer": offer}).encode() + b"\n"
    try:
        link = _reach()
    except (OSError, subprocess.SubprocessError):
        return None
    with link:
        taken = False
        try:
            link.settimeout(ANSWER_SECONDS)
            link.sendall(message)
            with link.makefile("rb") as answers:
                taken = answers.readline(LARGEST) == TAKEN
                result = answers.readline(LARGEST).strip()
        except OSError:
            return "unknown" if taken else None
    if result == b"accepted":
        return "accepted"
    if result == b"failed":
        return "failed"
    return "unknown" if taken else None


def of_this_account(link: socket.socket) -> bool:
    """Whether the process at the other end belongs to this account."""
    option = socket.SO_PEERCRED
    _, user, _ = _CREDENTIALS.unpack(link.getsockopt(socket.SOL_SOCKET, option, _CREDENTIALS.size))
    return bool(user == os.getuid())


def _reach() -> socket.socket:
    """A connection to the waiter of this account and session."""
    try:
        return _connected()
    except ConnectionRefusedError:
        pass
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        try:
            listener.bind(_name())
        except OSError:  # another pass was first
            return _connected()
        listener.listen()
        _start(listener)
        return _connected()


def _connected() -> socket.socket:
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        link.settimeout(PATIENCE_SECONDS)
        link.connect(_name())
        if not of_this_account(link):
            raise PermissionError("somebody else has taken the waiter's name")
    except BaseException:
        link.close()
        raise
    return link


def _start(listener: socket.socket) -> None:
    """Start the waiter on a socket that is listened to already, so that nobody has to wait for it."""
    number = listener.fileno()
    subprocess.run(  # noqa: S603 - it detaches itself and returns
        [*own_program(), WORD, str(number)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(number,),
        timeout=ANSWER_SECONDS,
        check=True,
    )


def _name() -> bytes:
    """The abstract name of this account's waiter on this session bus."""
    bus = sha256(f"{os.getuid()} {address()}".encode()).hexdigest()[:24]
    return f"\0b12desk-{bus}".encode()
