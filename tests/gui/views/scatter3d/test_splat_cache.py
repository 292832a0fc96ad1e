"""A picture of points is drawn once for what it shows, and anew after every change of that."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage

from auslan_explorer.gui.views.scatter3d import splat_cache
from auslan_explorer.gui.views.scatter3d.splat_cache import SplatCache, SplatCamera

RED, BLUE = (200, 0, 0, 105), (0, 0, 200, 105)
WHITE = (1.0, 1.0, 1.0)


def sight(width: int = 60) -> SplatCamera:
    """Two units wide, looked at from in front."""
    matrix = np.eye(4, dtype=np.float32)
    return SplatCamera(matrix, width, 40, (0.0, 2.0))


def pixels(image: QImage) -> np.ndarray:
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many points were drawn, each time."""
    calls: list[int] = []
    real = splat_cache.splat

    def counted(xyz: np.ndarray, *rest: object) -> np.ndarray:
        calls.append(xyz.shape[1])
        return real(xyz, *rest)

    monkeypatch.setattr(splat_cache, "splat", counted)
    return calls


def test_what_is_at_hand_is_not_drawn_again(drawn: list[int]) -> None:
    splatted = SplatCache()
    places = np.array([[-0.5, 0.5], [0, 0], [0, 0]], dtype=np.float32)
    colours = np.array([RED, BLUE], dtype=np.uint8)
    splatted.set_colours(colours, WHITE, 0.5)
    first = pixels(splatted.draw(places, None, sight()))
    again = pixels(splatted.draw(places, None, sight()))
    assert drawn == [2] and np.array_equal(first, again) and first[..., 3].any()
    splatted.draw(places, None, sight(80))
    assert drawn == [2, 2]
    splatted.invalidate()
    splatted.draw(places[:, :1], None, sight(80))
    assert drawn == [2, 2, 1]


def test_other_colours_are_seen(drawn: list[int]) -> None:
    splatted = SplatCache()
    places = np.zeros((3, 1), dtype=np.float32)
    for colour in (RED, BLUE):
        splatted.invalidate(colours=True)
        splatted.set_colours(np.array([colour], dtype=np.uint8), WHITE, 0.5)
        seen = pixels(splatted.draw(places, None, sight()))
        foreground = seen[seen[..., 3] > 0][0]
        assert (foreground[0] > foreground[2]) == (colour == RED)
    assert drawn == [1, 1]
