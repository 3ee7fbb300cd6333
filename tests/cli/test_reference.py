"""docs/cli.md is what the program says of itself, and every code in the program is explained there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import b12desk
from b12desk.cli import codes, main
from b12desk.cli.reference import commands, reference

PACKAGE = Path(b12desk.__file__).parent
PAGE = PACKAGE.parent / "docs" / "cli.md"

LISTED = {
    *("demo", "due", "edit", "delete", "import", "export", "report", "chart", "patterns", "remind"),
    *("check", "history", "undo", "redo"),
    *(f"reminders {word}" for word in ("install", "remove", "status", "test", "list", "snooze")),
    *("person add", "person list", "product add", "product list", "symptom add", "symptom list"),
    *("labtest add", "labtest list"),
    *("plan set", "plan show", "plan presets", "plan step", "plan agree"),
    *("log injection", "log not-given", "log symptom", "log trend", "log lab", "log reaction", "log event"),
}


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference()


def test_the_commands_are_those_of_the_contract() -> None:
    assert {name for name, _ in commands()} == LISTED


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_documented_command_answers_for_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"### {name}\n" in reference()
    assert main([*name.split(), "--help"]) == 0
    assert "Usage:" in capsys.readouterr().out


def _codes_of(constructor: str) -> set[str]:
    """The literal codes with which the package builds `Question(…)` or `Message(…)`."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == constructor]
    return {str(call.args[0].value) for call in named if call.args and isinstance(call.args[0], ast.Constant)}


def test_every_question_is_explained() -> None:
    assert _codes_of("Question") <= set(codes.QUESTIONS)


def test_every_message_is_explained() -> None:
    assert _codes_of("Message") <= set(codes.MESSAGES)
