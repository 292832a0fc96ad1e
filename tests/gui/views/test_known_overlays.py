"""What lies over the paths in both views is as it was when somebody read it and kept it in `overlays/`.

Labels, legend, axes, playheads, what is pointed at and marked; in `view`, what a view is called and how it is set up.
One that differs is written into `out/overlays/`: read it there, and where the change is meant, move it to
`tests/gui/views/overlays/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QCursor, QGuiApplication
from pytestqt.qtbot import QtBot

from auslan_explorer.core.annotations import StepMark
from auslan_explorer.core.playing import Trail
from auslan_explorer.core.predictions import Predictions
from auslan_explorer.core.session import Colouring, Pointed, Session
from auslan_explorer.draw.presets import FIGURES
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from tests.gui.read_panel import read_painted, read_panel
from tests.gui.read_properties import read_properties
from tests.known import compare_all

pytestmark = pytest.mark.usefixtures("letters_as_known", "pointer_elsewhere")

KNOWN = Path(__file__).parent / "overlays"


@pytest.fixture
def pointer_elsewhere(qapp: QGuiApplication) -> None:
    """Have the pointer outside of the view, which shows a card beside what the pointer is on."""
    QCursor.setPos(qapp.primaryScreen().geometry().bottomRight())


def states(session: Session, view: MapCanvas | Scatter3D, figure: int) -> Iterator[str]:
    """Put a session into one state after another, and say what is new in each."""
    session.update(labels=True)
    yield "opening"
    session.update(mistakes=True)
    yield "mistakes"
    session.update(mistakes=False, selected=(3, 9), step=12, trail=Trail(5))
    yield "playing"
    a = session.activations
    answers = np.where(np.arange(len(a)) == 3, (a.sign + 1) % 4, a.sign)
    session.set_predictions(a, Predictions(np.repeat(answers, a.lengths).astype(np.int16), a.first_step.copy()))
    yield "answered"
    session.point_at(Pointed(4, 14))
    session.mark_steps((StepMark(3, 10, "part here"),))
    yield "pointed"
    session.point_at(None)
    session.mark_steps(())
    session.update(selected=(), step=19, colouring=Colouring.SIGN)
    yield "signs"
    assert view.legend_cursor is not None and view.legend_cursor.enter()
    yield "signs-by-keys"
    view.legend_cursor.leave()
    session.update(log_scale=False)
    yield "signs-linear"
    session.update(log_scale=True, settled=True)
    yield "settled"
    session.update(visible_signs=frozenset({0, 2}))
    yield "settled-some"
    session.update(visible_signs=frozenset())
    yield "nothing"
    shown, wide = FIGURES[figure].state(a), view.width()
    session.update(**{field.name: getattr(shown, field.name) for field in fields(shown)})
    yield "figure"
    for width in (300, 200):
        view.resize(width, view.height())
        yield f"figure-in-{width}"
    view.resize(wide, view.height())
    session.open(replace(a, predicted=((a.sign + 1) % 4).astype(np.int16)))
    session.update(labels=True, mistakes=True)
    yield "crowd"


def test_what_lies_over_the_map_is_known(canvas: MapCanvas, session: Session, qtbot: QtBot) -> None:
    said = {}
    for name in states(session, canvas, 3):
        qtbot.waitUntil(canvas.is_sharp)
        said[name] = read_painted(canvas.size(), lambda painter: canvas.drawForeground(painter, QRectF()))
    said["view"] = read_panel(canvas) + read_properties(canvas)
    compare_all({KNOWN / "map": said})


@pytest.mark.gl
def test_what_lies_over_the_3d_view_is_known(scatter: Scatter3D, session: Session, qtbot: QtBot) -> None:
    view, said = scatter.view, {}
    assert view is not None
    for name in states(session, scatter, 5):
        qtbot.waitUntil(lambda: scatter.is_sharp() and not view.is_interactive)
        said[name] = read_painted(view.size(), scatter._paint_overlay)
    said["view"] = read_panel(scatter) + read_properties(scatter)
    compare_all({KNOWN / "3d": said})
