"""Whatever picture a view shows after changes that it followed, a view draws that is opened on the same state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.predictions import predict_every_step
from auslan_explorer.core.clock import SPEEDS
from auslan_explorer.core.playing import Alignment, Trail
from auslan_explorer.core.session import Colouring, Session
from auslan_explorer.draw.theme import DARK, LIGHT
from auslan_explorer.gui.views.map2d.canvas import MapCanvas
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from tests.gui.view_parts import pixels as pixels_3d
from tests.gui.views.map2d.test_canvas import pixels as pixels_2d
from tests.made_up import SIGNS, STEPS, made_up_activations

EVERY = frozenset(range(len(SIGNS)))
CHANGES: tuple[Mapping[str, Any], ...] = (
    {"selected": (3,)}, {"selected": (3, 4, 13)}, {"isolate": True}, {"isolate": False, "selected": ()},
    {"step": 6}, {"ghost": True}, {"selected": (8,)}, {"trail": Trail(3, 1)}, {"step": STEPS - 1},
    {"selected": (2, 9)}, {"settled": True}, {"selected": (5,)}, {"step": 9, "labels": False},
    {"ghost": False, "labels": True}, {"trail": Trail()}, {"alignment": Alignment.STRETCH},
    {"alignment": Alignment.START}, {"alignment": Alignment.NETWORK, "step": STEPS - 1},
    {"selected": (), "settled": False}, {"visible_signs": frozenset({0, 2})}, {"visible_signs": frozenset()},
    {"visible_signs": EVERY}, {"splits": frozenset({1})}, {"splits": frozenset({0, 1, 2})},
    {"colouring": Colouring.SIGN}, {"colouring": Colouring.ANSWER}, {"colouring": Colouring.DISTANCE},
    {"colouring": Colouring.HANDS}, {"hand_threshold": 0.7}, {"points": False}, {"points": True, "lines": False},
    {"lines": True, "last_only": True}, {"last_only": False, "mistakes": True}, {"mistakes": False, "labels": False},
    {"labels": True}, {"faint_jumps": True}, {"faint_jumps": False, "log_scale": False}, {"log_scale": True},
    {"speed": SPEEDS[1]},
)  # fmt: skip
"""Names are hidden where a step goes back: they keep their place while paths grow, unlike those of a new view."""


def followed(qtbot: QtBot, session: Session, view: Any, look: Callable[[Any], np.ndarray]) -> None:
    """Make all changes to what a view shows; after each compare its picture with that of a new view."""
    made: list[Any] = []

    def fresh() -> Any:
        while made:
            before = made.pop()
            before.dispose()
            before.hide()
        new = type(view)(session)
        qtbot.addWidget(new)
        new.resize(view.size())
        new.show()
        made.append(new)
        return new

    a = replace(session.activations, hand_ratio=np.linspace(0, 1, len(session.activations), dtype=np.float32))
    other = made_up_activations()
    other = replace(other, hand_ratio=a.hand_ratio[::-1].copy(), split=np.roll(other.split, 7))
    turned = {dims: replace(map_, points=map_.points[::-1].copy()) for dims, map_ in other.projections.items()}
    other = replace(other, projections=turned)

    def compare(what: object) -> None:
        seen = look(view)
        wanted = look(fresh())
        wrong = int((np.abs(seen - wanted).max(axis=-1) > 3).sum())
        assert wrong == 0, f"{wrong} pixels are another after {what}"

    session.open(a)
    compare("data")
    answers = predict_every_step(session.activations)
    assert answers is not None
    session.set_predictions(session.activations, answers)
    compare("predictions")
    for change in CHANGES:
        session.update(**change)
        compare(change)
    view.resize(view.width() // 2, view.height() // 2)
    compare("another size")
    session.open(other)
    compare("other data")
    for theme in (DARK, LIGHT):
        view.set_theme(theme)
        new = fresh()
        new.set_theme(theme)
        assert (np.abs(look(view) - look(new)).max(axis=-1) <= 3).all(), theme
    made.pop().dispose()


def test_the_map_looks_like_a_new_one(canvas: MapCanvas, session: Session, qtbot: QtBot) -> None:
    def look(view: MapCanvas) -> np.ndarray:
        qtbot.waitUntil(view.is_sharp)
        return pixels_2d(view)

    followed(qtbot, session, canvas, look)


@pytest.mark.gl
def test_the_3d_view_looks_like_a_new_one(scatter: Scatter3D, session: Session, qtbot: QtBot) -> None:
    def look(view: Scatter3D) -> np.ndarray:
        pixels_3d(view)  # marks are painted once the camera rests
        return pixels_3d(view)

    session.update(labels=True)
    followed(qtbot, session, scatter, look)
