"""What a legend's entry chooses, in both views: the recordings of its colour, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auslan_explorer.core.colours import recording_colours
from auslan_explorer.core.session import Colouring, Session
from auslan_explorer.gui import style
from auslan_explorer.gui.views.common.legend import LegendCursor
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from tests.gui.view_parts import pixels
from tests.made_up import made_up_activations

BY_RECORDING = (Colouring.SIGN, Colouring.SPLIT, Colouring.ANSWER, Colouring.HANDS, Colouring.SESSION)
CORNER = 260
"""Pixels from the upper right corner in which the legend stands; nothing else is drawn there."""


@pytest.fixture
def session() -> Session:
    """Every colour stands for some of the recordings, one sign is hidden."""
    a = made_up_activations(recordings_per_sign=9)
    predicted = a.sign.copy()
    predicted[[10, 12]] = 3
    predicted[20] = -1
    return Session(replace(a, predicted=predicted, hand_ratio=np.linspace(1.2, 0, len(a), dtype=np.float32)))


class Shown:
    """A view with nothing but a legend in its upper right corner."""

    def __init__(self, widget: QWidget, cursor: LegendCursor, shot: Callable[[], np.ndarray]) -> None:
        self.widget, self.cursor, self.shot = widget, cursor, shot


@pytest.fixture(params=["2-D", pytest.param("3-D", marks=pytest.mark.gl)])
def view(request: pytest.FixtureRequest, session: Session, qtbot: QtBot) -> Shown:
    # Without the sign whose paths go to the upper right.
    session.update(visible_signs=frozenset({1, 2, 3}), lines=False, labels=False)
    if request.param == "2-D":
        canvas: MapCanvas = request.getfixturevalue("canvas")

        def shot() -> np.ndarray:
            qtbot.waitUntil(canvas.is_sharp)
            image = canvas.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
            data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
            return data[..., 2::-1].astype(int)

        return Shown(canvas.viewport(), canvas.legend_cursor, shot)
    scatter: Scatter3D = request.getfixturevalue("scatter")
    session.update(points=False)
    assert scatter.view is not None and scatter.legend_cursor is not None
    return Shown(scatter.view, scatter.legend_cursor, lambda: pixels(scatter))


def spot_of(picture: np.ndarray, colour: np.ndarray) -> QPoint:
    """Return where a colour's patch is in the legend."""
    corner = picture[:CORNER, -CORNER:]
    y, x = np.nonzero(np.abs(corner - colour.astype(int)).max(axis=-1) <= 6)
    assert len(x) >= 20, f"no patch of {colour}"
    return QPoint(int(np.median(x)) + picture.shape[1] - CORNER, int(np.median(y)))


@pytest.mark.parametrize(("colouring", "percent"), [*((each, 100) for each in BY_RECORDING), (Colouring.SIGN, 160)])
def test_a_click_on_a_colour_selects_what_has_it(
    view: Shown, session: Session, monkeypatch: pytest.MonkeyPatch, colouring: Colouring, percent: int
) -> None:
    monkeypatch.setitem(style._text, "percent", percent)
    session.update(colouring=colouring)
    colours, shown = recording_colours(session.activations, session.state), session.shown()
    for colour in np.unique(colours[shown], axis=0):
        session.update(selected=())
        QTest.mouseClick(view.widget, Qt.MouseButton.LeftButton, pos=spot_of(view.shot(), colour))
        of_colour = shown & (colours == colour).all(axis=1)
        assert session.state.selected == tuple(np.flatnonzero(of_colour).tolist()), colour


def groups(session: Session) -> dict[str, np.ndarray]:
    """Return the shown recordings, by what a legend calls them."""
    a, state = session.activations, session.state
    assert a.hand_ratio is not None
    by = {
        Colouring.SIGN: {name: a.sign == i for i, name in enumerate(a.names)},
        Colouring.SPLIT: {"train": a.split == 0, "validation": a.split == 1, "test": a.split == 2},
        Colouring.ANSWER: {
            "right": a.predicted == a.sign,
            "wrong": (a.predicted >= 0) & (a.predicted != a.sign),
            "not known": a.predicted < 0,
        },
        Colouring.HANDS: {
            "right hand": a.hand_ratio < state.hand_threshold,
            "both hands": a.hand_ratio >= state.hand_threshold,
        },
        Colouring.SESSION: {f"session {number}": a.session == number for number in np.unique(a.session)},
    }[state.colouring]
    return {name: members & session.shown() for name, members in by.items() if (members & session.shown()).any()}


@pytest.mark.parametrize("colouring", BY_RECORDING)
def test_the_keyboard_says_and_selects_each_entry(view: Shown, session: Session, colouring: Colouring) -> None:
    session.update(colouring=colouring)
    view.shot()
    wanted = groups(session)
    widget = view.cursor._view
    assert view.cursor.enter() and len(wanted) > 1
    for row, (name, members) in enumerate(wanted.items()):
        assert view.cursor.row == row
        assert f"{name}, {row + 1} of {len(wanted)}" in widget.accessibleDescription()
        QTest.keyClick(widget, Qt.Key.Key_Return)
        assert session.state.selected == tuple(np.flatnonzero(members).tolist()), name
        session.update(selected=())  # by sign, only those of what is selected have colours and entries
        QTest.keyClick(widget, Qt.Key.Key_Down)
    assert view.cursor.row == 0, "after the last comes the first"
    QTest.keyClick(widget, Qt.Key.Key_Up)
    assert view.cursor.row == len(wanted) - 1
