"""Reads the few options of a line that has to start fast; whatever else a line says is left to click."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def read(
    argv: Iterable[str], values: Collection[str], flags: Collection[str] = ()
) -> tuple[dict[str, str | bool], list[str]] | None:
    """The options by name (with underscores) and the other words, in order.

    Returns:
        None where the line has any other option, or one of `values` without its value.
    """
    found: dict[str, str | bool] = {}
    rest = []
    words = iter(argv)
    for word in words:
        if not word.startswith("--"):
            rest.append(word)
            continue
        name, equals, value = word[2:].partition("=")
        name = name.replace("-", "_")
        if name in flags and not equals:
            found[name] = True
        elif name in values and (value := value if equals else next(words, "")):
            found[name] = value
        else:
            return None
    return found, rest
