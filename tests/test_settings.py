"""Preferences: what is written comes back, and nonsense is replaced, option by option."""

from __future__ import annotations

import base64
import json
import stat
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b12desk.settings import Settings, from_json, load, save

GEOMETRY = base64.b64encode(b"\x01\xd9").decode()
GOOD = {
    "theme": ["system", "light", "dark"],
    "text_size": [80, 125, 200],
    "last_person": [None, "an-id"],
    "recorded_by": ["self", "Anna"],
    "reminder_time": ["00:00", "23:59"],
    "quiet_from": ["22:00"],
    "quiet_to": ["06:30"],
    "neutral_notifications": [True, False],
    "reminder_days_before": ["", "7", "10,3,1"],
    "reminder_days_after": ["2,14"],
    "reminder_weekly_until": [28, 400],
    "reminder_then_every": [1, 14],
    "score_prompt": [None, "20:30"],
    "paper": ["A4", "Letter"],
    "preferred_units": [{}, {"serum_b12": "pg/mL"}],
    "last_diary": [None, "/stick/d.db"],
    "window_geometry": [None, GEOMETRY],
}
BAD = {
    "theme": ["pink", 1, None],
    "text_size": [79, 201, "100", True, 99.5],
    "last_person": ["", 3],
    "recorded_by": ["", "  ", None],
    "reminder_time": ["9:00", "24:00", "09:60", "09:00\n", "٠٩:٠٠", 9],
    "quiet_from": ["late"],
    "quiet_to": [None],
    "neutral_notifications": [1, "yes"],
    "reminder_days_before": ["3, 1", "0", None, "100"],
    "reminder_days_after": ["-1", 3, "1,"],
    "reminder_weekly_until": [0, 401, True],
    "reminder_then_every": [0, "28"],
    "score_prompt": ["8pm", 20],
    "paper": ["a4"],
    "preferred_units": [["serum_b12"], {"serum_b12": 3}, {"": "pg/mL"}],
    "last_diary": [4],
    "window_geometry": ["no base64!", "", 5],
}
NAMES = sorted(option.name for option in fields(Settings) if option.name != "others")


def test_every_option_has_its_examples() -> None:
    assert sorted(GOOD) == sorted(BAD) == NAMES


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in NAMES for value in GOOD[name]])
def test_a_usable_value_is_kept(name: str, value: object) -> None:
    loaded = from_json({name: value})
    assert getattr(loaded.settings, name) == value
    assert loaded.repairs == ()


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in NAMES for value in BAD[name]])
def test_an_unusable_value_becomes_the_default_and_is_reported(name: str, value: object) -> None:
    loaded = from_json({name: value})
    assert getattr(loaded.settings, name) == getattr(Settings(), name)
    assert [repair.option for repair in loaded.repairs] == [name]


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    wanted = replace(Settings(), theme="dark", recorded_by="Zoë", preferred_units={"mma_serum": "nmol/L"})
    save(file, wanted)
    loaded = load(file)
    assert loaded.settings == wanted
    assert loaded.repairs == ()


def test_the_defaults_can_be_saved(tmp_path: Path) -> None:
    save(tmp_path / "s.json", Settings())
    assert load(tmp_path / "s.json").settings == Settings()


def test_options_of_a_newer_version_survive(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"sound": "bell", "theme": "dark"}), encoding="utf-8")
    save(file, replace(load(file).settings, theme="light"))
    assert json.loads(file.read_text(encoding="utf-8"))["sound"] == "bell"
    assert load(file).settings.theme == "light"


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    loaded = load(tmp_path / "none.json")
    assert loaded.settings == Settings()
    assert loaded.repairs == ()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[1]", b"null", b"[" * 100_000])
def test_a_damaged_file_never_keeps_the_app_from_starting(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    loaded = load(file)
    assert loaded.settings == Settings()
    assert [repair.option for repair in loaded.repairs] == [""]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.dictionaries(st.sampled_from(NAMES), json_values))
def test_any_stored_object_gives_settings_that_need_no_further_repair(stored: dict[str, object]) -> None:
    once = from_json(stored).settings
    again = from_json({name: getattr(once, name) for name in NAMES})
    assert again.settings == once
    assert again.repairs == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    save(tmp_path / "s.json", Settings())
    assert stat.S_IMODE((tmp_path / "s.json").stat().st_mode) == 0o600


def test_a_failed_write_leaves_the_former_file_and_no_remains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "s.json"
    save(file, replace(Settings(), theme="dark"))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("b12desk.settings.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(file, Settings())
    assert load(file).settings.theme == "dark"
    assert [path.name for path in tmp_path.iterdir()] == ["s.json"]
