"""Names of people and products, refused where they could pass for another one on screen or on paper."""

from __future__ import annotations

import unicodedata

from b12desk.domain.errors import Invalid

LONGEST = 200
_HIDDEN = ("Cc", "Cf", "Zl", "Zp")
_JOINERS = "\u200c\u200d"
"""Zero-width joiners, which Persian, Indic scripts and emoji need inside a word."""


def read_name(text: str, of: str) -> str:
    """The name as kept, without spaces around it; `of` says whose, as in "A person".

    Raises:
        Invalid: no name, one longer than `LONGEST` letters, or one with control or direction marks, which
            let one name look like another; names the path "name".
    """
    name = text.strip()
    if not any(_visible(letter) for letter in name):
        raise Invalid(f"{of} needs a name.", "name")
    if len(name) > LONGEST:
        raise Invalid(f"a name has at most {LONGEST} letters.", "name")
    if any(unicodedata.category(letter) in _HIDDEN and letter not in _JOINERS for letter in name):
        raise Invalid("a name stands on one line, without control or direction marks.", "name")
    return name


def _visible(letter: str) -> bool:
    return unicodedata.category(letter) not in (*_HIDDEN, "Zs", "Mn")
