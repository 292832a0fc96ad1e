"""Space on whatever has the keyboard: nothing is discarded, no training starts, nothing crashes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.training import supervisor
from tests.gui.window_parts import open_window


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was asked to be trained; nothing is."""
    found: list[object] = []

    class NoTraining:
        def __init__(self, job: object, on_event: object) -> None:
            found.append(job)

        def start(self) -> None: ...

        def cancel(self) -> None: ...

        def wait(self, seconds: float | None = None) -> bool:
            return True

    monkeypatch.setattr(supervisor, "Training", NoTraining)
    return found


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[object]
) -> Iterator[MainWindow]:
    monkeypatch.setenv("AUSLAN_EXPLORER_DATA", str(tmp_path))
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    with open_window(qapp, qtbot, tmp_path / "window.json") as shown:
        yield shown


def close_what_opened(window: MainWindow) -> None:
    """Close menus, popovers and dialogs."""
    # Not `QApplication.topLevelWidgets`: among them are labels of tooltips, which Qt deletes by itself.
    for other in (QApplication.activePopupWidget(), *window.findChildren(QDialog)):
        if other is not None and other.isVisible():
            other.close()


def reached_with_tab(window: MainWindow) -> list[QWidget]:
    """Return what can have the keyboard now."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.window() is window
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def test_space_on_every_control_harms_nothing(window: MainWindow, started: list[object], qtbot: QtBot) -> None:
    window.resize(1400, 900)
    window.session.update(selected=(1,))
    # The menu of a button keeps its own event loop.
    closing = QTimer(window)
    closing.timeout.connect(lambda: close_what_opened(window))
    closing.start(5)
    pressed: list[QWidget] = []  # kept: the number of a widget that Python lets go of is given to the next
    for name in window.docks.names:
        window.docks.show(name)
        QApplication.processEvents()
        for widget in reached_with_tab(window):
            if widget in pressed or not (isValid(widget) and widget.isVisible() and widget.isEnabled()):
                continue
            pressed.append(widget)
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Space)
            QApplication.processEvents()
            assert not started, f"{type(widget).__name__} {widget.accessibleName()} starts a training"
            assert window.isVisible() and len(window.session.activations)
        window.docks.show(name, False)
    closing.stop()
    assert len(pressed) > 80
