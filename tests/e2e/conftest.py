"""What every end-to-end test gets: an empty diary on a screen with a keyboard."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.helpers.desktop import Desktop
from tests.helpers.screen import Screen


@pytest.fixture
def desktop(screen: Screen, tmp_path: Path) -> Desktop:
    """An empty diary on a screen with a keyboard."""
    if shutil.which("xdotool") is None:
        pytest.skip("needs xdotool on this machine")
    return Desktop(screen, tmp_path)
