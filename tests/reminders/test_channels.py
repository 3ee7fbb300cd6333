"""The order of the channels and what counts as sent; the real services are tried in test_real_daemon."""

from __future__ import annotations

import subprocess
import sys
import warnings
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from b12desk.reminders import desktop_bus
from b12desk.reminders.channels import (
    DBusChannel,
    OsascriptChannel,
    PlyerChannel,
    Tried,
    channels_named,
    deliver,
)
from tests.reminders.fakes import FakeChannel


@pytest.mark.parametrize(
    ("name", "expected"),
    [(None, ["dbus", "osascript", "plyer"]), ("dbus", ["dbus"]), ("plyer", ["plyer"]), ("list", [])],
)
def test_a_name_chooses_its_channels(name: str | None, expected: list[str]) -> None:
    assert [channel.name for channel in channels_named(name)] == expected


@pytest.mark.parametrize(
    ("first", "second", "tried"),
    [
        (FakeChannel("a"), FakeChannel("b"), [("a", "accepted")]),
        (FakeChannel("a", "unknown"), FakeChannel("b"), [("a", "unknown")]),
        (FakeChannel("a", "failed"), FakeChannel("b"), [("a", "failed"), ("b", "accepted")]),
        (FakeChannel("a", there=False), FakeChannel("b"), [("b", "accepted")]),
        (FakeChannel("a", there=False), FakeChannel("b", there=False), []),
    ],
)
def test_the_next_channel_only_after_a_reported_failure(
    first: FakeChannel, second: FakeChannel, tried: list[tuple[str, str]]
) -> None:
    assert deliver([first, second], "title", "text") == [Tried(*one) for one in tried]  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["", "unix:path=/nonexistent/bus", "tcp:host=localhost", "nonsense"])
def test_a_bus_that_cannot_be_reached_is_no_service(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert not DBusChannel().available()
    assert DBusChannel().send("title", "text") == "failed"


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere plyer speaks to the system itself"
)
def test_plyer_is_not_used_where_nothing_could_show_it() -> None:
    assert not PlyerChannel().available()


def test_plyer_can_never_say_that_it_worked(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}

    def notify(**message: object) -> None:
        warnings.warn("another way would be nicer", stacklevel=1)
        given.update(message)

    monkeypatch.setitem(sys.modules, "plyer", SimpleNamespace(notification=SimpleNamespace(notify=notify)))
    assert PlyerChannel().send("title", "text") == "unknown"
    assert (given["title"], given["message"], given["app_name"]) == ("title", "text", "B12 Desk")


def test_a_title_is_never_an_option_of_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}
    stand_in = SimpleNamespace(notification=SimpleNamespace(notify=lambda **message: given.update(message)))
    monkeypatch.setitem(sys.modules, "plyer", stand_in)
    PlyerChannel().send("-u: B12 injection", "text")
    assert given["title"] == " -u: B12 injection"


@pytest.mark.parametrize(
    ("outcome", "result"),
    [
        (subprocess.CompletedProcess([], 0), "accepted"),
        (subprocess.CompletedProcess([], 1), "failed"),
        (FileNotFoundError(), "failed"),
        (subprocess.TimeoutExpired("osascript", 5), "unknown"),
    ],
)
def test_macos_is_asked_through_its_script_runner(
    outcome: object, result: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def stand_in(command: list[str], **options: object) -> object:
        asked.append(command)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(subprocess, "run", stand_in)
    assert OsascriptChannel().send('say "B12"', "text") == result
    assert asked[0][-2:] == ['say "B12"', "text"]


@pytest.mark.parametrize(("platform", "there"), [("darwin", True), ("linux", False), ("win32", False)])
def test_the_script_runner_is_used_on_macos_only(
    platform: str, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert OsascriptChannel().available() is there


def test_whatever_plyer_raises_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def notify(**message: object) -> None:
        raise NotImplementedError("No usable implementation found!")

    monkeypatch.setitem(sys.modules, "plyer", SimpleNamespace(notification=SimpleNamespace(notify=notify)))
    assert PlyerChannel().send("title", "text") == "failed"


def test_a_bus_that_does_not_answer_may_have_shown_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent:
        def send_and_get_reply(self, message: object, timeout: float) -> None:
            raise TimeoutError

    @contextmanager
    def bus() -> object:
        yield Silent()

    monkeypatch.setattr(desktop_bus, "connect", bus)
    assert DBusChannel().send("title", "text") == "unknown"
