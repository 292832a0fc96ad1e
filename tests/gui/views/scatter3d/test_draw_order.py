"""What is drawn, in order of appearance: the same whichever way is the faster one to find it."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.core.playing import Alignment, Trail
from auslan_explorer.core.session import Session
from auslan_explorer.draw.layer import Growth
from auslan_explorer.gui.views.scatter3d import draw_order
from auslan_explorer.gui.views.scatter3d.draw_order import DrawOrder
from tests.made_up import made_up_activations


@pytest.mark.parametrize("alignment", list(Alignment))
@pytest.mark.parametrize("trail", [Trail(), Trail(3, 1)])
@pytest.mark.parametrize("few", [0, 10**6])
def test_points_and_lines_are_those_of_what_is_shown_in_order_of_appearance(
    alignment: Alignment, trail: Trail, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draw_order, "_FEW", few)
    session, order = Session(made_up_activations()), DrawOrder()
    paths = session.trajectories(3)
    assert paths is not None
    session.update(alignment=alignment, trail=trail)
    order.set_paths(paths, session.state)
    times = paths.schedule(alignment, trail)
    for change in ({"visible_signs": frozenset({0, 2})}, {"last_only": True}, {"last_only": False, "points": False}):
        session.update(**change)
        order.update_shown(paths, session)
        shown = session.shown()
        if session.state.last_only:
            wanted = paths.last_vertex[shown]
        else:
            wanted = np.flatnonzero(paths.shown_vertices(shown)) if session.state.points else np.zeros(0, dtype=int)
            joins = paths.segments[paths.shown_segments(shown)]
            drawn = order.order[order.lines]
            assert sorted(map(tuple, drawn.tolist())) == sorted(map(tuple, joins.tolist()))
            assert (np.diff(times.appears[drawn[:, 1]]) >= 0).all()
        if not order.lines_only:
            assert sorted(order.order[order.points].tolist()) == sorted(wanted.tolist())
            assert (np.diff(order.points) > 0).all()
            for step in (5, 20, paths.steps - 1):
                at = order.order[order.points[order.rows_at(step)[0]]]
                assert sorted(at.tolist()) == sorted(wanted[times.vertex_times(wanted).at(step)].tolist())


def test_what_is_kept_beside_the_paths_takes_little_memory() -> None:
    session, order = Session(made_up_activations()), DrawOrder()
    paths = session.trajectories(3)
    assert paths is not None
    own = arrays_in(paths)
    order.set_paths(paths, session.state)
    order.update_shown(paths, session)
    order.counts_at(3)
    kept = {**arrays_in(order), **arrays_in(paths.schedule(session.state.alignment, session.state.trail))}
    long = [array for key, array in kept.items() if key not in own and len(array) == len(paths.step)]
    assert len(order.points) == len(paths.step)
    # Their order, its inverse, their recordings and the points, four bytes each.
    assert sum(array.nbytes for array in long) <= 16 * len(paths.step)


def arrays_in(value: object) -> dict[int, np.ndarray]:
    found = [each for each in vars(value).values() if isinstance(each, np.ndarray)]
    found += [array for each in vars(value).values() if isinstance(each, Growth) for array in vars(each).values()]
    return {id(array): array for array in found if isinstance(array, np.ndarray)}
