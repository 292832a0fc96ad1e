"""Synthetic activations and fake views for tests of the window."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.app import make_window
from auslan_explorer.core.activations import Activations, ArrayStates
from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import Session
from auslan_explorer.core.words import SIGN_LANGUAGE
from auslan_explorer.draw.theme import LIGHT, Theme
from auslan_explorer.gui.settings.store import Settings
from auslan_explorer.gui.style import Appearance, Look
from auslan_explorer.gui.views.view import ViewFactory
from auslan_explorer.gui.window.main_window import MainWindow
from auslan_explorer.io.arrays import cache_from_arrays

SIGNS = ("alive", "change_mind_", "crazy", "think")
NAMES = ("alive", "change mind", "crazy", "think")
STEPS, PER_SIGN, UNITS = 20, 6, 5


def made_up_activations() -> Activations:
    """Four signs, six recordings each; the last recording of each sign is taken for "alive"."""
    rng = np.random.default_rng(0)
    sign = np.repeat(np.arange(len(SIGNS), dtype=np.int16), PER_SIGN)
    trial = np.tile(np.arange(PER_SIGN), len(SIGNS))
    lengths = (12 + trial).astype(np.int32)
    predicted = np.where(trial == PER_SIGN - 1, 0, sign).astype(np.int16)
    split = np.array([0, 0, 0, 0, 1, 2], dtype=np.uint8)[trial]
    rows, padding = int(lengths.sum()), STEPS - int(lengths.min())
    projections = {
        dims: Projection(
            rng.normal(size=(rows, dims)).astype(np.float32),
            np.zeros((padding, dims), np.float32),
            "made up",
            "made up",
        )
        for dims in (2, 3)
    }
    return Activations(
        ArrayStates(rng.normal(size=(rows, UNITS)).astype(np.float32)),
        np.zeros((padding, UNITS), np.float32),
        lengths,
        (STEPS - lengths).astype(np.int32),
        sign,
        predicted,
        (trial // 3 + 1).astype(np.int16),
        (trial % 3 + 1).astype(np.int16),
        split,
        SIGNS,
        NAMES,
        STEPS,
        projections=projections,
        words=SIGN_LANGUAGE,
    )


def other_network(**more: object) -> Activations:
    """Twelve sequences of three classes, with names, splits, answers and maps of principal components."""
    rng = np.random.default_rng(1)
    lengths = np.arange(8, 20)
    states = rng.normal(size=(int(lengths.sum()), 6)).astype(np.float32)
    label = np.arange(12) % 3
    return cache_from_arrays(
        states, lengths, label, ("up", "down", "rest"), predicted=np.where(np.arange(12) < 3, 0, label),
        split=np.repeat([0, 1, 2], 4), head_kernel=rng.normal(size=(6, 3)), head_bias=np.zeros(3),
        projections={2: states[:, :2], 3: states[:, :3]}, **more,
    )  # type: ignore[arg-type]  # fmt: skip


class StandIn(QWidget):
    """Fake view that fills itself with the theme's background, counts resets, and is always current."""

    render_pending = Signal()
    rendered = Signal()
    presented = Signal(int)
    legend_cursor = None

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.resets = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Stand-in for a view")

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def zoom_to(self, recordings: object) -> None:
        """Nothing is zoomed."""

    def reset_view(self) -> None:
        self.resets += 1

    @property
    def widget(self) -> QWidget:
        return self

    def is_current(self) -> bool:
        return True

    def is_sharp(self) -> bool:
        return True

    def picture_view(self) -> None:
        return None

    def viewpoint(self) -> None:
        return None

    def set_viewpoint(self, place: tuple[float, ...]) -> None:
        pass

    def dispose(self) -> None:
        pass

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(*self.theme.background))


@contextmanager
def open_window(
    app: QApplication,
    qtbot: QtBot,
    settings: Path,
    activations: Activations | None = None,
    makers: dict[int, ViewFactory] | None = None,
) -> Iterator[MainWindow]:
    """Open a window on synthetic activations; afterwards close it and restore the application's style, theme and text.

    A test need not put back the look that it chose: all parts of a window are styled anew for that, which takes half a
    second.
    """
    palette, sheet, letters = app.palette(), app.styleSheet(), app.font()
    shown = made_up_activations() if activations is None else activations
    window = make_window(app, shown, Settings(settings), makers or {2: StandIn, 3: StandIn})
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    try:
        yield window
    finally:
        # A job that makes something would have the window ask.
        window.jobs.cancel_all()
        window.close()
        # At once, not when Python's collector comes round: it may come while Qt walks over all widgets to restyle them.
        shiboken6.delete(window)
        gc.collect()
        Appearance(app, Look.LIGHT)
        app.setPalette(palette)
        app.setStyleSheet(sheet)
        app.setFont(letters)
