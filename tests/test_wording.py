"""No sentence of the program judges, blames or advises: it is a diary (S76)."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from b12desk.domain.wording import STANDING_LINE

ROOT = Path(__file__).parents[1]
FORBIDDEN = re.compile(
    r"\b(overdue|abnormal\w*|normal|deficien\w*|is working|safe|unsafe|too (soon|early|late)"
    r"|(in|de)crease[sd]?|double (the )?dose|take it now|skip (it|the)|you (missed|forgot)|streak\w*"
    r"|well done|should have|mcg|ug)\b",
    re.IGNORECASE,
)
QUOTES = {
    "lab_words.json": "words of laboratories, recognised in their files and never shown",
    "regimens.json": "names and sources of other people's texts",
}
TYPED = re.compile(r"“\d[^”]*”|\"\d[^\"]*\"|\A[\d.]+ ug(/mL)?\Z")
"""What a person types, quoted or alone in an empty field as an example: “1000 ug”."""


def _sentences(file: Path) -> Iterator[tuple[int, str]]:
    """Every literal with a space in it that is no docstring; the gaps of an f-string stand as {}."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            skipped.update(id(part) for part in node.values)
            parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
            yield node.lineno, "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from (text for key, value in data.items() if key != "source" for text in _texts(value))
    elif isinstance(data, list):
        yield from (text for value in data for text in _texts(value))


def test_s76_no_sentence_judges_or_advises() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}: {text}"
        for file in sorted((ROOT / "b12desk").rglob("*.py"))
        for line, text in _sentences(file)
        if " " in text.strip() and FORBIDDEN.search(TYPED.sub("", text))
    ]
    assert found == []


SHIPPED = sorted(file for file in (ROOT / "resources/presets").glob("*.json") if file.name not in QUOTES)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda one: one.name)
def test_s76_no_shipped_text_judges_or_advises(file: Path) -> None:
    texts = _texts(json.loads(file.read_text(encoding="utf-8")))
    assert [text for text in texts if " " in text and FORBIDDEN.search(text)] == []


def test_s76_the_standing_line_is_said_in_one_way() -> None:
    assert STANDING_LINE in (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    assert STANDING_LINE in [text for _, text in _sentences(ROOT / "b12desk/ui/main_window.py")]
