from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from auslan_explorer.analysis.predictions import predict_every_step
from auslan_explorer.draw.render import Renderer
from auslan_explorer.draw.scene import build_scene
from auslan_explorer.draw.theme import LIGHT
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from tests.gui.view_parts import pixels
from tests.made_up import STEPS

pytestmark = pytest.mark.gl


def still(scatter: Scatter3D, qtbot: QtBot) -> np.ndarray:
    """The picture once the view has come to rest."""
    view = scatter.view
    assert view is not None
    qtbot.waitUntil(lambda: not view.is_interactive)
    pixels(scatter)
    return pixels(scatter).astype(int)


def test_a_ghost_lies_where_paths_will_go_and_goes_once_they_are_whole(scatter: Scatter3D, qtbot: QtBot) -> None:
    session = scatter.session
    session.update(step=2, labels=False)
    plain = still(scatter, qtbot)
    session.update(ghost=True)
    ghost = still(scatter, qtbot)
    assert (np.abs(ghost - plain).max(axis=2) > 5).sum() > 200
    session.update(step=STEPS - 1)
    whole = still(scatter, qtbot)
    session.update(ghost=False)
    assert np.abs(still(scatter, qtbot) - whole).max() <= 2


def test_settled_steps_are_marked_once_reached(scatter: Scatter3D, qtbot: QtBot) -> None:
    session = scatter.session
    answers = predict_every_step(session.activations)
    assert answers is not None
    session.set_predictions(session.activations, answers)
    first = int(answers.settled.min())
    session.update(labels=False, settled=True, step=max(first - 1, 0))
    before = still(scatter, qtbot)
    session.update(settled=False)
    changed = np.abs(still(scatter, qtbot) - before).max(axis=2) > 2
    assert changed[:90, -220:].any(), "the key says what the dots are"
    changed[:90, -220:] = False
    assert first < 1 or not changed.any()
    session.update(step=STEPS - 1)
    plain = still(scatter, qtbot)
    session.update(settled=True)
    assert (np.abs(still(scatter, qtbot) - plain).max(axis=2) > 60).sum() > 20


def test_marks_are_drawn_anew_only_at_a_step_that_adds_one(
    scatter: Scatter3D, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = scatter.session
    answers = predict_every_step(session.activations)
    assert answers is not None
    session.set_predictions(session.activations, answers)
    chosen = int(np.argmin(np.where(answers.settled < 0, STEPS, answers.settled)))
    settled = int(answers.settled[chosen] + session.activations.first_step[chosen])
    session.update(labels=False, settled=True, selected=(chosen,), step=settled)
    still(scatter, qtbot)
    steps: list[int] = []
    picture = Renderer.picture

    def counted(self: Renderer, step: int) -> np.ndarray | None:
        steps.append(step)
        return picture(self, step)

    monkeypatch.setattr(Renderer, "picture", counted)
    for step in (settled + 1, settled + 2, max(settled - 1, 0)):
        session.update(step=step)
        still(scatter, qtbot)
    assert set(steps) <= {settled - 1}


def test_each_named_head_has_a_mark(scatter: Scatter3D, qtbot: QtBot) -> None:
    session = scatter.session
    session.update(selected=(7,), isolate=True, labels=True, step=STEPS - 3, points=False)
    view = scatter.view
    assert view is not None
    picture = still(scatter, qtbot)
    paths = session.trajectories(3)
    assert paths is not None
    head = int(paths.playhead_vertices(session.state.alignment, STEPS - 3, np.array([7]))[0])
    x, y = view.project(paths.vertices[head][None])[0][0]
    spot = picture[round(float(y)) - 1 : round(float(y)) + 2, round(float(x)) + 2 : round(float(x)) + 4]
    assert np.abs(spot - 255).max() > 60


def test_the_present_step_counts_as_shown_once_it_is_painted(scatter: Scatter3D, qtbot: QtBot) -> None:
    session = scatter.session
    still(scatter, qtbot)
    qtbot.waitUntil(scatter.is_current)
    session.update(step=3)
    assert not scatter.is_current()
    qtbot.waitUntil(scatter.is_current)


def test_both_views_name_the_heads_of_the_same_recordings(scatter: Scatter3D, qtbot: QtBot) -> None:
    session = scatter.session
    flat, solid = session.trajectories(2), session.trajectories(3)
    assert flat is not None and solid is not None
    session.update(labels=True, step=STEPS - 3)
    still(scatter, qtbot)
    on_map = build_scene(session.activations, flat, session.state, LIGHT).labels_at(STEPS - 3)
    heads = {label.playhead for label in on_map if np.isfinite(label.position[0])}
    assert heads and {label.playhead for label in scatter._overlay.playback_marks.playheads} == heads
