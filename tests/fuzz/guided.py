"""Coverage-guided inputs, where atheris is installed: `python -m tests.fuzz.guided READER -runs=20000`.

atheris is no dependency of the tests: it has wheels for few systems. What it finds stops it and is kept as a
file; options after the reader are libFuzzer's own.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found,unused-ignore]

from tests.fuzz.targets import ROOT, TARGETS

with atheris.instrument_imports(include=["b12desk.importers"]):
    from tests.fuzz.trial import Trial

KEPT = ROOT / "build" / "fuzz"


def main() -> None:
    """Fuzz one reader from its seeds until libFuzzer's options say stop, or something is found."""
    names = {target.name: target for target in TARGETS}
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        sys.exit(f"Which reader? {', '.join(names)}")
    target = names[sys.argv[1]]
    logging.disable(logging.CRITICAL)
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="b12desk-fuzz-") as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, path in enumerate(target.seed_files()):
            (corpus / f"{number}").write_bytes(path.read_bytes())
        (Path(folder) / "desk").mkdir()
        trial = Trial(Path(folder) / "desk")

        def one(data: bytes) -> None:
            failure = trial.run(data)
            if failure is not None or trial.rows_written():
                raise RuntimeError(failure or "rows were written")

        options = [f"-artifact_prefix={KEPT}/{target.name}-guided-", "-max_len=65536", *sys.argv[2:]]
        atheris.Setup([sys.argv[0], *options, str(corpus)], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
