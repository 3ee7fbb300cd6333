"""The list of claims counts tests by their names, wherever they stand."""

from __future__ import annotations

from pathlib import Path

from tools.claims import CLAIMS, TESTS, shown


def test_tests_are_counted_by_claim(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    methods = "    def test_s24_early(self): ...\n    def test_s7_x(self): ...\n"
    (tmp_path / "deep" / "test_a.py").write_text(
        f"def test_s24_late(): ...\n\nclass TestB:\n{methods}", encoding="utf-8"
    )
    (tmp_path / "helper.py").write_text("def test_s1_not_a_test_file(): ...\n", encoding="utf-8")
    (tmp_path / "test_b.py").write_text("def test_s_24(): ...\ndef test_sum(): ...\n", encoding="utf-8")
    assert shown(tmp_path) == {24: 2, 7: 1}


def test_our_tests_name_only_claims_that_exist() -> None:
    assert set(shown(TESTS)) <= set(CLAIMS)
