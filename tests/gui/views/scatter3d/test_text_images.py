"""Images of names in 3-D are there before a first selection greys them."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from auslan_explorer.draw.theme import BODY
from auslan_explorer.gui.views.scatter3d.scatter import Scatter3D
from tests.gui.view_parts import pixels


@pytest.mark.gl
def test_greyed_names_are_drawn_one_by_one_while_nothing_is_selected(
    scatter: Scatter3D, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    images, muted = scatter._overlay.text_images, scatter._overlay.theme.muted
    scatter.session.update(labels=True)
    pixels(scatter)
    names = set(scatter._overlay.candidates.texts)
    qtbot.waitUntil(lambda: not images._prepare_timer.isActive())
    greyed = {text for text, size, foreground, *_ in images._images if (size, foreground) == (BODY, muted)}
    assert names and names <= greyed
    drawn: list[tuple[str, object]] = []
    draw = images._draw

    def noted(text: str, size: int, foreground: tuple[int, int, int], *look: Any) -> QImage:
        drawn.append((text, foreground))
        return draw(text, size, foreground, *look)

    monkeypatch.setattr(images, "_draw", noted)
    scatter.session.update(selected=(6,))
    pixels(scatter)
    assert scatter._overlay.candidates.of_selection
    assert not [text for text, foreground in drawn if text in names and foreground == muted]


@pytest.mark.gl
def test_a_view_whose_paths_are_all_hidden_says_what_to_do_in_their_place(scatter: Scatter3D) -> None:
    def darkest() -> int:
        picture = pixels(scatter)
        height, width = picture.shape[:2]
        middle = picture[height * 2 // 5 : height * 3 // 5, width // 4 : width * 3 // 4].max(axis=2)
        return int((middle < 80).sum())

    shown = scatter.session.state.visible_signs
    scatter.session.update(visible_signs=frozenset(), points=False, lines=False)
    assert darkest() > 100, "letters of the foreground, which no line of the axes has"
    scatter.session.update(visible_signs=shown)
    assert darkest() == 0
