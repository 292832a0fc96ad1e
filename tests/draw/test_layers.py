"""Rows of a layer are made once somebody draws them, and as many as were announced."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from auslan_explorer.core.playing import Alignment, Trail
from auslan_explorer.core.session import Colouring, SessionState, opening_state
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw import path_layers
from auslan_explorer.draw.layer import Layer
from auslan_explorer.draw.scene import build_scene
from auslan_explorer.draw.theme import LIGHT
from tests.made_up import made_up_activations, torn

A = made_up_activations()
T = Trajectories.build(A, torn(A), True)
ROWS = ("positions", "rgb", "starts", "ends", "line_rgb", "line_recording")


def layers(**changes: object) -> tuple[Layer, ...]:
    state: SessionState = replace(opening_state(A), **changes)  # type: ignore[arg-type]
    return build_scene(A, T, state, LIGHT).layers


CHOICES = [
    {"selected": selected, "isolate": isolate, "colouring": colouring, "splits": splits, **look}
    for selected, isolate, colouring, splits, look in product(
        ((), (3,), (0, 4, 9)),
        (False, True),
        (Colouring.TIME, Colouring.SIGN, Colouring.ANSWER),
        (frozenset({0, 1, 2}), frozenset({1}), frozenset()),
        ({}, {"points": False}, {"lines": False}, {"last_only": True}, {"faint_jumps": True}),
    )
]


@pytest.mark.parametrize("choice", CHOICES)
def test_a_layer_knows_how_many_rows_it_has_before_they_are_made(choice: dict[str, object]) -> None:
    for layer in layers(**choice):
        told = layer.point_count, layer.line_count
        assert "positions" not in vars(layer) and "starts" not in vars(layer), "nothing is made for being counted"
        assert told == (len(layer.positions), len(layer.starts))
        assert told == (layer.growth.rows, layer.line_growth.rows)


@pytest.mark.parametrize("choice", CHOICES)
def test_the_rows_of_a_layer_part_by_part_are_those_in_order(choice: dict[str, object]) -> None:
    for layer in layers(**choice):
        whole = layer.whole
        if whole is None:
            assert choice.get("last_only") or not hasattr(layer, "_make")
            continue
        for total, part_of, names in (
            (whole.vertices, whole.points, ("positions", "rgb")),
            (whole.segments, whole.lines, ("starts", "ends", "line_rgb")),
        ):
            parts = [part_of(slice(start, min(start + 7, total))) for start in range(0, total, 7)]
            found = np.concatenate([rows_of(part) for part in parts]) if parts else np.zeros((0, 0))
            made = rows_of(tuple(getattr(layer, name) for name in names))
            assert sorted(map(tuple, found.tolist())) == sorted(map(tuple, made.tolist()))
        assert layer.whole is None, "rows that are there already are used"


def rows_of(fields: tuple[np.ndarray, ...]) -> np.ndarray:
    *places, rgb = fields
    return np.column_stack([*places, np.broadcast_to(rgb, (len(places[0]), 3))])


@pytest.mark.parametrize("alignment", Alignment)
@pytest.mark.parametrize(("points", "lines"), [(1, 1), (3, 2), (2, 0), (0, 5)])
def test_a_thinned_layer_is_made_of_some_rows_of_the_whole_one(alignment: Alignment, points: int, lines: int) -> None:
    chosen: dict[str, object] = {"colouring": Colouring.SIGN, "alignment": alignment, "trail": Trail(4, 1)}
    for before, after in zip(layers(**chosen), layers(**chosen), strict=True):
        whole = {name: getattr(before, name) for name in ROWS}
        thin = after.thinned(points, lines)
        assert "positions" not in vars(after), "the whole one is not made for it"
        for name, every in zip(ROWS, (points, points, lines, lines, lines, lines), strict=True):
            wanted = whole[name][:: every or 1] if every else whole[name][:0]
            assert np.array_equal(getattr(thin, name), wanted), name
        from_rows = before.thinned(points, lines)
        assert all(np.array_equal(getattr(from_rows, name), getattr(thin, name)) for name in ROWS)
        assert [from_rows.growth.until(n) for n in range(T.steps)] == [thin.growth.until(n) for n in range(T.steps)]
        assert (thin.radius, thin.alpha, thin.line_alpha) == (before.radius, before.alpha, before.line_alpha)
        position = T.steps // 2
        drawn = [growth.rows_at(position).tolist() for growth in (thin.growth, from_rows.growth)]
        assert drawn[0] == drawn[1]


@pytest.mark.parametrize("points", [True, False])
def test_lines_over_jumps_are_fainter_than_all_others_which_are_as_before(points: bool) -> None:
    (usual,) = layers(points=points, colouring=Colouring.SIGN)
    jumps, others = layers(points=points, colouring=Colouring.SIGN, faint_jumps=True)
    assert jumps.line_count == len(range(0, len(A), 3)) == usual.line_count - others.line_count
    assert jumps.line_recording.tolist() == sorted(range(0, len(A), 3), key=lambda r: (A.first_step[r] + 4, r))
    assert jumps.line_alpha < others.line_alpha / 4 and others.line_alpha == usual.line_alpha
    assert not jumps.point_count and others.point_count == usual.point_count
    length = [np.linalg.norm(layer.ends - layer.starts, axis=1) for layer in (jumps, others)]
    assert length[0].min() > length[1].max()


def test_a_stroke_ends_where_a_line_is_missing() -> None:
    (usual,) = layers()
    _, others = layers(faint_jumps=True)
    for layer, strokes in ((usual, len(A)), (others, len(A) + len(range(0, len(A), 3)))):
        found = layer.strokes(A.steps)
        own = [rows for rows in found if layer.line_recording[rows[0]] >= 0]
        assert len(own) == strokes
        assert sorted(np.concatenate(found).tolist()) == list(range(layer.line_count))
        for rows in own:
            assert len(set(layer.line_recording[rows])) == 1
            np.testing.assert_array_equal(layer.starts[rows[1:]], layer.ends[rows[:-1]])


@pytest.mark.parametrize(
    ("recordings", "crowd", "sparse", "line"),
    [(1, 0, 1, 0.3), (54, 0, 0, 0.3), (216, 0.385, 0, 0.15), (1974, 1, 0, 0.0496), (54_000, 1, 0, 0.03)],
)
def test_the_more_paths_the_fainter(recordings: int, crowd: float, sparse: float, line: float) -> None:
    assert path_layers._crowd(recordings) == pytest.approx(crowd, abs=1e-3)
    assert path_layers.sparsity(recordings) == pytest.approx(sparse, abs=1e-3)
    assert path_layers._line_alpha(recordings, coloured=False) == pytest.approx(line, abs=1e-3)
    assert path_layers._line_alpha(recordings, coloured=True) == pytest.approx(min(3 * line, 0.6), abs=2e-3)
