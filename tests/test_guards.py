"""The walls round the tests themselves: each fails what it is there to fail, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[1]


def run(pytester: pytest.Pytester, body: str) -> pytest.RunResult:
    """Run one small test file under the project's own conftest, in a process of its own."""
    pytester.makeconftest("from tests.conftest import *\nfrom tests.conftest import _guard\n")
    pytester.makepyprojecttoml(
        f"[tool.pytest.ini_options]\npythonpath = ['{ROOT.as_posix()}']\nqt_api = 'pyside6'\n"
        "addopts = ['--strict-markers']\nmarkers = ['gui: needs Qt', 'screen: needs a window']\n"
    )
    pytester.makepyfile(body)
    return pytester.runpytest_subprocess()


LEFTOVERS = {
    "thread": """
        import threading
        def test_it(request):
            end = threading.Event()
            request.config.add_cleanup(end.set)
            threading.Thread(target=end.wait, name="forgotten", daemon=True).start()
        """,
    "QTimer started at": """
        from PySide6.QtCore import QTimer
        kept = []
        def test_it(qapp):
            kept.append(QTimer())
            kept[0].start(1000)
        """,
    "without an owner": """
        from PySide6.QtWidgets import QWidget
        kept = []
        def test_it(qapp):
            kept.append(QWidget())
        """,
}


@pytest.mark.parametrize("named", LEFTOVERS)
def test_leftovers_fail_their_test(pytester: pytest.Pytester, named: str) -> None:
    result = run(pytester, LEFTOVERS[named])
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines([f"*left behind:*{named}*"])


REACHES = {
    "the network": "import socket; socket.create_connection(('192.0.2.1', 80), 0.1)",
    "real notification": "from plyer import notification; notification.notify('a', 'b')",
    "the real session bus": "import socket; socket.socket(socket.AF_UNIX).connect('/run/real-bus')",
    "the real data": "open(REAL)",
}


@pytest.mark.parametrize("named", REACHES)
def test_reaching_the_real_world_fails_even_where_the_error_is_swallowed(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/real-bus,guid=0")
    result = run(
        pytester,
        f"""
        from b12desk import paths
        from contextlib import suppress
        REAL = paths.places().diary
        def test_it():
            with suppress(Exception):
                {REACHES[named]}
        """,
    )
    result.assert_outcomes(passed=1, errors=1)


def test_a_tidy_test_passes_and_qt_tests_are_marked(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import socket, threading
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QWidget
        def test_it(qtbot, request, clock):
            assert request.node.get_closest_marker("gui")
            widget = QWidget()
            qtbot.addWidget(widget)
            widget.show()
            timer = QTimer(widget)
            with qtbot.waitSignal(timer.timeout):
                timer.start(1)
            thread = threading.Thread(target=int)
            thread.start()
            with socket.create_server(("127.0.0.1", 0)) as server:
                socket.create_connection(server.getsockname()).close()
            before = clock()
            clock.advance(days=1)
            assert (clock() - before).days == 1
        """,
    )
    result.assert_outcomes(passed=1)
