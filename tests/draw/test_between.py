from __future__ import annotations

from dataclasses import replace

import numpy as np

from auslan_explorer.core.projection import Projection
from auslan_explorer.core.session import SessionState, opening_state
from auslan_explorer.draw.between import are_interpolable, interpolate_scenes
from auslan_explorer.draw.scene import Scene, build_scene_of_projection
from auslan_explorer.draw.theme import LIGHT
from tests.made_up import made_up_activations

A = made_up_activations()
STATE = replace(opening_state(A), log_scale=False, selected=(2, 3))


def scenes(state: SessionState = STATE) -> tuple[Scene, Scene]:
    own = A.projections[2]
    other = Projection(own.points[:, ::-1] + 4, own.prefix, "", "")
    return build_scene_of_projection(A, own, STATE, LIGHT), build_scene_of_projection(A, other, state, LIGHT)


def test_points_lines_names_and_extent_go_part_of_the_way() -> None:
    before, after = scenes()
    assert are_interpolable(before, after) and len(before.layers) == 2
    quarter = interpolate_scenes(before, after, 0.25)
    for a, b, q in zip(before.layers, after.layers, quarter.layers, strict=True):
        assert np.allclose(q.positions, a.positions * 0.75 + b.positions * 0.25, atol=1e-5)
        assert np.allclose(q.ends, a.ends * 0.75 + b.ends * 0.25, atol=1e-5)
        assert np.array_equal(q.rgb, b.rgb) and np.array_equal(q.growth.counts, a.growth.counts)
    assert np.allclose(quarter.high, before.high * 0.75 + after.high * 0.25)
    assert np.allclose(quarter.low, before.low * 0.75 + after.low * 0.25) and not np.allclose(before.low, after.low)
    was = {label.text: label.position for label in before.labels}
    will = {label.text: label.position for label in after.labels}
    for label in quarter.labels:
        assert np.allclose(label.position, np.array(was[label.text]) * 0.75 + np.array(will[label.text]) * 0.25)


def test_scenes_of_other_points_are_not_alike() -> None:
    assert not are_interpolable(*scenes(replace(STATE, selected=())))
    assert not are_interpolable(*scenes(replace(STATE, last_only=True)))
