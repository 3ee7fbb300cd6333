"""Inputs from a seeded generator: real files damaged as files get damaged, and files made up of words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from tests.fuzz.targets import DATES, NUMBERS, TESTS, Target

MAX_SIZE = 200_000
_NUMBER = re.compile(rb"\d+(?:[.,]\d+)?")

Change = Callable[[Random, bytearray, Sequence[bytes]], None]


def mutated(random: Random, seed: bytes, words: Sequence[bytes]) -> bytes:
    """A damaged copy of a real file; in an archive mostly a file within it, so that its checksums hold."""
    if seed.startswith(b"PK\x03\x04") and random.random() < 0.75:
        return _in_archive(random, seed, words)
    data = bytearray(seed[:MAX_SIZE])
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        random.choice(_CHANGES)(random, data, words)
    return bytes(data)


def made_up(random: Random, target: Target) -> bytes:
    """An input of the words of a format, in any order."""
    words = (*target.words, *target.words, *NUMBERS, *DATES, *TESTS)
    parts = random.choices(words, k=random.choice((1, 5, 20, 60, 200)))
    text = random.choice((target.start, target.start, "")) + "".join(parts)
    if random.random() < 0.03:
        text = random.choice(words) * random.choice((2_000, 20_000))
    return text.encode(random.choice(("utf-8",) * 8 + ("utf-16", "latin-1")), "replace")[:MAX_SIZE]


def words_of(target: Target) -> list[bytes]:
    """What mutations put into a file of this format."""
    return [word.encode() for word in (*target.words, *NUMBERS, *DATES, *TESTS)]


def _in_archive(random: Random, seed: bytes, words: Sequence[bytes]) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(seed)) as archive:
            members = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError):
        return seed
    chosen = random.randrange(len(members))
    name, data = members[chosen]
    if random.random() < 0.05:
        members[chosen] = (random.choice(("../" + name, "/" + name, name.upper(), "")), data)
    elif random.random() < 0.05:
        members.pop(chosen)
    else:
        members[chosen] = (name, mutated(random, data, words))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name or "x"), data)
    return out.getvalue()


def _span(random: Random, data: bytearray, longest: int = 200) -> slice:
    start = random.randrange(len(data) + 1)
    return slice(start, min(len(data), start + random.randrange(1, longest)))


def _flip(random: Random, data: bytearray, words: Sequence[bytes]) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _delete(random: Random, data: bytearray, words: Sequence[bytes]) -> None:
    del data[_span(random, data)]


def _repeat(random: Random, data: bytearray, words: Sequence[bytes]) -> None:
    span = _span(random, data)
    data[span] = data[span] * random.choice((2, 2, 50))


def _truncate(random: Random, data: bytearray, words: Sequence[bytes]) -> None:
    del data[random.randrange(len(data) + 1) :]


def _insert(random: Random, data: bytearray, words: Sequence[bytes]) -> None:
    at = random.randrange(len(data) + 1)
    data[at:at] = random.choice(words)


def _renumber(random: Random, data: bytearray, words: Sequence[bytes]) -> None:
    """Put another number or date where one stands: the inputs that get furthest."""
    found = list(_NUMBER.finditer(data))
    if found:
        chosen = random.choice(found)
        data[chosen.start() : chosen.end()] = random.choice((*NUMBERS, *DATES)).encode()


def _swap(random: Random, data: bytearray, words: Sequence[bytes]) -> None:
    one, other = _span(random, data), _span(random, data)
    first, second = bytes(data[one]), bytes(data[other])
    data[one], data[other] = second, first


def _noise(random: Random, data: bytearray, words: Sequence[bytes]) -> None:
    data[_span(random, data, 20)] = random.randbytes(random.randrange(1, 20))


_CHANGES: tuple[Change, ...] = (
    *(_flip, _delete, _repeat, _truncate, _insert, _insert),
    *(_renumber, _renumber, _renumber, _swap, _noise),
)
