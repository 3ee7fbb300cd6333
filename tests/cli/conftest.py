"""The program run in this process on real files, and the diary that most tests begin with."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from b12desk.cli import main
from tests.helpers.clock import FixedClock


@dataclass(frozen=True)
class Result:
    """What one run of the program gave back."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def error(self) -> str:
        """The code of the error object; the message is one sentence on one line."""
        error = self.data["error"]
        assert error["message"]
        assert "\n" not in error["message"]
        return str(error["code"])


Run = Callable[..., Result]


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    """Where the diary of the test goes; nothing is there yet."""
    return tmp_path / "d.db"


@pytest.fixture
def run(
    diary: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Run the program on the diary with `--json`, as in `run("due", "--count", 2, now="2026-01-05")`."""
    monkeypatch.setenv("B12DESK_HOME", str(diary.with_name("home")))  # each command reads the settings

    def call(*args: object, now: str | None = None, as_json: bool = True, at: Path | None = None) -> Result:
        options = ["--diary", str(at or diary), *(["--now", now] if now else [])]
        capsys.readouterr()
        code = main([*options, *map(str, args), *(["--json"] if as_json else [])], clock=clock)
        printed = capsys.readouterr()
        return Result(code, printed.out, printed.err)

    return call


FORM = ("--form", "hydroxocobalamin")
LABEL = ("--strength", "1000 ug/mL", "--volume", "1 mL")
PLAN = {
    "started_on": "2026-01-05",
    "anchor": "last_injection",
    "ordered_by": "Dr Grey",
    "phases": [
        {
            "name": "Loading",
            "dose": "1000 ug",
            "volume": "1 mL",
            "product": "Hydroxo",
            "route": "IM",
            "every": {"days": 2},
            "until": {"doses": 6},
        },
        {
            "name": "Maintenance",
            "dose": "1 mg",
            "volume": "1 mL",
            "product": "Hydroxo",
            "route": "SC",
            "every": {"weeks": 8},
            "until": "no_end",
        },
    ],
}


@pytest.fixture(scope="session")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a diary of a person, a product and the plan, written on the morning it starts."""
    folder = tmp_path_factory.mktemp("first day")
    (folder / "plan.json").write_text(json.dumps(PLAN), encoding="utf-8")
    steps: tuple[tuple[str, ...], ...] = (
        ("person", "add", "Ada"),
        ("product", "add", "Hydroxo", *FORM, *LABEL),
        ("plan", "set", str(folder / "plan.json")),
    )
    for step in steps:
        with redirect_stdout(io.StringIO()), pytest.MonkeyPatch.context() as patched:
            patched.setenv("B12DESK_HOME", str(folder / "home"))
            assert main(["--diary", str(folder / "d.db"), "--now", "2026-01-05T08:00", *step]) == 0
    return folder


@pytest.fixture
def started(run: Run, first_day: Path, tmp_path: Path) -> Run:
    """`run` on a diary with a person, a product and the plan; each test has its own copy."""
    for file in first_day.glob("d.db*"):
        shutil.copy2(file, tmp_path)
    return run


@pytest.fixture
def exported(run: Run, tmp_path: Path) -> Callable[[], bytes]:
    """Everything in the diary as bytes, to compare before and after."""

    def export() -> bytes:
        out = tmp_path / "export.json"
        assert run("export", "--format", "json", out).code == 0
        return out.read_bytes()

    return export
