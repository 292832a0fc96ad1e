"""What holds for all tests of quality and stability."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _failures_are_heard(failures_are_heard: None) -> None:
    """Let no job of this room fail unheard."""
