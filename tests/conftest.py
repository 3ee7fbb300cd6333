"""What every test gets: a home of its own, no screen, no real services, and a search for its leftovers."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest

from b12desk import paths
from tests.helpers.clock import FixedClock
from tests.helpers.guards import Guard, RealWorldReached

if "B12DESK_SCREEN" not in os.environ:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt

# Qt, and the fonts matplotlib lists, belong to the run and not to one test's home.
QT_FIXTURES = {"qapp", "qapp_args", "qtbot", "qtmodeltester"}
FAILED = pytest.StashKey[bool]()
HOME_VARIABLES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")

hypothesis.settings.register_profile("steady", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("steady")

pytest_plugins = ["tests.helpers.screen"]


def _real_places() -> list[Path]:
    real = paths.places()
    return [real.diary.parent, real.settings.parent, real.log.parent, real.cache]


_guard = Guard(_real_places(), os.environ.get("DBUS_SESSION_BUS_ADDRESS"))


def pytest_configure(config: pytest.Config) -> None:
    """Watch the process, and keep matplotlib's list of fonts between runs (each test has another home)."""
    _guard.install()
    if config.cache is not None:
        os.environ.setdefault("MPLCONFIGDIR", str(config.cache.mkdir("matplotlib")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Qt or a screen, so that `-m "not gui and not screen"` is the run on every save."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        if used & QT_FIXTURES:
            item.add_marker("gui")
        if "screen" in used:
            item.add_marker("screen")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure: its traceback keeps widgets alive, which is no leak."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point every place at an empty folder; processes that the test starts inherit it."""
    home = tmp_path_factory.mktemp("home")
    for name in HOME_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv(paths.HOME_VARIABLE, str(home / "b12desk"))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/no-bus-in-tests")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return home


@pytest.fixture(autouse=True)
def no_real_world(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail the test that reaches the user's data, the session bus, the network or a real notification."""
    from plyer.facades import Notification

    def refuse(self: object, *args: object, **message: object) -> None:
        _guard.reached.append("plyer")
        raise RealWorldReached("a test sent a real notification through plyer; give the channel a stand-in")

    monkeypatch.setattr(Notification, "notify", refuse)
    _guard.reached.clear()
    yield
    assert not _guard.reached, f"the test reached {_guard.reached}"


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail the test that leaves threads, timers or windows to the next one."""
    from tests.helpers.leaks import QtWatch, ThreadWatch

    uses_qt = bool(QT_FIXTURES & set(request.fixturenames))
    threads = ThreadWatch()
    qt = QtWatch(monkeypatch.setattr) if uses_qt else None
    yield
    if not request.node.stash.get(FAILED, False):
        left = threads.leftovers() + (qt.leftovers() if qt else [])
        assert not left, f"the test left behind: {'; '.join(left)}"


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands at 2026-11-21 10:00 in Berlin until the test moves it."""
    return FixedClock()
