"""What a frame of the 3-D view holds: no other frame's picture, lines as wide as they should be, opaque pixels."""

from __future__ import annotations

import numpy as np
import pytest

from auslan_explorer.draw.path_layers import sparsity
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from tests.gui.view_parts import pixels

pytestmark = pytest.mark.gl


def test_while_it_turns_no_frame_from_before_comes_back(scatter: Scatter3D) -> None:
    before, view = pixels(scatter), scatter.view
    assert view is not None
    view.enter_interactive_mode(600_000)
    view.orbit(40, 0)
    turned, again = (view.grabFramebuffer() for _ in range(2))  # at the second only the overlay would be painted anew
    assert turned == again
    assert (np.abs(pixels(scatter) - before).max(axis=2) > 60).sum() > 200


@pytest.mark.parametrize("selected", [(7,), (7, 3, 14, 20, 22, 1)])
def test_lines_of_the_few_that_are_selected_are_drawn_as_wide_as_on_the_map(
    scatter: Scatter3D, selected: tuple[int, ...]
) -> None:
    scatter.session.update(points=False, selected=selected, isolate=True)
    picture, paths = pixels(scatter), scatter.session.trajectories(3)
    assert scatter.view is not None and paths is not None
    spots, _ = scatter.view.project(paths.vertices[paths.vertices_of(7)])
    ways = np.diff(spots, axis=0)
    longest = int(np.argmax(np.hypot(*ways.T)))
    (x, y), across = spots[longest : longest + 2].mean(axis=0), ways[longest][::-1] * (1, -1)
    across = across / np.hypot(*across)
    along = np.arange(-6, 6.01, 0.25)
    ink = np.array([255 - picture[round(y + far * across[1]), round(x + far * across[0])].min() for far in along])
    wanted = round(1 + 1.6 * sparsity(len(selected)))  # in whole pixels, as OpenGL has them
    assert ink.sum() / ink.max() * 0.25 == pytest.approx(wanted, abs=0.6)


def test_every_pixel_is_opaque_so_that_a_grabbed_window_shows_it_as_it_is(scatter: Scatter3D) -> None:
    scatter.session.update(selected=(7,), labels=True)
    pixels(scatter)
    assert scatter.view is not None
    image = scatter.view.grabFramebuffer()
    alpha = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., 3]
    assert (alpha == 255).all()
