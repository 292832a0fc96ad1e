"""The colour key and names in panes with little room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from auslan_explorer.core.session import Colouring, Session
from auslan_explorer.draw.legend import build_legend
from auslan_explorer.draw.paint import legend_box
from auslan_explorer.gui.style import scale_within
from auslan_explorer.gui.views.common.legend import LEGEND_MARGIN, legend_right


@pytest.mark.parametrize("width", [160, 170, 400])
def test_the_key_is_whole_in_the_narrowest_pane(qapp: QApplication, session: Session, width: int) -> None:
    key = build_legend(session.activations, session.state, session.shown())
    right, scale = legend_right(key, width, scale_within(width)), scale_within(width)
    left = right - legend_box(key, scale).width
    assert left >= 2 and right <= width - 2
    assert width < 400 or right == width - LEGEND_MARGIN


@pytest.mark.parametrize("width", [160, 400])
@pytest.mark.parametrize("name", ["experiment 2024 of a subject, left hand", "W" * 300])
def test_the_dots_before_long_names_lie_in_the_pane(
    qapp: QApplication, session: Session, width: int, name: str
) -> None:
    a = replace(session.activations, names=(name, *session.activations.names[1:]))
    key = build_legend(a, replace(session.state, colouring=Colouring.SIGN), session.shown())
    scale = scale_within(width)
    assert any(entry.text.startswith(name[0]) and "…" in entry.text for entry in key.legend_entries)
    assert legend_right(key, width, scale) - legend_box(key, scale).width >= 0
