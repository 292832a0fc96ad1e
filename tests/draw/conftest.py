from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session", autouse=True)
def application() -> Iterator[QGuiApplication]:
    """Qt application off screen, which fonts need."""
    yield QApplication.instance() or QApplication([])
