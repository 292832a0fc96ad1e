"""The layers of a scene: each point and line in its recording's colour, and what is not selected fainter and grey."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.activations import Activations
from auslan_explorer.core.colours import recording_colours, time_table
from auslan_explorer.core.session import PER_STEP, Colouring, SessionState, opening_state
from auslan_explorer.core.trajectories import SHARED, Trajectories
from auslan_explorer.draw import path_layers
from auslan_explorer.draw.layer import Layer
from auslan_explorer.draw.scene import build_marks, build_scene_of_projection
from auslan_explorer.draw.theme import DARK, LIGHT, Theme
from tests.made_up import made_up_activations

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def layers(a: Activations, state: SessionState, theme: Theme) -> tuple[Layer, ...]:
    return tuple(build_scene_of_projection(a, a.projections[2], state, theme).layers)


def places(positions: np.ndarray, t: Trajectories) -> list[int]:
    """The vertices at some positions."""
    known = {tuple(row): number for number, row in enumerate(t.vertices.tolist())}
    return [known[tuple(row)] for row in positions.tolist()]


@THEMES
@pytest.mark.parametrize("colouring", [Colouring.TIME, Colouring.SIGN, Colouring.SPLIT, Colouring.SESSION])
def test_every_point_and_line_has_the_colour_of_its_step_or_recording(colouring: Colouring, theme: Theme) -> None:
    a = made_up_activations()
    state = replace(opening_state(a), colouring=colouring)
    t = Trajectories.build(a, a.projections[2], state.log_scale)
    (layer,) = layers(a, state, theme)
    whose = t.recording[places(layer.positions, t)]
    if colouring is Colouring.TIME:
        expected = time_table(a.steps)[t.step[places(layer.positions, t)]]
    else:
        expected = np.where((whose == SHARED)[:, None], theme.grey, recording_colours(a, state)[whose])
    assert len(layer.positions) == len(t.vertices) and np.array_equal(layer.rgb, expected)
    ends = t.recording[places(layer.ends, t)]
    if colouring in PER_STEP:
        assert tuple(layer.line_rgb) == tuple(theme.line)
    else:
        assert np.array_equal(
            layer.line_rgb, np.where((ends == SHARED)[:, None], theme.grey, recording_colours(a, state)[ends])
        )


def test_few_very_long_recordings_are_as_faint_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    a = made_up_activations()
    usual = layers(a, opening_state(a), LIGHT)[0]
    monkeypatch.setattr(path_layers, "_USUAL_STEPS", a.real_steps / 300)
    long = layers(a, opening_state(a), LIGHT)[0]
    assert usual.line_alpha == pytest.approx(0.3) and long.line_alpha == pytest.approx(0.3 * np.sqrt(54 / 300))
    assert long.alpha < usual.alpha and long.radius < usual.radius
    selected = layers(a, replace(opening_state(a), selected=(0,)), LIGHT)[-1]
    assert selected.line_alpha >= 0.65, "what is selected stays clear"


@THEMES
@pytest.mark.parametrize("colouring", [Colouring.TIME, Colouring.ANSWER])
def test_what_is_not_selected_lies_beneath_in_grey_at_half_the_strength_or_less(
    colouring: Colouring, theme: Theme
) -> None:
    a = made_up_activations()
    half = tuple(range(0, len(a), 2))
    state = replace(opening_state(a), colouring=colouring, selected=half)
    behind, front, *above = layers(a, state, theme)
    # Where colour tells right from wrong, what is wrong lies above the rest.
    fronts = [front, *above[:1]] if colouring is Colouring.ANSWER else [front]
    assert tuple(behind.rgb) == tuple(behind.line_rgb) == tuple(theme.grey)
    # As many recordings on either side; few that are selected are stronger still.
    assert behind.alpha <= front.alpha / 2
    coloured_lines = layers(a, replace(state, selected=()), theme)[0].line_alpha
    assert 0 < behind.line_alpha < min(front.line_alpha, coloured_lines)
    assert np.shape(front.rgb) == (len(front.positions), 3)
    t = Trajectories.build(a, a.projections[2], state.log_scale)
    drawn = np.concatenate([t.recording[places(each.positions, t)] for each in fronts])
    assert set(drawn.tolist()) - {SHARED} == set(half)
    assert not set(t.recording[places(behind.positions, t)].tolist()) & set(half)


@THEMES
@pytest.mark.parametrize("lines", [True, False])
def test_whole_paths_beneath_the_growing_ones_are_grey_in_every_view(theme: Theme, lines: bool) -> None:
    a = made_up_activations()
    state = replace(opening_state(a), ghost=True, lines=lines, step=4)
    t = Trajectories.build(a, a.projections[2], state.log_scale)
    marks = [layer for layer in build_marks(a, t, state, theme).layers if layer.ghost]
    (drawn,) = (layer for layer in layers(a, state, theme) if layer.ghost)
    assert len(marks) == 1
    for layer in (drawn, *marks):
        assert tuple(layer.rgb) == tuple(layer.line_rgb) == tuple(theme.grey)
        assert bool(len(layer.starts)) is lines and bool(len(layer.positions)) is not lines
