"""The colour key and names in panes with little room."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from auslan_explorer.core.session import Session
from auslan_explorer.draw.key import colour_key
from auslan_explorer.draw.paint import key_box
from auslan_explorer.gui.style import scale_within
from auslan_explorer.gui.views.common.legend_layout import KEY_EDGE, key_right
from auslan_explorer.gui.views.scatter3d.label_layout import Room, place


@pytest.mark.parametrize("width", [160, 170, 400])
def test_the_key_is_whole_in_the_narrowest_pane(qapp: QApplication, session: Session, width: int) -> None:
    key = colour_key(session.activations, session.state, session.shown())
    right, scale = key_right(key, width, scale_within(width)), scale_within(width)
    left = right - key_box(key, scale).width
    assert left >= 2 and right <= width - 2
    assert width < 400 or right == width - KEY_EDGE


def test_what_is_selected_is_named_on_another_side_where_its_own_is_taken() -> None:
    anchor, size = np.array([[100.0, 50.0]]), np.array([[40.0, 16.0]])
    for either_side, expected in ((False, []), (True, [0])):
        room = Room(200, 100)
        assert room.take(110, 40, 30, 20)
        found = place(room, anchor, size, 0.0, [0], 200.0, either_side)
        assert [i for i, _, _ in found] == expected
    _, x, y = found[0]
    assert y + 16 <= 50 or x + 40 <= 100
