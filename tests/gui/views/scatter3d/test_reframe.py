"""The place from which a person looks at the 3-D scene is kept when the scene becomes another one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from auslan_explorer.core.session import Session
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D

pytestmark = pytest.mark.gl


def seen(scatter: Scatter3D, session: Session) -> np.ndarray:
    paths = session.trajectories(3)
    assert paths is not None and scatter.view is not None
    return scatter.view.project(paths.vertices)[0]


def test_a_larger_map_that_lies_elsewhere_looks_the_same_from_a_place_aside(
    scatter: Scatter3D, session: Session
) -> None:
    view, own = scatter.view, session.projections[3]
    assert view is not None
    session.update(log_scale=False)
    view.orbit(20, 10)
    view.move_by(60, -30)
    view.zoom_by(0.7)
    before = seen(scatter, session)
    session.add_projection("larger", replace(own, points=3 * own.points + 5, prefix=3 * own.prefix + 5))
    session.update(run_3d="larger")
    np.testing.assert_allclose(seen(scatter, session), before, atol=0.2)
