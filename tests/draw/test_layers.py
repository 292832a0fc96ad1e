"""Rows of a layer are made once somebody draws them, and as many as were announced."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from auslan_explorer.core.playing import Alignment, Trail
from auslan_explorer.core.session import Colouring, SessionState, opening_state
from auslan_explorer.core.trajectories import Trajectories
from auslan_explorer.draw.layer import Layer
from auslan_explorer.draw.scene import build_scene
from auslan_explorer.draw.theme import LIGHT
from tests.made_up import made_up_activations

A = made_up_activations()
T = Trajectories.build(A, A.projections[2], True)
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
        ({}, {"points": False}, {"lines": False}, {"last_only": True}),
    )
]


@pytest.mark.parametrize("choice", CHOICES)
def test_a_layer_knows_how_many_rows_it_has_before_they_are_made(choice: dict[str, object]) -> None:
    for layer in layers(**choice):
        told = layer.point_count, layer.line_count
        assert "positions" not in vars(layer) and "starts" not in vars(layer), "nothing is made for being counted"
        assert told == (len(layer.positions), len(layer.starts))
        assert told == (len(layer.growth.comes), len(layer.line_growth.comes))


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
        assert np.array_equal(from_rows.growth.comes, thin.growth.comes)
        assert (thin.radius, thin.alpha, thin.line_alpha) == (before.radius, before.alpha, before.line_alpha)
        position = T.steps // 2
        drawn = [growth.rows_at(position).tolist() for growth in (thin.growth, from_rows.growth)]
        assert drawn[0] == drawn[1]
