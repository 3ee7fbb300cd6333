"""The sample diary, made once, and a desk on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from b12desk.desk import Desk
from b12desk.desk.sample import write_sample
from tests.helpers.clock import FixedClock


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "diary.db"
    write_sample(path, years=2, seed=7, end=date(2026, 11, 21))
    return path


@pytest.fixture
def sample(sample_file: Path) -> Iterator[Desk]:
    with Desk.open(sample_file, clock=FixedClock()) as desk:
        yield desk
