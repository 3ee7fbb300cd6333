"""The fuzzer itself: it reaches every reader, and it sees what it is there to see."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from b12desk.desk.labs import Labs
from b12desk.domain.errors import WorldError
from tests.fuzz.__main__ import fuzz
from tests.fuzz.mutation import made_up, mutated, words_of
from tests.fuzz.targets import TARGETS, Target
from tests.fuzz.trial import Trial


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_every_reader_takes_damaged_and_made_up_files(target: Target, tmp_path: Path) -> None:
    inputs = 20 if target.share < 0.5 else 60
    finding = fuzz(target, inputs, seed=2)
    assert finding.inputs == inputs
    assert finding.is_clean, "\n".join(finding.shown)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_every_reader_has_seeds_in_the_checkout(target: Target) -> None:
    assert any(path.parts[-3:-1] == ("data", "labs") for path in target.seed_files())


def test_the_same_seed_gives_the_same_inputs() -> None:
    target = TARGETS[0]
    real = target.seed_files()[0].read_bytes()
    first, second = (
        [mutated(random, real, words_of(target)) + made_up(random, target) for _ in range(20)]
        for random in (Random(5), Random(5))
    )
    assert first == second


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    opened = Trial(tmp_path)
    yield opened
    opened.close()


def test_an_error_that_is_no_sentence_counts_as_a_traceback(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(Labs, "look", look)
    assert "KeyError" in (trial.run(b"") or "")


def test_a_sentence_of_two_lines_counts_as_a_traceback(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(*_: object) -> None:
        raise WorldError("unreadable_file", "labs.dat is\nodd.")

    monkeypatch.setattr(Labs, "look", look)
    assert "no single sentence" in (trial.run(b"") or "")


def test_a_reader_that_does_not_end_is_stopped(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(*_: object) -> None:
        while True:
            time.process_time()

    monkeypatch.setattr(Labs, "look", look)
    monkeypatch.setattr("tests.fuzz.trial.LIMIT", 0.2)
    assert trial.run(b"") == "hang"


def test_rows_that_are_written_are_counted(trial: Trial) -> None:
    assert trial.rows_written() == 0
    trial._desk.people.add("Somebody")
    assert trial.rows_written() > 0
